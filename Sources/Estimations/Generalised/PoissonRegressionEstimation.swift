import Primitives
import Statistics

/// Poisson regression of counts.
struct PoissonRegressionEstimation: EstimationMethod {
  let id = "poisson-regression"
  let title = LocalizedText("Poisson regression", nl: "Poissonregressie")
  let summary = LocalizedText(
    "The log of an expected count as a sum of terms; with offset(log(time)) in the formula, of a rate. Choose robust errors when counts may vary more than Poisson's.",
    nl:
      "De logaritme van een verwacht aantal als som van termen; met offset(log(tijd)) in de formule van een frequentie. Kies robuuste fouten als aantallen meer kunnen variëren dan bij Poisson."
  )
  let page = "CountRegression"
  let example = "--formula 'visits ~ age + sex + offset(log(months))' --errors hc0"
  let options = EstimationOption.countRegression

  func estimate(_ request: EstimationRequest) throws(EstimationError) -> EstimationResult {
    let formula = try request.model("formula")
    let weights = try request.numbersIfGiven("weights")
    let model = try request.run { () throws(StatisticsError) in
      try GeneralisedLinearModel(
        formula.design, response: formula.response, family: .poisson, weights: weights, offset: formula.offset,
        convergence: request.convergence)
    }
    return try request.result(of: model, exponential: "rateRatio")
  }
}
