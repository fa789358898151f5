import CNumericalMethods

/// Fisher's F distribution; infinite degrees in the denominator make it a chi-square divided by its degrees.
public struct FisherF: IntervalDistribution {
  /// Degrees of freedom of the numerator: above 0, finite.
  public var numerator: Double
  /// Degrees of freedom of the denominator: above 0, infinity allowed.
  public var denominator: Double

  public init(numerator: Double, denominator: Double) {
    self.numerator = numerator
    self.denominator = denominator
  }

  private var limit: Gamma { Gamma(shape: numerator / 2, scale: 2 / numerator) }
  var isDefined: Bool { numerator > 0 && numerator.isFinite && denominator > 0 }
  var support: ClosedRange<Double> { 0...Double.infinity }

  func insideDensity(_ x: Double) -> Double {
    guard denominator.isFinite else { return limit.insideDensity(x) }
    // Boost calls the density at 0 an error when it is infinite.
    if x == 0 { return numerator < 2 ? .infinity : numerator == 2 ? 1 : 0 }
    return meedoen_fisher_f_density(numerator, denominator, x)
  }

  func insideLowerTail(_ x: Double) -> Double {
    denominator.isFinite ? meedoen_fisher_f_lower_tail(numerator, denominator, x) : limit.insideLowerTail(x)
  }

  func insideUpperTail(_ x: Double) -> Double {
    denominator.isFinite ? meedoen_fisher_f_upper_tail(numerator, denominator, x) : limit.insideUpperTail(x)
  }

  func insideQuantile(lowerTail probability: Double) -> Double {
    denominator.isFinite
      ? meedoen_fisher_f_quantile_of_lower_tail(numerator, denominator, probability)
      : limit.insideQuantile(lowerTail: probability)
  }

  func insideQuantile(upperTail probability: Double) -> Double {
    denominator.isFinite
      ? meedoen_fisher_f_quantile_of_upper_tail(numerator, denominator, probability)
      : limit.insideQuantile(upperTail: probability)
  }
}
