import CNumericalMethods

/// The number of successes in independent trials.
public struct Binomial: CountDistribution {
  /// Zero or more.
  public var trials: Int
  /// From 0 to 1.
  public var probability: Double

  public init(trials: Int, probability: Double) {
    self.trials = trials
    self.probability = probability
  }

  private var n: Double { Double(trials) }
  var isDefined: Bool { trials >= 0 && (0...1).contains(probability) }

  /// A sure success or failure has one possible count.
  var support: ClosedRange<Double> {
    probability == 0 ? 0...0 : probability == 1 ? n...n : 0...n
  }

  var centre: Double { n * probability }
  var spread: Double { max(1, (n * probability * (1 - probability)).squareRoot()) }

  func mass(_ count: Double) -> Double {
    support.lowerBound == support.upperBound ? 1 : meedoen_binomial_mass(n, probability, count)
  }

  // P(X ≤ k) is the chance that the (k+1)-st smallest of n uniform numbers exceeds the probability.
  func wholeLowerTail(_ count: Double) -> Double { meedoen_beta_upper_tail(count + 1, n - count, probability) }
  func wholeUpperTail(_ count: Double) -> Double { meedoen_beta_lower_tail(count + 1, n - count, probability) }
}
