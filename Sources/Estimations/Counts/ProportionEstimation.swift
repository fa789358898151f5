import Primitives
import Statistics

/// Proportions with intervals, by group, and the difference of two.
struct ProportionEstimation: EstimationMethod {
  let id = "proportion"
  let title = LocalizedText("Proportion", nl: "Aandeel")
  let summary = LocalizedText(
    "The share that has an outcome, with an interval; by group, and for two groups their difference.",
    nl: "Het aandeel met een uitkomst, met een interval; per groep, en voor twee groepen hun verschil.")
  let page = "ProportionsAndRates"
  let example = "--outcome work --group arm"
  let options: [EstimationOption] = [
    EstimationOption(
      "outcome", .column, "1 where the row has the outcome; or how many have it, with --people.",
      nl: "1 als de rij de uitkomst heeft; of hoeveel haar hebben, met --people.", isRequired: true),
    .people,
    .groups,
    EstimationOption(
      "method", .choice(Self.methods.map(\.choice)), "How the interval is made.", nl: "Hoe het interval wordt gemaakt.",
      standard: "wilson"),
    EstimationOption(
      "difference",
      .choice([
        EstimationChoice("newcombe", "from both Wilson intervals", nl: "uit beide intervallen van Wilson"),
        EstimationChoice(
          "agresti-caffo", "with one success and failure added", nl: "met een succes en mislukking erbij"),
        EstimationChoice("wald", "z standard errors", nl: "z standaardfouten"),
      ]), "Interval of the difference, first group minus second.",
      nl: "Interval van het verschil, eerste groep min tweede.",
      standard: "newcombe"),
    EstimationOption("against", .number(.any), "Proportion of a test.", nl: "Aandeel van een toets."),
    .level,
  ]

  private static let methods: [(choice: EstimationChoice, method: ProportionIntervalMethod)] = [
    (EstimationChoice("wilson", "score test", nl: "scoretoets"), .wilson),
    (EstimationChoice("clopper-pearson", "exact", nl: "exact"), .clopperPearson),
    (EstimationChoice("mid-p", "exact, mid-p", nl: "exact, mid-p"), .midP),
    (EstimationChoice("jeffreys", "Jeffreys' prior", nl: "prior van Jeffreys"), .jeffreys),
    (EstimationChoice("agresti-coull", "Wald with z²/2 added", nl: "Wald met z²/2 erbij"), .agrestiCoull),
    (EstimationChoice("wald", "z standard errors", nl: "z standaardfouten"), .wald),
  ]

  func estimate(_ request: EstimationRequest) throws(EstimationError) -> EstimationResult {
    let name = request.choice("method")
    let method = Self.methods.first { $0.choice.name == name }!.method
    let people = try request.people()
    let outcome: [Int] =
      if request.has("people") { try request.wholes("outcome") } else {
        try request.truths("outcome").map { $0 ? 1 : 0 }
      }
    let groups = try request.categoriesIfGiven("group")
    var counts = [(events: Int, people: Int)](repeating: (0, 0), count: groups?.count ?? 1)
    for row in outcome.indices {
      let group = groups.map { Int($0.codes[row]) } ?? 0
      counts[group].events += outcome[row]
      counts[group].people += people[row]
    }
    var result = request.result()
    try request.run { () throws(StatisticsError) in
      var proportions: [Proportion] = []
      for count in counts { proportions.append(try Proportion(successes: count.events, trials: count.people)) }
      var estimates: [Estimate] = []
      for proportion in proportions { estimates.append(try proportion.estimate(method, level: request.level)) }
      var table = ResultTable()
      table.add("group", groups?.levels ?? [""])
      table.add("events", counts.map(\.events))
      table.add("count", counts.map(\.people))
      table.add("estimate", estimates.map(\.value))
      table.add("standardError", estimates.map(\.standardError))
      table.add("lower", estimates.map(\.interval.lower))
      table.add("upper", estimates.map(\.interval.upper))
      if let against = request.numberIfGiven("against") {
        var (exact, middle): ([Double], [Double]) = ([], [])
        for proportion in proportions {
          exact.append(try proportion.pValue(against: against))
          middle.append(try proportion.pValue(against: against, midP: true))
        }
        table.add("exactPValue", exact, title: LocalizedText("exact p-value", nl: "exacte p-waarde"))
        table.add("midPValue", middle, title: LocalizedText("mid-p value", nl: "mid-p-waarde"))
      }
      result.add("proportions", .table(table), title: LocalizedText("proportions", nl: "aandelen"))
      if proportions.count == 2 {
        let kind: ProportionDifference.Method =
          switch request.choice("difference") {
          case "wald": .wald
          case "agresti-caffo": .agrestiCaffo
          default: .newcombe
          }
        let difference = try ProportionDifference(proportions[0], proportions[1]).estimate(kind, level: request.level)
        result.add([.estimate("difference", difference, title: LocalizedText("difference", nl: "verschil"))])
      }
    }
    if request.has("against") {
      result.addConvention(
        "Two-sided p-values are twice the smaller tail.", nl: "Tweezijdige p-waarden zijn tweemaal de kleinste staart.")
    }
    return result
  }
}
