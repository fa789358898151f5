import Primitives

/// The records of one person, as a condition sees them: rows are handles that only the conformer understands.
public protocol PersonRecords {
  /// Handles of this person's rows of a record (by its place in the model).
  func rows(ofRecord record: Int) -> Range<Int>
  func value(record: Int, row: Int, field: Int) -> Value
}

/// Where a condition is evaluated: the row at hand, if any, and the evaluator's named values.
public struct EvaluationPoint {
  public var record: Int
  public var row: Int?
  public var parameters: [String: Value]

  public init(record: Int = -1, row: Int? = nil, parameters: [String: Value] = [:]) {
    self.record = record
    self.row = row
    self.parameters = parameters
  }
}

extension Condition {
  /// Whether the condition holds; nil when it compares with something that is missing.
  public func holds(at point: EvaluationPoint, in person: some PersonRecords) -> Bool? {
    switch self {
    case .always: return true
    case .all(let parts):
      var answer: Bool? = true
      for part in parts {
        switch part.holds(at: point, in: person) {
        case false: return false
        case nil: answer = nil
        default: break
        }
      }
      return answer
    case .any(let parts):
      var answer: Bool? = false
      for part in parts {
        switch part.holds(at: point, in: person) {
        case true: return true
        case nil: answer = nil
        default: break
        }
      }
      return answer
    case .not(let part): return part.holds(at: point, in: person).map { !$0 }
    case .compare(let left, let comparison, let right):
      let order = left.value(at: point, in: person).compared(with: right.value(at: point, in: person))
      return order.map { comparison.accepts($0) }
    case .among(let operand, let values):
      let value = operand.value(at: point, in: person)
      if value.isMissing { return nil }
      return values.contains { value.compared(with: $0) == 0 }
    case .within(let operand, let range): return range.contains(operand.value(at: point, in: person))
    case .isMissing(let operand): return operand.value(at: point, in: person).isMissing
    case .exists(let selection): return selection.firstRow(at: point, in: person) != nil
    }
  }

  /// The records that the condition needs a row of and that this person has no (fitting) row of.
  public func absentRecords(at point: EvaluationPoint, in person: some PersonRecords) -> [String] {
    switch self {
    case .always, .exists: []
    case .all(let parts), .any(let parts): parts.flatMap { $0.absentRecords(at: point, in: person) }
    case .not(let part): part.absentRecords(at: point, in: person)
    case .compare(let left, _, let right):
      left.absentRecords(at: point, in: person) + right.absentRecords(at: point, in: person)
    case .among(let operand, _), .within(let operand, _), .isMissing(let operand):
      operand.absentRecords(at: point, in: person)
    }
  }

  /// The first field of a record that the condition names.
  func firstField(of record: String) -> String? {
    switch self {
    case .always, .exists: nil
    case .all(let parts), .any(let parts): parts.lazy.compactMap { $0.firstField(of: record) }.first
    case .not(let part): part.firstField(of: record)
    case .compare(let left, _, let right): left.firstField(of: record) ?? right.firstField(of: record)
    case .among(let operand, _), .within(let operand, _), .isMissing(let operand): operand.firstField(of: record)
    }
  }
}

extension ValueRange {
  /// Whether a value lies in the range; nil when it is missing or cannot be compared.
  public func contains(_ value: Value) -> Bool? {
    if value.isMissing { return nil }
    if let lower {
      guard let order = value.compared(with: lower) else { return nil }
      if order < 0 { return false }
    }
    if let upper {
      guard let order = value.compared(with: upper) else { return nil }
      if order > 0 { return false }
    }
    return true
  }
}

extension Operand {
  public func value(at point: EvaluationPoint, in person: some PersonRecords) -> Value {
    switch self {
    case .literal(let value): return value
    case .field(let reference):
      guard let row = point.row else { return .missing }
      return person.value(record: point.record, row: row, field: reference.index)
    case .picked(let selection, let pick, let reference):
      guard let row = selection.row(pick, at: point, in: person) else { return .missing }
      return person.value(record: selection.recordIndex, row: row, field: reference.index)
    case .parameter(let name): return point.parameters[name] ?? .missing
    case .shifted(let operand, let duration): return operand.value(at: point, in: person).shifted(by: duration)
    case .between(let unit, let from, let to):
      return Value.units(unit, from: from.value(at: point, in: person), to: to.value(at: point, in: person))
    case .count(let selection):
      return .integer(
        person.rows(ofRecord: selection.recordIndex).reduce(0) {
          $0 + (selection.accepts($1, at: point, in: person) ? 1 : 0)
        })
    }
  }

  func absentRecords(at point: EvaluationPoint, in person: some PersonRecords) -> [String] {
    switch self {
    case .picked(let selection, let pick, _):
      selection.row(pick, at: point, in: person) == nil ? [selection.record] : []
    case .shifted(let operand, _): operand.absentRecords(at: point, in: person)
    case .between(_, let from, let to):
      from.absentRecords(at: point, in: person) + to.absentRecords(at: point, in: person)
    case .literal, .field, .parameter, .count: []
    }
  }

  func firstField(of record: String) -> String? {
    switch self {
    case .field(let reference) where reference.record == record: reference.field
    case .shifted(let operand, _): operand.firstField(of: record)
    case .between(_, let from, let to): from.firstField(of: record) ?? to.firstField(of: record)
    default: nil
    }
  }
}

extension Selection {
  /// Whether a row belongs to the selection.
  public func accepts(_ row: Int, at point: EvaluationPoint, in person: some PersonRecords) -> Bool {
    if let filter {
      let own = EvaluationPoint(record: recordIndex, row: row, parameters: point.parameters)
      guard filter.holds(at: own, in: person) == true else { return false }
    }
    guard let timing, let startIndex else { return true }
    let start = person.value(record: recordIndex, row: row, field: startIndex)
    if start.isMissing { return false }
    let end = endIndex.map { person.value(record: recordIndex, row: row, field: $0) } ?? start
    /// Whether the row starts on or before `last` and ends on or after `first`.
    func overlaps(_ first: Value, _ last: Value) -> Bool {
      guard let starts = start.compared(with: last), starts <= 0, !first.isMissing else { return false }
      return end.isMissing || (end.compared(with: first) ?? -1) >= 0
    }
    switch timing {
    case .on(let operand):
      let day = operand.value(at: point, in: person)
      return overlaps(day, day)
    case .before(let operand): return (start.compared(with: operand.value(at: point, in: person)) ?? 0) < 0
    case .after(let operand): return (start.compared(with: operand.value(at: point, in: person)) ?? 0) > 0
    case .during(let from, let to): return overlaps(from.value(at: point, in: person), to.value(at: point, in: person))
    }
  }

  func firstRow(at point: EvaluationPoint, in person: some PersonRecords) -> Int? {
    person.rows(ofRecord: recordIndex).first { accepts($0, at: point, in: person) }
  }

  /// The row that is meant: the only one, or the earliest or latest in time.
  public func row(_ pick: Pick, at point: EvaluationPoint, in person: some PersonRecords) -> Int? {
    if pick == .only { return firstRow(at: point, in: person) }
    var best: (row: Int, time: Value)?
    for row in person.rows(ofRecord: recordIndex) where accepts(row, at: point, in: person) {
      let time = person.value(record: recordIndex, row: row, field: startIndex!)
      if time.isMissing { continue }
      guard let chosen = best else {
        best = (row, time)
        continue
      }
      let order = time.compared(with: chosen.time) ?? 0
      if pick == .first ? order < 0 : order > 0 { best = (row, time) }
    }
    return best?.row
  }
}

extension Comparison {
  /// Whether an order (-1, 0, 1) of left to right satisfies the comparison.
  public func accepts(_ order: Int) -> Bool {
    switch self {
    case .equal: order == 0
    case .unequal: order != 0
    case .less: order < 0
    case .lessOrEqual: order <= 0
    case .greater: order > 0
    case .greaterOrEqual: order >= 0
    }
  }
}
