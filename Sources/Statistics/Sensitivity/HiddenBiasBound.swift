import Foundation

/// The smallest and largest p-value that a hidden bias of size Γ allows.
public struct HiddenBiasBound: Codable, Hashable, Sendable {
  public var gamma: Double
  public var lower: Double
  public var upper: Double
}

extension Alternative {
  /// The p-values that a hidden bias of at most this size allows.
  ///
  /// Hidden bias moves the probability that a pair speaks for the treatment from 1/2 to anything between 1 / (1 + Γ) and
  /// Γ / (1 + Γ); the test looks at one tail of its statistic or at both.
  ///
  /// - Parameters:
  ///   - gamma: Γ, at least 1; at 1 both are the p-value without hidden bias.
  ///   - lowerTail: P(T ≤ t) when each pair speaks for the treatment with the probability given.
  ///   - upperTail: P(T ≥ t).
  func bound(
    gamma: Double, lowerTail: (Double) -> Double, upperTail: (Double) -> Double
  ) throws(StatisticsError) -> HiddenBiasBound {
    try checkGamma(gamma)
    let most = gamma / (1 + gamma)
    switch self {
    case .greater: return HiddenBiasBound(gamma: gamma, lower: upperTail(1 - most), upper: upperTail(most))
    case .less: return HiddenBiasBound(gamma: gamma, lower: lowerTail(most), upper: lowerTail(1 - most))
    case .twoSided:
      return HiddenBiasBound(
        gamma: gamma, lower: min(1, 2 * min(upperTail(1 - most), lowerTail(most))),
        upper: min(1, 2 * min(upperTail(most), lowerTail(1 - most))))
    }
  }
}

func checkGamma(_ gamma: Double) throws(StatisticsError) {
  guard gamma >= 1, gamma.isFinite else {
    throw .setting(name: "Γ", reason: "hidden bias multiplies the odds of treatment by 1 or more")
  }
}

/// The Γ at which a p-value that grows with Γ reaches a level.
func withstood(
  level: Double, _ pValue: (Double) throws(StatisticsError) -> Double
) throws(StatisticsError) -> Double? {
  try checkLevel(level, "the significance level")
  guard try pValue(1) <= level else { return nil }
  guard try pValue(1e6) > level else { return .infinity }
  var low = 0.0
  var high = 6.0
  // On the scale log₁₀ Γ; 60 halvings exhaust the digits.
  for _ in 0..<60 {
    let middle = (low + high) / 2
    if try pValue(pow(10, middle)) > level { high = middle } else { low = middle }
  }
  return pow(10, (low + high) / 2)
}
