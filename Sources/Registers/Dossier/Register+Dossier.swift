import DataModels
import Fingerprints
import Primitives
import Storage
import Tables

extension Register {
  /// Gathers everything that is known of one person; the audit trail says first who asked for it.
  ///
  /// - Throws: ``RegisterError/unknownPerson``, or ``RegisterError/personErased(on:)``.
  public func dossier(
    ofPerson number: String, provider: String, by stamp: AuditStamp
  ) throws(RegisterError) -> PersonDossier {
    try registerFailures {
      let keys = try requireKeys()
      let number = model.canonicalNumber(number)
      let pseudonym = keys.pseudonym(ofPerson: number, provider: provider, model: model)
      let mark = keys.mark(ofPerson: pseudonym)
      let person = try database.read { connection in
        if let day = try connection.text("SELECT erased_on FROM main.erasures WHERE mark = ?", [mark]) {
          throw RegisterError.personErased(on: CalendarDate(iso: day) ?? CalendarDate(daysSinceEpoch: 0))
        }
        return try connection.integer("SELECT id FROM main.people WHERE pseudonym = ?", [pseudonym])
      }
      guard let person else { throw RegisterError.unknownPerson }
      try note(.personExported, about: AuditSubject(.person, mark), by: stamp)
      let returns = try returns()
      return try database.read { connection in
        var reading = try DossierReading(
          model: model.withEarlierParts, keys: keys, person: person, number: number, order: try ReturnOrder(connection),
          connection)
        let rows = try reading.rows(of: nil)
        var sources: [PersonDossier.Source] = []
        for each in returns {
          let own = try reading.rows(of: try self.number(of: each.fingerprint, connection))
          guard !own.isEmpty else { continue }
          sources.append(
            PersonDossier.Source(
              fingerprint: each.fingerprint, provider: each.provider, period: each.period, receivedOn: each.receivedOn,
              modelVersion: each.modelVersion, rows: own))
        }
        return PersonDossier(
          number: number, provider: provider, pseudonym: pseudonym, mark: mark, rows: rows, sources: sources)
      }
    }
  }
}

/// Reads one person's rows, with what the vault says in the place of pseudonyms.
private struct DossierReading {
  private let model: DataModel
  private let keys: RegisterKeys
  private let person: Int
  private let number: String
  private let order: ReturnOrder
  private let connection: Connection
  private var known: [String: String] = [:]
  /// Returns without a row of the person are many; they are not looked at twice.
  private var ownReturns: Set<Int>

  init(
    model: DataModel, keys: RegisterKeys, person: Int, number: String, order: ReturnOrder, _ connection: Connection
  ) throws {
    self.model = model
    self.keys = keys
    self.person = person
    self.number = number
    self.order = order
    self.connection = connection
    ownReturns = []
    for record in model.records where try RevisionSet.isStored(record, connection) {
      let select = try connection.statement(
        "SELECT DISTINCT _return FROM main.\(RecordTable(record, model: model).quotedName) WHERE _person = \(person)")
      while try select.step() { ownReturns.insert(select.integer(at: 0)) }
    }
  }

  /// The rows that one return gave, or that all of them come to.
  mutating func rows(of id: Int?) throws -> [PersonDossier.Row] {
    if let id, !ownReturns.contains(id) { return [] }
    var found: [PersonDossier.Row] = []
    for (index, record) in model.records.enumerated() where try RevisionSet.isStored(record, connection) {
      var set = try RevisionSet(record: index, model: model, order: order, connection)
      let select = try connection.statement(
        """
        SELECT \(set.selection) FROM main.\(set.table.quotedName)
        WHERE _person = \(person)\(id.map { " AND _return = \($0)" } ?? "") ORDER BY _row
        """)
      while try select.step() { try set.append(select) { _ in true } }
      var place = [Int32](repeating: -1, count: person + 1)
      place[person] = 0
      let table = set.laidOver(place: place, names: [number]).table
      for row in 0..<table.rowCount {
        var entries: [PersonDossier.Entry] = []
        for (field, column) in zip(record.fields, table.columns) where !column[row].isMissing {
          let text = column[row].canonicalText
          let isToken = field.privacy.isIdentifying && field.id != model.personField
          entries.append(PersonDossier.Entry(field: field.id, value: isToken ? try clear(text) : text))
        }
        found.append(PersonDossier.Row(record: record.id, entries: entries))
      }
    }
    return found
  }

  private mutating func clear(_ token: String) throws -> String {
    if let text = known[token] { return text }
    let select = try connection.statement("SELECT sealed FROM vault.identities WHERE token = ?")
    select.bind(token, at: 0)
    guard try select.step() else { return token }
    let sealed = select.data(at: 0)!
    select.reset()
    guard let opened = (try? keys.vault.open(sealed)).flatMap({ SealedIdentity($0) }) else {
      throw RegisterError.vaultDamaged(file: "vault.sqlite")
    }
    known[token] = opened.value
    return opened.value
  }
}
