import DataModels
import Primitives
import TableFiles

extension Reviewer {
  /// What a return changes in what the register holds, where that is not expected.
  ///
  /// Such rows are not held: whether one is held depends on the return alone.
  mutating func checkHistory(_ people: ReturnPeople) {
    guard let known else { return }
    let steady = Dictionary(grouping: model.checks.steady, by: \.record).mapValues { $0.map(\.field) }
    for r in model.records.indices where batches.contains(where: { $0.record == r }) {
      guard let rows = known.rows[r], !rows.values.isEmpty else { continue }
      let outcomes = model.outcomes.filter { $0.record == r }
      let settles = model.checks.frozenAfterMonths != nil && model.records[r].nature.timeField != nil
      if steady[r] == nil, outcomes.isEmpty, !settles { continue }
      let held = HeldRecord(rows, model.records[r])
      let earlier = known.before[r].map { HeldRecord($0, model.records[r]) }
      forEachRow(of: r, people) { reviewer, batch, row, handle, person in
        guard let was = held.row(key: reviewer.key(batch, row)) else { return }
        let before = earlier?.row(key: reviewer.key(batch, row))
        for f in steady[r] ?? [] { reviewer.checkSteady(batch, row, f, was[f], before?[f]) }
        if settles { reviewer.checkSettled(batch, row, was) }
        let point = EvaluationPoint(record: r, row: handle)
        for outcome in outcomes {
          let old = PersonAsKnown(person: person, record: r, row: handle, values: was)
          guard outcome.counts(at: point, in: old, reviewer.model),
            !outcome.counts(at: point, in: person, reviewer.model)
          else { continue }
          reviewer.addReversal(of: outcome, batch, row)
        }
      }
    }
  }

  private func key(_ batch: Int, _ row: Int) -> String {
    model.records[batches[batch].record].keyIndices.map { batches[batch].value(row, $0).canonicalText }
      .joined(separator: "\u{1}")
  }

  /// Whether a cell was sent and can be read.
  private func isSent(_ batch: Int, _ row: Int, _ f: Int) -> Bool {
    batches[batch].positions[f] != nil && !batches[batch].unreadable.contains(row * batches[batch].fieldCount + f)
  }

  private mutating func checkSteady(_ batch: Int, _ row: Int, _ f: Int, _ was: Value, _ before: Value?) {
    guard isSent(batch, row, f), !was.isMissing else { return }
    let now = batches[batch].value(row, f)
    if now == was { return }
    let record = model.records[batches[batch].record]
    let (english, dutch) = (record.fields[f].label.english, record.fields[f].label[.dutch])
    let flips = before == now && !now.isMissing
    add(
      flips ? .flipsBack : .steadyChanged, .confirm, batch, row, f,
      rule: "\(record.id).\(record.fields[f].id).steady",
      flips
        ? LocalizedText(
          "“\(english)” goes back to what it was before the last return changed it.",
          nl: "“\(dutch)” gaat terug naar wat het was voordat de vorige aanlevering het wijzigde.")
        : now.isMissing
          ? LocalizedText(
            "“\(english)” was known, is not expected to change, and is now empty.",
            nl: "“\(dutch)” was bekend, verandert gewoonlijk niet, en is nu leeg.")
          : LocalizedText(
            "“\(english)” is not expected to change, and differs from what was sent before.",
            nl: "“\(dutch)” verandert gewoonlijk niet, en is anders dan wat eerder is gestuurd."),
      (flips ? FindingCode.flipsBack : .steadyChanged).explanation.text)
  }

  private mutating func checkSettled(_ batch: Int, _ row: Int, _ was: [Value]) {
    let record = model.records[batches[batch].record]
    guard let months = model.checks.frozenAfterMonths, let period = occasion.period,
      let time = record.nature.timeField.flatMap({ record.index(of: $0) }), let month = was[time].month,
      month.adding(months: months) < period
    else { return }
    let changed = record.fields.indices.first { f in
      isSent(batch, row, f) && !record.fields[f].privacy.isIdentifying && batches[batch].value(row, f) != was[f]
    }
    guard let changed else { return }
    add(
      .settledChanged, .confirm, batch, row, changed, rule: "\(record.id).settled",
      LocalizedText(
        "This changes something of \(month.iso), which counts as settled \(months) months later.",
        nl: "Dit wijzigt iets van \(month.iso), dat na \(months) maanden als vaststaand geldt."),
      FindingCode.settledChanged.explanation.text)
  }

  private mutating func addReversal(of outcome: Outcome, _ batch: Int, _ row: Int) {
    let record = model.records[batches[batch].record]
    let time = record.nature.timeField.flatMap { record.index(of: $0) } ?? record.keyIndices.last
    var found = finding(
      .outcomeReversed, .confirm, batch, row, time, rule: "outcome.\(outcome.id).reversed",
      LocalizedText(
        "“\(outcome.title.english)” counted before, and no longer does with this row.",
        nl: "“\(outcome.title[.dutch])” telde eerder mee, en met deze rij niet meer."),
      FindingCode.outcomeReversed.explanation.text)
    found.cost = FindingCost(outcome: outcome.id, title: outcome.title, price: outcome.price)
    findings.append(found)
  }
}

/// The rows that the register holds of one record, found by their key.
private struct HeldRecord {
  private let values: [Value]
  private let width: Int
  private var places: [String: Int] = [:]

  init(_ rows: KnownRecords.Rows, _ record: RecordDefinition) {
    values = rows.values
    width = record.fields.count
    for row in 0..<(values.count / width) {
      let key = record.keyIndices.map { values[row * width + $0].canonicalText }.joined(separator: "\u{1}")
      places[key] = row
    }
  }

  func row(key: String) -> [Value]? { places[key].map { Array(values[$0 * width..<($0 + 1) * width]) } }
}

/// A person of a return with one row as the register holds it.
private struct PersonAsKnown: PersonRecords {
  let person: ReturnPerson
  let record: Int
  let row: Int
  let values: [Value]

  func rows(ofRecord record: Int) -> Range<Int> { person.rows(ofRecord: record) }
  func value(record: Int, row: Int, field: Int) -> Value {
    record == self.record && row == self.row ? values[field] : person.value(record: record, row: row, field: field)
  }
}

extension Outcome {
  /// Whether a row shows this result within the time at which it counts.
  func counts(at point: EvaluationPoint, in person: some PersonRecords, _ model: DataModel) -> Bool {
    let definition = model.records[record]
    guard let row = point.row, filter == nil || filter!.holds(at: point, in: person) == true else { return false }
    guard let time = definition.nature.timeField.flatMap({ definition.index(of: $0) }) else { return true }
    let day = person.value(record: record, row: row, field: time)
    if day.isMissing { return false }
    return window == nil || window!.contains(day) == true
  }
}

extension Value {
  /// The month of a day or month.
  var month: CalendarMonth? {
    switch self {
    case .date(let date): date.month
    case .month(let month): month
    default: nil
    }
  }
}
