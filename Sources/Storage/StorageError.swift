/// Why a database cannot be opened, read or written. Nothing was changed when one is thrown.
public enum StorageError: Error, Hashable, Sendable {
  case notFound(file: String)
  /// A new database was asked for where there is one.
  case alreadyExists(file: String)
  /// The file or its folder may not be opened or written.
  case notAllowed(file: String)
  /// Not a database at all, or one whose pages are broken.
  case damaged(file: String)
  /// A database of another kind than the one asked for.
  case otherKind(file: String)
  /// Made by a newer version of the program.
  case newerSchema(file: String, version: Int, known: Int)
  /// Older than this program, and opened for reading only, so that it cannot be brought up to date.
  case olderSchema(file: String, version: Int, known: Int)
  /// Another process was writing for longer than one waits.
  case locked(file: String, seconds: Double)
  case diskFull(file: String)
  /// The file system failed underneath.
  case inputOutput(file: String)
  /// The database's own rules forbid it, for instance a change of a row that may only be added to.
  case refused(file: String, reason: String)
  /// Anything else that SQLite reports, with its result code.
  case failed(file: String, code: Int, reason: String)
}
