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
///
/// Values come many at a time and go in in the order of their pseudonyms: pseudonyms are spread evenly, so that one by
/// one each would be looked for in another page of a large file.
struct IdentityGate {
  private let model: DataModel
  private let keys: RegisterKeys
  private let provider: String
  private let findPerson: Statement
  private let addPerson: Statement
  private let findIdentity: Statement
  private let addIdentity: Statement
  private let connection: Connection

  /// Somebody whom a return speaks of.
  struct Person {
    /// The register's number.
    let id: Int
    let pseudonym: String
    /// Whether the register had nothing of them before.
    let isNew: Bool
  }

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

  /// The people with these numbers, each of which is there once; whoever is new is entered.
  func people(_ numbers: [String]) throws -> [Person] {
    let pseudonyms = try tokens(numbers, model.personField)
    var people = pseudonyms.map { Person(id: 0, pseudonym: $0, isNew: true) }
    for place in placesInOrder(of: pseudonyms) {
      findPerson.bind(pseudonyms[place], at: 0)
      if try findPerson.step() {
        people[place] = Person(id: findPerson.integer(at: 0), pseudonym: pseudonyms[place], isNew: false)
        findPerson.reset()
      } else {
        addPerson.bind(pseudonyms[place], at: 0)
        try addPerson.run()
        people[place] = Person(id: Int(connection.lastInsertedRow), pseudonym: pseudonyms[place], isNew: true)
      }
    }
    // Asked apart: an entry that was erased from the vault comes back when the number is sent again.
    try keep(numbers, of: model.personField, as: pseudonyms)
    return people
  }

  /// The pseudonyms of values of another identifying field, each of which is there once.
  func pseudonyms(of values: [String], field: String) throws -> [String] {
    let tokens = try tokens(values, field)
    try keep(values, of: field, as: tokens)
    return tokens
  }

  private func tokens(_ values: [String], _ field: String) throws -> [String] {
    try keys.pseudonyms(of: values, field: field, provider: provider, model: model)
  }

  private func keep(_ values: [String], of field: String, as tokens: [String]) throws {
    var missing: [Int] = []
    for place in placesInOrder(of: tokens) {
      findIdentity.bind(tokens[place], at: 0)
      if try findIdentity.step() {
        findIdentity.reset()
      } else {
        missing.append(place)
      }
    }
    let (vault, provider) = (keys.vault, provider)
    let places = missing
    let sealed = try inParts(places.count) { range in
      try range.map { try vault.seal(SealedIdentity(provider: provider, value: values[places[$0]]).encoded) }
    }
    for (place, sealed) in zip(places, sealed) {
      addIdentity.bind(tokens[place], at: 0)
      addIdentity.bind(field, at: 1)
      addIdentity.bind(sealed, at: 2)
      try addIdentity.run()
    }
  }
}

/// The places of pseudonyms in the order of their first eight characters, which tell them apart well enough.
func placesInOrder(of pseudonyms: [String]) -> [Int] {
  let keys = pseudonyms.enumerated().map { place, token in
    (start: token.utf8.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }, place: place)
  }
  return keys.sorted { ($0.start, $0.place) < ($1.start, $1.place) }.map(\.place)
}

extension RegisterKeys {
  /// The pseudonyms of many values of one field.
  func pseudonyms(of values: [String], field: String, provider: String, model: DataModel) throws -> [String] {
    try inParts(values.count) { range in
      range.map { pseudonym(of: values[$0], field: field, provider: provider, model: model) }
    }
  }

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
    var data = Data(capacity: 4 + provider.utf8.count + value.utf8.count)
    withUnsafeBytes(of: UInt32(provider.utf8.count).littleEndian) { data.append(contentsOf: $0) }
    data.append(contentsOf: provider.utf8)
    data.append(contentsOf: value.utf8)
    return data
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
