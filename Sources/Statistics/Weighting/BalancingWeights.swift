import NumericalMethods
import Primitives

/// Weights that make the treated and the untreated alike in what was known before, and where they come from.
public struct BalancingWeights: Sendable {
  public let treated: [Bool]
  public let target: TargetPopulation
  /// n numbers, zero or more, without the sampling weights.
  public let values: [Double]
  public let samplingWeights: [Double]?
  /// One sentence: how the weights were made.
  public let method: LocalizedText
  /// The lowest and highest weight after truncation; nil when not truncated.
  public let truncatedTo: ClosedRange<Double>?
  /// The scores that the weights are made of, when they are.
  public var scores: PropensityScores? { if case .scores(let scores) = origin { scores } else { nil } }
  /// Whether the weights of each group estimate the size of the target, as an estimate that is not normalised needs.
  let isUnscaled: Bool
  let origin: Origin
  /// The derivative of each weight by the linear predictor of its score.
  private let slopes: [Double]

  enum Origin: Sendable {
    case given
    case scores(PropensityScores)
    case entropy(EntropyBalancing)
  }

  /// Inverse-probability weights h(e)/e and h(e)/(1 − e).
  ///
  /// - Parameters:
  ///   - target: for whom the effect is averaged.
  ///   - stabilised: whether weights are multiplied by the share of the person's own group, so that they are near 1;
  ///     normalised estimates do not depend on it.
  public init(_ scores: PropensityScores, target: TargetPopulation = .everyone, stabilised: Bool = false) {
    let n = scores.rowCount
    var factor = [false: 1.0, true: 1.0]
    if stabilised {
      var (some, all) = (0.0, 0.0)
      for i in 0..<n {
        let own = scores.samplingWeights?[i] ?? 1
        all += own
        if scores.treated[i] { some += own }
      }
      factor = [false: 1 - some / all, true: some / all]
    }
    let (forTreated, forOthers) = (factor[true]!, factor[false]!)
    values = WorkSharing.array(count: n) { rows, start in
      for i in rows {
        let isTreated = scores.treated[i]
        start[i] = (isTreated ? forTreated : forOthers) * target.weight(treated: isTreated, scores.values[i])
      }
    }
    slopes = WorkSharing.array(count: n) { rows, start in
      for i in rows {
        let isTreated = scores.treated[i]
        let slope = target.weightSlope(treated: isTreated, scores.values[i]) * scores.slopes[i]
        start[i] = (isTreated ? forTreated : forOthers) * slope
      }
    }
    treated = scores.treated
    self.target = target
    samplingWeights = scores.samplingWeights
    method = LocalizedText(
      "\(target.abbreviation) weights from propensity scores\(stabilised ? ", stabilised" : "")",
      nl: "\(target.abbreviation)-gewichten uit behandelkansen\(stabilised ? ", gestabiliseerd" : "")")
    truncatedTo = nil
    isUnscaled = !stabilised
    origin = .scores(scores)
  }

  /// The weights of entropy balancing.
  public init(_ balancing: EntropyBalancing) {
    treated = balancing.treated
    target = balancing.settings.target
    values = balancing.weights
    samplingWeights = balancing.samplingWeights
    slopes = []
    method = LocalizedText(
      "\(target.abbreviation) weights from entropy balancing",
      nl: "\(target.abbreviation)-gewichten uit entropiebalancering")
    truncatedTo = nil
    isUnscaled = false
    origin = .entropy(balancing)
  }

  /// Weights of one's own; errors treat them as known.
  ///
  /// - Throws: `.lengthsDiffer`, `.negativeWeight`, `.notFinite`; `.oneGroupOnly` when nobody in a group has a weight.
  public init(
    treated: [Bool], values: [Double], target: TargetPopulation = .everyone, samplingWeights: [Double]? = nil
  ) throws(StatisticsError) {
    try checkGroups(treated, rowCount: values.count, weights: values)
    if let samplingWeights {
      try checkGroups(treated, rowCount: values.count, weights: zip(values, samplingWeights).map { $0 * $1 })
    }
    self.init(
      treated: treated, target: target, values: values, samplingWeights: samplingWeights, slopes: [],
      method: LocalizedText("weights that were given", nl: "gegeven gewichten"), truncatedTo: nil, isUnscaled: false,
      origin: .given)
  }

  private init(
    treated: [Bool], target: TargetPopulation, values: [Double], samplingWeights: [Double]?, slopes: [Double],
    method: LocalizedText, truncatedTo: ClosedRange<Double>?, isUnscaled: Bool, origin: Origin
  ) {
    self.treated = treated
    self.target = target
    self.values = values
    self.samplingWeights = samplingWeights
    self.slopes = slopes
    self.method = method
    self.truncatedTo = truncatedTo
    self.isUnscaled = isUnscaled
    self.origin = origin
  }

  public var rowCount: Int { treated.count }

  /// Weight times sampling weight, what every estimate uses.
  public var totals: [Double] { samplingWeights.map { zip(values, $0).map { $0 * $1 } } ?? values }

  /// With other weights for some rows, which no longer depend on the scores there.
  func replacing(
    _ values: [Double], method: LocalizedText, truncatedTo: ClosedRange<Double>?
  ) -> BalancingWeights {
    let slopes =
      self.slopes.isEmpty ? [] : self.slopes.indices.map { values[$0] == self.values[$0] ? self.slopes[$0] : 0 }
    return BalancingWeights(
      treated: treated, target: target, values: values, samplingWeights: samplingWeights, slopes: slopes,
      method: method, truncatedTo: truncatedTo, isUnscaled: isUnscaled, origin: origin)
  }

  /// The influence of each row through the weights on an estimate.
  ///
  /// - Parameters:
  ///   - byWeight: n; the derivative of the estimate by each row's weight.
  ///   - byPredictor: n; the derivative of the estimate by each row's linear predictor of the score, other than through
  ///     the weight.
  func carry(byWeight: [Double], byPredictor: [Double]? = nil) -> [Double] {
    switch origin {
    case .given: return [Double](repeating: 0, count: rowCount)
    case .entropy(let balancing): return balancing.carry(byWeight: byWeight, weights: values)
    case .scores(let scores):
      return scores.carry(
        slopes: WorkSharing.array(count: rowCount) { rows, start in
          for i in rows { start[i] = byWeight[i] * slopes[i] + (byPredictor?[i] ?? 0) }
        })
    }
  }
}

extension BalancingWeights {
  /// How many equally weighted people would know as much: (Σ w)²/Σ w², of the treated or of the untreated (Kish 1965).
  public func effectiveSampleSize(treated isTreated: Bool) -> Double {
    let sums = sums(treated: isTreated)
    return sums.squares > 0 ? sums.total * sums.total / sums.squares : 0
  }

  /// Σ w of a group.
  public func sum(treated isTreated: Bool) -> Double { sums(treated: isTreated).total }

  /// The largest weight of a group.
  public func largest(treated isTreated: Bool) -> Double { sums(treated: isTreated).largest }

  /// The standard deviation of a group's weights over their mean.
  public func coefficientOfVariation(treated isTreated: Bool) -> Double {
    let sums = sums(treated: isTreated)
    guard sums.count > 1, sums.total > 0 else { return 0 }
    let mean = sums.total / sums.count
    return max(0, (sums.squares - sums.count * mean * mean) / (sums.count - 1)).squareRoot() / mean
  }

  private func sums(treated isTreated: Bool) -> (count: Double, total: Double, squares: Double, largest: Double) {
    var sums = (count: 0.0, total: 0.0, squares: 0.0, largest: 0.0)
    for i in values.indices where treated[i] == isTreated {
      let weight = values[i] * (samplingWeights?[i] ?? 1)
      sums.count += 1
      sums.total += weight
      sums.squares += weight * weight
      sums.largest = max(sums.largest, weight)
    }
    return sums
  }
}
