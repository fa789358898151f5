import GRDB

/// The database within one reading or one transaction. Not to be kept beyond it.
public struct Connection {
  let database: GRDB.Database
  /// What the transaction writes, where that is watched.
  public let changes: RowChanges?

  init(database: GRDB.Database, changes: RowChanges? = nil) {
    self.database = database
    self.changes = changes
  }

  /// Runs statements that give no rows, separated by `;`.
  public func execute(_ sql: String) throws { try database.execute(sql: sql) }

  /// A statement to bind values to and run, as often as needed.
  public func statement(_ sql: String) throws -> Statement {
    Statement(try database.makeStatement(sql: sql), connection: database.sqliteConnection!)
  }

  /// The first column of the first row, when it is a whole number.
  public func integer(_ sql: String, _ arguments: [String] = []) throws -> Int? {
    let statement = try statement(sql)
    for (index, argument) in arguments.enumerated() { statement.bind(argument, at: index) }
    return try statement.step() && !statement.isNull(at: 0) ? statement.integer(at: 0) : nil
  }

  /// The first column of the first row as text.
  public func text(_ sql: String, _ arguments: [String] = []) throws -> String? {
    let statement = try statement(sql)
    for (index, argument) in arguments.enumerated() { statement.bind(argument, at: index) }
    return try statement.step() ? statement.text(at: 0) : nil
  }

  /// The row id that the last insertion made.
  public var lastInsertedRow: Int64 { database.lastInsertedRowID }
}
