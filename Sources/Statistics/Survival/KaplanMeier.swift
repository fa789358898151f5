import NumericalMethods

/// The Kaplan-Meier estimate of survival, the probability of no event up to a time; also product-limit estimate.
///
/// S(t) = ∏ (1 − d / n) over the event times up to t, with n the weight at risk just before and d the weight of the
/// events. An event of any cause counts; see ``FollowUp/censoring(causesOtherThan:)`` and ``CumulativeIncidence``. With
/// delayed entry it is the survival of those who reach the first event time; an early time with very few at risk can
/// take the curve to 0 for good. Without events the curve is 1 and has no steps.
///
/// Standard errors are Greenwood's, S √Σ d / (n (n − d)), or the infinitesimal jackknife (``CurveVariance``).
/// Greenwood's is not defined where S is 0, so it is nil there.
///
/// Kaplan and Meier 1958, doi:10.1080/01621459.1958.10501452.
public struct KaplanMeier: Codable, Hashable, Sendable {
  /// The distinct event times, ascending: T of them.
  public let times: [Double]
  /// The weight at risk just before each event time, length T.
  public let atRisk: [Double]
  /// The weight of the events at each event time, length T.
  public let events: [Double]
  /// S at each event time, length T.
  public let survival: [Double]
  /// Of S, length T.
  public let standardErrors: [Double?]
  /// Pointwise, length T.
  public let intervals: [ConfidenceInterval]
  public let numberAtRisk: NumberAtRisk
  /// The number of rows.
  public let count: Int
  public let confidence: Confidence
  public let variance: CurveVariance

  /// The normal quantile that belongs to the level.
  private let z: Double

  /// - Parameters:
  ///   - followUp: times, events and weights.
  ///   - confidence: level and scale of the intervals.
  ///   - variance: nil for the jackknife when there are clusters or weights that are not whole, otherwise Greenwood's.
  /// - Throws: when the level is not a probability.
  public init(
    _ followUp: FollowUp, confidence: Confidence = Confidence(), variance: CurveVariance? = nil
  ) throws(StatisticsError) {
    let z = try confidence.quantile()
    let risk = RiskSets(followUp)
    let curve = ProductLimit(risk)
    let variance = variance ?? followUp.customaryVariance
    let errors: [Double?]
    switch variance {
    case .countingProcess: errors = greenwoodErrors(risk, curve)
    case .infinitesimalJackknife:
      if let cluster = followUp.cluster {
        errors = try ClusteredVariance(followUp, risk, curve, cluster: cluster).occupation()[0].map { $0.squareRoot() }
      } else {
        errors = JackknifeVariance(followUp, risk, curve, incidenceOf: 0..<0).survival.map { $0.squareRoot() }
      }
    }
    times = risk.times
    atRisk = risk.atRisk
    events = risk.allEvents
    survival = curve.survival
    standardErrors = errors
    intervals = zip(curve.survival, errors).map { confidence.interval($0, $1, quantile: z) }
    numberAtRisk = risk.numberAtRisk
    count = followUp.count
    self.confidence = confidence
    self.variance = variance
    self.z = z
  }

  /// Survival at a time, with its interval.
  ///
  /// - Returns: nil before time 0 and after the last follow-up, where nothing is known (unless the curve reached 0).
  public func estimate(at time: Double) -> Estimate? {
    guard time >= 0, time <= numberAtRisk.lastExit || survival.last == 0 else { return nil }
    guard let step = lastStep(at: time, in: times) else {
      return Estimate(value: 1, standardError: 0, interval: confidence.interval(1, 0, quantile: z), count: count)
    }
    return Estimate(
      value: survival[step], standardError: standardErrors[step], interval: intervals[step], count: count)
  }
}
