import NumericalMethods
import Primitives
import Statistics

/// Draws with replacement of a mean, a ratio, a difference or a weighted effect.
struct BootstrapEstimation: EstimationMethod {
  let id = "bootstrap"
  let title = LocalizedText("Bootstrap", nl: "Bootstrap")
  let summary = LocalizedText(
    "Draws rows or clusters with replacement and gives four kinds of intervals: of a mean, a ratio of means, a difference between groups, or a weighting effect whose scores are fitted anew in each draw.",
    nl:
      "Trekt rijen of clusters met teruglegging en geeft vier soorten intervallen: van een gemiddelde, een verhouding van gemiddelden, een verschil tussen groepen, of een gewogen effect waarvan de scores bij elke trekking opnieuw worden geschat."
  )
  let page = "Bootstrap"
  let example = "--outcome re78 --formula 'treat ~ age + educ + race' --target treated --draws 499"
  let options: [EstimationOption] = [
    .requiredOutcome,
    EstimationOption(
      "over", .column, "The mean of the outcome is divided by the mean of this.",
      nl: "Het gemiddelde van de uitkomst wordt hierdoor gedeeld (het gemiddelde ervan)."),
    EstimationOption(
      "treatment", .column, "Compares the means of the treated (1) and the others (0).",
      nl: "Vergelijkt de gemiddelden van behandelden (1) en anderen (0)."),
    EstimationOption(
      "formula", .formula, "Who was treated, a tilde, and the terms of the score: a weighted difference.",
      nl: "Wie behandeld is, een tilde, en de termen van de score: een gewogen verschil."),
    .target(all: true, standard: "everyone"),
    EstimationOption("draws", .whole(2...1_000_000), "How many draws.", nl: "Hoeveel trekkingen.", standard: "999"),
    .seed,
    EstimationOption(
      "indices", .texts,
      "A CSV file without names of columns: in each row the rows of the table that one draw takes, counted from 1. Instead of draws and seed.",
      nl:
        "Een CSV-bestand zonder kolomnamen: in elke rij de rijen van de tabel die een trekking neemt, geteld vanaf 1. In plaats van draws en seed."
    ),
    .cluster,
    EstimationOption(
      "strata", .category, "Each draw keeps the number of units within these.",
      nl: "Elke trekking houdt hierbinnen het aantal eenheden."),
    EstimationOption(
      "influence",
      .choice([
        EstimationChoice("jackknife", "leaving out one unit at a time", nl: "door steeds één eenheid weg te laten"),
        EstimationChoice("jackknifeAboutMean", "likewise, about their mean", nl: "evenzo, rond hun gemiddelde"),
        EstimationChoice(
          "regression", "regression of the draws, R's default", nl: "regressie van de trekkingen, standaard in R"),
      ]), "Where BCa's acceleration comes from; without it the jackknife for at most 2,000 units and no BCa beyond.",
      nl: "Waar de versnelling van BCa vandaan komt; zonder dit de jackknife tot 2.000 eenheden en daarboven geen BCa."),
    EstimationOption("list-draws", .flag, "List the value in each draw.", nl: "Toon de waarde in elke trekking."),
    .level,
  ]

  func estimate(_ request: EstimationRequest) throws(EstimationError) -> EstimationResult {
    let outcome = try request.numbers("outcome")
    let statistic = try statistic(of: request, outcome)
    let (clusters, strata) = (try request.clusters(), try request.clusters("strata"))
    let given = try request.givenDraws(rowCount: outcome.count)
    if given != nil, clusters != nil {
      throw .optionsConflict(
        LocalizedText("--indices names rows, so leave --cluster out.", nl: "--indices noemt rijen; laat --cluster weg.")
      )
    }
    let bootstrap = try request.run { () throws(StatisticsError) in
      let plan =
        if let given {
          try ResamplingPlan(rowCount: outcome.count, indices: given, strata: strata)
        } else {
          try ResamplingPlan(
            rowCount: outcome.count, draws: request.whole("draws"), seed: UInt64(request.whole("seed")),
            clusters: clusters, strata: strata)
        }
      return try Bootstrap(plan, progress: request.progress, statistic: statistic)
    }
    var result = request.result()
    result.add("estimate", bootstrap.original[0])
    result.add("bias", bootstrap.bias(), title: LocalizedText("bias", nl: "vertekening"))
    result.add("standardError", bootstrap.standardError())
    result.add("draws", bootstrap.plan.draws, title: LocalizedText("draws", nl: "trekkingen"))
    result.add(
      "failedDraws", bootstrap.failedDraws,
      title: LocalizedText("draws without a value", nl: "trekkingen zonder waarde"))
    var kinds: [(String, BootstrapIntervalKind)] = [
      ("normal", .normal), ("basic", .basic), ("percentile", .percentile),
    ]
    switch request.text("influence") {
    case "jackknife": kinds.append(("bca", .biasCorrectedAccelerated(.jackknife)))
    case "jackknifeAboutMean": kinds.append(("bca", .biasCorrectedAccelerated(.jackknifeAboutMean)))
    case "regression": kinds.append(("bca", .biasCorrectedAccelerated(.regression)))
    default:
      if bootstrap.plan.unitCount <= 2000 { kinds.append(("bca", .biasCorrectedAccelerated(.jackknife))) }
    }
    var (lower, upper): ([Double?], [Double?]) = ([], [])
    var extreme: [String] = []
    let level = request.level
    for (name, kind) in kinds {
      let found = try request.run { () throws(StatisticsError) in try bootstrap.interval(0, kind, level: level) }
      lower.append(found.interval.lower)
      upper.append(found.interval.upper)
      if found.usesExtremeDraw { extreme.append(name) }
      guard let acceleration = found.acceleration else { continue }
      result.add("biasCorrection", found.biasCorrection, title: LocalizedText("z0 of BCa", nl: "z0 van BCa"))
      result.add("acceleration", acceleration, title: LocalizedText("acceleration of BCa", nl: "versnelling van BCa"))
    }
    let sorted = bootstrap.values().sorted()
    lower.append(quantile(ofAscending: sorted, (1 - level) / 2))
    upper.append(quantile(ofAscending: sorted, (1 + level) / 2))
    var table = ResultTable()
    table.add("interval", kinds.map(\.0) + ["percentileType7"], title: LocalizedText("interval", nl: "interval"))
    table.add("lower", lower)
    table.add("upper", upper)
    result.add("intervals", .table(table), title: LocalizedText("Intervals", nl: "Intervallen"))
    if request.flag("list-draws") {
      var list = ResultTable()
      list.add("value", bootstrap.values(), title: LocalizedText("value in the draw", nl: "waarde in de trekking"))
      result.add("values", .table(list), title: LocalizedText("Draws", nl: "Trekkingen"))
    }
    if !extreme.isEmpty {
      result.addWarning(
        "The smallest or largest draw is a limit (\(extreme.joined(separator: ", "))): take more draws.",
        nl: "De kleinste of grootste trekking is een grens (\(extreme.joined(separator: ", "))): neem meer trekkingen.")
    }
    result.addConvention(
      "Quantiles of draws are those of R's boot: rank (R + 1)·p, interpolated on the normal scale; those of percentileType7 are of R's quantile.",
      nl:
        "Kwantielen van trekkingen zijn die van boot van R: rang (R + 1)·p, geïnterpoleerd op de normale schaal; die van percentileType7 zijn van quantile van R."
    )
    return result
  }

  private func statistic(
    of request: EstimationRequest, _ outcome: [Double]
  ) throws(EstimationError) -> Bootstrap.Statistic {
    if request.has("formula") {
      let (treated, design) = try request.treatment()
      let target = request.target
      return try request.run { () throws(StatisticsError) in
        try RefittedWeighting(outcome: outcome, treated: treated, design: design, target: target).statistic
      }
    }
    if let treated = try request.truthsIfGiven("treatment") {
      return { (weights: [Double]) throws(StatisticsError) in
        var sums = [(weight: 0.0, outcome: 0.0), (weight: 0.0, outcome: 0.0)]
        for i in weights.indices {
          sums[treated[i] ? 1 : 0].weight += weights[i]
          sums[treated[i] ? 1 : 0].outcome += weights[i] * outcome[i]
        }
        guard sums[0].weight > 0, sums[1].weight > 0 else { throw .oneGroupOnly(variable: "the treatment") }
        return [sums[1].outcome / sums[1].weight - sums[0].outcome / sums[0].weight]
      }
    }
    let over = try request.numbersIfGiven("over")
    return { (weights: [Double]) throws(StatisticsError) in
      var (above, below) = (0.0, 0.0)
      for i in weights.indices {
        above += weights[i] * outcome[i]
        below += weights[i] * (over?[i] ?? 1)
      }
      guard below != 0 else { throw .notFinite(array: "the ratio", index: 0) }
      return [above / below]
    }
  }
}
