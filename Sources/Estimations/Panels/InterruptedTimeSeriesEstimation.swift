import NumericalMethods
import Primitives
import Statistics

/// What changed in one series when something happened.
struct InterruptedTimeSeriesEstimation: EstimationMethod {
  let id = "interrupted-time-series"
  let title = LocalizedText("Interrupted time series", nl: "Onderbroken tijdreeks")
  let summary = LocalizedText(
    "The change of level and slope of one series at one or more times, with errors that allow for dependence in time, and what would have been without the change.",
    nl:
      "De verandering van niveau en helling van één reeks op een of meer tijden, met fouten die samenhang in de tijd toelaten, en wat er zonder de verandering zou zijn geweest."
  )
  let page = "InterruptedTimeSeries"
  let example = "--outcome share --time month --interruptions 25"
  let options: [EstimationOption] = [
    EstimationOption(
      "outcome", .column, "The series, one row a time.", nl: "De reeks, één rij per tijd.", isRequired: true),
    EstimationOption(
      "time", .column, "Whole numbers that go up by one; rows may come in any order.",
      nl: "Gehele getallen die met één oplopen; rijen mogen in elke volgorde.", isRequired: true),
    EstimationOption(
      "interruptions", .numbers(.any), "The first time after each event.", nl: "De eerste tijd na elke gebeurtenis.",
      isRequired: true),
    EstimationOption(
      "errors",
      .choice([
        EstimationChoice(
          "newey-west", "least squares, errors of Newey and West", nl: "kleinste kwadraten, fouten van Newey en West"),
        EstimationChoice(
          "prais-winsten", "first-order autoregression taken out", nl: "autoregressie van orde 1 eruit gehaald"),
        EstimationChoice("cochrane-orcutt", "the same without the first time", nl: "idem zonder de eerste tijd"),
        EstimationChoice("independent", "errors do not depend on each other", nl: "fouten hangen niet samen"),
      ]), "How dependence of errors in time is dealt with.",
      nl: "Hoe met samenhang van fouten in de tijd wordt omgegaan.",
      standard: "newey-west"),
    EstimationOption(
      "lag", .whole(0...100_000), "For newey-west; without it by the rule of 1994.",
      nl: "Voor newey-west; zonder dit volgens de regel van 1994."),
    EstimationOption("prewhiten", .flag, "For newey-west.", nl: "Voor newey-west."),
    EstimationOption(
      "season", .whole(2...10_000), "How many times a season has: 12 months, 4 quarters.",
      nl: "Hoeveel tijden een seizoen heeft: 12 maanden, 4 kwartalen."),
    EstimationOption(
      "harmonics", .whole(1...100), "Pairs of sine and cosine for the season instead of a level for each place.",
      nl: "Paren van sinus en cosinus voor het seizoen in plaats van een niveau per plaats."),
    EstimationOption(
      "level-only", .flag, "Only the level changes, not the slope.", nl: "Alleen het niveau verandert, niet de helling."
    ),
    .panelCovariates, .level,
  ]

  func estimate(_ request: EstimationRequest) throws(EstimationError) -> EstimationResult {
    let time = try request.wholes("time")
    let order = time.indices.sorted { time[$0] < time[$1] }
    let outcome = try request.numbers("outcome")
    let covariates = try request.designIfGiven("covariates", intercept: false)
    let found = try request.run { () throws(StatisticsError) in
      try InterruptedTimeSeries(
        outcome: order.map { outcome[$0] }, time: order.map { time[$0] },
        interruptions: request.numberList("interruptions").map { Int($0.rounded()) },
        covariates: covariates?.selecting(rows: order), settings: settings(request))
    }
    var result = request.result()
    result.add("observations", found.points.count)
    result.add([
      try request.run { () throws(StatisticsError) in
        try ResultItem.coefficients("coefficients", found.estimates, level: request.level)
      },
      .estimate(
        "averageEffect", found.averageEffect, title: LocalizedText("Mean effect after", nl: "Gemiddeld effect erna")),
      .estimate(
        "cumulativeEffect", found.cumulativeEffect,
        title: LocalizedText("Sum of effects after", nl: "Som van effecten erna")),
    ])
    var table = ResultTable()
    table.add("time", found.points.map(\.time))
    table.add("observed", found.points.map(\.observed))
    table.add("fitted", found.points.map(\.fitted), title: LocalizedText("fitted", nl: "geschat"))
    table.add(
      "counterfactual", found.points.map(\.counterfactual.value),
      title: LocalizedText("counterfactual", nl: "zonder verandering"))
    table.add(
      "counterfactualStandardError", found.points.map(\.counterfactual.standardError),
      title: LocalizedText("standard error", nl: "standaardfout"))
    table.add("effect", found.points.map { $0.effect?.value }, title: LocalizedText("effect", nl: "effect"))
    table.add("effectLower", found.points.map { $0.effect?.interval.lower }, title: LocalizedText("lower", nl: "onder"))
    table.add("effectUpper", found.points.map { $0.effect?.interval.upper }, title: LocalizedText("upper", nl: "boven"))
    result.add("series", .table(table), title: LocalizedText("Series", nl: "Reeks"))
    if let rho = found.autocorrelation {
      result.add(
        "autocorrelation", rho, title: LocalizedText("autocorrelation of errors", nl: "autocorrelatie van de fouten"))
    }
    result.add("durbinWatson", found.durbinWatson, title: LocalizedText("Durbin-Watson", nl: "Durbin-Watson"))
    if let test = try? found.breuschGodfrey() {
      result.add([
        .test(
          "breuschGodfrey", statistic: test.statistic, degreesOfFreedom: test.order, pValue: test.pValue,
          title: LocalizedText("Breusch-Godfrey, errors one time apart", nl: "Breusch-Godfrey, fouten één tijd uiteen"))
      ])
    }
    result.add([.covariance("covariance", found.estimates)])
    result.addConvention(found.estimates.convention, prefix: .standardErrors)
    return result
  }

  private func settings(_ request: EstimationRequest) -> InterruptedTimeSeries.Settings {
    let errors: InterruptedTimeSeries.Errors =
      switch request.choice("errors") {
      case "prais-winsten": .autoregressive(.praisWinsten)
      case "cochrane-orcutt": .autoregressive(.cochraneOrcutt)
      case "independent": .independent
      default: .neweyWest(NeweyWest(lag: request.wholeIfGiven("lag"), prewhitens: request.flag("prewhiten")))
      }
    var seasonality = InterruptedTimeSeries.Seasonality.none
    if let length = request.wholeIfGiven("season") {
      seasonality =
        request.wholeIfGiven("harmonics").map { .harmonics(length: length, pairs: $0) } ?? .indicators(length: length)
    }
    return InterruptedTimeSeries.Settings(
      errors: errors, seasonality: seasonality, changesSlope: !request.flag("level-only"), level: request.level)
  }
}
