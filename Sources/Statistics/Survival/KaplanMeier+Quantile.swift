/// The time by which a share of the people had the event.
public struct SurvivalQuantile: Codable, Hashable, Sendable {
  /// The share with the event, for instance 0.5 for the median.
  public let probability: Double
  /// nil when the curve does not come down that far.
  public let time: Double?
  /// A limit is nil when the interval around the curve does not come down that far.
  public let interval: ConfidenceInterval
}

extension KaplanMeier {
  /// The times by which shares of the people had the event, with intervals; 0.5 gives the median.
  ///
  /// The quantile is the first event time where S falls to 1 − p or below. Where S equals 1 − p over a stretch, it is
  /// the middle of the stretch, which ends at the next event time or, after the last event, at the last follow-up. The
  /// limits are the quantiles of the lower and upper limits of the curve: they invert the pointwise test (Brookmeyer
  /// and Crowley 1982, doi:10.2307/2530286). As `quantile(survfit(...))` in R.
  ///
  /// - Parameter probabilities: strictly between 0 and 1.
  public func quantiles(_ probabilities: [Double]) throws(StatisticsError) -> [SurvivalQuantile] {
    let curve = survival.map { Optional($0) }
    let lower = intervals.map(\.lower)
    let upper = intervals.map(\.upper)
    var quantiles: [SurvivalQuantile] = []
    for probability in probabilities {
      guard probability > 0, probability < 1 else { throw .notAProbability(name: "the quantile's probability") }
      quantiles.append(
        SurvivalQuantile(
          probability: probability, time: crossing(curve, 1 - probability),
          interval: ConfidenceInterval(
            lower: crossing(lower, 1 - probability), upper: crossing(upper, 1 - probability), level: confidence.level)))
    }
    return quantiles
  }

  /// Where a falling curve reaches a level.
  private func crossing(_ curve: [Double?], _ level: Double) -> Double? {
    // Products of fractions miss the level by rounding only; R uses the same tolerance.
    let tolerance = Double.ulpOfOne.squareRoot()
    guard let reached = curve.firstIndex(where: { $0.map { $0 <= level + tolerance } ?? false }) else { return nil }
    guard curve[reached]! >= level - tolerance else { return times[reached] }
    let below = curve[reached...].firstIndex(where: { $0.map { $0 < level - tolerance } ?? false })
    return (times[reached] + (below.map { times[$0] } ?? numberAtRisk.lastExit)) / 2
  }
}
