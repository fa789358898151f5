import NumericalMethods
import Primitives

/// The effect on an outcome in a matched sample, by weighted least squares.
///
/// Without covariates it is the difference of the weighted means. With covariates the outcome is regressed on treatment,
/// covariates and their products, and the effect is the average over the people that the estimand is about of what the
/// model predicts with and without treatment (g-computation), with an error by the delta method that takes their
/// covariates as fixed. Matched sets are clusters, because outcomes within them depend on each other (Abadie and Spiess
/// 2022, doi:10.1080/01621459.2020.1840383); where a unit may be in several, errors allow for heteroskedasticity only.
public struct MatchedEffect: Sendable {
  public let estimate: Estimate
  /// The coefficients of the regression; treatment is called `treated`.
  public let coefficients: CoefficientEstimates
  /// How the errors are made.
  public let convention: LocalizedText

  /// - Parameters:
  ///   - sample: who was matched, with weights.
  ///   - outcome: n numbers.
  ///   - adjustingFor: covariates of all n units.
  ///   - convention: nil for errors clustered by matched set (`cr1`), or `hc1` where there are no sets.
  /// - Throws: `.lengthsDiffer`, `.notFinite`, `.unknownLevel`, `.tooFewObservations`, `.notAProbability`;
  ///   `.notSupported` for clustered errors without sets; `.collinear` when the treatment is a combination of covariates.
  public init(
    _ sample: MatchedSample, outcome: [Double], adjustingFor covariates: [ModelMatrix.Term] = [],
    convention: CovarianceConvention? = nil, level: Double = 0.95
  ) throws(StatisticsError) {
    try FollowUp.check(lengthOf: outcome, "outcome", sample.count)
    for i in outcome.indices where !outcome[i].isFinite { throw .notFinite(array: "outcome", index: i) }
    for term in covariates { try term.check(rowCount: sample.count) }
    let rows = sample.matched
    let weights = rows.map { sample.weights[$0] }
    let treatment = ModelMatrix.Term.numeric("treated", rows.map { sample.treated[$0] ? 1 : 0 })
    let kept = covariates.map { $0.selecting(rows: rows) }
    let products = kept.map { ModelMatrix.Term.product(treatment, $0) }
    let design = try ModelMatrix(rowCount: rows.count, terms: [.intercept, treatment] + kept + products)
    let fit = try LinearRegression(design, response: rows.map { outcome[$0] }, weights: weights)
    guard fit["treated"] != nil else { throw .collinear(columns: ["treated"]) }

    let chosen = convention ?? (sample.sets == nil ? .hc1 : .clustered(.cr1))
    var clusters: [Clusters] = []
    if case .clustered = chosen {
      guard let sets = sample.sets else {
        throw .notSupported(method: "errors clustered by matched set", input: "units that are in several sets")
      }
      clusters = [Clusters(labels: rows.map { Int(sets[$0]) })]
    }
    coefficients = try fit.estimates(chosen, clusters: clusters)

    // What the effect weighs each coefficient with: 1 for treatment, the average of x for treatment times x.
    let target = rows.indices.map { i -> Double in
      switch sample.estimand {
      case .treated: sample.treated[rows[i]] ? weights[i] : 0
      case .control: sample.treated[rows[i]] ? 0 : weights[i]
      case .all: weights[i]
      }
    }
    let total = target.reduce(0, +)
    var contrast = [Double](repeating: 0, count: design.columnCount)
    contrast[design.columns(ofTerm: 1)[0]] = 1
    let sums = design.transposedTimes(target)
    for term in kept.indices {
      let plain = design.columns(ofTerm: 2 + term)
      let product = design.columns(ofTerm: 2 + kept.count + term)
      for (a, b) in zip(plain, product) { contrast[b] = sums[a] / total }
    }
    estimate = try coefficients.linearCombination(fit.kept.map { contrast[$0] }, level: level)
    self.convention = coefficients.convention
  }
}
