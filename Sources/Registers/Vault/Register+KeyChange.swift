import Fingerprints
import Foundation
import Primitives
import Storage

/// What a change of the vault's key did.
public struct VaultKeyChange: Hashable, Codable, Sendable {
  /// Values that were sealed anew by this run.
  public let identities: Int
  public let files: Int
  /// Whether an earlier run had begun it.
  public let wasResumed: Bool
  /// By which the new key is known again.
  public let keyMark: String
}

extension Register {
  /// Seals everything in the vault with another key, in small steps, and then throws the old key away.
  ///
  /// It can be stopped at any moment, by a failure of the power too: until it is done the vault opens with both keys,
  /// and running it again goes on where it was. What is added meanwhile is sealed with the new key. A program that had
  /// opened the register before is refused its next append, and opens it again. So is this value.
  ///
  /// - Parameters:
  ///   - new: the key to go over to; a random one without. One that an earlier run had chosen comes first.
  ///   - progress: told how many values were looked at, as the stage `sealing`.
  @discardableResult
  public func changeVaultKey(
    to new: VaultKey? = nil, by stamp: AuditStamp, batch: Int = 500, progress: ProgressHandler? = nil
  ) throws(RegisterError) -> VaultKeyChange {
    try registerFailures {
      let keys = try requireKeys()
      let folder = KeyFolder(folder)
      let begun = try folder.nextVaultKey()
      let next = begun ?? new ?? VaultKey()
      if begun == nil { try folder.writeNext(next) }
      let both = next.alone.replacing(keys.vault.mark == next.mark ? try folder.leavingVaultKey() : keys.vault.alone)
      // The old values are not to be found in pages that are free now.
      try database.read { try $0.execute("PRAGMA vault.secure_delete = ON") }
      try database.write { try beginChange(to: next.alone, both: both, mark: keys.mark, by: stamp, $0) }

      var steps = ResealingSteps(both: both, mark: next.mark, batch: max(1, batch))
      let total = try database.read { connection in
        try ["identities", "files"].reduce(0) { try $0 + (connection.integer("SELECT COUNT(*) FROM vault.\($1)") ?? 0) }
      }
      progress?(StageProgress(stage: "sealing", completed: 0, total: total))
      while try database.write({ connection in
        let hasMore = try steps.takeOne(connection)
        _ = try TableSums(connection).bringUpToDate()
        return hasMore
      }) {
        progress?(StageProgress(stage: "sealing", completed: min(steps.looked, total), total: total))
      }
      try database.write { connection in
        let trail = try AuditBook(connection).entries().map(\.action)
        let last = trail.last { $0.hasPrefix("vault-key-") }
        if last == AuditAction.vaultKeyChanging.rawValue {
          try AuditBook(connection).add(.vaultKeyChanged, AuditSubject(.vault, next.mark), by: stamp)
        }
      }
      try folder.useNext()
      progress?(StageProgress(stage: "sealing", completed: total, total: total))
      return VaultKeyChange(
        identities: steps.identities, files: steps.files, wasResumed: begun != nil, keyMark: next.mark)
    }
  }

  /// From here on, whoever does not have the next key is refused.
  private func beginChange(
    to next: VaultKey, both: VaultKey, mark: String, by stamp: AuditStamp, _ connection: Connection
  ) throws {
    let statement = try connection.statement("SELECT sealed FROM vault.properties WHERE name = 'register'")
    guard try statement.step(), let sealed = statement.data(at: 0) else {
      throw RegisterError.vaultDoesNotFit(file: "vault.sqlite")
    }
    statement.reset()
    if (try? next.open(sealed)) != nil { return }
    guard (try? both.open(sealed)) == Data(mark.utf8) else {
      throw RegisterError.keyDoesNotFit(file: KeyFolder.names.vault)
    }
    let update = try connection.statement("UPDATE vault.properties SET sealed = ? WHERE name = 'register'")
    update.bind(try next.seal(Data(mark.utf8)), at: 0)
    try update.run()
    try AuditBook(connection).add(.vaultKeyChanging, AuditSubject(.vault, next.mark), by: stamp)
  }
}

extension KeyFolder {
  /// The key that is being left, while the next one is there.
  func leavingVaultKey() throws -> VaultKey {
    guard let key = VaultKey(bytes: try bytes(Self.names.vault)) else {
      throw RegisterError.keyDoesNotFit(file: Self.names.vault)
    }
    return key
  }
}

/// Goes through the vault in steps of one transaction each.
private struct ResealingSteps {
  let both: VaultKey
  let mark: String
  let batch: Int
  private(set) var identities = 0
  private(set) var files = 0
  private(set) var looked = 0
  private var lastToken = ""
  private var lastFile = 0
  private var isAtFiles = false

  init(both: VaultKey, mark: String, batch: Int) {
    self.both = both
    self.mark = mark
    self.batch = batch
  }

  /// Takes one step; false when there was nothing left.
  mutating func takeOne(_ connection: Connection) throws -> Bool {
    if !isAtFiles {
      if try resealIdentities(connection) { return true }
      isAtFiles = true
    }
    return try resealFiles(connection)
  }

  private mutating func resealIdentities(_ connection: Connection) throws -> Bool {
    let select = try connection.statement(
      "SELECT token, sealed, key_mark FROM vault.identities WHERE token > ? ORDER BY token LIMIT \(batch)")
    select.bind(lastToken, at: 0)
    var found: [(token: String, sealed: Data)] = []
    var count = 0
    while try select.step() {
      lastToken = select.text(at: 0)!
      count += 1
      if select.text(at: 2) != mark { found.append((lastToken, select.data(at: 1)!)) }
    }
    let update = try connection.statement("UPDATE vault.identities SET sealed = ?, key_mark = ? WHERE token = ?")
    for (token, sealed) in found {
      update.bind(try resealed(sealed), at: 0)
      update.bind(mark, at: 1)
      update.bind(token, at: 2)
      try update.run()
    }
    identities += found.count
    looked += count
    return count > 0
  }

  /// One file at a time: they are large.
  private mutating func resealFiles(_ connection: Connection) throws -> Bool {
    let select = try connection.statement(
      "SELECT id, sealed, key_mark FROM vault.files WHERE id > ? ORDER BY id LIMIT 1")
    select.bind(lastFile, at: 0)
    guard try select.step() else { return false }
    lastFile = select.integer(at: 0)
    looked += 1
    let isDone = select.text(at: 2) == mark
    let sealed = select.data(at: 1)!
    select.reset()
    if isDone { return true }
    let update = try connection.statement("UPDATE vault.files SET sealed = ?, key_mark = ? WHERE id = ?")
    update.bind(try resealed(sealed), at: 0)
    update.bind(mark, at: 1)
    update.bind(lastFile, at: 2)
    try update.run()
    files += 1
    return true
  }

  private func resealed(_ sealed: Data) throws -> Data {
    guard let content = try? both.open(sealed) else { throw RegisterError.vaultDamaged(file: "vault.sqlite") }
    return try both.seal(content)
  }
}
