import Primitives
import Statistics

/// How alike two groups are, with weights or without.
struct BalanceEstimation: EstimationMethod {
  let id = "balance"
  let title = LocalizedText("Balance of two groups", nl: "Balans van twee groepen")
  let summary = LocalizedText(
    "Compares two groups on each covariate, as they are and with weights: standardised differences, variance ratios, distribution functions.",
    nl:
      "Vergelijkt twee groepen op elke covariaat, zoals ze zijn en met gewichten: gestandaardiseerde verschillen, variantieverhoudingen, verdelingsfuncties."
  )
  let page = "Balance"
  let example = "--formula 'treat ~ age + educ + race' --denominator pooled"
  let options: [EstimationOption] = [
    .treatmentFormula,
    EstimationOption(
      "weights", .column, "Weights of matching or weighting; without them only the groups as they are.",
      nl: "Gewichten van matchen of wegen; zonder alleen de groepen zoals ze zijn."),
    EstimationOption(
      "sampling-weights", .column, "Weights of the sample, which count in both halves.",
      nl: "Gewichten van de steekproef, die in beide helften tellen."),
    .score,
    EstimationOption(
      "denominator", .choice(BalanceDenominator.choices), "By which standard deviation differences are divided.",
      nl: "Door welke standaarddeviatie verschillen worden gedeeld.", standard: "treated"),
    EstimationOption(
      "raw-binary", .flag, "Leave differences of binary variables and levels undivided, as cobalt does.",
      nl: "Laat verschillen van binaire variabelen en niveaus ongedeeld, als cobalt."),
    .balanceInteractions,
  ]

  func estimate(_ request: EstimationRequest) throws(EstimationError) -> EstimationResult {
    let input = try request.matchingInput(needsScore: request.has("score"))
    let weights = try request.numbersIfGiven("weights")
    let sampling = try request.numbersIfGiven("sampling-weights")
    let settings = BalanceSettings(
      denominator: request.choice("denominator", as: BalanceDenominator.self),
      standardisesBinary: !request.flag("raw-binary"), interactions: request.flag("interactions"))
    let table = try request.run { () throws(StatisticsError) in
      try BalanceTable(
        treated: input.units.treated, covariates: input.covariates, score: input.units.score, weights: weights,
        samplingWeights: sampling, settings: settings)
    }
    var result = request.result()
    var sizes = ResultTable()
    sizes.add("group", ["treated", "control"])
    sizes.add("all", [table.sizes.all.treated, table.sizes.all.control], title: LocalizedText("all", nl: "allen"))
    sizes.add(
      "effective", [table.sizes.matchedEffective.treated, table.sizes.matchedEffective.control],
      title: LocalizedText("effective size", nl: "effectieve omvang"))
    result.add("sizes", .table(sizes), title: LocalizedText("Sample sizes", nl: "Steekproefomvang"))
    result.add(
      "largestStandardisedDifference", table.largestStandardisedDifference,
      title: LocalizedText("largest standardised difference", nl: "grootste gestandaardiseerde verschil"))
    result.add("balance", .table(ResultTable(table)), title: LocalizedText("Balance", nl: "Balans"))
    if let score = input.units.score {
      let overlap = try request.run { () throws(StatisticsError) in
        try Overlap(score: score, treated: input.units.treated, weights: weights)
      }
      result.add(
        "overlap",
        .group([
          ResultItem(
            "coefficient", .number(overlap.coefficient), title: LocalizedText("shared area", nl: "gedeeld oppervlak")),
          ResultItem(
            "treatedOutside", .whole(overlap.treated.outside),
            title: LocalizedText("treated outside", nl: "behandelden erbuiten")),
          ResultItem(
            "controlOutside", .whole(overlap.control.outside),
            title: LocalizedText("controls outside", nl: "controles erbuiten")),
        ]), title: LocalizedText("Overlap of the score", nl: "Overlap van de score"))
    }
    return result
  }
}
