import DataModels
import Primitives

extension Condition {
  /// The records that comparisons of this row wait for; none for a comparison whose own value is missing, because
  /// nothing can come of it.
  func recordsWaitedFor(at point: EvaluationPoint, in person: some PersonRecords) -> [String] {
    switch self {
    case .all(let parts), .any(let parts): return parts.flatMap { $0.recordsWaitedFor(at: point, in: person) }
    case .not(let part): return part.recordsWaitedFor(at: point, in: person)
    default:
      return comparesMissingValue(at: point, in: person) ? [] : absentRecords(at: point, in: person)
    }
  }

  /// Whether a field of the row at hand that is compared with something has no value.
  func comparesMissingValue(at point: EvaluationPoint, in person: some PersonRecords) -> Bool {
    guard let row = point.row else { return false }
    return comparedFields.contains { person.value(record: point.record, row: row, field: $0.index).isMissing }
  }

  /// Fields of the row at hand that are compared with something; whether a field is missing is no comparison.
  private var comparedFields: [FieldReference] {
    switch self {
    case .always, .isMissing: []
    case .all(let parts), .any(let parts): parts.flatMap(\.comparedFields)
    case .not(let part): part.comparedFields
    case .compare(let left, _, let right): left.ownFields + right.ownFields
    case .among(let operand, _), .within(let operand, _): operand.ownFields
    case .exists(let selection): selection.timing?.ownFields ?? []
    }
  }

  /// The fields of the row at hand that the condition names, in their order.
  private var namedFields: [String] {
    switch self {
    case .isMissing(let operand): operand.ownFields.map(\.field)
    case .all(let parts), .any(let parts): parts.flatMap(\.namedFields)
    case .not(let part): part.namedFields
    default: comparedFields.map(\.field)
    }
  }

  /// ` (columns `a` and `b`)`, for a message that names the condition by its labels; empty where there are none.
  func columns(apartFrom field: String) -> LocalizedText {
    let names = orderedUnique(namedFields.filter { $0 != field }).map { "`\($0)`" }
    if names.isEmpty { return LocalizedText("", nl: "") }
    let isOne = names.count == 1
    return LocalizedText(
      " (\(isOne ? "column" : "columns") \(Language.english.list(names)))",
      nl: " (\(isOne ? "kolom" : "kolommen") \(Language.dutch.list(names)))")
  }

  /// The two values of a comparison between two moments: of the field at hand and of the other one.
  ///
  /// Nil for any other condition, and where one of the fields identifies.
  func comparedTimes(
    of field: String, at point: EvaluationPoint, in person: some PersonRecords, _ model: DataModel
  ) -> (here: String, there: String)? {
    guard case .compare(var here, _, var there) = self, let left = here.plainReference,
      let right = there.plainReference, left.type.isTemporal, right.type.isTemporal,
      ![left, right].contains(where: { model.record($0.record)?.field($0.field)?.privacy.isIdentifying != false })
    else { return nil }
    if there.isOwn(field) || !here.isOwn(field) && here.ownFields.isEmpty { swap(&here, &there) }
    let values = (here.value(at: point, in: person), there.value(at: point, in: person))
    if values.0.isMissing || values.1.isMissing { return nil }
    return (values.0.canonicalText, values.1.canonicalText)
  }
}

extension Operand {
  /// The fields of the row at hand in it.
  fileprivate var ownFields: [FieldReference] {
    switch self {
    case .field(let reference): [reference]
    case .shifted(let operand, _): operand.ownFields
    case .between(_, let from, let to): from.ownFields + to.ownFields
    case .picked(let selection, _, _), .count(let selection): selection.timing?.ownFields ?? []
    case .literal, .parameter: []
    }
  }

  /// The field, when it is one and nothing is done with its value.
  fileprivate var plainReference: FieldReference? {
    switch self {
    case .field(let reference), .picked(_, _, let reference): reference
    default: nil
    }
  }

  fileprivate func isOwn(_ field: String) -> Bool {
    if case .field(let reference) = self { reference.field == field } else { false }
  }
}

extension Timing {
  fileprivate var ownFields: [FieldReference] {
    switch self {
    case .on(let operand), .before(let operand), .after(let operand): operand.ownFields
    case .during(let from, let to): from.ownFields + to.ownFields
    }
  }
}
