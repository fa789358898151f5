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
  ]

  func estimate(_ request: EstimationRequest) throws(EstimationError) -> EstimationResult {
    let followUp = try request.followUp()
    let groups = try request.categories("group")
    let strata = try request.labels("strata")
    let test = try request.run { () throws(StatisticsError) in
      try LogRankTest(
        followUp, group: groups.indices, groups: groups.count, stratum: strata, rho: request.number("rho"))
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
    result.addConvention(
      "The variance is hypergeometric, as in R's survdiff; tied events are taken together.",
      nl: "De variantie is hypergeometrisch, als in survdiff van R; gelijktijdige gebeurtenissen tellen samen.")
    return result
  }
}
