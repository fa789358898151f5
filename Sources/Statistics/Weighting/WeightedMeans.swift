import NumericalMethods
import Primitives

/// The effect of a treatment as a difference of weighted means.
///
/// The mean of a group is Σ w y/Σ w (Hájek), or Σ w y over the size of the target when not normalised (Horvitz and
/// Thompson). Lunceford and Davidian 2004, doi:10.1002/sim.1903.
public struct WeightedMeans: Sendable {
  public let weights: BalancingWeights
  public let means: PotentialOutcomeMeans
  let outcome: [Double]
  /// Whether the means are normalised and of all rows.
  let isUsual: Bool

  /// - Parameters:
  ///   - outcome: n numbers.
  ///   - normalised: whether weights are made to sum to one in each group; otherwise they must come from propensity
  ///     scores, not stabilised.
  ///   - among: whose means are wanted, everybody's when nil: an effect within a group with weights of the whole sample.
  /// - Throws: `.lengthsDiffer`, `.notFinite`, `.oneGroupOnly` when nobody of a group has a weight, `.notSupported`.
  public init(
    outcome: [Double], weights: BalancingWeights, normalised: Bool = true, among: [Bool]? = nil
  ) throws(StatisticsError) {
    let equations = try MeanEquations(
      outcome: outcome, weights: weights, among: among, normalised: normalised, models: nil)
    let (known, stacked) = equations.solve()
    let totals = zip(equations.counts, weights.values).map { $0 * $1 }
    let regression: PotentialOutcomeMeans.Regression = { () throws(StatisticsError) -> LinearRegression in
      let design = try ModelMatrix(
        rowCount: weights.rowCount,
        terms: [.intercept, .numeric("treated", weights.treated.map { $0 ? 1 : 0 })])
      return try LinearRegression(design, response: outcome, weights: totals)
    }
    self.weights = weights
    self.outcome = outcome
    isUsual = normalised && among == nil
    means = PotentialOutcomeMeans(
      target: weights.target,
      method: LocalizedText(
        "difference of weighted means (\(normalised ? "normalised" : "not normalised")), \(weights.method[.english])",
        nl:
          "verschil van gewogen gemiddelden (\(normalised ? "genormaliseerd" : "niet genormaliseerd")), \(weights.method[.dutch])"
      ),
      known: known, stacked: stacked, observations: totals.count { $0 > 0 },
      aliased: weights.scores?.aliased ?? [], regression: normalised ? regression : nil)
  }

  /// The effect within each of several groups, with weights of the whole sample.
  ///
  /// - Returns: one value for each group, in the order of its number.
  public static func within(
    _ groups: Clusters, outcome: [Double], weights: BalancingWeights, normalised: Bool = true
  ) throws(StatisticsError) -> [WeightedMeans] {
    try FollowUp.check(lengthOf: groups.codes, "groups", weights.rowCount)
    var results: [WeightedMeans] = []
    for group in 0..<groups.count {
      results.append(
        try WeightedMeans(
          outcome: outcome, weights: weights, normalised: normalised, among: groups.codes.map { $0 == group }))
    }
    return results
  }
}
