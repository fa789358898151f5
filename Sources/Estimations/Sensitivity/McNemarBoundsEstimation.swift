import Primitives
import Statistics

/// Rosenbaum bounds for matched pairs with a yes-or-no outcome.
struct McNemarBoundsEstimation: EstimationMethod {
  let id = "mcnemar-bounds"
  let title = LocalizedText("Rosenbaum bounds of McNemar's test", nl: "Grenzen van Rosenbaum bij de toets van McNemar")
  let summary = LocalizedText(
    "How much hidden bias would overturn a comparison of matched pairs with a yes-or-no outcome.",
    nl: "Hoeveel verborgen vertekening een vergelijking van paren met een ja-neeuitkomst zou omkeren.")
  let page = "RosenbaumBounds"
  let example = "--treated work1 --control work0"
  let options: [EstimationOption] = [
    EstimationOption(
      "treated", .column, "1 where the treated member of the pair has the outcome; a row is a pair.",
      nl: "1 als het behandelde lid van het paar de uitkomst heeft; een rij is een paar.", isRequired: true),
    EstimationOption(
      "control", .column, "1 where the other member has it.", nl: "1 als het andere lid haar heeft.", isRequired: true),
    .people, .gamma, .alternative, .significance,
  ]

  func estimate(_ request: EstimationRequest) throws(EstimationError) -> EstimationResult {
    let treated = try request.truths("treated")
    let control = try request.truths("control")
    let people = try request.people()
    let treatedOnly = treated.indices.reduce(0) { $0 + (treated[$1] && !control[$1] ? people[$1] : 0) }
    let controlOnly = treated.indices.reduce(0) { $0 + (!treated[$1] && control[$1] ? people[$1] : 0) }
    let gammas = request.numberList("gamma")
    var result = request.result()
    result.add(
      "treatedOnly", treatedOnly,
      title: LocalizedText("only the treated have it", nl: "alleen de behandelde heeft haar"))
    result.add(
      "controlOnly", controlOnly, title: LocalizedText("only the other has it", nl: "alleen de ander heeft haar"))
    try request.run { () throws(StatisticsError) in
      let test = try McNemarBounds(
        treatedOnly: treatedOnly, controlOnly: controlOnly, alternative: request.alternative)
      var bounds: [HiddenBiasBound] = []
      for gamma in gammas { bounds.append(try test.bound(gamma: gamma)) }
      var table = ResultTable()
      request.add(
        bounds, withstood: try test.withstoodGamma(level: request.number("significance")), to: &table, &result)
      result.add("pValues", .table(table), title: LocalizedText("p-values", nl: "p-waarden"))
    }
    result.addConvention(
      "Tails are exact, from the binomial distribution.", nl: "De staarten zijn exact, uit de binomiale verdeling.")
    return result
  }
}
