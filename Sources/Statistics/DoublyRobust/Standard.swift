import NumericalMethods
import Primitives

/// The people over whom predictions are averaged.
struct Standard: Sendable {
  let target: TargetPopulation
  /// n; the sampling weight of those who belong to the target, 0 for others.
  let counts: [Double]
  private let total: Double
  private let observations: Int

  /// A mean of predictions with the influence of each row.
  struct Average: Sendable {
    let value: Double
    let known: [Double]
    let stacked: [Double]
  }

  init(treated: [Bool], target: TargetPopulation, samplingWeights: [Double]?) throws(StatisticsError) {
    guard [.everyone, .treated, .untreated].contains(target) else {
      throw .notSupported(method: "standardisation", input: "the target \(target.rawValue)")
    }
    self.target = target
    let counts = treated.indices.map { i in
      target == .everyone || treated[i] == (target == .treated) ? samplingWeights?[i] ?? 1 : 0
    }
    self.counts = counts
    total = counts.reduce(0, +)
    observations = samplingWeights?.count { $0 > 0 } ?? treated.count
  }

  /// The mean of what a model of one group predicts.
  ///
  /// - Parameters:
  ///   - weights: those that the model was fitted with; nil when known.
  func average(_ fit: FittedOutcome, weights: BalancingWeights?) -> Average {
    average(fit, predictedFor: fit.nuisance.design, weights: weights)
  }

  /// - Parameter design: the columns that the predictions are for.
  func average(_ fit: FittedOutcome, predictedFor design: ModelMatrix, weights: BalancingWeights?) -> Average {
    let n = counts.count
    var sum = 0.0
    for i in 0..<n { sum += counts[i] * fit.means[i] }
    let value = sum / total
    let known = WorkSharing.array(count: n) { rows, start in
      for i in rows { start[i] = counts[i] * (fit.means[i] - value) / total }
    }
    let slopes = WorkSharing.array(count: n) { rows, start in
      for i in rows { start[i] = counts[i] * fit.slopes[i] / total }
    }
    let reach = fit.nuisance.reach(gradient: design.transposedTimes(slopes))
    var stacked = WorkSharing.array(count: n) { rows, start in
      for i in rows { start[i] = known[i] + fit.nuisance.scores[i] * reach[i] }
    }
    if let weights {
      // A score is proportional to its row's weight, so its derivative by the weight is the score over the weight.
      let byWeight = (0..<n).map { i in
        weights.values[i] > 0 ? fit.nuisance.scores[i] / weights.values[i] * reach[i] : 0
      }
      let carried = weights.carry(byWeight: byWeight)
      for i in 0..<n { stacked[i] += carried[i] }
    }
    return Average(value: value, known: known, stacked: stacked)
  }

  func means(_ pair: [Average], method: LocalizedText, aliased: [String]) -> PotentialOutcomeMeans {
    let names = ["untreated", "treated"]
    return PotentialOutcomeMeans(
      target: target, method: method,
      known: InfluenceValues(names: names, values: pair.map(\.value), influence: pair.map(\.known)),
      stacked: InfluenceValues(names: names, values: pair.map(\.value), influence: pair.map(\.stacked)),
      observations: observations, aliased: aliased)
  }
}
