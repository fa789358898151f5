import DataModels
import Primitives

/// A condition as an XLSForm writes it (XPath with `${name}`), for what one row can answer alone.
struct FormExpression {
  /// The name of a question, by field of the record at hand.
  let names: [String: String]
  let record: String
  let model: DataModel

  /// The condition, and the questions that it asks; nil where it looks beyond the row or compares what a form cannot.
  func text(of condition: Condition) -> (text: String, questions: Set<String>)? {
    switch condition {
    case .always: return ("true()", [])
    case .all(let parts): return joined(parts, " and ")
    case .any(let parts): return joined(parts, " or ")
    case .not(let part): return text(of: part).map { ("not(\($0.text))", $0.questions) }
    case .isMissing(let operand):
      guard case .field(let reference) = operand, let name = names[reference.field] else { return nil }
      return ("${\(name)} = ''", [name])
    case .among(let operand, let values): return joined(values.map { .compare(operand, .equal, .literal($0)) }, " or ")
    case .within(let operand, let range):
      var parts: [Condition] = []
      if let lower = range.lower { parts.append(.compare(operand, .greaterOrEqual, .literal(lower))) }
      if let upper = range.upper { parts.append(.compare(operand, .lessOrEqual, .literal(upper))) }
      return joined(parts, " and ")
    case .compare(let left, let comparison, let right): return compared(left, comparison, right)
    case .exists: return nil
    }
  }

  /// The same, but true where a question it asks has no answer yet: a rule without an answer is not broken.
  func textUnlessBlank(of condition: Condition) -> String? {
    guard let (text, questions) = text(of: condition) else { return nil }
    return (questions.sorted().map { "${\($0)} = ''" } + ["(\(text))"]).joined(separator: " or ")
  }

  private func joined(_ parts: [Condition], _ word: String) -> (text: String, questions: Set<String>)? {
    var texts: [String] = []
    var questions: Set<String> = []
    for part in parts {
      guard let inner = text(of: part) else { return nil }
      texts.append(inner.text)
      questions.formUnion(inner.questions)
    }
    return (texts.count == 1 ? texts[0] : "(" + texts.joined(separator: word) + ")", questions)
  }

  private func compared(
    _ left: Operand, _ comparison: Comparison, _ right: Operand
  ) -> (text: String, questions: Set<String>)? {
    guard let (a, type) = operand(left), let (b, otherType) = operand(right) else { return nil }
    let isOrder = comparison != .equal && comparison != .unequal
    for case let type? in [type, otherType] {
      switch type {
      case .integer, .number, .year: break
      // Days are compared as days, and months have no day.
      case .date: guard isDate(left), isDate(right) else { return nil }
      case .text, .code: if isOrder { return nil }
      case .month, .list: return nil
      }
    }
    let questions = Set(
      [left, right].compactMap { operand -> String? in
        guard case .field(let reference) = operand else { return nil }
        return names[reference.field]
      })
    return ("\(a) \(comparison.rawValue) \(b)", questions)
  }

  private func isDate(_ operand: Operand) -> Bool {
    switch operand {
    case .field(let reference): reference.type == .date
    case .literal(.date): true
    default: false
    }
  }

  private func operand(_ operand: Operand) -> (text: String, type: FieldType?)? {
    switch operand {
    case .field(let reference):
      guard reference.record == record, let name = names[reference.field] else { return nil }
      return ("${\(name)}", reference.type)
    case .literal(let value): return Self.literal(value).map { ($0, nil) }
    default: return nil
    }
  }

  static func literal(_ value: Value) -> String? {
    switch value {
    case .text(let text): text.contains("'") ? (text.contains("\"") ? nil : "\"\(text)\"") : "'\(text)'"
    case .integer, .number, .year: value.canonicalText
    case .date(let date): "date('\(date.iso)')"
    default: nil
    }
  }
}
