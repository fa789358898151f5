import Primitives
import Statistics

/// Rows that stand for several people or pairs.
extension EstimationOption {
  static let people = EstimationOption(
    "people", .column, "How many people or pairs a row stands for; 1 without it.",
    nl: "Voor hoeveel mensen of paren een rij staat; 1 zonder dit.")
}

extension EstimationRequest {
  /// How often each row counts: the whole numbers of the option `people`, zero or more; ones without it.
  func people() throws(EstimationError) -> [Int] {
    guard let people = try wholesIfGiven("people") else { return [Int](repeating: 1, count: rowCount) }
    for row in people.indices where people[row] < 0 {
      throw .expressionNotFinite(option: "people", expression: text("people") ?? "", row: fileRow(of: row))
    }
    return people
  }
}
