import DataModels
import Fingerprints
import Foundation
import Primitives
import Storage

extension Register {
  /// How many values are past the term that the model gives them.
  public func termReport(on day: CalendarDate) throws(RegisterError) -> TermReport {
    try registerFailures {
      try database.read { connection in
        var run = TermRun(model: model.withEarlierParts, day: day, hasVault: keys != nil, connection)
        return try run.report(applying: false)
      }
    }
  }

  /// Takes away what is past its term on a day: values become blank, whole rows are removed, received files too, and
  /// what the vault holds of them, unless a row that is kept has the same. In one transaction, with an entry in the audit
  /// trail for each return that holds less than before.
  ///
  /// A term that ended on a day ended for the past as well: no earlier day shows the value any more.
  public func applyTerms(on day: CalendarDate, by stamp: AuditStamp) throws(RegisterError) -> TermReport {
    try registerFailures {
      let keys = try requireKeys()
      try database.read { try $0.execute("PRAGMA main.secure_delete = ON; PRAGMA vault.secure_delete = ON") }
      return try database.write { connection in
        try Properties.checkVaultKey(keys, connection)
        let contents = try ReturnContents.all(connection)
        var run = TermRun(model: model.withEarlierParts, day: day, hasVault: true, connection)
        let report = try run.report(applying: true)
        guard report.past > 0 else { return report }
        let book = AuditBook(connection)
        try book.add(.termsApplied, AuditSubject(.register, day.iso), by: stamp)
        _ = try book.addRedactions(of: contents, by: stamp)
        return report
      }
    }
  }
}

/// One look at all terms, within its transaction.
private struct TermRun {
  let model: DataModel
  let day: CalendarDate
  let hasVault: Bool
  let connection: Connection
  private var identities = 0

  init(model: DataModel, day: CalendarDate, hasVault: Bool, _ connection: Connection) {
    self.model = model
    self.day = day
    self.hasVault = hasVault
    self.connection = connection
  }

  mutating func report(applying: Bool) throws -> TermReport {
    let clocks = try TermClocks(model: model, connection)
    var lines: [TermReport.Line] = []
    var actions: [(record: RecordDefinition, removed: [Int], blanked: [(field: Field, rows: [Int])])] = []
    // Everything is looked at before anything goes: a clock may be in a row that goes itself.
    for record in model.records where try RevisionSet.isStored(record, connection) {
      let (rows, fields) = try clocks.rows(of: record)
      let rowTerm = model.processing.term(record: record.id)
      let gone = rows.map { row in rowTerm.map { state(of: $0, row, clocks) } ?? .kept }
      lines.append(line(record, nil, rowTerm, rows, gone) { _ in 1 })
      var blanked: [(Field, [Int])] = []
      for (index, field) in fields.enumerated() where !record.key.contains(field.id) {
        let term = model.processing.term(record: record.id, field: field.id)
        let states = rows.indices.map { place -> State in
          if rows[place].values[index] == 0 { return .nothing }
          if gone[place] == .past { return .past }
          return term.map { state(of: $0, rows[place], clocks) } ?? .kept
        }
        lines.append(line(record, field.id, term, rows, states) { rows[$0].values[index] > 0 ? 1 : 0 })
        let past = rows.indices.filter { states[$0] == .past && gone[$0] != .past }
        if !past.isEmpty { blanked.append((field, past.flatMap { rows[$0].stored })) }
      }
      let removed = rows.indices.filter { gone[$0] == .past }.flatMap { rows[$0].stored }
      if !removed.isEmpty || !blanked.isEmpty { actions.append((record, removed, blanked)) }
    }
    let files = hasVault ? try connection.integer("SELECT COUNT(*) FROM vault.files") ?? 0 : nil
    let filesPast = hasVault ? try pastFiles() : nil
    if applying {
      for action in actions { try apply(action.record, action.removed, action.blanked) }
      try removePeople()
      try removeFiles(filesPast ?? [])
    }
    return TermReport(
      day: day, lines: lines, files: files, filesPast: filesPast?.count, filesTerm: model.processing.filesTerm?.text,
      wasApplied: applying, identitiesRemoved: identities)
  }

  private enum State { case nothing, kept, withoutClock, past }

  private func state(of term: KeepingTerm, _ row: TermClocks.Row, _ clocks: TermClocks) -> State {
    guard let start = clocks.day(term.clock, of: row) else { return .withoutClock }
    return term.end(from: start) < day ? .past : .kept
  }

  private func line(
    _ record: RecordDefinition, _ field: String?, _ term: KeepingTerm?, _ rows: [TermClocks.Row], _ states: [State],
    _ weight: (Int) -> Int
  ) -> TermReport.Line {
    let past = rows.indices.filter { states[$0] == .past }
    return TermReport.Line(
      record: record.id, field: field, term: term?.text, held: rows.indices.reduce(0) { $0 + weight($1) },
      past: past.count, people: Set(past.map { rows[$0].person }).count,
      withoutClock: states.count { $0 == .withoutClock })
  }

  // MARK: Taking away

  private mutating func apply(
    _ record: RecordDefinition, _ removed: [Int], _ blanked: [(field: Field, rows: [Int])]
  ) throws {
    let table = RecordTable(record, model: model)
    let tokenFields = try (StoredFields(connection).kinds[record.id] ?? [:]).filter { $0.value == .token }.keys.sorted()
    let columns = tokenFields.filter { $0 != model.personField }
    let expressions = FieldExpressions(model, try StoredFields(connection))
    let blanked = blanked.flatMap { field, rows in
      // What was sent under another version stands in the column of the field of then.
      expressions.columns(field, of: record).map { (column: $0, rows: rows) }
    }
    var candidates: [String: Set<String>] = [:]
    for column in columns {
      let select = try connection.statement("SELECT \(sqlName(column)) FROM main.\(table.quotedName) WHERE _row = ?")
      for row in removed + blanked.filter({ $0.column == column }).flatMap(\.rows) {
        select.bind(row, at: 0)
        if try select.step(), let token = select.text(at: 0) { candidates[column, default: []].insert(token) }
        select.reset()
      }
    }
    let connection = connection
    try Schema.withoutGuards([table.name], connection) {
      let delete = try connection.statement("DELETE FROM main.\(table.quotedName) WHERE _row = ?")
      for row in removed {
        delete.bind(row, at: 0)
        try delete.run()
      }
      for (column, rows) in blanked {
        let update = try connection.statement(
          "UPDATE main.\(table.quotedName) SET \(sqlName(column)) = NULL WHERE _row = ?")
        for row in rows {
          update.bind(row, at: 0)
          try update.run()
        }
      }
    }
    for (column, tokens) in candidates.sorted(by: { $0.key < $1.key }) {
      let find = try connection.statement(
        "SELECT 1 FROM main.\(table.quotedName) WHERE \(sqlName(column)) = ? LIMIT 1")
      for token in tokens.sorted() {
        find.bind(token, at: 0)
        let isUsed = try find.step()
        find.reset()
        if !isUsed { try removeIdentity(token) }
      }
    }
  }

  /// People of whom no row is left lose their number in the vault.
  private mutating func removePeople() throws {
    let tables = try StoredFields(connection).kinds.keys.sorted().map { RecordTable.name(ofRecord: $0) }
    let select = try connection.statement(
      "SELECT pseudonym FROM main.people WHERE "
        + tables.map { "id NOT IN (SELECT _person FROM main.\"\($0)\")" }.joined(separator: " AND "))
    var tokens: [String] = []
    while try select.step() { tokens.append(select.text(at: 0)!) }
    for token in tokens { try removeIdentity(token) }
  }

  private mutating func removeIdentity(_ token: String) throws {
    guard try connection.integer("SELECT 1 FROM vault.identities WHERE token = ?", [token]) != nil else { return }
    let delete = try connection.statement("DELETE FROM vault.identities WHERE token = ?")
    delete.bind(token, at: 0)
    try delete.run()
    identities += 1
  }

  // MARK: Received files

  private func pastFiles() throws -> [Int] {
    guard let term = model.processing.filesTerm else { return [] }
    let select = try connection.statement(
      """
      SELECT f.id, (SELECT MAX(c.received_on) FROM main.receipts c JOIN main.returns r ON c.return = r.id
        WHERE r.fingerprint = f.return) FROM vault.files f ORDER BY f.id
      """)
    var past: [Int] = []
    while try select.step() {
      guard let received = select.text(at: 1).flatMap({ CalendarDate(iso: $0) }) else { continue }
      if term.end(from: received) < day { past.append(select.integer(at: 0)) }
    }
    return past
  }

  private func removeFiles(_ ids: [Int]) throws {
    let delete = try connection.statement("DELETE FROM vault.files WHERE id = ?")
    for id in ids {
      delete.bind(id, at: 0)
      try delete.run()
    }
  }
}
