import CNumericalMethods

/// The gamma distribution, with mean shape × scale and variance shape × scale².
public struct Gamma: IntervalDistribution {
  public var shape: Double
  public var scale: Double

  public init(shape: Double, scale: Double) {
    self.shape = shape
    self.scale = scale
  }

  var isDefined: Bool { shape > 0 && shape.isFinite && scale > 0 && scale.isFinite }
  var support: ClosedRange<Double> { 0...Double.infinity }

  func insideDensity(_ x: Double) -> Double {
    // Boost calls the density at 0 an error when it is infinite.
    if x == 0 { return shape < 1 ? .infinity : shape == 1 ? 1 / scale : 0 }
    return meedoen_gamma_density(shape, scale, x)
  }

  func insideLowerTail(_ x: Double) -> Double { meedoen_gamma_lower_tail(shape, scale, x) }
  func insideUpperTail(_ x: Double) -> Double { meedoen_gamma_upper_tail(shape, scale, x) }

  func insideQuantile(lowerTail probability: Double) -> Double {
    meedoen_gamma_quantile_of_lower_tail(shape, scale, probability)
  }

  func insideQuantile(upperTail probability: Double) -> Double {
    meedoen_gamma_quantile_of_upper_tail(shape, scale, probability)
  }
}

/// The chi-square distribution: a gamma distribution with shape half the degrees of freedom and scale 2.
public struct ChiSquared: IntervalDistribution {
  /// Above 0, not necessarily whole.
  public var degreesOfFreedom: Double

  public init(degreesOfFreedom: Double) { self.degreesOfFreedom = degreesOfFreedom }

  private var gamma: Gamma { Gamma(shape: degreesOfFreedom / 2, scale: 2) }
  var isDefined: Bool { gamma.isDefined }
  var support: ClosedRange<Double> { gamma.support }
  func insideDensity(_ x: Double) -> Double { gamma.insideDensity(x) }
  func insideLowerTail(_ x: Double) -> Double { gamma.insideLowerTail(x) }
  func insideUpperTail(_ x: Double) -> Double { gamma.insideUpperTail(x) }
  func insideQuantile(lowerTail probability: Double) -> Double { gamma.insideQuantile(lowerTail: probability) }
  func insideQuantile(upperTail probability: Double) -> Double { gamma.insideQuantile(upperTail: probability) }
}
