import Primitives
import Statistics

/// Negative binomial regression of counts that vary more than Poisson's.
struct NegativeBinomialRegressionEstimation: EstimationMethod {
  let id = "negative-binomial-regression"
  let title = LocalizedText("Negative binomial regression", nl: "Negatief-binomiale regressie")
  let summary = LocalizedText(
    "As poisson-regression, for counts that vary more than Poisson's: the variance is μ + μ²/θ, with θ estimated.",
    nl:
      "Als poisson-regression, voor aantallen die meer variëren dan bij Poisson: de variantie is μ + μ²/θ, waarbij θ wordt geschat."
  )
  let page = "CountRegression"
  let example = "--formula 'visits ~ age + sex'"
  let options = EstimationOption.countRegression

  func estimate(_ request: EstimationRequest) throws(EstimationError) -> EstimationResult {
    let formula = try request.model("formula")
    let weights = try request.numbersIfGiven("weights")
    let fit = try request.run { () throws(StatisticsError) in
      try NegativeBinomialModel(
        formula.design, response: formula.response, weights: weights, offset: formula.offset,
        convergence: request.convergence)
    }
    let isPoisson = !fit.shape.isFinite
    var result = try request.result(of: fit.model, exponential: "rateRatio", extraParameters: isPoisson ? 0 : 1)
    let (dispersion, dispersionError) = fit.dispersion
    let test = fit.overdispersionTest
    result.add([
      ResultItem(
        "shape",
        .group([
          ResultItem(
            "theta", .number(isPoisson ? nil : fit.shape), title: LocalizedText("theta", nl: "theta")),
          ResultItem(
            "thetaStandardError", .number(fit.shapeStandardError),
            title: LocalizedText("its standard error", nl: "standaardfout daarvan")),
          ResultItem("alpha", .number(dispersion), title: LocalizedText("alpha = 1/theta", nl: "alfa = 1/theta")),
          ResultItem(
            "alphaStandardError", .number(dispersionError),
            title: LocalizedText("its standard error", nl: "standaardfout daarvan")),
        ]), title: LocalizedText("Shape", nl: "Vorm")),
      ResultItem(
        "overdispersionTest",
        .group([
          ResultItem("statistic", .number(test.statistic)), ResultItem("pValue", .number(test.pValue)),
        ]), title: LocalizedText("Test of Poisson against more variance", nl: "Toets van Poisson tegen meer variantie")),
    ])
    result.addConvention(
      "Errors of the coefficients take theta as known; the test of alpha = 0 halves the chi-square probability.",
      nl: "Fouten van de coëfficiënten nemen theta als bekend; de toets van alfa = 0 halveert de chi-kwadraatkans.")
    if isPoisson {
      result.addWarning(
        "The counts vary no more than Poisson's: theta has no finite estimate and the model is Poisson's.",
        nl:
          "De aantallen variëren niet meer dan bij Poisson: theta heeft geen eindige schatting en het model is Poisson."
      )
    }
    return result
  }
}
