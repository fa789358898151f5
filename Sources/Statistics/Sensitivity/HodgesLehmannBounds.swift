import NumericalMethods

/// How far a hidden bias could move the additive effect in matched pairs: bounds on the Hodges–Lehmann estimate.
///
/// The estimate at a probability p is the τ at which the differences less τ have a signed-rank sum equal to its
/// expectation p·n(n + 1)/2, where the sum counts the Walsh averages (dᵢ + dⱼ)/2, i ≤ j, above τ. When that
/// expectation is whole, τ is the middle of the two averages that surround it, else the average at which the count
/// passes it. p = Γ/(1 + Γ) gives the lower bound, 1/(1 + Γ) the upper one (Rosenbaum 1993,
/// doi:10.1080/01621459.1993.10476405). All pairs count, also those with a difference of zero; the sign is kept.
public struct HodgesLehmannBounds: Sendable {
  /// What a hidden bias of size Γ allows.
  public struct Bound: Codable, Hashable, Sendable {
    public var gamma: Double
    /// The smallest and largest point estimate.
    public var lower: Double
    public var upper: Double
    /// The union of the confidence intervals; a limit is nil when there are too few pairs for it.
    public var interval: ConfidenceInterval
  }

  public let pairs: Int
  /// Ascending.
  private let differences: [Double]

  /// - Parameter differences: treated minus control, one for each pair.
  /// - Throws: `.noObservations`, `.notFinite`.
  public init(differences: [Double]) throws(StatisticsError) {
    guard !differences.isEmpty else { throw .noObservations }
    try checkFinite(differences, "differences")
    pairs = differences.count
    self.differences = differences.permuted(by: sortedOrder(of: differences))
  }

  /// - Parameters:
  ///   - gamma: Γ, at least 1.
  ///   - level: of the interval, which inverts the normal signed-rank test.
  public func bound(gamma: Double, level: Double = 0.95) throws(StatisticsError) -> Bound {
    try checkGamma(gamma)
    try checkLevel(level)
    let most = gamma / (1 + gamma)
    let least = 1 / (1 + gamma)
    let z = Normal.standard.quantile(upperTail: (1 - level) / 2)
    return Bound(
      gamma: gamma, lower: solution(probability: most), upper: solution(probability: least),
      interval: ConfidenceInterval(
        lower: limit(above: expectation(most) + z * deviation(most)),
        upper: limit(below: expectation(least) - z * deviation(least)), level: level))
  }

  private var averages: Int { pairs * (pairs + 1) / 2 }

  private func expectation(_ p: Double) -> Double { p * Double(averages) }

  private func deviation(_ p: Double) -> Double {
    let n = Double(pairs)
    return (p * (1 - p) * n * (n + 1) * (2 * n + 1) / 6).squareRoot()
  }

  private func solution(probability: Double) -> Double {
    let place = Double(averages) - expectation(probability)
    // A product that should be whole may be off by rounding.
    let whole = place.rounded()
    if abs(place - whole) <= 1e-9 * max(1, whole), whole >= 1, whole < Double(averages) {
      return (walshAverage(Int(whole)) + walshAverage(Int(whole) + 1)) / 2
    }
    return walshAverage(min(averages, max(1, Int(place.rounded(.up)))))
  }

  /// The largest τ below which every hypothesis has a sum of at least t, so that it is rejected.
  private func limit(above t: Double) -> Double? {
    let place = Int((Double(averages) - t).rounded(.down)) + 1
    return place >= 1 ? walshAverage(min(place, averages)) : nil
  }

  /// The smallest τ above which every hypothesis has a sum of at most t.
  private func limit(below t: Double) -> Double? {
    guard t >= 0 else { return nil }
    return walshAverage(max(1, averages - Int(t.rounded(.down))))
  }

  /// The k-th smallest Walsh average, k from 1: found by halving the ordered bit patterns, counting each time in linear
  /// time, so that no list of n²/2 averages is made.
  private func walshAverage(_ k: Int) -> Double {
    var low = sortingKey(differences[0])
    var high = sortingKey(differences[pairs - 1])
    while low < high {
      let middle = low + (high - low) / 2
      if countAtOrBelow(number(ofSortingKey: middle)) >= k { high = middle } else { low = middle + 1 }
    }
    return number(ofSortingKey: low)
  }

  private func countAtOrBelow(_ value: Double) -> Int {
    var count = 0
    var j = pairs - 1
    for i in 0..<pairs {
      // Rounding keeps the order of sums, so the partner moves down as i moves up.
      while j >= i, average(i, j) > value { j -= 1 }
      if j < i { break }
      count += j - i + 1
    }
    return count
  }

  /// Halved first, so that large differences do not overflow.
  private func average(_ i: Int, _ j: Int) -> Double { differences[i] / 2 + differences[j] / 2 }
}

/// The number whose sorting key this is.
private func number(ofSortingKey key: UInt64) -> Double {
  Double(bitPattern: key >> 63 == 1 ? key & ~(1 << 63) : ~key)
}
