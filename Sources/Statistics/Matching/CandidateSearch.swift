/// Finds the best unit left for a unit, on one kind of distance.
protocol CandidateSearch {
  /// The best candidate that is left and allowed, other than those already matched to the unit.
  ///
  /// - Parameters:
  ///   - focal: the unit to be matched.
  ///   - earlier: what it was matched to before.
  mutating func best(for focal: Int, after earlier: ArraySlice<Int32>) -> Candidate?
  /// The nearest candidates, the best first, at most `count`, with all of them left.
  mutating func best(_ count: Int, for focal: Int) -> [Candidate]
  /// Whether a unit is still left.
  func isLeft(_ unit: Int) -> Bool
  mutating func remove(_ unit: Int)
}

struct Candidate {
  var unit: Int32
  var distance: Double
  /// Whether another candidate was as near.
  var isTied: Bool
}

/// What keeps two units from being matched, apart from their distance and exact agreement.
struct MatchingConditions {
  struct VariableCaliper {
    var values: [Double]
    var width: Double
  }

  var calipers: [VariableCaliper] = []
  /// Variables on which the two must differ.
  var differing: [[Int32]] = []

  var isEmpty: Bool { calipers.isEmpty && differing.isEmpty }

  func allow(_ a: Int, _ b: Int) -> Bool {
    for caliper in calipers where abs(caliper.values[a] - caliper.values[b]) > caliper.width { return false }
    for codes in differing where codes[a] == codes[b] { return false }
    return true
  }
}
