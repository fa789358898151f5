/// How far the scores of two groups cover each other.
public struct Overlap: Codable, Hashable, Sendable {
  /// The range of scores in each group, and who lies outside the other's.
  public struct Group: Codable, Hashable, Sendable {
    public var count: Int
    public var lowest: Double
    public var highest: Double
    /// How many have a score below the other group's lowest or above its highest.
    public var outside: Int
  }

  public var treated: Group
  public var control: Group
  /// The area that both groups' histograms (twenty bins over the whole range, weighted) have in common: 1 when they
  /// are the same, 0 when no bin has both.
  public var coefficient: Double

  /// - Parameter weights: n numbers, zero or more; nil for ones. Ranges do not depend on them.
  public init(score: [Double], treated: [Bool], weights: [Double]? = nil) throws(StatisticsError) {
    _ = try MatchingUnits(treated: treated, score: score)
    if let weights {
      try FollowUp.check(lengthOf: weights, "weight", treated.count)
      try FollowUp.check(weights: weights)
    }
    var ranges = [(Double.infinity, -Double.infinity), (Double.infinity, -Double.infinity)]
    for i in score.indices {
      let group = treated[i] ? 1 : 0
      ranges[group].0 = min(ranges[group].0, score[i])
      ranges[group].1 = max(ranges[group].1, score[i])
    }
    let lowest = min(ranges[0].0, ranges[1].0)
    let width = max(ranges[0].1, ranges[1].1) - lowest
    let bins = 20
    var shares = [Double](repeating: 0, count: 2 * bins)
    var totals = [0.0, 0.0]
    var counts = [0, 0]
    var outside = [0, 0]
    for i in score.indices {
      let group = treated[i] ? 1 : 0
      counts[group] += 1
      let other = ranges[1 - group]
      if score[i] < other.0 || score[i] > other.1 { outside[group] += 1 }
      let bin = width > 0 ? min(bins - 1, Int((score[i] - lowest) / width * Double(bins))) : 0
      let weight = weights?[i] ?? 1
      shares[2 * bin + group] += weight
      totals[group] += weight
    }
    guard totals[0] > 0, totals[1] > 0 else { throw .weightsSumToZero }
    coefficient = (0..<bins).reduce(0) {
      $0 + min(shares[2 * $1] / totals[0], shares[2 * $1 + 1] / totals[1])
    }
    func group(_ number: Int) -> Group {
      Group(count: counts[number], lowest: ranges[number].0, highest: ranges[number].1, outside: outside[number])
    }
    self.treated = group(1)
    control = group(0)
  }
}
