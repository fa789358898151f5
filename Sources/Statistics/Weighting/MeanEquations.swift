import NumericalMethods

/// The means that solve the equations of weighting, augmented by outcome models or not, with the influence of each row.
///
/// For group a with weights w, outcome models m and target weights t (all times the sampling weights):
/// normalised μ = Σ t m/Σ t + Σ w (y − m)/Σ w over the group; not normalised μ = (Σ t m + Σ w (y − m))/Σ t.
struct MeanEquations {
  let outcome: [Double]
  let weights: BalancingWeights
  /// n; 0 or 1 times the sampling weights: whose means are wanted.
  let counts: [Double]
  let normalised: Bool
  /// For the untreated and for the treated; nil for no outcome models.
  let models: (untreated: OutcomePredictions, treated: OutcomePredictions)?
  /// n; how much each row counts in the target, without sampling weights, and its derivative by the score's predictor.
  private let tilts: [Double]
  private let tiltSlopes: [Double]?

  init(
    outcome: [Double], weights: BalancingWeights, among: [Bool]?, normalised: Bool,
    models: (untreated: OutcomePredictions, treated: OutcomePredictions)?
  ) throws(StatisticsError) {
    let n = weights.rowCount
    try FollowUp.check(lengthOf: outcome, "outcome", n)
    for i in 0..<n where !outcome[i].isFinite { throw .notFinite(array: "outcome", index: i) }
    if let among { try FollowUp.check(lengthOf: among, "among", n) }
    if !normalised, !weights.isUnscaled {
      throw .notSupported(
        method: "an estimate that is not normalised", input: "weights that were given, balanced or stabilised")
    }
    self.outcome = outcome
    self.weights = weights
    self.normalised = normalised
    self.models = models
    let counts = (0..<n).map { (among?[$0] ?? true) ? weights.samplingWeights?[$0] ?? 1 : 0 }
    self.counts = counts
    try checkGroups(weights.treated, rowCount: n, weights: (0..<n).map { counts[$0] * weights.values[$0] })
    let target = weights.target
    let scores = weights.scores
    // People of the target themselves are averaged over where that is possible and the sums are not normalised (as
    // Stata and the literature on ATT do); normalised ones follow R's PSweight, which counts everyone by h(e).
    if let scores, normalised || ![.everyone, .treated, .untreated].contains(target) {
      tilts = scores.values.map(target.tilt)
      tiltSlopes = (0..<n).map { target.tiltSlope(scores.values[$0]) * scores.slopes[$0] }
    } else {
      tilts = weights.treated.map { target == .everyone || $0 == (target == .treated) ? 1 : 0 }
      tiltSlopes = nil
      guard [.everyone, .treated, .untreated].contains(target) || models == nil else {
        throw .notSupported(method: "outcome models", input: "weights without scores for \(target.abbreviation)")
      }
    }
  }

  func solve() -> (known: InfluenceValues, stacked: InfluenceValues) {
    let both = [false, true].map { mean(treated: $0) }
    let names = ["untreated", "treated"]
    return (
      InfluenceValues(names: names, values: both.map(\.value), influence: both.map(\.known)),
      InfluenceValues(names: names, values: both.map(\.value), influence: both.map(\.stacked))
    )
  }

  private func mean(treated isTreated: Bool) -> (value: Double, known: [Double], stacked: [Double]) {
    let n = weights.rowCount
    let model = isTreated ? models?.treated : models?.untreated
    let (treated, values) = (weights.treated, weights.values)
    let means = model?.means
    var sums = (target: 0.0, weighted: 0.0, modelled: 0.0, left: 0.0)
    for i in 0..<n {
      let predicted = means?[i] ?? 0
      sums.target += counts[i] * tilts[i]
      sums.modelled += counts[i] * tilts[i] * predicted
      guard treated[i] == isTreated else { continue }
      sums.weighted += counts[i] * values[i]
      sums.left += counts[i] * values[i] * (outcome[i] - predicted)
    }
    let target = sums.target
    let divisor = normalised ? sums.weighted : target
    let centre = model == nil ? 0 : sums.modelled / target
    let rest = sums.left / divisor
    let value = centre + rest
    let hasModel = model != nil
    let usesTarget = hasModel || !normalised
    // What is left of a row after the means: the derivative of the estimate by its weight and by its target weight.
    let known = WorkSharing.array(count: n) { rows, start in
      for i in rows {
        let predicted = means?[i] ?? 0
        var influence = 0.0
        if treated[i] == isTreated {
          influence = counts[i] * values[i] * (outcome[i] - predicted - (normalised ? rest : 0)) / divisor
        }
        if usesTarget {
          influence += counts[i] * tilts[i] * (predicted - (normalised ? centre : value)) / target
        }
        start[i] = influence
      }
    }
    let byWeight: [Double] = WorkSharing.array(count: n) { rows, start in
      for i in rows {
        guard treated[i] == isTreated else {
          start[i] = 0
          continue
        }
        start[i] = counts[i] * (outcome[i] - (means?[i] ?? 0) - (normalised ? rest : 0)) / divisor
      }
    }
    var byPredictor: [Double]?
    if usesTarget, let tiltSlopes {
      byPredictor = (0..<n).map {
        counts[$0] * tiltSlopes[$0] * ((means?[$0] ?? 0) - (normalised ? centre : value)) / target
      }
    }
    let carried = weights.carry(byWeight: byWeight, byPredictor: byPredictor)
    var stacked = zip(known, carried).map { $0 + $1 }
    if let source = model?.source {
      let slopes = (0..<n).map { i in
        let own = treated[i] == isTreated ? counts[i] * values[i] / divisor : 0
        return (counts[i] * tilts[i] / target - own) * source.slopes[i]
      }
      let throughModel = source.nuisance.carry(slopes: slopes)
      for i in 0..<n { stacked[i] += throughModel[i] }
    }
    return (value, known, stacked)
  }
}
