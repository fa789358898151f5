import Foundation
import NumericalMethods

/// How the interval around a rate of events is made.
public enum RateIntervalMethod: String, Codable, Hashable, Sendable, CaseIterable {
  /// From the Poisson tails: covers at least the level (Garwood 1936, doi:10.1093/biomet/28.3-4.437).
  case exact
  /// With the probability of the count itself halved.
  case midP
  /// A cube-root approximation of the exact one (Byar; Breslow and Day 1987, Statistical Methods in Cancer Research 2).
  case byar
}

/// Events in an exposure: per person-year, or observed over expected.
public struct EventRate: Codable, Hashable, Sendable {
  public let events: Int
  /// Person-time, or the expected number of events; above 0.
  public let exposure: Double

  /// - Throws: `.setting` for events below zero, or an exposure that is not above 0 and finite.
  public init(events: Int, exposure: Double) throws(StatisticsError) {
    guard events >= 0 else { throw .setting(name: "events", reason: "they are zero or more") }
    guard exposure > 0, exposure.isFinite else {
      throw .setting(name: "exposure", reason: "it is above 0 and finite")
    }
    self.events = events
    self.exposure = exposure
  }

  public var value: Double { Double(events) / exposure }
  public var standardError: Double { Double(events).squareRoot() / exposure }

  public func estimate(
    _ method: RateIntervalMethod = .exact, level: Double = 0.95
  ) throws(StatisticsError) -> Estimate {
    try checkLevel(level)
    let (lower, upper) = limits(method, tail: (1 - level) / 2)
    return Estimate(
      value: value, standardError: standardError,
      interval: ConfidenceInterval(lower: lower / exposure, upper: upper / exposure, level: level), count: events)
  }

  /// The p-value of a rate above 0; two-sided twice the smaller tail.
  public func pValue(
    against rate: Double, _ alternative: Alternative = .twoSided, midP: Bool = false
  ) throws(StatisticsError) -> Double {
    guard rate >= 0, rate.isFinite else { throw .setting(name: "rate", reason: "it is zero or more and finite") }
    return CountTails(Poisson(mean: rate * exposure), count: events, midP: midP).pValue(alternative)
  }

  /// Of the expected number of events.
  private func limits(_ method: RateIntervalMethod, tail: Double) -> (Double, Double) {
    let x = Double(events)
    switch method {
    case .exact:
      return (
        events == 0 ? 0 : Gamma(shape: x, scale: 1).quantile(lowerTail: tail),
        Gamma(shape: x + 1, scale: 1).quantile(upperTail: tail)
      )
    case .midP:
      let highest = Gamma(shape: x + 1, scale: 1).quantile(upperTail: tail / 2)
      return (
        events == 0
          ? 0 : crossing(in: 0...x) { CountTails(Poisson(mean: $0), count: events, midP: true).upper - tail },
        crossing(in: x...highest) { tail - CountTails(Poisson(mean: $0), count: events, midP: true).lower }
      )
    case .byar:
      let z = Normal.standard.quantile(upperTail: tail)
      func cube(_ count: Double, _ sign: Double) -> Double {
        let root = 1 - 1 / (9 * count) + sign * z / (3 * count.squareRoot())
        return max(0, count * root * root * root)
      }
      return (events == 0 ? 0 : cube(x, -1), cube(x + 1, 1))
    }
  }
}

/// The ratio of two rates, first over second.
public struct RateRatio: Codable, Hashable, Sendable {
  public enum Method: String, Codable, Hashable, Sendable, CaseIterable {
    /// From the binomial tails of the first events given all events.
    case exact
    /// With the probability of the count itself halved.
    case midP
    /// The logarithm ± z·√(1/events + 1/events); needs events in both.
    case wald
  }

  public let first: EventRate
  public let second: EventRate

  public init(_ first: EventRate, _ second: EventRate) {
    self.first = first
    self.second = second
  }

  /// nil when there are no events in the second.
  public var value: Double? { second.events > 0 ? first.value / second.value : nil }

  /// The interval of the ratio; a limit is nil where it is infinite.
  ///
  /// - Throws: `.noObservations` when neither has events, `.notSupported` for `wald` when one has none.
  public func interval(_ method: Method = .exact, level: Double = 0.95) throws(StatisticsError) -> ConfidenceInterval {
    try checkLevel(level)
    let total = first.events + second.events
    guard total > 0 else { throw .noObservations }
    if method == .wald {
      guard let value, first.events > 0 else {
        throw .notSupported(method: "Wald's interval of a rate ratio", input: "a group without events")
      }
      let error = (1 / Double(first.events) + 1 / Double(second.events)).squareRoot()
      let factor = exp(Normal.standard.quantile(upperTail: (1 - level) / 2) * error)
      return ConfidenceInterval(lower: value / factor, upper: value * factor, level: level)
    }
    let share = try Proportion(successes: first.events, trials: total)
    let limits = try share.estimate(method == .midP ? .midP : .clopperPearson, level: level).interval
    return ConfidenceInterval(lower: limits.lower.flatMap(ratio), upper: limits.upper.flatMap(ratio), level: level)
  }

  /// The p-value of a ratio above 0; two-sided twice the smaller tail.
  public func pValue(
    against ratio: Double = 1, _ alternative: Alternative = .twoSided, midP: Bool = false
  ) throws(StatisticsError) -> Double {
    guard ratio > 0, ratio.isFinite else { throw .setting(name: "ratio", reason: "it is above 0 and finite") }
    let total = first.events + second.events
    guard total > 0 else { throw .noObservations }
    let weight = ratio * first.exposure
    return try Proportion(successes: first.events, trials: total)
      .pValue(against: weight / (weight + second.exposure), alternative, midP: midP)
  }

  /// The ratio of rates at which this share of the events falls in the first.
  private func ratio(_ share: Double) -> Double? {
    share < 1 ? share / (1 - share) * second.exposure / first.exposure : nil
  }
}
