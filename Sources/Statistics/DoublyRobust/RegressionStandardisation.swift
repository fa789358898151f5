import NumericalMethods
import Primitives

/// Regression standardisation: the outcome is predicted for everybody of the target as if treated and as if not, and
/// the predictions are averaged. Also called regression adjustment, the g-formula, outcome imputation (Robins 1986,
/// doi:10.1016/0270-0255(86)90088-6).
public struct RegressionStandardisation: Sendable {
  public let means: PotentialOutcomeMeans

  /// With a model of its own in each group, as Stata's `teffects ra`.
  ///
  /// - Parameters:
  ///   - outcome: n numbers.
  ///   - design: n × k columns without the treatment.
  ///   - target: `everyone`, `treated` or `untreated`.
  ///   - samplingWeights: n numbers, zero or more.
  /// - Throws: `.notSupported` for another target, `.oneGroupOnly`, `.lengthsDiffer`, `.notFinite`; see
  ///   `LinearRegression` and `GeneralisedLinearModel`.
  public init(
    outcome: [Double], treated: [Bool], design: ModelMatrix, model: OutcomeModel = .linear,
    target: TargetPopulation = .everyone, samplingWeights: [Double]? = nil
  ) throws(StatisticsError) {
    try checkGroups(treated, rowCount: design.rowCount, weights: samplingWeights)
    try Self.check(outcome, design.rowCount)
    let fits = try ArmModels(
      outcome: outcome, treated: treated, design: design, model: model, weights: samplingWeights)
    let standard = try Standard(treated: treated, target: target, samplingWeights: samplingWeights)
    let pair = [fits.untreated, fits.treated].map { standard.average($0, weights: nil) }
    means = standard.means(
      pair,
      method: LocalizedText(
        "regression standardisation, \(model.words[.english]) models in each group",
        nl: "regressiestandaardisatie, \(model.words[.dutch]) modellen in elke groep"),
      aliased: fits.aliased)
  }

  /// With one model of treatment and covariates, given its columns as observed and as they would be.
  ///
  /// - Parameters:
  ///   - observed: n × k columns, the treatment among them.
  ///   - ifUntreated: the same columns with the treatment set to what the untreated have.
  ///   - ifTreated: likewise for the treated.
  public init(
    outcome: [Double], treated: [Bool], observed: ModelMatrix, ifUntreated: ModelMatrix, ifTreated: ModelMatrix,
    model: OutcomeModel = .linear, target: TargetPopulation = .everyone, samplingWeights: [Double]? = nil
  ) throws(StatisticsError) {
    try checkGroups(treated, rowCount: observed.rowCount, weights: samplingWeights)
    try Self.check(outcome, observed.rowCount)
    precondition(
      observed.names == ifUntreated.names && observed.names == ifTreated.names, "all designs have the same columns")
    let rows = treated.indices.filter { (samplingWeights?[$0] ?? 1) > 0 }
    let fit = try FittedOutcome(model, outcome, observed, rows: rows, weights: samplingWeights)
    let standard = try Standard(treated: treated, target: target, samplingWeights: samplingWeights)
    let kept = fit.nuisance.design.names
    let pair = [ifUntreated, ifTreated].map { design -> Standard.Average in
      let columns = design.names.indices.filter { kept.contains(design.names[$0]) }
      let chosen = design.selecting(columns: columns)
      return standard.average(FittedOutcome(model, fit.nuisance, for: chosen), predictedFor: chosen, weights: nil)
    }
    means = standard.means(
      pair,
      method: LocalizedText(
        "regression standardisation, one \(model.words[.english]) model",
        nl: "regressiestandaardisatie, één \(model.wordOfOne) model"),
      aliased: fit.nuisance.aliased)
  }

  static func check(_ outcome: [Double], _ count: Int) throws(StatisticsError) {
    try FollowUp.check(lengthOf: outcome, "outcome", count)
    for i in outcome.indices where !outcome[i].isFinite { throw .notFinite(array: "outcome", index: i) }
  }
}

/// Inverse-probability-weighted regression adjustment: outcome models fitted with balancing weights, averaged over the
/// target. Right when either the scores or the outcome models are, with the links that belong to the families (Wooldridge
/// 2007, doi:10.1016/j.jeconom.2007.02.002); Stata's `teffects ipwra`.
public struct WeightedStandardisation: Sendable {
  public let weights: BalancingWeights
  public let means: PotentialOutcomeMeans

  /// - Parameters:
  ///   - outcome: n numbers.
  ///   - weights: of any origin, for `everyone`, `treated` or `untreated`.
  ///   - design: n × k columns without the treatment; one model is fitted in each group.
  /// - Throws: see `RegressionStandardisation`.
  public init(
    outcome: [Double], weights: BalancingWeights, design: ModelMatrix, model: OutcomeModel = .linear
  ) throws(StatisticsError) {
    let n = weights.rowCount
    try checkGroups(weights.treated, rowCount: design.rowCount, weights: weights.totals)
    try RegressionStandardisation.check(outcome, n)
    let fits = try ArmModels(
      outcome: outcome, treated: weights.treated, design: design, model: model, weights: weights.totals)
    let standard = try Standard(
      treated: weights.treated, target: weights.target, samplingWeights: weights.samplingWeights)
    let pair = [fits.untreated, fits.treated].map { standard.average($0, weights: weights) }
    self.weights = weights
    means = standard.means(
      pair,
      method: LocalizedText(
        "weighted regression standardisation, \(model.words[.english]) models in each group, \(weights.method[.english])",
        nl:
          "gewogen regressiestandaardisatie, \(model.words[.dutch]) modellen in elke groep, \(weights.method[.dutch])"
      ),
      aliased: fits.aliased + (weights.scores?.aliased ?? []))
  }
}
