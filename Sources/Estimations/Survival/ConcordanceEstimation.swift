import Primitives
import Statistics

/// How well a score orders the times of events.
struct ConcordanceEstimation: EstimationMethod {
  let id = "concordance"
  let title = LocalizedText("Concordance", nl: "Concordantie")
  let summary = LocalizedText(
    "How often the row with the higher score has the event first (Harrell's C), with its error.",
    nl: "Hoe vaak de rij met de hogere score de gebeurtenis het eerst heeft (C van Harrell), met fout.")
  let page = "CoxModel"
  let example = "--time days --event event --score score"
  let options: [EstimationOption] = [
    .time, .event, .entry,
    EstimationOption(
      "score", .column, "Higher means sooner; put a minus before it for a score where higher means later.",
      nl: "Hoger betekent eerder; zet er een min voor als hoger later betekent.", isRequired: true),
    .hazardStrata, .weights, .cluster, .level,
  ]

  func estimate(_ request: EstimationRequest) throws(EstimationError) -> EstimationResult {
    let followUp = try request.followUp()
    let score = try request.numbers("score")
    let strata = try request.strata()
    let concordance = try request.run { () throws(StatisticsError) in
      try Concordance(followUp, score: score, stratum: strata, level: request.level)
    }
    var result = request.result()
    result.add([.estimate("concordance", concordance.estimate)])
    result.add("concordant", concordance.concordant, title: LocalizedText("concordant pairs", nl: "concordante paren"))
    result.add("discordant", concordance.discordant, title: LocalizedText("discordant pairs", nl: "discordante paren"))
    result.add("tied", concordance.tied, title: LocalizedText("pairs of one score", nl: "paren met één score"))
    result.addConvention(
      "Pairs with one score count half; the error is the infinitesimal jackknife, as in R's concordance.",
      nl: "Paren met één score tellen half; de fout is de infinitesimale jackknife, als in concordance van R.")
    return result
  }
}
