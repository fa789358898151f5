/// What a database file holds, and how it came to hold it: the steps by which each version grew out of the one before.
public struct Schema: Sendable {
  /// One step: statements separated by `;`. A step that was released is never changed; a new one is added.
  public struct Migration: Sendable {
    public let sql: String
    public init(_ sql: String) { self.sql = sql }
  }

  /// A number in the file's header that tells kinds of database apart (SQLite's `application_id`).
  public let kind: Int32
  public let migrations: [Migration]

  public init(kind: Int32, migrations: [Migration]) {
    self.kind = kind
    self.migrations = migrations
  }

  /// The version after all migrations.
  public var version: Int { migrations.count }
}

extension Schema {
  /// Checks that the file is of this kind and not too new; tells whether it has taken every step.
  func check(
    _ connection: Connection, database: String, file: String, for access: Database.Access
  ) throws -> Bool {
    let found = try connection.integer("PRAGMA \(database).user_version") ?? 0
    let kindFound = try connection.integer("PRAGMA \(database).application_id") ?? 0
    if found == 0, kindFound == 0, try connection.integer("SELECT COUNT(*) FROM \(database).sqlite_schema") == 0 {
      // An empty file is the beginning of a new database, and the ruin of an old one.
      guard access == .create else { throw StorageError.damaged(file: file) }
      return false
    }
    guard found > 0, kindFound == Int(kind) else { throw StorageError.otherKind(file: file) }
    guard found <= version else { throw StorageError.newerSchema(file: file, version: found, known: version) }
    guard found == version || access != .read else {
      throw StorageError.olderSchema(file: file, version: found, known: version)
    }
    return found == version
  }

  /// Takes the steps that a file lacks, within the transaction at hand.
  func bringUpToDate(_ connection: Connection, database: String) throws {
    // Asked again, because another process may have been first.
    let found = try connection.integer("PRAGMA \(database).user_version") ?? 0
    guard found < version else { return }
    for migration in migrations[found...] { try connection.execute(migration.sql) }
    try connection.execute(
      "PRAGMA \(database).application_id = \(kind); PRAGMA \(database).user_version = \(version)")
  }
}
