import DataModels
import Foundation
import Primitives
import Storage

/// How much there is in a register.
public struct RegisterStatus: Hashable, Codable, Sendable {
  public struct Record: Hashable, Codable, Sendable {
    public let record: String
    /// Rows as returns gave them.
    public let storedRows: Int
    /// Different rows, those that wait included.
    public let rows: Int
    /// Rows that wait for the record of their person.
    public let waiting: Int
  }

  /// People who have a person record.
  public let people: Int
  /// People of whom there are rows and no person record.
  public let peopleWaiting: Int
  public let records: [Record]
  public let returns: Int
  public let firstPeriod: CalendarMonth?
  public let lastPeriod: CalendarMonth?
  public let lastReceipt: CalendarDate?
  /// Identities in the vault; nil when the register was opened without it.
  public let vaultEntries: Int?
  /// Of both databases on disk.
  public let bytes: Int

  public var waiting: Int { records.reduce(0) { $0 + $1.waiting } }
}

extension Register {
  /// Counts what is in the register.
  public func status() throws(RegisterError) -> RegisterStatus {
    try registerFailures {
      try database.read { connection in
        let person = RecordTable(model.person, model: model).quotedName
        let counted = try CountedRows(connection)
        var records: [RegisterStatus.Record] = []
        for record in model.records where try RevisionSet.isStored(record, connection) {
          let table = RecordTable(record, model: model)
          let keys = table.keyColumns.joined(separator: ", ")
          let waiting =
            record.nature == .person
            ? 0
            : try connection.integer(
              """
              SELECT COUNT(*) FROM (SELECT DISTINCT \(keys) FROM main.\(table.quotedName)
                \(counted.filter) AND _person NOT IN (SELECT _person FROM main.\(person) \(counted.filter)))
              """) ?? 0
          records.append(
            RegisterStatus.Record(
              record: record.id,
              storedRows: try connection.integer("SELECT COUNT(*) FROM main.\(table.quotedName)") ?? 0,
              rows: try connection.integer(
                "SELECT COUNT(*) FROM (SELECT DISTINCT \(keys) FROM main.\(table.quotedName) \(counted.filter))") ?? 0,
              waiting: waiting))
        }
        let people = records.first { $0.record == model.person.id }?.rows ?? 0
        func period(_ function: String) throws -> CalendarMonth? {
          try connection.text("SELECT \(function)(period) FROM main.returns").flatMap { CalendarMonth(iso: $0) }
        }
        return RegisterStatus(
          people: people,
          peopleWaiting: (try connection.integer("SELECT COUNT(*) FROM main.people") ?? 0) - people,
          records: records, returns: try connection.integer("SELECT COUNT(*) FROM main.returns") ?? 0,
          firstPeriod: try period("MIN"), lastPeriod: try period("MAX"),
          lastReceipt: try ReturnOrder(connection).lastReceipt,
          vaultEntries: keys == nil ? nil : try connection.integer("SELECT COUNT(*) FROM vault.identities"),
          bytes: [Self.registerFile(folder), Self.vaultFile(folder)].reduce(0) { sum, file in
            sum + ((try? FileManager.default.attributesOfItem(atPath: file.path)[.size] as? Int) ?? 0)
          })
      }
    }
  }
}

/// Which stored rows count: not those of returns that were withdrawn, nor of people entered in error.
private struct CountedRows {
  /// A `WHERE` clause on a record's table.
  let filter: String

  init(_ connection: Connection) throws {
    let order = try ReturnOrder(connection)
    let withdrawn = order.holdersThatDoNotCount.map(String.init).joined(separator: ", ")
    let pairs = order.rowsSetAside().map { "(\($0.return), \($0.person))" }.joined(separator: ", ")
    filter =
      "WHERE _return NOT IN (\(withdrawn))"
      + (pairs.isEmpty ? "" : " AND (_return, _person) NOT IN (VALUES \(pairs))")
  }
}
