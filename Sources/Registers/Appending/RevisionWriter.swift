import DataModels
import Primitives
import Storage
import Submissions

/// Adds the rows of one record of a return, and counts what they change.
struct RevisionWriter {
  let record: RecordDefinition
  private(set) var counts: SubmissionReceipt.Record
  /// How many rows each person has in this return.
  private(set) var rowsOfPerson: [Int: Int] = [:]

  private let rows: AcceptedRows
  private let order: ReturnOrder
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
  private let personPosition: Int
  /// For each layout by its number, whether it carries each of these fields.
  private let isCarried: [[Bool]]
  private var values: [StoredValue]

  /// - Precondition: the rows carry the whole key, as a review makes sure.
  init(_ rows: AcceptedRows, return id: Int, model: DataModel, order: ReturnOrder, _ connection: Connection) throws {
    record = model.records[rows.recordIndex]
    let record = record
    let table = RecordTable(record, model: model)
    self.rows = rows
    self.order = order
    returnID = id
    counts = SubmissionReceipt.Record(record: record.id)
    personPosition = rows.fieldIndices.firstIndex(of: table.personPosition)!
    carried = rows.fieldIndices.enumerated().filter { $0.element != table.personPosition }.map { position, index in
      let field = record.fields[index]
      return Carried(
        position: position, kind: StoredKind(field), name: field.id, isKey: record.keyIndices.contains(index))
    }
    let carried = carried
    keys = table.keyPositions.map { key in carried.firstIndex { rows.fieldIndices[$0.position] == key }! }
    values = Array(repeating: .null, count: carried.count)
    var layouts = try LayoutBook(record: record, connection)
    let layout = try layouts.id(of: rows.fieldIndices.map { record.fields[$0].id })
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

  /// The number of the person whose row it is.
  func personNumber(of row: Int) -> String { rows.value(row: row, position: personPosition).canonicalText }

  mutating func write(_ row: Int, through gate: inout IdentityGate) throws {
    let person = try gate.person(number: personNumber(of: row))
    for (index, field) in carried.enumerated() {
      let value = rows.value(row: row, position: field.position)
      if field.kind == .token {
        values[index] =
          value.isMissing
          ? .null : .text(try gate.token(of: value.canonicalText, field: "\(record.id).\(field.name)"))
      } else {
        values[index] = StoredValue(value, as: field.kind)
      }
    }
    try count(person: person)
    insert.bind(person, at: 0)
    for (index, value) in values.enumerated() { value.bind(to: insert, at: index + 1) }
    try insert.run()
    rowsOfPerson[person, default: 0] += 1
  }

  /// Compares the row with what earlier rows of the same key say, field by field.
  private mutating func count(person: Int) throws {
    counts.rows += 1
    find.bind(person, at: 0)
    for (index, key) in keys.enumerated() { values[key].bind(to: find, at: index + 1) }
    let own = order.ranks[returnID]
    var isKnown = false
    // For each field: the place in the order of the row that decides it so far, and whether it says the same.
    var deciding: [(rank: Int32, agrees: Bool)] = []
    while try find.step() {
      guard order.counts(return: find.integer(at: 0), person: person) else { continue }
      if !isKnown {
        isKnown = true
        deciding = values.indices.map { (-1, carried[$0].isKey || values[$0] == .null) }
      }
      let rank = order.ranks[find.integer(at: 0)]
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

  /// The number of a set of fields, which is entered when new.
  mutating func id(of names: [String]) throws -> Int {
    let set = Set(names)
    if let known = fields.first(where: { $0.value == set }) { return known.key }
    let statement = try connection.statement("INSERT INTO main.layouts (record, fields) VALUES (?, ?)")
    statement.bind(record.id, at: 0)
    statement.bind(names.sorted().joined(separator: ","), at: 1)
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
