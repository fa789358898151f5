import DataModels
import Fingerprints
import Foundation
import Primitives
import Storage

/// Where identifying values stay behind: each is replaced by its pseudonym, and goes to the vault sealed.
///
/// A person's number has one pseudonym wherever it occurs: its name space is the model and the number's field, and the
/// provider too when numbers are given by providers. Any other identifying field has a name space of its own, so that
/// equal values in two fields cannot be linked.
struct IdentityGate {
  private let model: DataModel
  private let keys: RegisterKeys
  private let provider: String
  private let findPerson: Statement
  private let addPerson: Statement
  private let findIdentity: Statement
  private let addIdentity: Statement
  private let connection: Connection
  private var people: [String: Int] = [:]
  private var tokens: [String: [String: String]] = [:]

  init(model: DataModel, keys: RegisterKeys, provider: String, _ connection: Connection) throws {
    self.model = model
    self.keys = keys
    self.provider = provider
    self.connection = connection
    findPerson = try connection.statement("SELECT id FROM main.people WHERE pseudonym = ?")
    addPerson = try connection.statement("INSERT INTO main.people (pseudonym) VALUES (?)")
    findIdentity = try connection.statement("SELECT 1 FROM vault.identities WHERE token = ?")
    addIdentity = try connection.statement("INSERT INTO vault.identities (token, field, sealed) VALUES (?, ?, ?)")
  }

  /// The register's number for a person, who is entered when new.
  mutating func person(number: String) throws -> Int {
    if let known = people[number] { return known }
    let pseudonym = keys.pseudonym(ofPerson: number, provider: provider, model: model)
    findPerson.bind(pseudonym, at: 0)
    let id: Int
    if try findPerson.step() {
      id = findPerson.integer(at: 0)
      findPerson.reset()
    } else {
      addPerson.bind(pseudonym, at: 0)
      try addPerson.run()
      id = Int(connection.lastInsertedRow)
    }
    people[number] = id
    // Asked apart: an entry that was erased from the vault comes back when the number is sent again.
    try keep(number, of: model.personField, as: pseudonym)
    return id
  }

  /// The pseudonym of a value of another identifying field.
  mutating func token(of value: String, field: String) throws -> String {
    if let known = tokens[field]?[value] { return known }
    let token = keys.pseudonym(of: value, field: field, provider: provider, model: model)
    tokens[field, default: [:]][value] = token
    try keep(value, of: field, as: token)
    return token
  }

  private func keep(_ value: String, of field: String, as token: String) throws {
    findIdentity.bind(token, at: 0)
    if try findIdentity.step() {
      findIdentity.reset()
      return
    }
    addIdentity.bind(token, at: 0)
    addIdentity.bind(field, at: 1)
    addIdentity.bind(try keys.vault.seal(SealedIdentity(provider: provider, value: value).encoded), at: 2)
    try addIdentity.run()
  }
}

extension RegisterKeys {
  func pseudonym(ofPerson number: String, provider: String, model: DataModel) -> String {
    pseudonym(of: number, field: model.personField, provider: provider, model: model)
  }

  /// - Parameter field: the person's field, or `record.field` for another.
  func pseudonym(of value: String, field: String, provider: String, model: DataModel) -> String {
    let scope = model.identifierScope == .provider ? [provider] : []
    // One letter with its accent can be written in two ways that look the same and are equal.
    let value = value.utf8.allSatisfy { $0 < 0x80 } ? value : value.precomposedStringWithCanonicalMapping
    return pseudonym.pseudonym(of: value, in: [model.id, field] + scope)
  }
}

/// What the vault seals of an identity: who gave it, and the value.
struct SealedIdentity {
  let provider: String
  let value: String

  init(provider: String, value: String) {
    self.provider = provider
    self.value = value
  }

  /// The provider's length in bytes, then both.
  var encoded: Data {
    let name = Data(provider.utf8)
    return withUnsafeBytes(of: UInt32(name.count).littleEndian) { Data($0) } + name + Data(value.utf8)
  }

  init?(_ data: Data) {
    let bytes = [UInt8](data)
    guard bytes.count >= 4 else { return nil }
    let count = bytes[0..<4].reversed().reduce(0) { $0 << 8 | Int($1) }
    guard bytes.count >= 4 + count else { return nil }
    provider = String(decoding: bytes[4..<4 + count], as: UTF8.self)
    value = String(decoding: bytes[(4 + count)...], as: UTF8.self)
  }
}
