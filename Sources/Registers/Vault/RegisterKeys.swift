import Fingerprints
import Foundation

/// The two secrets of a register: one makes pseudonyms, one opens the vault.
public struct RegisterKeys: Sendable {
  public let pseudonym: PseudonymKey
  public let vault: VaultKey

  /// New random keys unless given.
  public init(pseudonym: PseudonymKey = PseudonymKey(), vault: VaultKey = VaultKey()) {
    self.pseudonym = pseudonym
    self.vault = vault
  }

  /// What the register remembers of the pseudonym key, to know it again.
  var mark: String { pseudonym.pseudonym(of: "the key of this register", in: ["meedoen", "mark"]) }
}

/// The folder `keys` of a register: one line of Base64 to a file, for the owner's eyes only.
struct KeyFolder {
  static let names = (
    pseudonym: "keys/pseudonym.key", vault: "keys/vault.key", nextVault: "keys/vault.key.next"
  )
  let folder: URL

  init(_ folder: URL) { self.folder = folder }

  static func createFolder(_ folder: URL) throws {
    do {
      for each in [folder, folder.appendingPathComponent("keys")] {
        try FileManager.default.createDirectory(at: each, withIntermediateDirectories: true)
        try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: each.path)
      }
    } catch {
      throw RegisterError.folderNotWritable(folder: folder.lastPathComponent)
    }
  }

  /// Writes keys where there are none; a key that is there already is kept, and must be the one given.
  func create(_ given: RegisterKeys?) throws -> RegisterKeys {
    let fresh = given ?? RegisterKeys()
    for (name, key) in [(Self.names.pseudonym, fresh.pseudonym.bytes), (Self.names.vault, fresh.vault.bytes)] {
      let url = folder.appendingPathComponent(name)
      guard !FileManager.default.fileExists(atPath: url.path) else { continue }
      let line = Data((key.base64EncodedString() + "\n").utf8)
      guard FileManager.default.createFile(atPath: url.path, contents: line, attributes: [.posixPermissions: 0o600])
      else { throw RegisterError.folderNotWritable(folder: folder.lastPathComponent) }
    }
    let keys = try read()
    if let given {
      guard keys.pseudonym.bytes == given.pseudonym.bytes else {
        throw RegisterError.keyDoesNotFit(file: Self.names.pseudonym)
      }
      guard keys.vault.bytes == given.vault.bytes else { throw RegisterError.keyDoesNotFit(file: Self.names.vault) }
    }
    return keys
  }

  func read() throws -> RegisterKeys {
    guard let pseudonym = PseudonymKey(bytes: try bytes(Self.names.pseudonym)) else {
      throw RegisterError.keyDoesNotFit(file: Self.names.pseudonym)
    }
    guard let vault = VaultKey(bytes: try bytes(Self.names.vault)) else {
      throw RegisterError.keyDoesNotFit(file: Self.names.vault)
    }
    guard let next = try nextVaultKey() else { return RegisterKeys(pseudonym: pseudonym, vault: vault) }
    return RegisterKeys(pseudonym: pseudonym, vault: next.replacing(vault))
  }

  // MARK: A change of the vault's key

  /// The key that the vault is going over to; nil when it is not.
  func nextVaultKey() throws -> VaultKey? {
    guard FileManager.default.fileExists(atPath: url(Self.names.nextVault).path) else { return nil }
    guard let key = VaultKey(bytes: try bytes(Self.names.nextVault)) else {
      throw RegisterError.keyDoesNotFit(file: Self.names.nextVault)
    }
    return key
  }

  /// Writes the next key, on the disk when this returns: nothing may be sealed with a key that could be lost.
  func writeNext(_ key: VaultKey) throws {
    let line = Data((key.bytes.base64EncodedString() + "\n").utf8)
    let draft = url(Self.names.nextVault + ".draft")
    guard FileManager.default.createFile(atPath: draft.path, contents: line, attributes: [.posixPermissions: 0o600])
    else { throw RegisterError.folderNotWritable(folder: folder.lastPathComponent) }
    try move(draft, to: url(Self.names.nextVault))
  }

  /// Makes the next key the key, in one step.
  func useNext() throws { try move(url(Self.names.nextVault), to: url(Self.names.vault)) }

  private func url(_ name: String) -> URL { folder.appendingPathComponent(name) }

  /// Renames a file, with its content and its name on the disk when this returns.
  private func move(_ file: URL, to name: URL) throws {
    do {
      let handle = try FileHandle(forWritingTo: file)
      try handle.synchronize()
      try handle.close()
    } catch {
      throw RegisterError.folderNotWritable(folder: folder.lastPathComponent)
    }
    guard rename(file.path, name.path) == 0 else {
      throw RegisterError.folderNotWritable(folder: folder.lastPathComponent)
    }
    let descriptor = open(name.deletingLastPathComponent().path, O_RDONLY)
    if descriptor >= 0 {
      fsync(descriptor)
      close(descriptor)
    }
  }

  func bytes(_ name: String) throws -> Data {
    guard let content = FileManager.default.contents(atPath: folder.appendingPathComponent(name).path) else {
      throw RegisterError.keyMissing(file: name)
    }
    let line = String(decoding: content, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    guard let bytes = Data(base64Encoded: line) else { throw RegisterError.keyDoesNotFit(file: name) }
    return bytes
  }
}
