import NumericalMethods

/// Division of all units into classes of the score, within which both groups are compared.
///
/// Boundaries are quantiles (R's type 7) of the score in the group that the estimand is about. A class that has fewer
/// than `least` treated units or controls is given units from the nearest class that can spare them, by score, as R's
/// MatchIt (4.7) does; with `least` 0 such classes are left out instead.
/// (Rosenbaum and Rubin 1984, doi:10.1080/01621459.1984.10478078.)
public struct Subclassification: Codable, Hashable, Sendable {
  public var estimand: MatchingEstimand
  /// How many classes, 2 or more.
  public var classes: Int
  /// The shares between the classes, ascending, strictly between 0 and 1; nil for classes of one size.
  public var shares: [Double]?
  /// How many treated units and how many controls each class has at least.
  public var least: Int
  public var support: CommonSupport

  public init(
    estimand: MatchingEstimand = .treated, classes: Int = 6, shares: [Double]? = nil, least: Int = 1,
    support: CommonSupport = .none
  ) {
    self.estimand = estimand
    self.classes = classes
    self.shares = shares
    self.least = least
    self.support = support
  }

  static let name = "subclassification"

  /// - Throws: `.setting`; `.notSupported` without a score; `.tooFewObservations` when there are not enough units to fill
  ///   the classes; `.noMatches`.
  public func match(_ units: MatchingUnits) throws(StatisticsError) -> MatchedSample {
    let score = try units.requiredScore(for: Self.name)
    guard shares != nil || (classes >= 2 && classes <= units.count) else {
      throw .setting(name: "classes", reason: "there are two or more, no more than people")
    }
    guard least >= 0, least <= units.count else {
      throw .setting(name: "least", reason: "it is zero or more, and no more than there are people")
    }
    guard shares?.allSatisfy({ $0 >= 0 && $0 <= 1 }) ?? true else {
      throw .setting(name: "shares", reason: "each lies between 0 and 1")
    }
    let probabilities =
      shares.map { ([0, 1] + $0.filter { $0 > 0 && $0 < 1 }).sorted() }
      ?? (0...classes).map { Double($0) / Double(classes) }
    let about = score.indices.filter { i in
      switch estimand {
      case .treated: units.treated[i]
      case .control: !units.treated[i]
      case .all: true
      }
    }
    let sorted = about.map { score[$0] }.sorted()
    let breaks = probabilities.map { quantile(ofAscending: sorted, $0) }
    let discarded = support.discarded(score, treated: units.treated)
    var codes = score.indices.map { i -> Int32 in
      guard !(discarded?[i] ?? false) else { return -1 }
      // The last class holds its upper boundary, and what lies beyond belongs to the outer classes.
      return Int32(min(max(countAtOrBelow(score[i], in: breaks), 1), breaks.count - 1)) - 1
    }
    let present = Set(codes.filter { $0 >= 0 }).sorted()
    let number = Dictionary(uniqueKeysWithValues: present.enumerated().map { ($1, Int32($0)) })
    codes = codes.map { $0 < 0 ? -1 : number[$0]! }
    let count = present.count
    if least > 0 { try fill(&codes, count, score, units.treated) }
    let strata = Strata(codes: codes, count: count)
    return try stratified(
      units, strata, estimand: estimand, method: Self.name, discarded: discarded, setsAreMatches: false)
  }

  /// Moves units into classes that lack them.
  private func fill(
    _ codes: inout [Int32], _ count: Int, _ score: [Double], _ treated: [Bool]
  ) throws(StatisticsError) {
    var sizes = [[Int]](repeating: [Int](repeating: 0, count: count), count: 2)
    for i in codes.indices where codes[i] >= 0 { sizes[treated[i] ? 1 : 0][Int(codes[i])] += 1 }
    for group in 0...1 {
      let total = sizes[group].reduce(0, +)
      guard total >= count * least else { throw .tooFewObservations(found: total, needed: count * least) }
      if sizes[group].contains(where: { $0 < least }) {
        fill(&codes, group == 1, &sizes[group], score, treated)
      }
    }
  }

  /// Gives each empty class a unit of the side that has more to spare, near ones counting more; then counts one unit
  /// less in every class and starts again, until every class has the least number.
  private func fill(
    _ codes: inout [Int32], _ group: Bool, _ sizes: inout [Int], _ score: [Double], _ treated: [Bool]
  ) {
    let count = sizes.count
    for _ in 0..<least {
      while let empty = sizes.firstIndex(of: 0) {
        func spare(_ classes: Range<Int>) -> Double {
          classes.reduce(0.0) { $0 + Double(max(0, sizes[$1] - 1)) / Double(abs(empty - $1)) }
        }
        let takesLower =
          empty == count - 1 || (empty > 0 && spare(0..<empty) >= spare(empty + 1..<count))
        let source =
          takesLower
          ? sizes[..<empty].lastIndex { $0 > 0 } : sizes[(empty + 1)...].firstIndex { $0 > 0 }
        guard let source else { return }
        var moved: Int?
        for i in codes.indices where codes[i] == Int32(source) && treated[i] == group {
          guard let best = moved else {
            moved = i
            continue
          }
          if takesLower ? score[i] > score[best] : score[i] < score[best] { moved = i }
        }
        guard let moved else { return }
        codes[moved] = Int32(empty)
        sizes[empty] = 1
        sizes[source] -= 1
      }
      for c in sizes.indices { sizes[c] -= 1 }
    }
  }
}
