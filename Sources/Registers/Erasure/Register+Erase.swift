import DataModels
import Fingerprints
import Foundation
import Primitives
import Storage
import Submissions

extension Register {
  /// Erases a person wherever the register and the vault speak of them, in one transaction.
  ///
  /// Gone are: the person's number and every other identifying value that no other person shares; their rows, or what
  /// `residue` does not keep of them; their rows in the received files, those that were held too; and the values and
  /// texts of findings on these. What stays is a mark without a name, so that later returns cannot bring the person
  /// back, and the audit trail. No day in the past shows them any more.
  ///
  /// Not reached: copies elsewhere, such as backups; and what other people's free text says of them.
  ///
  /// - Throws: ``RegisterError/unknownPerson`` when neither the register nor a received file has the number.
  public func erase(
    person number: String, provider: String, residue: ErasureResidue, on day: CalendarDate, by stamp: AuditStamp
  ) throws(RegisterError) -> ErasureReceipt {
    try registerFailures {
      let keys = try requireKeys()
      try database.read { try $0.execute("PRAGMA main.secure_delete = ON; PRAGMA vault.secure_delete = ON") }
      return try database.write { connection in
        try Properties.checkVaultKey(keys, connection)
        var erasure = PersonErasure(
          model: model, keys: keys, number: model.canonicalNumber(number), provider: provider, residue: residue,
          connection: connection)
        return try erasure.run(on: day, by: stamp)
      }
    }
  }

  /// How many people were erased of whom something was known on a day; nil for all.
  public func erasedPeople(asKnownOn day: CalendarDate? = nil) throws(RegisterError) -> Int {
    try registerFailures {
      try database.read {
        try $0.integer(
          "SELECT COUNT(*) FROM main.erasures WHERE first_known <= ?", [day?.iso ?? "9999-12-31"]) ?? 0
      }
    }
  }
}

extension Register {
  /// The same, by what is kept of them; without those of whom there is nobody.
  public func erasedPeopleByResidue(
    asKnownOn day: CalendarDate? = nil
  ) throws(RegisterError) -> [ErasureResidue: Int] {
    try registerFailures {
      try database.read { connection in
        let statement = try connection.statement(
          "SELECT residue, COUNT(*) FROM main.erasures WHERE first_known <= ? GROUP BY residue")
        statement.bind(day?.iso ?? "9999-12-31", at: 0)
        var counts: [ErasureResidue: Int] = [:]
        while try statement.step() {
          guard let residue = ErasureResidue(rawValue: statement.text(at: 0)!) else { continue }
          counts[residue] = statement.integer(at: 1)
        }
        return counts
      }
    }
  }
}

/// One erasure, within its transaction.
private struct PersonErasure {
  let model: DataModel
  let keys: RegisterKeys
  let number: String
  let provider: String
  let residue: ErasureResidue
  let connection: Connection
  private var rows = 0
  private var identities = 0
  private var filesRedacted = 0
  private var filesDropped = 0
  private var places: [Int: Set<FileRedaction.Place>] = [:]
  private var findings = 0

  init(
    model: DataModel, keys: RegisterKeys, number: String, provider: String, residue: ErasureResidue,
    connection: Connection
  ) {
    self.model = model
    self.keys = keys
    self.number = number
    self.provider = provider
    self.residue = residue
    self.connection = connection
  }

  mutating func run(on day: CalendarDate, by stamp: AuditStamp) throws -> ErasureReceipt {
    let pseudonym = keys.pseudonym(ofPerson: number, provider: provider, model: model)
    let mark = keys.mark(ofPerson: pseudonym)
    let person = try connection.integer("SELECT id FROM main.people WHERE pseudonym = ?", [pseudonym])
    let before = try connection.text("SELECT residue FROM main.erasures WHERE mark = ?", [mark])
    let contents = try ReturnContents.all(connection)
    try redactFiles()
    guard person != nil || before != nil || filesRedacted + filesDropped > 0 else { throw RegisterError.unknownPerson }
    try redactFindings()
    let firstKnown = try person.flatMap { try firstReceipt(of: $0) }
    if let person { try eraseRows(of: person) }
    try eraseHeldKeys(pseudonym)
    try dropIdentity(pseudonym)
    if before == nil {
      let tombstone = try connection.statement(
        "INSERT INTO main.erasures (mark, erased_on, first_known, residue) VALUES (?, ?, ?, ?)")
      tombstone.bind(mark, at: 0)
      tombstone.bind(day.iso, at: 1)
      if let firstKnown { tombstone.bind(firstKnown, at: 2) } else { tombstone.bindNull(at: 2) }
      tombstone.bind(residue.rawValue, at: 3)
      try tombstone.run()
    }
    let book = AuditBook(connection)
    try book.add(.personErased, AuditSubject(.person, mark), by: stamp)
    let changed = try book.addRedactions(of: contents, by: stamp)
    return ErasureReceipt(
      outcome: before == nil ? .erased : .erasedBefore, mark: mark, residue: residue, erasedOn: day, rows: rows,
      identities: identities, filesRedacted: filesRedacted, filesDropped: filesDropped,
      fileRows: places.values.reduce(0) { $0 + $1.count }, findings: findings, returns: changed)
  }

  // MARK: Received files and findings

  private mutating func redactFiles() throws {
    var found: [(id: Int, return: Int, file: ProviderReturn.File)] = []
    let select = try connection.statement(
      """
      SELECT f.id, r.id, f.name, f.sealed FROM vault.files f JOIN main.returns r ON r.fingerprint = f.return
      WHERE ? OR r.provider = ? ORDER BY f.id
      """)
    select.bind(model.identifierScope == .programme ? 1 : 0, at: 0)
    select.bind(provider, at: 1)
    while try select.step() {
      guard let content = try? keys.vault.open(select.data(at: 3)!) else {
        throw RegisterError.vaultDamaged(file: "vault.sqlite")
      }
      // One that was dropped before holds nothing.
      if content.isEmpty { continue }
      let file = ProviderReturn.File(name: select.text(at: 2)!, content: content)
      let (model, wanted) = (model, number)
      guard
        let redaction = FileRedaction(file, model: model, whosePerson: { model.canonicalNumber($0) == wanted })
      else { continue }
      found.append((select.integer(at: 0), select.integer(at: 1), .init(name: file.name, content: redaction.content)))
      places[select.integer(at: 1), default: []].formUnion(redaction.places)
    }
    let update = try connection.statement("UPDATE vault.files SET sealed = ?, key_mark = NULL WHERE id = ?")
    for each in found {
      update.bind(try keys.vault.seal(each.file.content), at: 0)
      update.bind(each.id, at: 1)
      try update.run()
      if each.file.content.isEmpty { filesDropped += 1 } else { filesRedacted += 1 }
    }
  }

  private mutating func redactFindings() throws {
    var changed: [(id: Int, position: Int, content: String)] = []
    for (id, places) in places.sorted(by: { $0.key < $1.key }) {
      let select = try connection.statement("SELECT position, content FROM main.findings WHERE return = ?")
      select.bind(id, at: 0)
      while try select.step() {
        guard let finding = try? JSONDecoder().decode(KeptFinding.self, from: Data(select.text(at: 1)!.utf8)) else {
          throw RegisterError.damagedValue(record: "returns", field: "findings")
        }
        guard let row = finding.place.row,
          places.contains(.init(file: finding.place.file, sheet: finding.place.sheet, row: row))
        else { continue }
        changed.append((id, select.integer(at: 0), try ReturnJournal.json(finding.withoutValue)))
      }
    }
    guard !changed.isEmpty else { return }
    findings = changed.count
    try Schema.withoutGuards(["findings"], connection) {
      let update = try connection.statement("UPDATE main.findings SET content = ? WHERE return = ? AND position = ?")
      for each in changed {
        update.bind(each.content, at: 0)
        update.bind(each.id, at: 1)
        update.bind(each.position, at: 2)
        try update.run()
      }
    }
  }

  /// Of somebody whose every row was held, nothing but this names them.
  private func eraseHeldKeys(_ pseudonym: String) throws {
    try Schema.withoutGuards(["held_keys"], connection) {
      let statement = try connection.statement("DELETE FROM main.held_keys WHERE pseudonym = ?")
      statement.bind(pseudonym, at: 0)
      try statement.run()
    }
  }

  // MARK: Rows

  private func firstReceipt(of person: Int) throws -> String? {
    var first: String?
    for record in model.records where try RevisionSet.isStored(record, connection) {
      let day = try connection.text(
        """
        WITH holders AS (SELECT _return FROM main.\(RecordTable(record, model: model).quotedName)
          WHERE _person = \(person))
        SELECT MIN(received_on) FROM main.receipts WHERE return IN holders
          OR return IN (SELECT return FROM main.return_copies WHERE rows_of IN holders)
        """)
      if let day { first = min(first ?? day, day) }
    }
    return first
  }

  private mutating func eraseRows(of person: Int) throws {
    // Fields and records of any version of the model.
    let stored = try StoredFields(connection).kinds.sorted { $0.key < $1.key }
    for (record, kinds) in stored {
      let table = RecordTable.name(ofRecord: record)
      try dropTokens(record: record, kinds: kinds, of: person)
      rows += try connection.integer("SELECT COUNT(*) FROM main.\"\(table)\" WHERE _person = \(person)") ?? 0
      let blanked = residue == .nothing ? [] : blankedFields(record, kinds)
      try Schema.withoutGuards([table], connection) {
        switch residue {
        case .nothing: try connection.execute("DELETE FROM main.\"\(table)\" WHERE _person = \(person)")
        case .statistical:
          guard !blanked.isEmpty else { return }
          let changes = blanked.map { "\(sqlName($0)) = NULL" }.joined(separator: ", ")
          try connection.execute("UPDATE main.\"\(table)\" SET \(changes) WHERE _person = \(person)")
        }
      }
    }
    for (table, column, pseudonym) in Schema.tablesOfPeople {
      try Schema.withoutGuards([table], connection) {
        if let column { try connection.execute("DELETE FROM main.\"\(table)\" WHERE \(column) = \(person)") }
        if let pseudonym {
          try connection.execute(
            """
            DELETE FROM main."\(table)" WHERE \(pseudonym) = (SELECT pseudonym FROM main.people WHERE id = \(person))
            """)
        }
      }
    }
    try Schema.withoutGuards(["people"], connection) {
      switch residue {
      case .nothing: try connection.execute("DELETE FROM main.people WHERE id = \(person)")
      case .statistical:
        // A name of chance: who they were cannot be found by the key either.
        let name = PseudonymKey().pseudonym(of: String(person), in: ["meedoen", "residue"])
        try connection.execute("UPDATE main.people SET pseudonym = '\(name)' WHERE id = \(person)")
      }
    }
  }

  /// The fields of which a statistical residue keeps nothing: those that the model does not call plain, any that this
  /// version of it does not know, and texts; but no key, except one of text.
  private func blankedFields(_ record: String, _ kinds: [String: StoredKind]) -> [String] {
    kinds.keys.filter { $0 != model.personField }.sorted().filter { id in
      guard let definition = model.record(record), let field = definition.field(id) else { return true }
      if field.type == .text || field.privacy.isIdentifying { return true }
      return field.privacy != .plain && !definition.key.contains(id)
    }
  }

  /// Removes the vault's entries of this person's other identifying values, except those that somebody else has too.
  private mutating func dropTokens(record: String, kinds: [String: StoredKind], of person: Int) throws {
    let table = RecordTable.name(ofRecord: record)
    for field in kinds.keys.sorted() where kinds[field] == .token && field != model.personField {
      let column = sqlName(field)
      let select = try connection.statement(
        """
        SELECT DISTINCT \(column) FROM main."\(table)" WHERE _person = \(person) AND \(column) IS NOT NULL
          AND \(column) NOT IN
            (SELECT \(column) FROM main."\(table)" WHERE _person <> \(person) AND \(column) IS NOT NULL)
        """)
      var tokens: [String] = []
      while try select.step() { tokens.append(select.text(at: 0)!) }
      for token in tokens { try dropIdentity(token) }
    }
  }

  private mutating func dropIdentity(_ token: String) throws {
    guard try connection.integer("SELECT 1 FROM vault.identities WHERE token = ?", [token]) != nil else { return }
    let statement = try connection.statement("DELETE FROM vault.identities WHERE token = ?")
    statement.bind(token, at: 0)
    try statement.run()
    identities += 1
  }
}

extension AuditBook {
  /// Adds an entry for each return that holds something else than before; gives how many there are.
  func addRedactions(of before: [Int: ReturnContents], by stamp: AuditStamp) throws -> Int {
    var count = 0
    let now = try ReturnContents.all(connection)
    for (id, then) in before.sorted(by: { $0.key < $1.key }) {
      guard let after = now[id], after.contents != then.contents else { continue }
      // What is sent once more is not the same any longer. Before the entry, which holds the sums after it.
      try Schema.withoutGuards(["content_marks"], connection) {
        try connection.execute("DELETE FROM main.content_marks WHERE return = \(id)")
      }
      try add(
        .returnRedacted, AuditSubject(.return, then.fingerprint.hex), by: stamp, before: then.contents,
        after: after.contents)
      count += 1
    }
    return count
  }
}

extension KeptFinding {
  /// The finding with its code and place, and nothing that was taken from the row.
  var withoutValue: KeptFinding { KeptFinding(self, value: nil, text: code.explanation) }
}
