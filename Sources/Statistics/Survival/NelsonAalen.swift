import NumericalMethods

#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// The Nelson-Aalen estimate of the cumulative hazard, the expected number of events of someone always at risk.
///
/// H(t) = Σ d / n over the event times up to t; an event of any cause counts. The standard error is √Σ d / n² (Aalen's)
/// or the infinitesimal jackknife (``CurveVariance``).
///
/// Nelson 1972, doi:10.1080/00401706.1972.10488991; Aalen 1978, doi:10.1214/aos/1176344247.
public struct NelsonAalen: Codable, Hashable, Sendable {
  /// The scale on which the interval is symmetric.
  public enum IntervalScale: String, Codable, Hashable, Sendable {
    case plain
    case log
  }

  /// The distinct event times, ascending: T of them.
  public let times: [Double]
  /// The weight at risk just before each event time, length T.
  public let atRisk: [Double]
  /// The weight of the events at each event time, length T.
  public let events: [Double]
  /// H at each event time, length T.
  public let cumulativeHazard: [Double]
  /// Of H, length T.
  public let standardErrors: [Double]
  /// Pointwise, length T.
  public let intervals: [ConfidenceInterval]
  public let numberAtRisk: NumberAtRisk
  /// The number of rows.
  public let count: Int
  public let variance: CurveVariance
  private let level: Double

  /// - Parameters:
  ///   - level: of the intervals.
  ///   - scale: of the intervals.
  ///   - variance: as in ``KaplanMeier``.
  public init(
    _ followUp: FollowUp, level: Double = 0.95, scale: IntervalScale = .log, variance: CurveVariance? = nil
  ) throws(StatisticsError) {
    let z = try Confidence(level: level).quantile()
    let risk = RiskSets(followUp)
    let curve = ProductLimit(risk)
    let variance = variance ?? followUp.customaryVariance
    var total = 0.0
    let hazards = curve.hazard.map { hazard -> Double in
      total += hazard
      return total
    }
    let squares: [Double]
    switch variance {
    case .countingProcess:
      var sum = 0.0
      squares = risk.times.indices.map { step in
        sum += curve.hazard[step] / risk.atRisk[step]
        return sum
      }
    case .infinitesimalJackknife:
      if let cluster = followUp.cluster {
        squares = try ClusteredVariance(followUp, risk, curve, cluster: cluster).cumulativeHazard()
      } else {
        squares = JackknifeVariance(followUp, risk, curve, incidenceOf: 0..<0).cumulativeHazard
      }
    }
    times = risk.times
    atRisk = risk.atRisk
    events = risk.allEvents
    cumulativeHazard = hazards
    standardErrors = squares.map { $0.squareRoot() }
    intervals = zip(hazards, squares).map { hazard, square in
      let reach = z * square.squareRoot()
      switch scale {
      case .plain: return ConfidenceInterval(lower: max(0, hazard - reach), upper: hazard + reach, level: level)
      case .log:
        let factor = exp(reach / hazard)
        return ConfidenceInterval(lower: hazard / factor, upper: hazard * factor, level: level)
      }
    }
    numberAtRisk = risk.numberAtRisk
    count = followUp.count
    self.variance = variance
    self.level = level
  }

  /// The cumulative hazard at a time, with its interval.
  ///
  /// - Returns: nil before time 0 and after the last follow-up.
  public func estimate(at time: Double) -> Estimate? {
    guard time >= 0, time <= numberAtRisk.lastExit else { return nil }
    guard let step = lastStep(at: time, in: times) else {
      return Estimate(
        value: 0, standardError: 0, interval: ConfidenceInterval(lower: 0, upper: 0, level: level), count: count)
    }
    return Estimate(
      value: cumulativeHazard[step], standardError: standardErrors[step], interval: intervals[step], count: count)
  }
}
