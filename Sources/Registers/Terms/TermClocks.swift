import DataModels
import Primitives
import Storage

/// The days from which terms run, for every row of a record.
///
/// A row here is a person and a key, with all that returns ever said of it.
struct TermClocks {
  struct Row {
    let person: Int
    /// Its rows in the table.
    var stored: [Int] = []
    /// The latest day on which one of them was received.
    var received: CalendarDate
    /// For each field, how many of the stored rows have a value.
    var values: [Int]
    /// For each field that a clock of its own record asks for, the latest day.
    var days: [String: CalendarDate] = [:]
  }

  private let model: DataModel
  private let connection: Connection
  private let receipts: [Int: CalendarDate]
  /// The latest receipt of anything about a person.
  private var lastReturns: [Int: CalendarDate] = [:]
  /// The latest day that a field of a record says of a person, by `record.field`.
  private var personDays: [String: [Int: CalendarDate]] = [:]

  init(model: DataModel, _ connection: Connection) throws {
    self.model = model
    self.connection = connection
    var receipts: [Int: CalendarDate] = [:]
    let select = try connection.statement("SELECT return, MIN(received_on) FROM main.receipts GROUP BY return")
    while try select.step() { receipts[select.integer(at: 0)] = CalendarDate(iso: select.text(at: 1)!) }
    self.receipts = receipts
    for record in model.records where try RevisionSet.isStored(record, connection) {
      let select = try connection.statement(
        "SELECT DISTINCT _person, _return FROM main.\(RecordTable(record, model: model).quotedName)")
      while try select.step() {
        guard let day = receipts[select.integer(at: 1)] else { continue }
        let person = select.integer(at: 0)
        lastReturns[person] = max(lastReturns[person] ?? day, day)
      }
    }
    for clock in Set(model.termsInUse.map(\.clock)) {
      guard case .field(let record, let field, false) = clock, let definition = model.record(record),
        let value = definition.field(field), try StoredFields(connection).kinds[record]?[field] != nil
      else { continue }
      let column = FieldExpressions(model, try StoredFields(connection)).value(value, of: definition)
      let select = try connection.statement(
        """
        SELECT _person, MAX(\(column)) FROM main.\(RecordTable(definition, model: model).quotedName)
        WHERE \(column) IS NOT NULL GROUP BY _person
        """)
      while try select.step() {
        personDays["\(record).\(field)", default: [:]][select.integer(at: 0)] = lastDay(select, 1)
      }
    }
  }

  /// The day from which a term runs for a row; nil when there is none yet.
  func day(_ clock: KeepingTerm.Clock, of row: Row) -> CalendarDate? {
    switch clock {
    case .receipt: row.received
    case .lastReturn: lastReturns[row.person]
    case .field(_, let field, isOwn: true): row.days[field]
    case .field(let record, let field, isOwn: false): personDays["\(record).\(field)"]?[row.person]
    }
  }

  /// The rows of a record, with the fields that have a column in the order in which `values` counts them.
  func rows(of record: RecordDefinition) throws -> (rows: [Row], fields: [Field]) {
    let table = RecordTable(record, model: model)
    let all = try StoredFields(connection)
    let stored = all.kinds[record.id] ?? [:]
    let expressions = FieldExpressions(model, all)
    let fields = table.columnFields.filter { stored[$0.id] != nil }
    let columns = ["_row", "_return"] + table.keyColumns + fields.map { expressions.value($0, of: record) }
    let select = try connection.statement(
      "SELECT \(columns.joined(separator: ", ")) FROM main.\(table.quotedName) ORDER BY _row")
    let first = columns.count - fields.count
    let ownClocks = Set(
      model.termsInUse.compactMap { term -> String? in
        guard case .field(record.id, let field, isOwn: true) = term.clock else { return nil }
        return field
      })
    var places: [[String]: Int] = [:]
    var rows: [Row] = []
    while try select.step() {
      guard let received = receipts[select.integer(at: 1)] else { continue }
      let key = (2..<first).map { select.text(at: $0) ?? "" }
      let place: Int
      if let known = places[key] {
        place = known
      } else {
        place = rows.count
        places[key] = place
        rows.append(
          Row(person: select.integer(at: 2), received: received, values: Array(repeating: 0, count: fields.count)))
      }
      rows[place].stored.append(select.integer(at: 0))
      rows[place].received = max(rows[place].received, received)
      for (index, field) in fields.enumerated() where !select.isNull(at: first + index) {
        rows[place].values[index] += 1
        guard ownClocks.contains(field.id), let day = lastDay(select, first + index) else { continue }
        rows[place].days[field.id] = max(rows[place].days[field.id] ?? day, day)
      }
    }
    return (rows, fields)
  }

  /// A stored day, or the last day of a stored month or year.
  private func lastDay(_ statement: Statement, _ column: Int) -> CalendarDate? {
    guard let text = statement.text(at: column) else { return nil }
    if let day = CalendarDate(iso: text) { return day }
    if let month = CalendarMonth(iso: text) { return month.adding(months: 1).firstDay.adding(days: -1) }
    return Int(text).flatMap { CalendarDate(year: $0, month: 12, day: 31) }
  }
}

extension DataModel {
  /// Every term that something in the model has.
  var termsInUse: [KeepingTerm] {
    records.flatMap { record in
      record.fields.compactMap { processing.term(record: record.id, field: $0.id) }
        + [processing.term(record: record.id)].compactMap(\.self)
    }
  }
}
