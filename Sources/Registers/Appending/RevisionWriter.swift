import DataModels
import Fingerprints
import Primitives
import Storage
import Submissions

/// Adds the rows of one record of a return, and counts what they change.
struct RevisionWriter {
  let record: RecordDefinition
  private(set) var counts: SubmissionReceipt.Record
  /// How many rows of the record each person has in this return, by the person's place in it.
  private(set) var rowsOfPerson: [Int32]
  /// Whether a key occurs twice in the return, so that the order of its rows matters.
  private(set) var repeatsKey = false

  private let rows: AcceptedRows
  private let people: [IdentityGate.Person]
  /// The place of each row's person; negative for a row to leave out.
  private let places: [Int32]
  private let order: ReturnOrder
  /// The return's place in it.
  private let own: Int32
  private let returnID: Int
  private let insert: Statement
  private let find: Statement
  /// What a carried field, other than the person's number, is to this row.
  private struct Carried {
    let position: Int
    let kind: StoredKind
    let name: String
    let isKey: Bool
  }
  private let carried: [Carried]
  private let keys: [Int]
  /// For each layout by its number, whether it carries each of these fields.
  private let isCarried: [[Bool]]
  /// The names of the carried fields as the register keeps them, and the fields in the order of their names.
  private let layoutNames: String
  private let byName: [Int]
  private var values: [StoredValue]
  /// For each field: the place in the order of the row that decides it so far, and whether it says the same.
  private var deciding: [(rank: Int32, agrees: Bool)] = []

  /// - Parameters:
  ///   - people: of the return; `places` says for each row which of them it is of.
  ///   - order: of the returns whose rows these are compared with.
  ///   - own: the place that the return has, or would have, in it.
  ///   - before: how many rows of the record each of them has in the rows of this return that were written before.
  /// - Precondition: the rows carry the whole key, as a review makes sure.
  init(
    _ rows: AcceptedRows, of people: [IdentityGate.Person], places: [Int32], after before: [Int32]?, return id: Int,
    model: DataModel, order: ReturnOrder, own: Int32, _ connection: Connection
  ) throws {
    record = model.records[rows.recordIndex]
    let record = record
    let table = RecordTable(record, model: model)
    self.rows = rows
    self.people = people
    self.places = places
    self.order = order
    self.own = own
    returnID = id
    rowsOfPerson = before ?? Array(repeating: 0, count: people.count)
    counts = SubmissionReceipt.Record(record: record.id)
    carried = rows.fieldIndices.enumerated().filter { $0.element != table.personPosition }.map { position, index in
      let field = record.fields[index]
      return Carried(
        position: position, kind: StoredKind(field), name: field.id, isKey: record.keyIndices.contains(index))
    }
    let carried = carried
    keys = table.keyPositions.map { key in carried.firstIndex { rows.fieldIndices[$0.position] == key }! }
    byName = carried.indices.sorted { carried[$0].name < carried[$1].name }
    values = Array(repeating: .null, count: carried.count)
    var layouts = try LayoutBook(record: record, connection)
    let sent = rows.fieldIndices.map { record.fields[$0].id }
    let layout = try layouts.id(of: sent)
    layoutNames = LayoutBook.text(of: sent)
    isCarried = layouts.matrix.map { layout in
      layout.isEmpty ? [] : carried.map { layout[rows.fieldIndices[$0.position]] }
    }
    let names = carried.map { sqlName($0.name) }
    insert = try connection.statement(
      """
      INSERT INTO main.\(table.quotedName) (\((["_return", "_layout", "_person"] + names).joined(separator: ", ")))
      VALUES (\(id), \(layout), ?\(String(repeating: ", ?", count: names.count)))
      """)
    let expressions = FieldExpressions(model, try StoredFields(connection))
    let known = carried.map { carried in
      carried.isKey
        ? sqlName(carried.name) : expressions.value(record.field(carried.name)!, of: record, readsCodes: true)
    }
    find = try connection.statement(
      """
      SELECT \((["_return", "_layout"] + known).joined(separator: ", ")) FROM main.\(table.quotedName)
      WHERE \(table.keyColumns.map { "\($0) IS ?" }.joined(separator: " AND ")) ORDER BY _row
      """)
  }

  /// Adds the rows, each person's together, and their bytes to the fingerprint of what the register holds.
  ///
  /// - Parameter told: after each row.
  mutating func write(through gate: IdentityGate, into contents: inout HashedBytes, told: () -> Void) throws {
    let tokens = try self.tokens(through: gate)
    for row in inOrder {
      let place = places[row]
      let person = people[Int(place)]
      read(row, tokens)
      try count(place)
      contents.add(layoutNames)
      contents.add(person.pseudonym)
      insert.bind(person.id, at: 0)
      for (index, value) in values.enumerated() { value.bind(to: insert, at: index + 1) }
      for index in byName { contents.add(stored: values[index]) }
      try insert.run()
      rowsOfPerson[Int(place)] += 1
      told()
    }
  }

  /// Counts what the rows would change, for a return whose rows are there already.
  mutating func compare(through gate: IdentityGate, told: () -> Void) throws {
    let tokens = try self.tokens(through: gate)
    for row in inOrder {
      read(row, tokens)
      try count(places[row])
      rowsOfPerson[Int(places[row])] += 1
      told()
    }
  }

  /// The rows in the order of the register's numbers for people, and one person's as they were sent: so they go to the
  /// same end of the index, and are read together.
  private var inOrder: [Int] {
    places.indices.filter { places[$0] >= 0 }.map { (person: people[Int(places[$0])].id, row: $0) }
      .sorted { ($0.person, $0.row) < ($1.person, $1.row) }.map(\.row)
  }

  /// The pseudonyms of the values of each carried field that identifies, by value.
  private func tokens(through gate: IdentityGate) throws -> [[String: String]] {
    try carried.map { field in
      guard field.kind == .token else { return [:] }
      var seen: Set<String> = []
      for row in 0..<rows.rowCount where places[row] >= 0 {
        let value = rows.value(row: row, position: field.position)
        if !value.isMissing { seen.insert(value.canonicalText) }
      }
      let texts = seen.sorted()
      let tokens = try gate.pseudonyms(of: texts, field: "\(record.id).\(field.name)")
      return Dictionary(zip(texts, tokens)) { first, _ in first }
    }
  }

  private mutating func read(_ row: Int, _ tokens: [[String: String]]) {
    for (index, field) in carried.enumerated() {
      let value = rows.value(row: row, position: field.position)
      if field.kind == .token {
        values[index] = value.isMissing ? .null : .text(tokens[index][value.canonicalText]!)
      } else {
        values[index] = StoredValue(value, as: field.kind)
      }
    }
  }

  /// Compares the row with what earlier rows of the same key say, field by field.
  private mutating func count(_ place: Int32) throws {
    counts.rows += 1
    let person = people[Int(place)]
    // Nothing can be there of somebody who is new, before their second row.
    if person.isNew, rowsOfPerson[Int(place)] == 0 {
      counts.new += 1
      return
    }
    find.bind(person.id, at: 0)
    for (index, key) in keys.enumerated() { values[key].bind(to: find, at: index + 1) }
    var isKnown = false
    while try find.step() {
      let holder = find.integer(at: 0)
      if holder == returnID { repeatsKey = true }
      guard order.counts(return: holder, person: person.id) else { continue }
      if !isKnown {
        isKnown = true
        deciding.removeAll(keepingCapacity: true)
        for index in values.indices { deciding.append((-1, carried[index].isKey || values[index] == .null)) }
      }
      let rank = order.rowRanks[holder]
      let layout = isCarried[find.integer(at: 1)]
      for index in carried.indices where layout[index] && !carried[index].isKey {
        guard rank >= deciding[index].rank else { continue }
        deciding[index] = (rank, values[index].isEqual(to: find, at: index + 2))
      }
    }
    guard isKnown else {
      counts.new += 1
      return
    }
    if deciding.contains(where: { !$0.agrees && $0.rank <= own }) {
      counts.changed += 1
    } else if deciding.contains(where: { !$0.agrees }) {
      counts.superseded += 1
    } else {
      counts.unchanged += 1
    }
  }
}

/// The sets of fields that rows carry, each under a number.
struct LayoutBook {
  private let record: RecordDefinition
  private let connection: Connection
  private var fields: [Int: Set<String>] = [:]

  init(record: RecordDefinition, _ connection: Connection) throws {
    self.record = record
    self.connection = connection
    let statement = try connection.statement("SELECT id, fields FROM main.layouts WHERE record = ?")
    statement.bind(record.id, at: 0)
    while try statement.step() {
      fields[statement.integer(at: 0)] = Set(statement.text(at: 1)!.split(separator: ",").map(String.init))
    }
  }

  /// A set of fields in one text.
  static func text(of names: [String]) -> String { names.sorted().joined(separator: ",") }

  /// The number of a set of fields, which is entered when new.
  mutating func id(of names: [String]) throws -> Int {
    let set = Set(names)
    if let known = fields.first(where: { $0.value == set }) { return known.key }
    let statement = try connection.statement("INSERT INTO main.layouts (record, fields) VALUES (?, ?)")
    statement.bind(record.id, at: 0)
    statement.bind(Self.text(of: names), at: 1)
    try statement.run()
    let id = Int(connection.lastInsertedRow)
    fields[id] = set
    return id
  }

  /// For each layout by its number, whether it carries each of the record's fields, or one that it is read from.
  var matrix: [[Bool]] {
    var rows = Array(repeating: [Bool](), count: (fields.keys.max() ?? 0) + 1)
    for (id, names) in fields {
      rows[id] = record.fields.map { field in
        names.contains(field.id) || field.replaces.contains { names.contains($0.field) }
      }
    }
    return rows
  }
}
