import DataModels
import Primitives
import Tables

/// Evaluates a filter on all rows of a record at once, where it speaks of the row's own fields only.
///
/// Each row gets 0 (does not hold), 1 (holds) or 2 (compares with something missing), as ``Condition`` would say.
struct RowFilter {
  private let table: Table

  init(_ table: Table) { self.table = table }

  /// Per row whether the condition holds; nil when it speaks of more than the row.
  func rows(where condition: Condition) -> [Bool]? { evaluate(condition)?.map { $0 == 1 } }

  private func evaluate(_ condition: Condition) -> [UInt8]? {
    switch condition {
    case .always: return Array(repeating: 1, count: table.rowCount)
    case .all(let parts): return combine(parts, decisive: 0)
    case .any(let parts): return combine(parts, decisive: 1)
    case .not(let part): return evaluate(part)?.map { $0 == 2 ? 2 : 1 - $0 }
    case .compare(.field(let field), let comparison, .literal(let value)):
      return each(field) { $0.compared(with: value).map { comparison.accepts($0) } }
    case .compare(.literal(let value), let comparison, .field(let field)):
      return each(field) { value.compared(with: $0).map { comparison.accepts($0) } }
    case .among(.field(let field), let values):
      return each(field) { value in value.isMissing ? nil : values.contains { value.compared(with: $0) == 0 } }
    case .within(.field(let field), let range): return each(field) { range.contains($0) }
    case .isMissing(.field(let field)): return each(field) { $0.isMissing }
    default: return nil
    }
  }

  private func combine(_ parts: [Condition], decisive: UInt8) -> [UInt8]? {
    var result = Array(repeating: 1 - decisive, count: table.rowCount)
    for part in parts {
      guard let values = evaluate(part) else { return nil }
      for row in result.indices where result[row] != decisive {
        if values[row] == decisive || values[row] == 2 { result[row] = values[row] }
      }
    }
    return result
  }

  private func each(_ field: FieldReference, _ test: (Value) -> Bool?) -> [UInt8] {
    func answer(_ value: Value) -> UInt8 { test(value).map { $0 ? 1 : 0 } ?? 2 }
    switch table.columns[field.index] {
    case .categories(let column):
      // Recurring texts are compared once each.
      let levels = column.levels.map { answer(.text($0)) }
      let absent = answer(.missing)
      return column.codes.map { $0 < 0 ? absent : levels[Int($0)] }
    case .numbers(let numbers):
      let absent = answer(.missing)
      return numbers.map { $0.isNaN ? absent : answer(.number($0)) }
    case let column: return (0..<table.rowCount).map { answer(column[$0]) }
    }
  }
}
