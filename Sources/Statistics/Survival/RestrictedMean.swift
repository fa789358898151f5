import NumericalMethods

/// The mean time without the event up to a horizon, the area under the Kaplan-Meier curve; also RMST.
///
/// μ(τ) = ∫₀^τ S. Its variance is Σ M² d / (n (n − d)) with M the area from the event time to τ, or the infinitesimal
/// jackknife: the influence of a row on μ is minus the sum over its event times of (dN − Y h) M / (n − d).
/// The interval is symmetric. Compare groups at one horizon that all groups reach.
///
/// Royston and Parmar 2013, doi:10.1186/1471-2288-13-152; variance as in Klein and Moeschberger 2003, 4.5.
public struct RestrictedMean: Codable, Hashable, Sendable {
  public let horizon: Double
  public let estimate: Estimate
  public let variance: CurveVariance

  /// - Parameters:
  ///   - horizon: after 0 and not after the last follow-up, unless the curve reached 0.
  ///   - level: of the interval.
  ///   - variance: as in ``KaplanMeier``.
  /// - Throws: ``StatisticsError/beyondFollowUp(name:)`` for any other horizon.
  public init(
    _ followUp: FollowUp, until horizon: Double, level: Double = 0.95, variance: CurveVariance? = nil
  ) throws(StatisticsError) {
    let z = try Confidence(level: level).quantile()
    let risk = RiskSets(followUp)
    let curve = ProductLimit(risk)
    guard horizon > 0, horizon.isFinite, horizon <= risk.numberAtRisk.lastExit || curve.survival.last == 0 else {
      throw .beyondFollowUp(name: "the horizon of the restricted mean")
    }
    let variance = variance ?? followUp.customaryVariance
    let steps = countAtOrBelow(horizon, in: risk.times)
    // M, the area from each event time to the horizon.
    var areaAfter = [Double](repeating: 0, count: steps)
    var area = 0.0
    var end = horizon
    for step in stride(from: steps - 1, through: 0, by: -1) {
      area += curve.survival[step] * (end - risk.times[step])
      areaAfter[step] = area
      end = risk.times[step]
    }
    let mean = area + end
    let square =
      switch variance {
      case .countingProcess: Self.countingProcessVariance(risk, areaAfter)
      case .infinitesimalJackknife: Self.jackknifeVariance(followUp, risk, areaAfter)
      }
    let reach = z * square.squareRoot()
    self.horizon = horizon
    self.variance = variance
    estimate = Estimate(
      value: mean, standardError: square.squareRoot(),
      interval: ConfidenceInterval(lower: max(0, mean - reach), upper: min(horizon, mean + reach), level: level),
      count: followUp.count)
  }

  private static func countingProcessVariance(_ risk: RiskSets, _ areaAfter: [Double]) -> Double {
    var sum = 0.0
    for (step, area) in areaAfter.enumerated() {
      let n = risk.atRisk[step]
      let d = risk.allEvents[step]
      // Where everyone left has the event no area follows.
      if n > d { sum += area * area * d / (n * (n - d)) }
    }
    return sum
  }

  private static func jackknifeVariance(_ followUp: FollowUp, _ risk: RiskSets, _ areaAfter: [Double]) -> Double {
    let steps = areaAfter.count
    var jump = [Double](repeating: 0, count: steps)
    var running = [Double](repeating: 0, count: steps + 1)
    for step in 0..<steps {
      let n = risk.atRisk[step]
      let left = n - risk.allEvents[step]
      jump[step] = left > 0 ? areaAfter[step] / left : 0
      running[step + 1] = running[step] + jump[step] * risk.allEvents[step] / n
    }
    let (cluster, clusters) = followUp.cluster.map(denseNumbers) ?? ([], followUp.count)
    var influence = [Double](repeating: 0, count: clusters)
    for i in 0..<followUp.count {
      let from = min(Int(risk.first[i]), steps)
      let last = Int(risk.last[i])
      let to = min(last, steps)
      var own = running[to] - running[from]
      if followUp.cause[i] != 0, last <= steps, Int(risk.first[i]) < last { own -= jump[last - 1] }
      influence[cluster.isEmpty ? i : Int(cluster[i])] += own * (followUp.weight?[i] ?? 1)
    }
    return influence.reduce(0) { $0 + $1 * $1 }
  }
}
