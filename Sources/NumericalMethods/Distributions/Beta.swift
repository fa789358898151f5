import CNumericalMethods

/// The beta distribution on [0, 1] with both shapes above 0.
public struct Beta: IntervalDistribution {
  public var a: Double
  public var b: Double

  public init(a: Double, b: Double) {
    self.a = a
    self.b = b
  }

  var isDefined: Bool { a > 0 && a.isFinite && b > 0 && b.isFinite }
  var support: ClosedRange<Double> { 0...1 }

  func insideDensity(_ x: Double) -> Double {
    // Boost calls the density at an end an error when it is infinite.
    if x == 0 { return a < 1 ? .infinity : a == 1 ? b : 0 }
    if x == 1 { return b < 1 ? .infinity : b == 1 ? a : 0 }
    return meedoen_beta_density(a, b, x)
  }

  func insideLowerTail(_ x: Double) -> Double { meedoen_beta_lower_tail(a, b, x) }
  func insideUpperTail(_ x: Double) -> Double { meedoen_beta_upper_tail(a, b, x) }

  func insideQuantile(lowerTail probability: Double) -> Double {
    meedoen_beta_quantile_of_lower_tail(a, b, probability)
  }

  func insideQuantile(upperTail probability: Double) -> Double {
    meedoen_beta_quantile_of_upper_tail(a, b, probability)
  }
}
