import NumericalMethods

/// How the interval around a proportion is made.
public enum ProportionIntervalMethod: String, Codable, Hashable, Sendable, CaseIterable {
  /// From the binomial tails: covers at least the level, usually more (Clopper and Pearson 1934,
  /// doi:10.1093/biomet/26.4.404).
  case clopperPearson
  /// From the binomial tails with the probability of the count itself halved: covers the level on average
  /// (Berry and Armitage 1995, doi:10.2307/2348891).
  case midP
  /// From the score test (Wilson 1927, doi:10.1080/01621459.1927.10502953).
  case wilson
  /// Quantiles of the posterior under Jeffreys' prior; 0 and 1 at the ends (Brown, Cai, DasGupta 2001,
  /// doi:10.1214/ss/1009213286).
  case jeffreys
  /// Wald's interval around the proportion with z²/2 successes and failures added (Agresti and Coull 1998,
  /// doi:10.1080/00031305.1998.10480550).
  case agrestiCoull
  /// The estimate ± z standard errors, cut to [0, 1]; far from its level for small counts.
  case wald
}

/// The share of successes among independent trials.
public struct Proportion: Codable, Hashable, Sendable {
  public let successes: Int
  public let trials: Int

  /// - Throws: `.noObservations` without trials, `.setting` for successes outside 0...trials.
  public init(successes: Int, trials: Int) throws(StatisticsError) {
    guard trials > 0 else { throw .noObservations }
    guard (0...trials).contains(successes) else {
      throw .setting(name: "successes", reason: "they are zero or more and at most the trials")
    }
    self.successes = successes
    self.trials = trials
  }

  public var value: Double { Double(successes) / Double(trials) }

  /// √(p(1 − p)/n).
  public var standardError: Double { (value * (1 - value) / Double(trials)).squareRoot() }

  /// The proportion with an interval.
  public func estimate(
    _ method: ProportionIntervalMethod = .wilson, level: Double = 0.95
  ) throws(StatisticsError) -> Estimate {
    try checkLevel(level)
    let (lower, upper) = limits(method, tail: (1 - level) / 2)
    return Estimate(
      value: value, standardError: standardError,
      interval: ConfidenceInterval(lower: lower, upper: upper, level: level), count: trials)
  }

  /// The p-value of a proportion.
  ///
  /// - Parameters:
  ///   - proportion: under the hypothesis, from 0 to 1.
  ///   - midP: whether the probability of the count itself is halved.
  /// - Returns: for two sides twice the smaller tail, at most 1: the test whose intervals are `clopperPearson` and
  ///   `midP`. (R's `binom.test` adds up all counts that are no more likely, and has other two-sided p-values.)
  public func pValue(
    against proportion: Double, _ alternative: Alternative = .twoSided, midP: Bool = false
  ) throws(StatisticsError) -> Double {
    guard (0...1).contains(proportion) else {
      throw .setting(name: "proportion", reason: "it lies between 0 and 1")
    }
    return tails(proportion, midP: midP).pValue(alternative)
  }

  private func limits(_ method: ProportionIntervalMethod, tail: Double) -> (Double, Double) {
    let (x, n) = (Double(successes), Double(trials))
    let z = Normal.standard.quantile(upperTail: tail)
    switch method {
    case .clopperPearson:
      return (
        successes == 0 ? 0 : Beta(a: x, b: n - x + 1).quantile(lowerTail: tail),
        successes == trials ? 1 : Beta(a: x + 1, b: n - x).quantile(upperTail: tail)
      )
    case .midP:
      return (
        successes == 0 ? 0 : crossing(in: 0...value) { tails($0, midP: true).upper - tail },
        successes == trials ? 1 : crossing(in: value...1) { tail - tails($0, midP: true).lower }
      )
    case .wilson: return Self.wilson(x, n, z)
    case .jeffreys:
      let posterior = Beta(a: x + 0.5, b: n - x + 0.5)
      return (
        successes == 0 ? 0 : posterior.quantile(lowerTail: tail),
        successes == trials ? 1 : posterior.quantile(upperTail: tail)
      )
    case .agrestiCoull:
      let size = n + z * z
      let centre = (x + z * z / 2) / size
      let reach = z * (centre * (1 - centre) / size).squareRoot()
      return (max(0, centre - reach), min(1, centre + reach))
    case .wald: return (max(0, value - z * standardError), min(1, value + z * standardError))
    }
  }

  static func wilson(_ x: Double, _ n: Double, _ z: Double) -> (Double, Double) {
    let p = x / n
    let centre = p + z * z / (2 * n)
    let reach = z * (p * (1 - p) / n + z * z / (4 * n * n)).squareRoot()
    let size = 1 + z * z / n
    // At the ends one limit is the estimate itself, which rounding would miss.
    return (x == 0 ? 0 : max(0, (centre - reach) / size), x == n ? 1 : min(1, (centre + reach) / size))
  }

  private func tails(_ proportion: Double, midP: Bool) -> CountTails {
    CountTails(Binomial(trials: trials, probability: proportion), count: successes, midP: midP)
  }
}

/// The probabilities of a count or less, and of it or more; with mid-p its own probability counts half in both.
struct CountTails {
  var lower: Double
  var upper: Double

  init(_ distribution: some Distribution, count: Int, midP: Bool) {
    let x = Double(count)
    let own = midP ? distribution.density(x) / 2 : 0
    lower = (midP ? distribution.lowerTail(x - 1) : distribution.lowerTail(x)) + own
    upper = (midP ? distribution.upperTail(x) : distribution.upperTail(x - 1)) + own
  }

  func pValue(_ alternative: Alternative) -> Double {
    switch alternative {
    case .greater: min(1, upper)
    case .less: min(1, lower)
    case .twoSided: min(1, 2 * min(lower, upper))
    }
  }
}

/// Where a rising function crosses zero; the nearest end when it does not within the interval.
func crossing(in interval: ClosedRange<Double>, _ function: (Double) -> Double) -> Double {
  if let root = try? findRoot(in: interval, function) { return root }
  return function(interval.lowerBound) > 0 ? interval.lowerBound : interval.upperBound
}
