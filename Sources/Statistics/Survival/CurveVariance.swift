/// How the variance of an estimated curve is found.
public enum CurveVariance: String, Codable, Hashable, Sendable {
  /// From the counting processes: Greenwood's formula for survival, Aalen's for a cumulative hazard and, for cumulative
  /// incidence, the delta-method formula of `cmprsk::cuminc`. Whole weights count as repeated rows.
  case countingProcess
  /// The sum over independent clusters of the squared influence of each (the infinitesimal jackknife), as
  /// `survival::survfit` has it. Right for sampling or balancing weights and for rows that belong together.
  case infinitesimalJackknife
}

extension FollowUp {
  /// The jackknife where rows belong together or weights are not whole numbers, otherwise the counting-process formula.
  var customaryVariance: CurveVariance {
    if cluster != nil { return .infinitesimalJackknife }
    guard let weight else { return .countingProcess }
    return weight.allSatisfy { $0 == $0.rounded() } ? .countingProcess : .infinitesimalJackknife
  }
}
