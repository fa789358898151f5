import NumericalMethods
import Primitives

/// Costs and effects of people in two groups: the differences, their ratio and the net benefit, with their errors.
///
/// The differences of means are taken as jointly normal. With unequal variances (the default) each group has its own,
/// as in Welch's test; pooled variances are those of a regression on treatment alone.
public struct CostEffectivenessTrial: Sendable {
  public enum Variance: String, Codable, Hashable, Sendable, CaseIterable { case unequal, pooled }

  /// Which quantiles intervals and acceptabilities use.
  public enum Reference: String, Codable, Hashable, Sendable, CaseIterable {
    case normal
    /// t with two degrees less than there are people.
    case studentT
  }

  /// Treated minus control.
  public let costDifference: Estimate
  public let effectDifference: Estimate
  /// Of the two differences.
  public let covariance: Double
  public let ratio: IncrementalRatio
  /// The ratios that the data do not reject.
  public let ratioSet: FiellerSet
  public let level: Double
  public let degreesOfFreedom: Double
  let cost: [Double]
  let effect: [Double]
  let treated: [Bool]

  /// - Parameters:
  ///   - cost: of each person.
  ///   - effect: of each person, for instance years in work or QALYs; more is better.
  ///   - treated: of each person; at least two people in each group.
  /// - Throws: `.noObservations`, `.lengthsDiffer`, `.notFinite`, `.oneGroupOnly`, `.tooFewObservations`,
  ///   `.notAProbability`; `.constant` when neither cost nor effect varies.
  public init(
    cost: [Double], effect: [Double], treated: [Bool], variance: Variance = .unequal, reference: Reference = .normal,
    level: Double = 0.95
  ) throws(StatisticsError) {
    try checkPeople(cost: cost, effect: effect, treated: treated)
    try checkLevel(level)
    let n = cost.count
    let groups = [false, true].map { group in
      let rows = treated.indices.filter { treated[$0] == group }
      return GroupMoments(cost: rows.map { cost[$0] }, effect: rows.map { effect[$0] })
    }
    guard groups.allSatisfy({ $0.count > 0 }) else { throw .oneGroupOnly(variable: "treated") }
    guard let smallest = groups.map(\.count).min(), smallest >= 2 else {
      throw .tooFewObservations(found: 1, needed: 2)
    }
    let spread = GroupMoments.variances(groups[0], groups[1], pooled: variance == .pooled)
    guard spread.cost > 0 || spread.effect > 0 else { throw .constant(variable: "cost and effect within the groups") }
    degreesOfFreedom = reference == .normal ? .infinity : Double(n - 2)
    let quantile = StudentT(degreesOfFreedom: degreesOfFreedom).quantile(upperTail: (1 - level) / 2)
    func estimate(_ value: Double, _ variance: Double) -> Estimate {
      let error = variance.squareRoot()
      return Estimate(
        value: value, standardError: error,
        interval: ConfidenceInterval(lower: value - quantile * error, upper: value + quantile * error, level: level),
        count: n)
    }
    costDifference = estimate(groups[1].meanCost - groups[0].meanCost, spread.cost)
    effectDifference = estimate(groups[1].meanEffect - groups[0].meanEffect, spread.effect)
    covariance = spread.covariance
    ratio = IncrementalRatio(cost: costDifference.value, effect: effectDifference.value)
    ratioSet = try FiellerSet(
      numerator: costDifference.value, denominator: effectDifference.value,
      variances: (spread.cost, spread.effect, spread.covariance), level: level, degreesOfFreedom: degreesOfFreedom)
    self.level = level
    self.cost = cost
    self.effect = effect
    self.treated = treated
  }

  /// The incremental net benefit and its acceptability when a unit of effect is worth this much.
  public func netBenefit(willingnessToPay k: Double) throws(StatisticsError) -> NetBenefit {
    try checkWillingness(k)
    let costError = costDifference.standardError ?? 0
    let effectError = effectDifference.standardError ?? 0
    let variance = k * k * effectError * effectError - 2 * k * covariance + costError * costError
    return NetBenefit(
      willingnessToPay: k, value: ratio.netBenefit(willingnessToPay: k), standardError: max(0, variance).squareRoot(),
      degreesOfFreedom: degreesOfFreedom, level: level, count: cost.count)
  }

  /// The cloud of resampled differences: people drawn with replacement within each group.
  ///
  /// Strategy 0 is control, strategy 1 treated, which is the reference.
  ///
  /// - Parameters:
  ///   - seed: the same seed gives the same draws on any number of threads.
  ///   - clusters: people who are drawn together; a cluster lies within one group.
  ///   - progress: told of the draws done; on cancellation of the task no further draws are made.
  public func resampled(
    draws: Int, seed: UInt64, clusters: Clusters? = nil, progress: ProgressHandler? = nil
  ) throws(StatisticsError) -> CostEffectivenessSimulation {
    let plan = try ResamplingPlan(
      rowCount: cost.count, draws: draws, seed: seed, clusters: clusters,
      strata: Clusters(labels: treated.map { $0 ? 1 : 0 }))
    let (cost, effect, treated) = (cost, effect, treated)
    let bootstrap = try Bootstrap(plan, progress: progress) { weights throws(StatisticsError) in
      var sums = [Double](repeating: 0, count: 6)
      for i in weights.indices {
        let group = treated[i] ? 3 : 0
        sums[group] += weights[i]
        sums[group + 1] += weights[i] * cost[i]
        sums[group + 2] += weights[i] * effect[i]
      }
      return [sums[1] / sums[0], sums[4] / sums[3], sums[2] / sums[0], sums[5] / sums[3]]
    }
    return try CostEffectivenessSimulation(
      costs: Matrix(columns: [bootstrap.values(0), bootstrap.values(1)]),
      effects: Matrix(columns: [bootstrap.values(2), bootstrap.values(3)]), names: ["control", "treated"], reference: 1)
  }
}

/// Means, sums of squares and the sum of products of one group.
private struct GroupMoments {
  var count: Int
  var meanCost: Double
  var meanEffect: Double
  var costSquares = 0.0
  var effectSquares = 0.0
  var products = 0.0

  init(cost: [Double], effect: [Double]) {
    count = cost.count
    meanCost = count > 0 ? mean(of: cost) : 0
    meanEffect = count > 0 ? mean(of: effect) : 0
    for (cost, effect) in zip(cost, effect) {
      let (c, e) = (cost - meanCost, effect - meanEffect)
      costSquares += c * c
      effectSquares += e * e
      products += c * e
    }
  }

  /// The variances and the covariance of the differences of means.
  static func variances(
    _ a: GroupMoments, _ b: GroupMoments, pooled: Bool
  ) -> (cost: Double, effect: Double, covariance: Double) {
    func combined(_ term: (GroupMoments) -> Double) -> Double {
      let (m, n) = (Double(a.count), Double(b.count))
      if pooled { return (term(a) + term(b)) / (m + n - 2) * (1 / m + 1 / n) }
      return term(a) / (m * (m - 1)) + term(b) / (n * (n - 1))
    }
    return (combined(\.costSquares), combined(\.effectSquares), combined(\.products))
  }
}

func checkPeople(cost: [Double], effect: [Double], treated: [Bool]) throws(StatisticsError) {
  guard !cost.isEmpty else { throw .noObservations }
  try checkFinite(cost, "cost")
  try checkFinite(effect, "effect", count: cost.count)
  guard treated.count == cost.count else {
    throw .lengthsDiffer(array: "treated", expected: cost.count, found: treated.count)
  }
}
