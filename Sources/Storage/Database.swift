import Foundation
import GRDB

/// An open SQLite database in a file, with other files attached where a change must be made in all of them or in none.
///
/// Every file keeps a rollback journal that is deleted on commit, because then SQLite's super-journal makes one
/// transaction atomic over several files (https://sqlite.org/atomiccommit.html, section 5); with a write-ahead log it
/// would be atomic in each file only. A commit is on the disk, and so is the removal of its journal, when ``write(_:)``
/// returns.
public final class Database: Sendable {
  /// What a file is opened for.
  public enum Access: Sendable {
    /// Make what is not there, and bring the rest up to date.
    case create
    /// Read and write; the files must be there.
    case write
    /// Read only.
    case read
  }

  /// Another file, known in statements by its name.
  public struct Attachment: Sendable {
    public let name: String
    public let file: URL
    public let schema: Schema

    public init(name: String, file: URL, schema: Schema) {
      self.name = name
      self.file = file
      self.schema = schema
    }
  }

  public let file: URL
  /// How long a writer waits for another one, in seconds.
  public let patience: Double
  private let access: Access
  private let queue: DatabaseQueue
  private let changes: RowChanges?

  /// Opens the files; for writing, also takes the migrations that they lack, in one transaction over all of them.
  ///
  /// Opened for reading, a file is never changed, except that a transaction that another process left half-way is
  /// undone first, as any opening does.
  ///
  /// - Parameter changes: told of the rows that are written.
  public init(
    _ file: URL, schema: Schema, attached: [Attachment] = [], for access: Access, patience: Double = 10,
    watching changes: RowChanges? = nil
  ) throws(StorageError) {
    self.changes = access == .read ? nil : changes
    self.file = file
    self.patience = patience
    self.access = access
    let all = [Attachment(name: "main", file: file, schema: schema)] + attached
    for each in all where access != .create && !FileManager.default.fileExists(atPath: each.file.path) {
      throw .notFound(file: each.file.lastPathComponent)
    }
    var configuration = Configuration()
    configuration.busyMode = .timeout(patience)
    configuration.prepareDatabase { database in
      for each in attached {
        try database.execute(sql: "ATTACH DATABASE ? AS \(each.name)", arguments: [each.file.path])
      }
      try database.execute(sql: "PRAGMA temp_store = MEMORY")
      for each in all {
        try database.execute(sql: "PRAGMA \(each.name).synchronous = EXTRA; PRAGMA \(each.name).cache_size = -131072")
      }
      if access == .read { try database.execute(sql: "PRAGMA query_only = ON") }
    }
    do {
      queue = try DatabaseQueue(path: file.path, configuration: configuration)
      try queue.writeWithoutTransaction { database in
        let connection = Connection(database: database)
        for each in all where try connection.text("PRAGMA \(each.name).journal_mode")?.lowercased() != "delete" {
          guard access != .read else { continue }
          try connection.execute("PRAGMA \(each.name).journal_mode = DELETE")
        }
        var isUpToDate = true
        for each in all {
          let isCurrent = try each.schema.check(
            connection, database: each.name, file: each.file.lastPathComponent, for: access)
          isUpToDate = isUpToDate && isCurrent
        }
        if !isUpToDate {
          try database.inTransaction(.immediate) {
            for each in all { try each.schema.bringUpToDate(connection, database: each.name) }
            return .commit
          }
        }
        if access != .read { try changes?.watch(database) }
      }
    } catch {
      throw Self.storageError(error, file: file, patience: patience)
    }
  }

  /// Reads from one unchanging state of the database.
  ///
  /// - Throws: ``StorageError``, or whatever `body` throws.
  public func read<Result>(_ body: (Connection) throws -> Result) throws -> Result {
    try translating {
      try queue.read { database in try body(Connection(database: database)) }
    }
  }

  /// Makes changes in all files, or, when `body` or the commit throws, in none.
  ///
  /// Only one process writes at a time; another waits for ``patience``.
  /// - Throws: ``StorageError``, or whatever `body` throws.
  @discardableResult
  public func write<Result>(_ body: (Connection) throws -> Result) throws -> Result {
    guard access != .read else { throw StorageError.notAllowed(file: file.lastPathComponent) }
    return try translating {
      try queue.writeWithoutTransaction { database in
        var result: Result?
        try database.inTransaction(.immediate) {
          changes?.begin()
          result = try body(Connection(database: database, changes: changes))
          return .commit
        }
        return result!
      }
    }
  }

  private func translating<Result>(_ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let error as DatabaseError {
      throw Self.storageError(error, file: file, patience: patience)
    }
  }

  private static func storageError(_ error: any Error, file: URL, patience: Double) -> StorageError {
    let name = file.lastPathComponent
    return switch error {
    case let error as StorageError: error
    case let error as DatabaseError: StorageError(error, file: name, waiting: patience)
    default: .failed(file: name, code: 0, reason: String(describing: error))
    }
  }
}
