import Primitives
import Statistics

/// Rosenbaum bounds for matched pairs with a numeric outcome.
struct RosenbaumBoundsEstimation: EstimationMethod {
  let id = "rosenbaum-bounds"
  let title = LocalizedText("Rosenbaum bounds", nl: "Grenzen van Rosenbaum")
  let summary = LocalizedText(
    "How much hidden bias would overturn a comparison of matched pairs: bounds on the signed-rank p-value and on the "
      + "Hodges-Lehmann effect.",
    nl: "Hoeveel verborgen vertekening een vergelijking van paren zou omkeren: grenzen aan de p-waarde van de "
      + "rangtekentoets en aan het effect van Hodges en Lehmann.")
  let page = "RosenbaumBounds"
  let example = "--treated income1 --control income0"
  let options: [EstimationOption] = [
    EstimationOption(
      "treated", .column, "Outcome of the treated member of each pair; a row is a pair.",
      nl: "Uitkomst van het behandelde lid van elk paar; een rij is een paar.", isRequired: true),
    EstimationOption(
      "control", .column, "Outcome of the other member.", nl: "Uitkomst van het andere lid.", isRequired: true),
    .gamma, .alternative,
    EstimationOption(
      "exact", .flag, "Exact distribution of the statistic, for at most 200 pairs.",
      nl: "Exacte verdeling van de toetsgrootheid, voor ten hoogste 200 paren."),
    .significance, .level,
  ]

  func estimate(_ request: EstimationRequest) throws(EstimationError) -> EstimationResult {
    let treated = try request.numbers("treated")
    let control = try request.numbers("control")
    let differences = treated.indices.map { treated[$0] - control[$0] }
    let gammas = request.numberList("gamma")
    let significance = request.number("significance")
    var result = request.result()
    let (bounds, ranges) = try request.run { () throws(StatisticsError) in
      let test = try SignedRankBounds(
        differences: differences, alternative: request.alternative, method: request.flag("exact") ? .exact : .normal)
      let effects = try HodgesLehmannBounds(differences: differences)
      var bounds: [HiddenBiasBound] = []
      var ranges: [HodgesLehmannBounds.Bound] = []
      for gamma in gammas {
        bounds.append(try test.bound(gamma: gamma))
        ranges.append(try effects.bound(gamma: gamma, level: request.level))
      }
      result.add("pairs", test.pairs, title: LocalizedText("pairs", nl: "paren"))
      result.add(
        "nonZeroPairs", test.nonZeroPairs, title: LocalizedText("pairs that differ", nl: "paren die verschillen"))
      result.add("statistic", test.statistic)
      var table = ResultTable()
      request.add(bounds, withstood: try test.withstoodGamma(level: significance), to: &table, &result)
      result.add("pValues", .table(table), title: LocalizedText("p-values", nl: "p-waarden"))
      return (bounds, ranges)
    }
    var table = ResultTable()
    table.add("gamma", bounds.map(\.gamma), title: LocalizedText("Γ", nl: "Γ"))
    table.add(
      "lowerEstimate", ranges.map(\.lower), title: LocalizedText("smallest effect", nl: "kleinste effect"))
    table.add(
      "upperEstimate", ranges.map(\.upper), title: LocalizedText("largest effect", nl: "grootste effect"))
    table.add("lower", ranges.map(\.interval.lower))
    table.add("upper", ranges.map(\.interval.upper))
    result.add(
      "effects", .table(table), title: LocalizedText("Hodges-Lehmann effects", nl: "effecten van Hodges en Lehmann"))
    result.addConvention(
      "The test leaves out pairs that do not differ and gives equal sizes their average rank; the effect uses all pairs.",
      nl:
        "De toets laat paren zonder verschil weg en geeft gelijke groottes hun gemiddelde rang; het effect gebruikt alle paren."
    )
    return result
  }
}
