import DataModels
import Fingerprints
import Foundation
import Primitives
import Storage

/// The longitudinal store of one programme's people: everything that was ever accepted, in the order of the calendar.
///
/// A register only grows. Its state on a day is a function of the set of returns received by then, in whatever order and
/// however often they were appended: for each row (a person and the record's key) what the returns say is laid over each
/// other by period, then by the day of receipt, then by fingerprint. A return sets the fields that it carries, a blank
/// among them too, and leaves the others as they were.
///
/// A return counts as received on the earliest day on which it was received. A row of a person of whom there is no
/// person record (yet) is kept and waits: no snapshot shows it until the person record is there.
///
/// In the folder:
/// - `register.sqlite`: rows with pseudonyms, returns, findings, and the audit trail. Nothing in it is ever updated or
///   deleted, except what has to go by law: ``erase(person:provider:residue:on:by:)`` and ``applyTerms(on:by:)``.
/// - `vault.sqlite`: identifying values and the files as they were received, sealed.
/// - `keys/pseudonym.key` and `keys/vault.key`. Whoever has the folder without `keys` can link nothing to a person.
///
/// An append changes both databases or neither, whenever the process is stopped. One process appends at a time.
public struct Register: Sendable {
  public let model: DataModel
  public let folder: URL
  let database: Database
  /// nil when opened for reading only.
  let keys: RegisterKeys?

  static func registerFile(_ folder: URL) -> URL { folder.appendingPathComponent("register.sqlite") }
  static func vaultFile(_ folder: URL) -> URL { folder.appendingPathComponent("vault.sqlite") }

  // MARK: Opening

  /// Makes a new, empty register in a folder, which is made too. One whose making was interrupted is completed.
  ///
  /// - Parameters:
  ///   - keys: new random ones unless given.
  ///   - stamp: who makes it, for the audit trail; without one the trail begins with the first return.
  public static func create(
    in folder: URL, model: DataModel, keys: RegisterKeys? = nil, by stamp: AuditStamp? = nil, patience: Double = 10
  ) throws(RegisterError) -> Register {
    try registerFailures {
      guard try !exists(in: folder) else { throw RegisterError.alreadyExists(folder: folder.lastPathComponent) }
      try KeyFolder.createFolder(folder)
      let keys = try KeyFolder(folder).create(keys)
      let database = try Database(
        registerFile(folder), schema: .register, attached: [vault(folder)], for: .create, patience: patience,
        watching: TableSums.changes())
      for file in [registerFile(folder), vaultFile(folder)] {
        try? FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path)
      }
      let register = Register(model: model, folder: folder, database: database, keys: keys)
      try database.write { connection in
        try Properties.write(model: model, keys: keys, connection)
        try ModelTables(model).bringUpToDate(connection)
        if let stamp {
          try AuditBook(connection).add(.registerMade, AuditSubject(.register, model.id), by: stamp)
        }
      }
      return register
    }
  }

  /// Whether the folder holds a register.
  public static func exists(in folder: URL) throws(RegisterError) -> Bool {
    try registerFailures {
      let file = registerFile(folder)
      guard let size = try? FileManager.default.attributesOfItem(atPath: file.path)[.size] as? Int, size > 0 else {
        return false
      }
      let database = try Database(file, schema: .register, for: .read)
      return try database.read { try Properties.read($0)[.model] != nil }
    }
  }

  /// Opens a register to append to it, with its vault and keys, and gives it the columns of new fields of the model.
  public static func open(
    in folder: URL, model: DataModel, patience: Double = 10
  ) throws(RegisterError) -> Register {
    try registerFailures {
      let database = try Database(
        registerFile(folder), schema: .register, attached: [vault(folder)], for: .write, patience: patience,
        watching: TableSums.changes())
      let keys = try KeyFolder(folder).read()
      let register = Register(model: model, folder: folder, database: database, keys: keys)
      let isUpToDate = try database.read { connection in
        try register.check(connection)
        try Properties.check(keys: keys, folder: folder, connection)
        return try ModelTables(model).isUpToDate(connection)
      }
      if !isUpToDate { try database.write { try ModelTables(model).bringUpToDate($0) } }
      return register
    }
  }

  /// Opens a register to read it; needs neither the vault nor the keys.
  public static func openForReading(
    in folder: URL, model: DataModel, patience: Double = 10
  ) throws(RegisterError) -> Register {
    try registerFailures {
      let database = try Database(registerFile(folder), schema: .register, for: .read, patience: patience)
      let register = Register(model: model, folder: folder, database: database, keys: nil)
      try database.read { try register.check($0) }
      return register
    }
  }

  /// Opens a register to compare it with its trail; needs no keys, and the vault only where it lies beside the register.
  public static func openForVerifying(
    in folder: URL, model: DataModel, patience: Double = 10
  ) throws(RegisterError) -> Register {
    try registerFailures {
      let hasVault = FileManager.default.fileExists(atPath: vaultFile(folder).path)
      let database = try Database(
        registerFile(folder), schema: .register, attached: hasVault ? [vault(folder)] : [], for: .read,
        patience: patience)
      let register = Register(model: model, folder: folder, database: database, keys: nil)
      try database.read { try register.check($0) }
      return register
    }
  }

  private static func vault(_ folder: URL) -> Database.Attachment {
    Database.Attachment(name: "vault", file: vaultFile(folder), schema: .vault)
  }

  private func check(_ connection: Connection) throws {
    try Properties.check(model: model, folder: folder, connection)
    try ModelTables(model).check(connection)
  }

  func requireKeys() throws(RegisterError) -> RegisterKeys {
    guard let keys else { throw .openedForReading(folder: folder.lastPathComponent) }
    return keys
  }
}
