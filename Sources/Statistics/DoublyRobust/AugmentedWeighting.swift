import NumericalMethods
import Primitives

/// Augmented inverse-probability weighting: outcome models for everybody, corrected by the weighted mean of what they
/// leave over. Right when either the scores or the outcome models are (Robins, Rotnitzky and Zhao 1994,
/// doi:10.1080/01621459.1994.10476818).
///
/// Two forms exist that differ in finite samples, so each result names its own. *Plain*: μ = (Σ t m + Σ w (y − m))/Σ t.
/// *Normalised* (Hájek): μ = Σ t m/Σ t + Σ w (y − m)/Σ w. On LaLonde's data the effect is 470 by the first and 418 by
/// the second.
public struct AugmentedWeighting: Sendable {
  public let weights: BalancingWeights
  public let means: PotentialOutcomeMeans

  /// - Parameters:
  ///   - outcome: n numbers.
  ///   - weights: for the treated and the untreated.
  ///   - design: n × k columns of the outcome models, without the treatment: one model is fitted in each group.
  ///   - model: the family of the outcome models.
  ///   - normalised: which form. The plain one needs weights from propensity scores that are not stabilised; for the
  ///     treated (untreated) it averages over the treated (untreated) themselves. The normalised one counts everyone by
  ///     h(e), as R's PSweight.
  /// - Throws: see `WeightedMeans`, `LinearRegression`, `GeneralisedLinearModel`.
  public init(
    outcome: [Double], weights: BalancingWeights, design: ModelMatrix, model: OutcomeModel = .linear,
    normalised: Bool = false
  ) throws(StatisticsError) {
    let n = weights.rowCount
    try FollowUp.check(lengthOf: outcome, "outcome", n)
    guard design.rowCount == n else { throw .lengthsDiffer(array: "design", expected: n, found: design.rowCount) }
    let fits = try ArmModels(
      outcome: outcome, treated: weights.treated, design: design, model: model, weights: weights.samplingWeights)
    let (known, stacked) = try MeanEquations(
      outcome: outcome, weights: weights, among: nil, normalised: normalised,
      models: (fits.untreated.predictions, fits.treated.predictions)
    ).solve()
    self.weights = weights
    means = PotentialOutcomeMeans(
      target: weights.target,
      method: LocalizedText(
        "augmented weighting (\(normalised ? "normalised" : "plain")), \(model.words[.english]) outcome models, "
          + weights.method[.english],
        nl: "aangevulde weging (\(normalised ? "genormaliseerd" : "gewoon")), \(model.words[.dutch]) uitkomstmodellen, "
          + weights.method[.dutch]),
      known: known, stacked: stacked, observations: weights.totals.count { $0 > 0 },
      aliased: fits.aliased + (weights.scores?.aliased ?? []))
  }
}

/// A model of the outcome in each group.
struct ArmModels: Sendable {
  let untreated: FittedOutcome
  let treated: FittedOutcome

  var aliased: [String] { Array(Set(untreated.nuisance.aliased + treated.nuisance.aliased)).sorted() }

  /// - Parameter weights: n numbers; rows of weight zero are not fitted.
  init(
    outcome: [Double], treated: [Bool], design: ModelMatrix, model: OutcomeModel, weights: [Double]?
  ) throws(StatisticsError) {
    func fit(_ isTreated: Bool) throws(StatisticsError) -> FittedOutcome {
      let rows = treated.indices.filter { treated[$0] == isTreated && (weights?[$0] ?? 1) > 0 }
      return try FittedOutcome(model, outcome, design, rows: rows, weights: weights)
    }
    untreated = try fit(false)
    self.treated = try fit(true)
  }
}
