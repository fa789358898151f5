import Primitives
import Statistics

/// Logistic, probit and complementary log-log regression.
struct LogisticRegressionEstimation: EstimationMethod {
  let id = "logistic-regression"
  let title = LocalizedText("Logistic regression", nl: "Logistische regressie")
  let summary = LocalizedText(
    "The log odds of a yes-or-no outcome as a sum of terms. For effects on the probability itself use marginal-effects; when columns tell the outcome apart without error, use firth-regression.",
    nl:
      "De logodds van een ja-of-nee-uitkomst als som van termen. Gebruik marginal-effects voor effecten op de kans zelf, en firth-regression als kolommen de uitkomst zonder fout scheiden."
  )
  let page = "LogisticRegression"
  let example = "--formula 'employed ~ age + sex + region' --cluster municipality"
  let options: [EstimationOption] = [
    .responseFormula, .weights,
    EstimationOption(
      "link",
      .choice([
        EstimationChoice("logit", "log odds", nl: "logodds"),
        EstimationChoice("probit", "normal quantile", nl: "normaal kwantiel"),
        .complementaryLogLog,
      ]), "The scale on which the probability is linear.", nl: "De schaal waarop de kans lineair is.",
      standard: "logit"),
    .errors, .clusters, .level, .profile, .jointTest, .convergence, .fitted,
  ]

  func estimate(_ request: EstimationRequest) throws(EstimationError) -> EstimationResult {
    let formula = try request.model("formula")
    let weights = try request.numbersIfGiven("weights")
    let link = request.choice("link")
    let family: ResponseFamily =
      link == "probit" ? .probit : link == "logit" ? .binomial : .complementaryLogLog
    let model = try request.run { () throws(StatisticsError) in
      try GeneralisedLinearModel(
        formula.design, response: formula.response, family: family, weights: weights, offset: formula.offset,
        convergence: request.convergence)
    }
    let exponential = link == "logit" ? "oddsRatio" : link == "probit" ? nil : "hazardRatio"
    return try request.result(of: model, exponential: exponential)
  }
}
