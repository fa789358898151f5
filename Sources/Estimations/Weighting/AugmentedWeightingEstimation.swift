import Primitives
import Statistics

/// Outcome models corrected by weights.
struct AugmentedWeightingEstimation: EstimationMethod {
  let id = "augmented-weighting"
  let title = LocalizedText("Augmented inverse-probability weighting", nl: "Aangevuld wegen met de omgekeerde kans")
  let summary = LocalizedText(
    "Doubly robust: outcome models for everybody, corrected by the weighted mean of what they leave over; cross-fitted if wanted.",
    nl:
      "Dubbel robuust: uitkomstmodellen voor iedereen, gecorrigeerd met het gewogen gemiddelde van wat ze overlaten; desgewenst kruislings geschat."
  )
  let page = "DoublyRobust"
  let example = "--formula 'treat ~ age + educ + race' --outcome re78"
  let options: [EstimationOption] = [
    .treatmentFormula, .requiredOutcome, .outcomeTerms, .outcomeModel, .target(all: true, standard: "everyone"),
    .isNormalised, .propensityLink, .ownScore, .samplingWeights,
    EstimationOption(
      "folds", .whole(0...100), "Parts for cross-fitting; 0 for none.",
      nl: "Delen om kruislings te schatten; 0 voor geen.",
      standard: "0"),
    EstimationOption(
      "score-limits", .numbers(.zeroOrMore), "With cross-fitting: scores beyond these two are set to them.",
      nl: "Bij kruislings schatten: scores voorbij deze twee worden daarop gezet."),
    .seed, .effectErrors(weightedMeans: false), .clusters, .level,
  ]

  func estimate(_ request: EstimationRequest) throws(EstimationError) -> EstimationResult {
    let (treated, design) = try request.treatment()
    let outcome = try request.numbers("outcome")
    let outcomeDesign = try request.designIfGiven("outcome-terms") ?? design
    let kind = request.choice("model", as: OutcomeModel.self)
    let folds = request.whole("folds")
    guard folds > 0 || !request.has("score-limits") else {
      throw .optionsConflict(
        LocalizedText("--score-limits goes with --folds.", nl: "--score-limits hoort bij --folds."))
    }
    let (errors, clusters) = try request.effectErrors(hasStacked: folds == 0)
    let (target, normalised) = (request.target, request.flag("normalised"))
    let means: PotentialOutcomeMeans
    if folds > 0 {
      let sampling = try request.numbersIfGiven("sampling-weights")
      let limits = request.numberList("score-limits")
      means = try request.run { () throws(StatisticsError) in
        let parts = try CrossFitting(folds: folds, seed: UInt64(request.whole("seed"))).parts(
          treated: treated, clusters: clusters.first)
        guard limits.isEmpty || limits.count == 2 && limits[0] < limits[1] else {
          throw .setting(name: "score-limits", reason: "give the lower and the upper, as 0.01,0.99")
        }
        return try CrossFittedWeighting(
          outcome: outcome, treated: treated, propensity: design, link: request.choice("link", as: PropensityLink.self),
          design: outcomeDesign, model: kind, target: target, normalised: normalised, samplingWeights: sampling,
          scoreLimits: limits.count == 2 ? limits[0]...limits[1] : 0...1, parts: parts
        ).means
      }
    } else {
      let scores = try request.propensityScores(treated, design)
      means = try request.run { () throws(StatisticsError) in
        try AugmentedWeighting(
          outcome: outcome, weights: BalancingWeights(scores, target: target), design: outcomeDesign, model: kind,
          normalised: normalised
        ).means
      }
    }
    return try request.result(of: means, errors, clusters)
  }
}

/// Outcome models fitted with weights and standardised.
struct WeightedStandardisationEstimation: EstimationMethod {
  let id = "weighted-standardisation"
  let title = LocalizedText(
    "Inverse-probability-weighted regression", nl: "Regressie gewogen met de omgekeerde kans")
  let summary = LocalizedText(
    "Doubly robust: outcome models fitted with weights in each group, averaged over the target; Stata's teffects ipwra.",
    nl:
      "Dubbel robuust: uitkomstmodellen met gewichten in elke groep, gemiddeld over het doel; teffects ipwra van Stata."
  )
  let page = "DoublyRobust"
  let example = "--formula 'treat ~ age + educ + race' --outcome re78 --outcome-terms 'age + educ'"
  let options: [EstimationOption] = [
    .treatmentFormula, .requiredOutcome, .outcomeTerms, .outcomeModel, .target(all: false, standard: "everyone"),
    .propensityLink, .ownScore, .samplingWeights,
    EstimationOption(
      "weighting",
      .choice([
        EstimationChoice("scores", "inverse-probability weights", nl: "gewichten met de omgekeerde kans"),
        EstimationChoice("entropy", "entropy balancing", nl: "entropiebalancering"),
      ]), "Where the weights come from.", nl: "Waar de gewichten vandaan komen.", standard: "scores"),
    .effectErrors(weightedMeans: false), .clusters, .level,
  ]

  func estimate(_ request: EstimationRequest) throws(EstimationError) -> EstimationResult {
    let (treated, design) = try request.treatment()
    let outcome = try request.numbers("outcome")
    let outcomeDesign = try request.designIfGiven("outcome-terms") ?? design
    let (errors, clusters) = try request.effectErrors()
    let target = request.target
    let weights: BalancingWeights
    if request.choice("weighting") == "entropy" {
      let sampling = try request.numbersIfGiven("sampling-weights")
      weights = try request.run { () throws(StatisticsError) in
        BalancingWeights(
          try EntropyBalancing(
            treated: treated, design: design, settings: .init(target: target), samplingWeights: sampling))
      }
    } else {
      weights = BalancingWeights(try request.propensityScores(treated, design), target: target)
    }
    let kind = request.choice("model", as: OutcomeModel.self)
    let means = try request.run { () throws(StatisticsError) in
      try WeightedStandardisation(outcome: outcome, weights: weights, design: outcomeDesign, model: kind).means
    }
    return try request.result(of: means, errors, clusters)
  }
}
