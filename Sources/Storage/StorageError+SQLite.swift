import GRDB

extension StorageError {
  /// What SQLite reported. Its text names tables and columns, never values.
  init(_ error: DatabaseError, file: String, waiting seconds: Double) {
    let reason = error.message ?? error.resultCode.description
    self =
      switch error.resultCode.primaryResultCode {
      case .SQLITE_BUSY, .SQLITE_LOCKED: .locked(file: file, seconds: seconds)
      case .SQLITE_NOTADB, .SQLITE_CORRUPT: .damaged(file: file)
      case .SQLITE_CANTOPEN, .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_AUTH: .notAllowed(file: file)
      case .SQLITE_FULL: .diskFull(file: file)
      case .SQLITE_IOERR: .inputOutput(file: file)
      case .SQLITE_CONSTRAINT: .refused(file: file, reason: reason)
      default: .failed(file: file, code: Int(error.extendedResultCode.rawValue), reason: reason)
      }
  }
}
