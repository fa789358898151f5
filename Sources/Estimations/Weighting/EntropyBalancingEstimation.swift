import Primitives
import Statistics

/// Weights that make the means equal, and the weighted difference.
struct EntropyBalancingEstimation: EstimationMethod {
  let id = "entropy-balancing"
  let title = LocalizedText("Entropy balancing", nl: "Entropiebalancering")
  let summary = LocalizedText(
    "Finds the weights of least information with which both groups have the same means, and compares weighted means.",
    nl:
      "Vindt de gewichten met de minste informatie waarmee beide groepen dezelfde gemiddelden hebben, en vergelijkt gewogen gemiddelden."
  )
  let page = "EntropyBalancing"
  let example = "--formula 'treat ~ age + educ + race' --outcome re78"
  let options: [EstimationOption] = [
    .treatmentFormula, .outcome, .target(all: false, standard: "treated"),
    EstimationOption(
      "moments", .whole(1...4), "The highest power of numbers whose mean is made equal.",
      nl: "De hoogste macht van getallen waarvan het gemiddelde gelijk wordt gemaakt.", standard: "1"),
    EstimationOption(
      "interactions", .flag, "Make the means of products of pairs of variables equal too.",
      nl: "Maak ook de gemiddelden van producten van paren variabelen gelijk."),
    EstimationOption(
      "base-weights", .column, "Weights to stay close to, above 0.", nl: "Gewichten om dichtbij te blijven, boven 0."),
    .samplingWeights,
    EstimationOption(
      "total",
      .choice([
        EstimationChoice(
          "groupSize", "the group's own size, as WeightIt", nl: "de eigen omvang van de groep, als WeightIt"),
        EstimationChoice("targetSize", "the size of the target, as ebal", nl: "de omvang van het doel, als ebal"),
      ]), "What the weights add up to.", nl: "Waartoe de gewichten optellen.", standard: "groupSize"),
    EstimationOption(
      "stopping",
      .choice([
        EstimationChoice("complete", "when the means are equal", nl: "als de gemiddelden gelijk zijn"),
        EstimationChoice(
          "relativeChange", "where WeightIt 0.14 stops, before that", nl: "waar WeightIt 0.14 stopt, daarvoor"),
      ]), "When the steps end.", nl: "Wanneer de stappen eindigen.", standard: "complete"),
    .effectErrors(weightedMeans: true), .clusters, .level, .balanceDenominator, .listsWeights,
  ]

  func estimate(_ request: EstimationRequest) throws(EstimationError) -> EstimationResult {
    let (treated, design) = try request.treatment()
    let (sampling, base) = (
      try request.numbersIfGiven("sampling-weights"), try request.numbersIfGiven("base-weights")
    )
    let settings = EntropyBalancing.Settings(
      target: request.target, moments: request.whole("moments"), interactions: request.flag("interactions"),
      total: request.choice("total", as: EntropyBalancing.Total.self),
      stopping: request.choice("stopping", as: EntropyBalancing.Stopping.self))
    let balancing = try request.run { () throws(StatisticsError) in
      try EntropyBalancing(
        treated: treated, design: design, settings: settings, samplingWeights: sampling, baseWeights: base)
    }
    let weights = BalancingWeights(balancing)
    var result = request.result()
    result.add(
      "largestGap", balancing.groups.map(\.largestGap).max(),
      title: LocalizedText("largest gap in standard deviations", nl: "grootste verschil in standaarddeviaties"))
    result.add(
      "largestShare", balancing.groups.map(\.largestShare).max(),
      title: LocalizedText("largest weight's share", nl: "aandeel van het grootste gewicht"))
    try result.add(weights, request, rows: nil, design: design)
    if let share = balancing.groups.map(\.largestShare).max(), share > 0.2 {
      result.addWarning(
        "One person has \(Int((100 * share).rounded())) per cent of the weight of a group: the answer rests on few.",
        nl:
          "Eén persoon heeft \(Int((100 * share).rounded())) procent van het gewicht van een groep: het antwoord rust op weinigen."
      )
    }
    result.addAliased(balancing.groups.flatMap(\.aliased))
    if let outcome = try request.numbersIfGiven("outcome") {
      let (errors, clusters) = try request.effectErrors()
      let level = request.level
      result.add(
        try request.run { () throws(StatisticsError) in
          try WeightedMeans(outcome: outcome, weights: weights).means.contrasts(
            errors, clusters: clusters, level: level)
        })
    }
    return result
  }
}
