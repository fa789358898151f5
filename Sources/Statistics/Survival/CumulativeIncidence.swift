import NumericalMethods

/// The cumulative incidence of each of several causes, by Aalen and Johansen's estimator; also CIF, crude incidence.
///
/// F_k(t) = Σ S(s−) d_k(s) / n(s) over the event times up to t: the probability of having had cause k by t, where the
/// other causes may come first. S is the probability of no event of any cause. Events of different causes at one time
/// are taken together, so Σ F_k + S = 1 at every time.
///
/// The standard error is the infinitesimal jackknife, as in `survival::survfit`, or the delta-method formula as in
/// `cmprsk::cuminc` (``CurveVariance``); both are consistent and differ a little in small samples.
///
/// Aalen and Johansen 1978, Scandinavian Journal of Statistics 5:141-150; Gray 1988, doi:10.1214/aos/1176350951.
public struct CumulativeIncidence: Codable, Hashable, Sendable {
  public let causes: Int
  /// The distinct times of events of any cause, ascending: T of them.
  public let times: [Double]
  /// The weight at risk just before each event time, length T.
  public let atRisk: [Double]
  /// The weight of the events of each cause at each event time, causes × T.
  public let events: [[Double]]
  /// F_k at each event time, causes × T; the first row is cause 1.
  public let incidence: [[Double]]
  /// Of F_k, causes × T.
  public let standardErrors: [[Double]]
  /// The probability of no event of any cause, length T.
  public let survival: [Double]
  /// Of the survival, length T; under the counting-process formula nil where it is 0.
  public let survivalStandardErrors: [Double?]
  public let numberAtRisk: NumberAtRisk
  /// The number of rows.
  public let count: Int
  public let confidence: Confidence
  public let variance: CurveVariance
  /// The normal quantile that belongs to the level.
  private let z: Double

  /// - Parameters:
  ///   - followUp: times, causes and weights.
  ///   - confidence: level and scale of the intervals.
  ///   - variance: the counting-process formula needs rows that are independent and count once.
  /// - Throws: when the level is not a probability, or the counting-process formula is asked of weights or clusters.
  public init(
    _ followUp: FollowUp, confidence: Confidence = Confidence(), variance: CurveVariance = .infinitesimalJackknife
  ) throws(StatisticsError) {
    let z = try confidence.quantile()
    let risk = RiskSets(followUp)
    let curve = ProductLimit(risk)
    switch variance {
    case .countingProcess:
      guard followUp.weight == nil, followUp.cluster == nil else {
        throw .notSupported(
          method: "the counting-process variance of cumulative incidence", input: "weights or clusters")
      }
      standardErrors = (0..<risk.causes).map { cause in
        countingProcessVariance(of: cause, risk, curve).map { $0.squareRoot() }
      }
      survivalStandardErrors = greenwoodErrors(risk, curve)
    case .infinitesimalJackknife:
      if let cluster = followUp.cluster {
        let squares = try ClusteredVariance(followUp, risk, curve, cluster: cluster).occupation()
        standardErrors = squares.dropFirst().map { $0.map { $0.squareRoot() } }
        survivalStandardErrors = squares[0].map { $0.squareRoot() }
      } else {
        let squares = JackknifeVariance(followUp, risk, curve, incidenceOf: 0..<risk.causes)
        standardErrors = squares.incidence.map { $0.map { $0.squareRoot() } }
        survivalStandardErrors = squares.survival.map { $0.squareRoot() }
      }
    }
    incidence = risk.events.map { events in
      var total = 0.0
      return risk.times.indices.map { step in
        total += curve.survivalBefore[step] * events[step] / risk.atRisk[step]
        return total
      }
    }
    causes = risk.causes
    times = risk.times
    atRisk = risk.atRisk
    events = risk.events
    survival = curve.survival
    numberAtRisk = risk.numberAtRisk
    count = followUp.count
    self.confidence = confidence
    self.variance = variance
    self.z = z
  }

  /// The cumulative incidence of a cause at a time, with its interval.
  ///
  /// - Parameter cause: 1...causes.
  /// - Returns: nil before time 0 and after the last follow-up, where nothing is known (unless nobody was left without
  ///   an event).
  public func estimate(of cause: Int, at time: Double) -> Estimate? {
    precondition((1...causes).contains(cause), "the cause is one of the follow-up's causes")
    return estimate(at: time, beforeFirst: 0) { (incidence[cause - 1][$0], standardErrors[cause - 1][$0]) }
  }

  /// The probability of no event of any cause at a time, with its interval.
  ///
  /// - Returns: nil where ``estimate(of:at:)`` is.
  public func survivalEstimate(at time: Double) -> Estimate? {
    estimate(at: time, beforeFirst: 1) { (survival[$0], survivalStandardErrors[$0]) }
  }

  /// The pointwise interval of a cause at each event time.
  public func intervals(of cause: Int) -> [ConfidenceInterval] {
    precondition((1...causes).contains(cause), "the cause is one of the follow-up's causes")
    return zip(incidence[cause - 1], standardErrors[cause - 1]).map { confidence.interval($0, $1, quantile: z) }
  }

  private func estimate(
    at time: Double, beforeFirst: Double, _ valueAndError: (Int) -> (Double, Double?)
  ) -> Estimate? {
    guard time >= 0, time <= numberAtRisk.lastExit || survival.last == 0 else { return nil }
    let (value, error) = lastStep(at: time, in: times).map(valueAndError) ?? (beforeFirst, 0)
    return Estimate(
      value: value, standardError: error, interval: confidence.interval(value, error, quantile: z), count: count)
  }
}
