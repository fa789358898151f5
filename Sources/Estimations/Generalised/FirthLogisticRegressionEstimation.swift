import Primitives
import Statistics

/// Logistic regression with Firth's penalty.
struct FirthLogisticRegressionEstimation: EstimationMethod {
  let id = "firth-regression"
  let title = LocalizedText("Firth's logistic regression", nl: "Logistische regressie volgens Firth")
  let summary = LocalizedText(
    "Logistic regression with a penalty that keeps estimates finite when columns separate the outcome, and takes away most of the bias in small samples. Its intervals and tests are those of the profile penalised likelihood.",
    nl:
      "Logistische regressie met een straf die schattingen eindig houdt als kolommen de uitkomst scheiden, en bij weinig mensen de meeste vertekening wegneemt. Intervallen en toetsen volgen de geprofileerde bestrafte aannemelijkheid."
  )
  let page = "FirthRegression"
  let example = "--formula 'employed ~ age + sex'"
  let options: [EstimationOption] = [.responseFormula, .weights, .level, .fitted]

  func estimate(_ request: EstimationRequest) throws(EstimationError) -> EstimationResult {
    let formula = try request.model("formula")
    let weights = try request.numbersIfGiven("weights")
    let fit = try request.run { () throws(StatisticsError) in
      try FirthLogisticRegression(
        formula.design, response: formula.response, weights: weights, offset: formula.offset)
    }
    var intervals: [ConfidenceInterval] = []
    for position in fit.coefficients.indices {
      intervals.append(
        try request.run { () throws(StatisticsError) in
          try fit.profileInterval(position, level: request.level)
        })
    }
    let tests = fit.coefficients.indices.map { fit.profileTest($0) }
    var table = ResultTable()
    table.add("term", fit.names)
    table.add("estimate", fit.coefficients)
    table.add("standardError", fit.estimates.standardErrors)
    table.add("statistic", tests.map { $0?.statistic }, title: ResultTitle.usual["chiSquare"])
    table.add("pValue", tests.map { $0?.pValue })
    table.add("lower", intervals.map(\.lower))
    table.add("upper", intervals.map(\.upper))
    table.add("oddsRatio", fit.coefficients.map(\.exponential))
    table.add("oddsRatioLower", intervals.map { $0.lower?.exponential }, title: ResultTitle.usual["lower"])
    table.add("oddsRatioUpper", intervals.map { $0.upper?.exponential }, title: ResultTitle.usual["upper"])
    var result = request.result()
    result.add("coefficients", .table(table))
    result.add([
      ResultItem(
        "fit",
        .group([
          ResultItem("observations", .whole(fit.observations)),
          ResultItem(
            "penalisedLogLikelihood", .number(fit.penalisedLogLikelihood),
            title: LocalizedText("penalised log likelihood", nl: "bestrafte loglikelihood")),
          ResultItem("logLikelihood", .number(fit.logLikelihood)), ResultItem("iterations", .whole(fit.iterations)),
        ]), title: LocalizedText("Fit", nl: "Passing")), .covariance("covariance", fit.estimates),
    ])
    if request.flag("fitted") {
      result.add("fitted", .numbers(fit.fitted), title: LocalizedText("fitted values", nl: "gepaste waarden"))
    }
    result.addConvention(
      "Intervals and tests are of the profile penalised likelihood, with the penalty of all columns; standard errors are Wald's, from the inverse information.",
      nl:
        "Intervallen en toetsen zijn van de geprofileerde bestrafte aannemelijkheid, met de straf van alle kolommen; standaardfouten zijn die van Wald, uit de inverse informatie."
    )
    request.warnOfAliased(fit.aliased, in: &result)
    return result
  }
}
