import Primitives
import Statistics

/// The log-rank test and its family, with strata.
struct LogRankEstimation: EstimationMethod {
  let id = "log-rank"
  let title = LocalizedText("Log-rank test", nl: "Log-ranktoets")
  let summary = LocalizedText(
    "Whether groups share one hazard: the log-rank test, or with --rho 1 Peto and Peto's version of Wilcoxon's test.",
    nl:
      "Of groepen één hazard delen: de log-ranktoets, of met --rho 1 de versie van Peto en Peto van de toets van Wilcoxon."
  )
  let page = "LogRank"
  let example = "--time days --event event --group arm"
  let options: [EstimationOption] = [
    .time, .event, .entry,
    EstimationOption("group", .category, "Groups to compare.", nl: "Groepen om te vergelijken.", isRequired: true),
    .strata,
    EstimationOption(
      "rho", .number(.any), "Power of the survival with which early differences count more.",
      nl: "Macht van de overleving waarmee vroege verschillen zwaarder tellen.", standard: "0"),
    EstimationOption(
      "gamma", .number(.any), "Power of one minus the survival with which late differences count more.",
      nl: "Macht van één min de overleving waarmee late verschillen zwaarder tellen.", standard: "0"),
    EstimationOption(
      "weighting",
      .choice([
        EstimationChoice("g-rho", "by --rho and --gamma", nl: "volgens --rho en --gamma"),
        EstimationChoice("gehan", "the number at risk", nl: "het aantal at risk"),
        EstimationChoice("tarone-ware", "its root", nl: "de wortel daarvan"),
        EstimationChoice("peto-peto", "Peto and Peto's survival", nl: "de overleving van Peto en Peto"),
        EstimationChoice("modified-peto-peto", "Andersen's change of it", nl: "de aanpassing daarvan van Andersen"),
      ]), "How much each time counts.", nl: "Hoe zwaar elke tijd telt.", standard: "g-rho"),
    EstimationOption(
      "scores", .numbers(.any), "Scores of the groups, in their order, for the test of a trend.",
      nl: "Scores van de groepen, in hun volgorde, voor de toets op een trend."),
  ]

  func estimate(_ request: EstimationRequest) throws(EstimationError) -> EstimationResult {
    let followUp = try request.followUp()
    let groups = try request.categories("group")
    let strata = try request.strata()?.codes.map { Int($0) }
    let test = try request.run { () throws(StatisticsError) in
      try LogRankTest(
        followUp, group: groups.indices, groups: groups.count, stratum: strata, weighting: weighting(request))
    }
    var result = request.result()
    result.add("statistic", test.statistic, title: ResultTitle.usual["chiSquare"])
    result.add("degreesOfFreedom", test.degreesOfFreedom)
    result.add("pValue", test.pValue)
    var table = ResultTable()
    table.add("group", groups.levels)
    table.add("count", test.counts)
    table.add("observed", test.observed)
    table.add("expected", test.expected)
    table.add("variance", test.covariance.indices.map { test.covariance[$0][$0] })
    result.add("groups", .table(table))
    if groups.count > 2 || request.has("scores") {
      let scores = request.numberList("scores")
      let trend = try request.run { () throws(StatisticsError) in
        try test.trend(scores: scores.isEmpty ? nil : scores)
      }
      result.add([
        .test(
          "trend", statistic: trend.statistic, degreesOfFreedom: trend.degreesOfFreedom, pValue: trend.pValue,
          title: LocalizedText("Trend over the groups in their order", nl: "Trend over de groepen in hun volgorde"))
      ])
    }
    result.addConvention(
      "The variance is hypergeometric, as in R's survdiff; tied events are taken together.",
      nl: "De variantie is hypergeometrisch, als in survdiff van R; gelijktijdige gebeurtenissen tellen samen.")
    return result
  }

  private func weighting(_ request: EstimationRequest) -> LogRankWeighting {
    switch request.choice("weighting") {
    case "gehan": .gehan
    case "tarone-ware": .taroneWare
    case "peto-peto": .petoPeto
    case "modified-peto-peto": .modifiedPetoPeto
    default: .flemingHarrington(rho: request.number("rho"), gamma: request.number("gamma"))
    }
  }
}
