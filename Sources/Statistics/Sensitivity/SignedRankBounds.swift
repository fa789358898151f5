import NumericalMethods

/// How far a hidden bias could move the signed-rank test of matched pairs: Rosenbaum bounds.
///
/// Within a pair, hidden bias multiplies the odds of treatment by at most Γ. The sum T of the ranks of the positive
/// differences then lies, in distribution, between two sums in which each pair is positive with probability
/// 1 / (1 + Γ) and Γ / (1 + Γ). Zero differences are left out, equal sizes share the average of their ranks, and the
/// variance is p(1 − p)·Σ rank², without correction for continuity (Rosenbaum 2002, Observational Studies, section
/// 4.3; the same as `psens` of R's rbounds).
public struct SignedRankBounds: Sendable {
  /// How a tail of T is computed.
  public enum Method: String, Codable, Hashable, Sendable, CaseIterable {
    /// By the normal distribution, as in rbounds and the literature.
    case normal
    /// By the exact distribution of T; at most 200 pairs.
    case exact
  }

  /// The sum of the ranks of the positive differences.
  public let statistic: Double
  /// How many differences are not zero.
  public let nonZeroPairs: Int
  public let pairs: Int
  public let alternative: Alternative
  public let method: Method
  /// Of the non-zero differences, by size.
  private let ranks: [Double]

  /// - Parameter differences: treated minus control, one for each pair.
  /// - Throws: `.noObservations`, `.notFinite`; `.constant` when every difference is zero; `.notSupported` for the
  ///   exact distribution of more than 200 pairs.
  public init(
    differences: [Double], alternative: Alternative = .greater, method: Method = .normal
  ) throws(StatisticsError) {
    guard !differences.isEmpty else { throw .noObservations }
    try checkFinite(differences, "differences")
    let kept = differences.filter { $0 != 0 }
    guard !kept.isEmpty else { throw .constant(variable: "differences") }
    guard method == .normal || kept.count <= 200 else {
      throw .notSupported(method: "the exact signed-rank distribution", input: "more than 200 pairs")
    }
    ranks = NumericalMethods.ranks(of: kept.map { abs($0) })
    var sum = 0.0
    for i in kept.indices where kept[i] > 0 { sum += ranks[i] }
    statistic = sum
    nonZeroPairs = kept.count
    pairs = differences.count
    self.alternative = alternative
    self.method = method
  }

  /// The p-values that a hidden bias of at most this size allows.
  ///
  /// - Parameter gamma: Γ, at least 1; at 1 both are the p-value without hidden bias.
  public func bound(gamma: Double) throws(StatisticsError) -> HiddenBiasBound {
    try alternative.bound(gamma: gamma, lowerTail: lowerTail, upperTail: upperTail)
  }

  /// The smallest Γ at which the largest p-value exceeds a level: how much hidden bias the finding withstands.
  ///
  /// - Returns: nil when the p-value exceeds the level without any bias; infinity when no bias up to 10⁶ suffices.
  public func withstoodGamma(level: Double = 0.05) throws(StatisticsError) -> Double? {
    try withstood(level: level) { gamma throws(StatisticsError) in try bound(gamma: gamma).upper }
  }

  /// P(T ≥ t) when each pair is positive with probability p.
  private func upperTail(_ p: Double) -> Double {
    switch method {
    case .normal: Normal.standard.upperTail(deviate(p))
    case .exact: exactDistribution(p)[Int(2 * statistic)...].reversed().reduce(0, +)
    }
  }

  /// P(T ≤ t) when each pair is positive with probability p.
  private func lowerTail(_ p: Double) -> Double {
    switch method {
    case .normal: Normal.standard.lowerTail(deviate(p))
    case .exact: exactDistribution(p)[...Int(2 * statistic)].reduce(0, +)
    }
  }

  private func deviate(_ p: Double) -> Double {
    var sum = 0.0
    var squares = 0.0
    for rank in ranks {
      sum += rank
      squares += rank * rank
    }
    return (statistic - p * sum) / (p * (1 - p) * squares).squareRoot()
  }

  /// The probability of each possible 2T, which is whole also when ranks are averages.
  private func exactDistribution(_ p: Double) -> [Double] {
    let doubled = ranks.map { Int(2 * $0) }
    var probability = [Double](repeating: 0, count: doubled.reduce(0, +) + 1)
    probability[0] = 1
    var reached = 0
    for rank in doubled {
      reached += rank
      for sum in stride(from: reached, through: 0, by: -1) {
        probability[sum] = (1 - p) * probability[sum] + (sum >= rank ? p * probability[sum - rank] : 0)
      }
    }
    return probability
  }
}
