import Foundation
import GRDB
import GRDBSQLite

/// A value of a row as SQLite keeps it.
public enum StoredCell: Sendable {
  case integer(Int64)
  case double(Double)
  case text(String)
  case data(Data)
}

/// A number of 256 bits that digests of rows are added to and taken from, whatever their order.
public struct RowSum: Hashable, Sendable {
  /// The lowest first.
  public private(set) var words: [UInt64]

  /// - Parameter words: four, the lowest first.
  public init(_ words: [UInt64] = [0, 0, 0, 0]) {
    precondition(words.count == 4, "a sum has four words")
    self.words = words
  }

  public mutating func add(_ other: RowSum) {
    var carry: UInt64 = 0
    for index in 0..<4 {
      let (first, one) = words[index].addingReportingOverflow(other.words[index])
      let (second, two) = first.addingReportingOverflow(carry)
      words[index] = second
      carry = (one ? 1 : 0) + (two ? 1 : 0)
    }
  }

  public mutating func subtract(_ other: RowSum) {
    var negative = RowSum(other.words.map { ~$0 })
    negative.add(RowSum([1, 0, 0, 0]))
    add(negative)
  }
}

/// What a transaction added to tables and took from them, as sums of digests of rows. A row that is changed is taken away
/// and added.
///
/// SQLite tells it of every row of the watched tables that this connection writes, by triggers of the connection alone.
public final class RowChanges: @unchecked Sendable {
  /// How many rows more there are, and what to add to the sum of their digests.
  public struct Change: Sendable {
    public var rows: Int
    public var sum: RowSum

    public init(rows: Int = 0, sum: RowSum = RowSum()) {
      self.rows = rows
      self.sum = sum
    }
  }

  /// The digest of a row of a table (`main.decisions`): its columns that have a value, in their order.
  public typealias Digest = @Sendable (_ table: String, _ cells: [(column: String, value: StoredCell)]) -> RowSum

  private let digest: Digest
  private let isWatched: @Sendable (String) -> Bool
  // Only used on the queue of the database, which runs one thing at a time.
  private var columns: [String: [String]] = [:]
  private var pending: [String: Change] = [:]

  /// - Parameter isWatched: asked of every table by its name (`main.decisions`) when the database is opened.
  public init(digest: @escaping Digest, isWatched: @escaping @Sendable (String) -> Bool) {
    self.digest = digest
    self.isWatched = isWatched
  }

  /// What changed since it was last asked, or since the transaction began.
  public func take() -> [String: Change] {
    defer { pending = [:] }
    return pending
  }

  func begin() { pending = [:] }

  /// The number of rows and the sum of their digests as they stand, for each watched table.
  public func all(_ connection: Connection) throws -> [String: Change] {
    var found: [String: Change] = [:]
    for (table, columns) in try Self.tables(connection, where: isWatched) {
      var change = Change()
      let parts = table.split(separator: ".", maxSplits: 1)
      let statement = try connection.statement(
        "SELECT \(columns.map { "\"\($0)\"" }.joined(separator: ", ")) FROM \(parts[0]).\"\(parts[1])\"")
      while try statement.step() {
        var cells: [(column: String, value: StoredCell)] = []
        for (index, column) in columns.enumerated() {
          switch statement.type(at: index) {
          case .null: continue
          case .integer: cells.append((column, .integer(Int64(statement.integer(at: index)))))
          case .double: cells.append((column, .double(statement.double(at: index))))
          case .text: cells.append((column, .text(statement.text(at: index)!)))
          case .data: cells.append((column, .data(statement.data(at: index)!)))
          }
        }
        change.rows += 1
        change.sum.add(digest(table, cells))
      }
      found[table] = change
    }
    return found
  }

  /// Lets SQLite tell of every row of the watched tables.
  func watch(_ database: GRDB.Database) throws {
    columns = Dictionary(uniqueKeysWithValues: try Self.tables(Connection(database: database), where: isWatched))
    database.add(
      function: DatabaseFunction("meedoen_row", argumentCount: nil) { [unowned self] values in
        self.note(values)
        return nil
      })
    for (table, columns) in columns.sorted(by: { $0.key < $1.key }) {
      let parts = table.split(separator: ".", maxSplits: 1)
      func call(_ sign: Int, _ row: String) -> String {
        "SELECT meedoen_row('\(table)', \(sign)" + columns.map { ", \(row).\"\($0)\"" }.joined() + ");"
      }
      for (event, calls) in [
        ("INSERT", call(1, "NEW")), ("DELETE", call(-1, "OLD")), ("UPDATE", call(-1, "OLD") + call(1, "NEW")),
      ] {
        try database.execute(
          sql: """
            CREATE TEMP TRIGGER "\(table) \(event)" AFTER \(event) ON \(parts[0])."\(parts[1])" BEGIN \(calls) END
            """)
      }
    }
  }

  private func note(_ values: [DatabaseValue]) {
    guard values.count > 1, let table = String.fromDatabaseValue(values[0]), let columns = columns[table],
      let sign = Int.fromDatabaseValue(values[1])
    else { return }
    var cells: [(column: String, value: StoredCell)] = []
    for (column, value) in zip(columns, values[2...]) {
      switch value.storage {
      case .null: continue
      case .int64(let integer): cells.append((column, .integer(integer)))
      case .double(let double): cells.append((column, .double(double)))
      case .string(let text): cells.append((column, .text(text)))
      case .blob(let data): cells.append((column, .data(data)))
      }
    }
    let sum = digest(table, cells)
    if sign > 0 {
      pending[table, default: Change()].rows += 1
      pending[table]!.sum.add(sum)
    } else {
      pending[table, default: Change()].rows -= 1
      pending[table]!.sum.subtract(sum)
    }
  }

  private static func tables(
    _ connection: Connection, where isWatched: (String) -> Bool
  ) throws -> [(String, [String])] {
    var found: [(String, [String])] = []
    let databases = try connection.statement("SELECT name FROM pragma_database_list WHERE name <> 'temp'")
    var names: [String] = []
    while try databases.step() { names.append(databases.text(at: 0)!) }
    for name in names {
      let statement = try connection.statement(
        "SELECT name FROM \(name).sqlite_schema WHERE type = 'table' ORDER BY name")
      var tables: [String] = []
      while try statement.step() { tables.append(statement.text(at: 0)!) }
      for table in tables where isWatched("\(name).\(table)") {
        let info = try connection.statement("SELECT name FROM pragma_table_info(?, ?)")
        info.bind(table, at: 0)
        info.bind(name, at: 1)
        var columns: [String] = []
        while try info.step() { columns.append(info.text(at: 0)!) }
        found.append(("\(name).\(table)", columns))
      }
    }
    return found
  }
}
