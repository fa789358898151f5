import Primitives
import Statistics

/// Rates of events with intervals, by group, and the ratio of two.
struct RateEstimation: EstimationMethod {
  let id = "rate"
  let title = LocalizedText("Rate of events", nl: "Aantal gebeurtenissen per tijd")
  let summary = LocalizedText(
    "Events per unit of exposure (person-years, or expected events), with an interval; by group, and for two groups their "
      + "ratio.",
    nl:
      "Gebeurtenissen per eenheid blootstelling (persoonsjaren, of verwachte gebeurtenissen), met een interval; per groep, "
      + "en voor twee groepen hun verhouding.")
  let page = "ProportionsAndRates"
  let example = "--events moves --exposure years --group arm"
  let options: [EstimationOption] = [
    EstimationOption(
      "events", .column, "Number of events of the row.", nl: "Aantal gebeurtenissen van de rij.", isRequired: true),
    EstimationOption("exposure", .column, "Exposure of the row.", nl: "Blootstelling van de rij.", isRequired: true),
    .groups,
    EstimationOption(
      "method",
      .choice([
        EstimationChoice("exact", "Poisson tails", nl: "staarten van Poisson"),
        EstimationChoice("mid-p", "with mid-p", nl: "met mid-p"),
        EstimationChoice("byar", "Byar's approximation", nl: "benadering van Byar"),
      ]), "How the interval is made; the ratio is exact or mid-p.",
      nl: "Hoe het interval wordt gemaakt; de verhouding is exact of mid-p.",
      standard: "exact"),
    .level,
  ]

  func estimate(_ request: EstimationRequest) throws(EstimationError) -> EstimationResult {
    let events = try request.wholes("events")
    let exposure = try request.numbers("exposure")
    let groups = try request.categoriesIfGiven("group")
    var sums = [(events: Int, exposure: Double)](repeating: (0, 0), count: groups?.count ?? 1)
    for row in events.indices {
      let group = groups.map { Int($0.codes[row]) } ?? 0
      sums[group].events += events[row]
      sums[group].exposure += exposure[row]
    }
    let midP = request.choice("method") == "mid-p"
    let method: RateIntervalMethod = midP ? .midP : request.choice("method") == "byar" ? .byar : .exact
    var result = request.result()
    try request.run { () throws(StatisticsError) in
      var rates: [EventRate] = []
      for sum in sums { rates.append(try EventRate(events: sum.events, exposure: sum.exposure)) }
      var estimates: [Estimate] = []
      for rate in rates { estimates.append(try rate.estimate(method, level: request.level)) }
      var table = ResultTable()
      table.add("group", groups?.levels ?? [""])
      table.add("events", sums.map(\.events))
      table.add("exposure", sums.map(\.exposure), title: LocalizedText("exposure", nl: "blootstelling"))
      table.add("estimate", estimates.map(\.value))
      table.add("standardError", estimates.map(\.standardError))
      table.add("lower", estimates.map(\.interval.lower))
      table.add("upper", estimates.map(\.interval.upper))
      result.add("rates", .table(table), title: LocalizedText("rates", nl: "gebeurtenissen per tijd"))
      if rates.count == 2 {
        let ratio = RateRatio(rates[0], rates[1])
        let interval = try ratio.interval(midP ? .midP : .exact, level: request.level)
        result.add(
          "ratio",
          .group([
            ResultItem("estimate", .number(ratio.value)), ResultItem("lower", .number(interval.lower)),
            ResultItem("upper", .number(interval.upper)),
            ResultItem("pValue", .number(try ratio.pValue(midP: midP))),
          ]), title: LocalizedText("ratio, first over second", nl: "verhouding, eerste over tweede"))
      }
    }
    return result
  }
}
