import NumericalMethods
import Primitives
import Statistics

/// Ordinary and weighted least squares.
struct LinearRegressionEstimation: EstimationMethod {
  let id = "linear-regression"
  let title = LocalizedText("Linear regression", nl: "Lineaire regressie")
  let summary = LocalizedText(
    "Least squares, plain or weighted, with errors of the convention chosen, fit, joint tests and sums of coefficients. For an outcome of 0 and 1 the coefficients are differences of probability.",
    nl:
      "Kleinste kwadraten, gewoon of gewogen, met fouten volgens de gekozen conventie, passing, gezamenlijke toetsen en sommen van coëfficiënten. Bij een uitkomst van 0 en 1 zijn de coëfficiënten verschillen in kans."
  )
  let page = "LinearRegression"
  let example = "--formula 'income ~ treated + age + factor(region)' --cluster municipality"
  let options: [EstimationOption] = [
    .regressionFormula, .weights, .errors, .clusters, .clusterDegrees, .level, .coefficientTest, .combination,
    EstimationOption(
      "lag", .whole(0...100_000),
      "Rows are one series in order of time: errors of Newey and West with so many lags instead.",
      nl: "Rijen zijn één reeks in volgorde van tijd: in plaats daarvan fouten van Newey en West met zoveel lags."),
    EstimationOption(
      "prewhiten", .flag, "With --lag: take a first-order autoregression out of the scores first.",
      nl: "Bij --lag: haal eerst een autoregressie van orde 1 uit de scores."),
    EstimationOption(
      "influence", .flag, "Also the leverage, scaled residuals and Cook's distance of each row.",
      nl: "Ook de hefboom, geschaalde residuen en afstand van Cook van elke rij."),
    EstimationOption(
      "predictions", .flag,
      "Also each row's expected value with intervals for it and for a new observation.",
      nl: "Ook de verwachte waarde van elke rij met intervallen daarvoor en voor een nieuwe waarneming."),
  ]

  func estimate(_ request: EstimationRequest) throws(EstimationError) -> EstimationResult {
    let model = try request.model("formula")
    let weights = try request.numbersIfGiven("weights")
    let (convention, clusters) = try request.covariance()
    let degrees = request.choice("test-degrees", as: ClusterDegreesOfFreedom.self)
    let fit = try request.run { () throws(StatisticsError) in
      try LinearRegression(model.design, response: model.response, weights: weights, offset: model.offset)
    }
    let series = request.wholeIfGiven("lag").map { NeweyWest(lag: $0, prewhitens: request.flag("prewhiten")) }
    let estimates = try request.run { () throws(StatisticsError) in
      if let series { return try fit.estimates(series) }
      return try fit.estimates(convention, clusters: clusters, degreesOfFreedom: degrees)
    }
    var result = request.result()
    let summary = try request.run { () throws(StatisticsError) in try fit.fit() }
    result.add("observations", fit.observations)
    result.add("residualDegreesOfFreedom", fit.residualDegreesOfFreedom, title: .residualDegrees)
    if series == nil { result.addClusterCounts(clusters) }
    result.add([
      try request.run { () throws(StatisticsError) in
        try ResultItem.coefficients("coefficients", estimates, level: request.level)
      }
    ])
    result.add("aliased", .texts(estimates.aliased), title: .aliased)
    result.add([Self.item(summary)])
    result.add(try request.joint(model, fit.kept, estimates))
    if let combination = try request.combinationWeights(estimates.names) {
      let found = try request.run { () throws(StatisticsError) in
        if series != nil { return try ResultItem.combination(estimates, combination, level: request.level) }
        let combined = try fit.linearCombination(
          combination, convention, clusters: clusters, degreesOfFreedom: degrees)
        return try ResultItem.single(combined, level: request.level)
      }
      result.add([found])
    }
    if case .clustered(let kind) = convention, kind == .cr2 || kind == .cr3, clusters.count == 1, series == nil,
      let l = try request.jointMatrix(model, fit.kept, estimates)
    {
      let test = try request.run { () throws(StatisticsError) in
        try fit.hotellingTest(l, kind, clusters: clusters[0])
      }
      result.add([Self.item(test)])
    }
    result.add([.covariance("covariance", estimates)])
    if request.flag("influence") {
      result.add([try request.run { () throws(StatisticsError) in Self.item(try fit.influence(), request) }])
    }
    if request.flag("predictions") {
      guard series == nil else {
        throw .optionsConflict(
          LocalizedText("--predictions knows no --lag.", nl: "--predictions kent geen --lag."))
      }
      result.add([
        try request.run { () throws(StatisticsError) in
          let found = try fit.predictions(
            for: model.design, offset: model.offset, level: request.level, convention, clusters: clusters)
          return Self.item(found, request)
        }
      ])
    }
    result.addConvention(estimates.convention, prefix: .standardErrors)
    result.warnOfAliased(estimates.aliased)
    return result
  }

  private static func item(_ fit: LinearFit) -> ResultItem {
    ResultItem(
      "fit",
      .group([
        ResultItem(
          "residualStandardDeviation", .number(fit.residualStandardDeviation),
          title: LocalizedText("residual standard deviation", nl: "standaarddeviatie van de residuen")),
        ResultItem(
          "residualSumOfSquares", .number(fit.residualSumOfSquares),
          title: LocalizedText("residual sum of squares", nl: "kwadratensom van de residuen")),
        ResultItem("rSquared", .number(fit.rSquared), title: LocalizedText("R-squared", nl: "R-kwadraat")),
        ResultItem(
          "adjustedRSquared", .number(fit.adjustedRSquared),
          title: LocalizedText("adjusted R-squared", nl: "gecorrigeerde R-kwadraat")),
        ResultItem("f", .number(fit.f?.f)),
        ResultItem(
          "fNumeratorDegreesOfFreedom", .number(fit.f.map { Double($0.degreesOfFreedom) }),
          title: LocalizedText("numerator degrees of freedom", nl: "vrijheidsgraden teller")),
        ResultItem("denominatorDegreesOfFreedom", .number(fit.f?.denominatorDegreesOfFreedom)),
        ResultItem("pValue", .number(fit.f?.pValue)),
        ResultItem("logLikelihood", .number(fit.logLikelihood)),
        ResultItem("aic", .number(fit.aic), title: LocalizedText("AIC", nl: "AIC")),
        ResultItem("bic", .number(fit.bic), title: LocalizedText("BIC", nl: "BIC")),
      ]), title: LocalizedText("Fit", nl: "Passing"))
  }

  private static func item(_ test: HotellingTest) -> ResultItem {
    ResultItem(
      "hotellingTest",
      .group([
        ResultItem("f", .number(test.f)), ResultItem("degreesOfFreedom", .whole(test.contrasts)),
        ResultItem("denominatorDegreesOfFreedom", .number(test.denominatorDegreesOfFreedom)),
        ResultItem("pValue", .number(test.pValue)),
      ]),
      title: LocalizedText("Joint test with few clusters (HTZ)", nl: "Gezamenlijke toets bij weinig clusters (HTZ)"))
  }

  private static func item(_ influence: LinearInfluence, _ request: EstimationRequest) -> ResultItem {
    var table = ResultTable()
    table.add("row", (0..<request.rowCount).map { request.fileRow(of: $0) }, title: .rowOfFile)
    table.add("leverage", influence.leverages, title: LocalizedText("leverage", nl: "hefboom"))
    table.add(
      "standardisedResidual", influence.standardisedResiduals,
      title: LocalizedText("standardised residual", nl: "gestandaardiseerd residu"))
    table.add(
      "studentisedResidual", influence.studentisedResiduals,
      title: LocalizedText("studentised residual", nl: "gestudentiseerd residu"))
    table.add(
      "cooksDistance", influence.cooksDistances, title: LocalizedText("Cook's distance", nl: "afstand van Cook"))
    table.add(
      "shiftOfFit", influence.shiftsOfFit, title: LocalizedText("shift of fit (DFFITS)", nl: "verschuiving (DFFITS)"))
    return ResultItem("influence", .table(table), title: LocalizedText("Influence", nl: "Invloed"))
  }

  private static func item(_ predictions: [LinearPrediction], _ request: EstimationRequest) -> ResultItem {
    var table = ResultTable()
    table.add("row", (0..<request.rowCount).map { request.fileRow(of: $0) }, title: .rowOfFile)
    table.add("estimate", predictions.map(\.value))
    table.add("standardError", predictions.map(\.standardError))
    table.add("lower", predictions.map(\.ofMean.lower))
    table.add("upper", predictions.map(\.ofMean.upper))
    table.add(
      "observationLower", predictions.map(\.ofObservation.lower),
      title: LocalizedText("new observation, lower", nl: "nieuwe waarneming, onder"))
    table.add(
      "observationUpper", predictions.map(\.ofObservation.upper),
      title: LocalizedText("new observation, upper", nl: "nieuwe waarneming, boven"))
    return ResultItem("predictions", .table(table), title: LocalizedText("Predictions", nl: "Voorspellingen"))
  }
}
