import Primitives
import Statistics

/// Least squares with effects of groupings absorbed.
struct AbsorbedRegressionEstimation: EstimationMethod {
  let id = "absorbed-regression"
  let title = LocalizedText("Regression with absorbed effects", nl: "Regressie met geabsorbeerde effecten")
  let summary = LocalizedText(
    "Least squares with an effect for every level of one or several columns (persons, months, municipalities), which are taken out and not reported. Use it to compare within those levels.",
    nl:
      "Kleinste kwadraten met een effect voor elk niveau van een of meer kolommen (personen, maanden, gemeenten), dat eruit wordt gehaald en niet gemeld. Gebruik het om binnen die niveaus te vergelijken."
  )
  let page = "AbsorbedEffects"
  let example = "--formula 'income ~ treated' --absorb person,month --cluster person"
  let options: [EstimationOption] = [
    .regressionFormula,
    EstimationOption(
      "absorb", .columns, "Columns whose levels each have an effect that is taken out.",
      nl: "Kolommen waarvan elk niveau een effect heeft dat eruit wordt gehaald.", isRequired: true),
    .weights, .errors, .clusters,
    EstimationOption(
      "count",
      .choice([
        EstimationChoice(
          "fixest", "not those nested in clusters; one redundant level for each further column",
          nl: "niet die binnen clusters liggen; één overtollig niveau voor elke volgende kolom"),
        EstimationChoice(
          "reghdfe", "the same, redundant levels counted exactly", nl: "idem, overtollige niveaus exact geteld"),
        EstimationChoice("all", "all, as dummies would", nl: "alle, zoals dummy's"),
        EstimationChoice("none", "none", nl: "geen"),
      ]), "Which effects count as coefficients in the small-sample factors.",
      nl: "Welke effecten als coëfficiënten tellen in de factoren voor kleine steekproeven.", standard: "fixest"),
    EstimationOption(
      "drop-singletons", .flag, "Leave out rows that are alone in a level, as reghdfe does.",
      nl: "Laat rijen weg die alleen zijn in een niveau, zoals reghdfe."),
    .level, .coefficientTest, .combination,
  ]

  func estimate(_ request: EstimationRequest) throws(EstimationError) -> EstimationResult {
    let model = try request.model("formula")
    let weights = try request.numbersIfGiven("weights")
    let (convention, clusters) = try request.covariance(clustered: .clustered(.cr1SmallestCount))
    let effects = try request.severalClusters("absorb")
    let counting = request.choice("count", as: EffectCount.self)
    let response = model.offset.map { zip(model.response, $0).map { $0 - $1 } } ?? model.response
    let fit = try request.run { () throws(StatisticsError) in
      try AbsorbedRegression(
        model.design, response: response, absorbing: effects, weights: weights,
        dropsSingletons: request.flag("drop-singletons"))
    }
    let estimates = try request.run { () throws(StatisticsError) in
      try fit.estimates(convention, clusters: clusters, counting: counting)
    }
    var result = request.result()
    result.add("observations", fit.observations)
    if request.flag("drop-singletons") {
      result.add(
        "singletons", request.rowCount - fit.observations,
        title: LocalizedText("rows left out, alone in a level", nl: "rijen weggelaten, alleen in een niveau"))
    }
    var levels = ResultTable()
    levels.add("absorbed", request.texts("absorb"), title: LocalizedText("absorbed", nl: "geabsorbeerd"))
    levels.add("levels", fit.levels, title: LocalizedText("levels", nl: "niveaus"))
    result.add("effects", .table(levels), title: LocalizedText("Effects", nl: "Effecten"))
    result.addClusterCounts(clusters)
    result.add([
      try request.run { () throws(StatisticsError) in
        try ResultItem.coefficients("coefficients", estimates, level: request.level)
      }
    ])
    result.add("aliased", .texts(estimates.aliased), title: .aliased)
    result.add(
      "withinRSquared", fit.withinRSquared,
      title: LocalizedText("R-squared within the effects", nl: "R-kwadraat binnen de effecten"))
    result.add("rSquared", fit.rSquared, title: LocalizedText("R-squared", nl: "R-kwadraat"))
    result.add(
      "residualSumOfSquares", fit.residualSumOfSquares,
      title: LocalizedText("residual sum of squares", nl: "kwadratensom van de residuen"))
    let kept = estimates.names.compactMap { model.design.names.firstIndex(of: $0) }
    result.add(try request.joint(model, kept, estimates))
    if let combination = try request.combinationWeights(estimates.names) {
      result.add([
        try request.run { () throws(StatisticsError) in
          try ResultItem.combination(estimates, combination, level: request.level)
        }
      ])
    }
    result.add([.covariance("covariance", estimates)])
    result.addConvention(estimates.convention, prefix: .standardErrors)
    result.warnOfAliased(estimates.aliased)
    return result
  }
}
