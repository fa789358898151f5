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
  static let names = (pseudonym: "keys/pseudonym.key", vault: "keys/vault.key")
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
    return RegisterKeys(pseudonym: pseudonym, vault: vault)
  }

  private func bytes(_ name: String) throws -> Data {
    guard let content = FileManager.default.contents(atPath: folder.appendingPathComponent(name).path) else {
      throw RegisterError.keyMissing(file: name)
    }
    let line = String(decoding: content, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    guard let bytes = Data(base64Encoded: line) else { throw RegisterError.keyDoesNotFit(file: name) }
    return bytes
  }
}
