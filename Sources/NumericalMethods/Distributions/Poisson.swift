import CNumericalMethods

/// The number of events in a period with a known expected number.
public struct Poisson: CountDistribution {
  /// Zero or more.
  public var mean: Double

  public init(mean: Double) { self.mean = mean }

  var isDefined: Bool { mean >= 0 && mean.isFinite }
  var support: ClosedRange<Double> { 0...(mean == 0 ? 0 : .infinity) }
  var centre: Double { mean }
  var spread: Double { max(1, mean.squareRoot()) }

  func mass(_ count: Double) -> Double { mean == 0 ? 1 : meedoen_poisson_mass(mean, count) }

  // P(X ≤ k) is the chance that the waiting time until event k + 1 exceeds the mean.
  func wholeLowerTail(_ count: Double) -> Double { meedoen_regularised_gamma_upper(count + 1, mean) }
  func wholeUpperTail(_ count: Double) -> Double { meedoen_regularised_gamma_lower(count + 1, mean) }
}
