import Primitives
import Statistics

/// Pairs with the smallest sum of distances.
struct OptimalPairMatchingEstimation: EstimationMethod {
  let id = "optimal-pair-matching"
  let title = LocalizedText("Optimal pair matching", nl: "Optimaal matchen in paren")
  let summary = LocalizedText(
    "Gives each treated person one or several untreated people so that the sum of all distances is smallest.",
    nl: "Geeft elke behandelde een of meer onbehandelden zodat de som van alle afstanden het kleinst is.")
  let page = "OptimalMatching"
  let example = "--formula 'treat ~ age + educ + race' --outcome re78"
  let options: [EstimationOption] =
    [.treatmentFormula, .estimand(all: false)] + EstimationOption.distanceOptions + EstimationOption.ratioOptions
    + EstimationOption.pairingOptions + EstimationOption.matchedSample

  func estimate(_ request: EstimationRequest) throws(EstimationError) -> EstimationResult {
    let distance = try request.matchingDistance()
    let input = try request.pairingInput(distance)
    let method = OptimalPairMatching(
      estimand: request.estimand, distance: distance, ratio: request.number("ratio"), ratioLimits: request.ratioLimits,
      caliper: request.scoreCaliper, covariateCalipers: try request.covariateCalipers(),
      exactly: try request.variables(named: "exact-on"), differing: try request.variables(named: "differ-on"),
      support: request.choice("discard", as: CommonSupport.self))
    let sample = try request.run { () throws(StatisticsError) in try method.match(input.units) }
    return try request.matchedResult(sample, input)
  }
}

/// Sets of one and several with the smallest sum of distances.
struct FullMatchingEstimation: EstimationMethod {
  let id = "full-matching"
  let title = LocalizedText("Full matching", nl: "Volledig matchen")
  let summary = LocalizedText(
    "Divides everybody into sets of one treated and several untreated people, or the other way round, so that the sum of the distances is smallest.",
    nl:
      "Verdeelt iedereen in groepen van een behandelde en meer onbehandelden, of andersom, zodat de som van de afstanden het kleinst is."
  )
  let page = "OptimalMatching"
  let example = "--formula 'treat ~ age + educ + race' --outcome re78"
  let options: [EstimationOption] =
    [.treatmentFormula, .estimand(all: true)] + EstimationOption.distanceOptions + [
      EstimationOption(
        "least", .number(.zeroOrMore),
        "The smallest number of controls for a treated person; 0.5 is two treated for one.",
        nl: "Het kleinste aantal controles voor een behandelde; 0.5 is twee behandelden voor een.", standard: "0"),
      EstimationOption(
        "most", .number(.positive), "The largest number of controls for a treated person.",
        nl: "Het grootste aantal controles voor een behandelde."),
      EstimationOption(
        "omit", .number(.zeroOrMore), "The share of the controls to leave out.",
        nl: "Het deel van de controles dat wegblijft.", standard: "0"),
    ] + EstimationOption.pairingOptions + EstimationOption.matchedSample

  func estimate(_ request: EstimationRequest) throws(EstimationError) -> EstimationResult {
    let distance = try request.matchingDistance()
    let input = try request.pairingInput(distance)
    let method = FullMatching(
      estimand: request.estimand, distance: distance, least: request.number("least"),
      most: request.numberIfGiven("most"), omittedShare: request.number("omit"), caliper: request.scoreCaliper,
      covariateCalipers: try request.covariateCalipers(), exactly: try request.variables(named: "exact-on"),
      differing: try request.variables(named: "differ-on"), support: request.choice("discard", as: CommonSupport.self))
    let sample = try request.run { () throws(StatisticsError) in try method.match(input.units) }
    return try request.matchedResult(sample, input)
  }
}
