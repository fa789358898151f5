import DataModels
import Fingerprints
import Foundation
import Storage

/// What a register remembers of how it was made.
enum Properties: String {
  case model
  /// How people are identified: the field and its scope.
  case identifiers
  /// The mark of the pseudonym key.
  case keyMark = "key-mark"

  static func read(_ connection: Connection) throws -> [Properties: String] {
    var values: [Properties: String] = [:]
    let statement = try connection.statement("SELECT name, value FROM main.properties")
    while try statement.step() {
      if let name = Properties(rawValue: statement.text(at: 0)!) { values[name] = statement.text(at: 1)! }
    }
    return values
  }

  static func write(model: DataModel, keys: RegisterKeys, _ connection: Connection) throws {
    let statement = try connection.statement("INSERT INTO main.properties (name, value) VALUES (?, ?)")
    for (name, value) in [
      (Properties.model, model.id), (.identifiers, identifiers(model)), (.keyMark, keys.mark),
    ] {
      statement.bind(name.rawValue, at: 0)
      statement.bind(value, at: 1)
      try statement.run()
    }
    guard try connection.integer("SELECT 1 FROM vault.properties WHERE name = 'register'") == nil else {
      throw RegisterError.vaultDoesNotFit(file: "vault.sqlite")
    }
    let vault = try connection.statement("INSERT INTO vault.properties (name, sealed) VALUES ('register', ?)")
    vault.bind(try keys.vault.seal(Data(keys.mark.utf8)), at: 0)
    try vault.run()
  }

  static func check(model: DataModel, folder: URL, _ connection: Connection) throws {
    let properties = try read(connection)
    guard let stored = properties[.model] else { throw RegisterError.incomplete(folder: folder.lastPathComponent) }
    guard stored == model.id else { throw RegisterError.otherModel(stored: stored, given: model.id) }
    guard let known = properties[.identifiers], known == identifiers(model) else {
      throw RegisterError.otherIdentifiers(stored: properties[.identifiers] ?? "", given: identifiers(model))
    }
  }

  static func check(keys: RegisterKeys, folder: URL, _ connection: Connection) throws {
    guard let mark = try read(connection)[.keyMark] else {
      throw RegisterError.incomplete(folder: folder.lastPathComponent)
    }
    guard mark == keys.mark else { throw RegisterError.keyDoesNotFit(file: KeyFolder.names.pseudonym) }
    try checkVaultKey(keys, connection)
  }

  /// Refuses keys with which the vault is not, or no longer, sealed.
  static func checkVaultKey(_ keys: RegisterKeys, _ connection: Connection) throws {
    let statement = try connection.statement("SELECT sealed FROM vault.properties WHERE name = 'register'")
    guard try statement.step(), let sealed = statement.data(at: 0) else {
      throw RegisterError.vaultDoesNotFit(file: "vault.sqlite")
    }
    statement.reset()
    guard let opened = try? keys.vault.open(sealed) else {
      throw RegisterError.keyDoesNotFit(file: KeyFolder.names.vault)
    }
    guard opened == Data(keys.mark.utf8) else { throw RegisterError.vaultDoesNotFit(file: "vault.sqlite") }
  }

  private static func identifiers(_ model: DataModel) -> String {
    "\(model.personField) (\(model.identifierScope.rawValue))"
  }
}
