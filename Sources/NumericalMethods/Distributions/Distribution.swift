/// What every distribution of one real or whole number answers.
///
/// Both tails and both quantiles are computed directly, never as one minus the other, so that small p-values keep all
/// their digits. A parameter outside its range gives NaN everywhere; a caller that computes parameters from data (for
/// instance degrees of freedom n − k) checks them first.
public protocol Distribution: Hashable, Sendable {
  /// The density at a point, or for a distribution of whole numbers the probability of it.
  func density(_ x: Double) -> Double
  /// P(X ≤ x).
  func lowerTail(_ x: Double) -> Double
  /// P(X > x).
  func upperTail(_ x: Double) -> Double
  /// The smallest x with P(X ≤ x) at least the probability.
  func quantile(lowerTail probability: Double) -> Double
  /// The smallest x with P(X > x) at most the probability.
  func quantile(upperTail probability: Double) -> Double
}

/// A distribution on an interval of the real numbers: the ends are decided here, the inside by the distribution.
protocol IntervalDistribution: Distribution {
  var isDefined: Bool { get }
  var support: ClosedRange<Double> { get }
  func insideDensity(_ x: Double) -> Double
  func insideLowerTail(_ x: Double) -> Double
  func insideUpperTail(_ x: Double) -> Double
  func insideQuantile(lowerTail probability: Double) -> Double
  func insideQuantile(upperTail probability: Double) -> Double
}

extension IntervalDistribution {
  public func density(_ x: Double) -> Double {
    guard isDefined, !x.isNaN else { return .nan }
    return support.contains(x) && x.isFinite ? insideDensity(x) : 0
  }

  public func lowerTail(_ x: Double) -> Double {
    guard isDefined, !x.isNaN else { return .nan }
    if x <= support.lowerBound { return 0 }
    return x >= support.upperBound ? 1 : insideLowerTail(x)
  }

  public func upperTail(_ x: Double) -> Double {
    guard isDefined, !x.isNaN else { return .nan }
    if x <= support.lowerBound { return 1 }
    return x >= support.upperBound ? 0 : insideUpperTail(x)
  }

  public func quantile(lowerTail probability: Double) -> Double {
    guard isDefined, (0...1).contains(probability) else { return .nan }
    if probability == 0 { return support.lowerBound }
    return probability == 1 ? support.upperBound : insideQuantile(lowerTail: probability)
  }

  public func quantile(upperTail probability: Double) -> Double {
    guard isDefined, (0...1).contains(probability) else { return .nan }
    if probability == 0 { return support.upperBound }
    return probability == 1 ? support.lowerBound : insideQuantile(upperTail: probability)
  }
}
