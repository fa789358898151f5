import Primitives
import Statistics

/// The E-value of a difference in risk between two groups of people.
struct RiskDifferenceEValueEstimation: EstimationMethod {
  let id = "e-value-risk-difference"
  let title = LocalizedText("E-value of a risk difference", nl: "E-waarde van een risicoverschil")
  let summary = LocalizedText(
    "How strong an unmeasured confounder would have to be to explain a difference in risk away.",
    nl: "Hoe sterk een niet gemeten verstorende factor zou moeten zijn om een risicoverschil te verklaren.")
  let page = "EValue"
  let example = "--outcome work --treatment treated"
  let options: [EstimationOption] = [
    EstimationOption(
      "outcome", .column, "1 where the row has the outcome.", nl: "1 als de rij de uitkomst heeft.", isRequired: true),
    EstimationOption(
      "treatment", .column, "1 where the row is treated.", nl: "1 als de rij is behandeld.", isRequired: true),
    .people,
    EstimationOption(
      "true", .number(.any), "The true difference that is considered.", nl: "Het ware verschil dat wordt bekeken.",
      standard: "0"),
    EstimationOption(
      "grid", .number(.positive), "Look for the bias factor in steps of this size, as R's EValue does (0.0001).",
      nl: "Zoek de vertekeningsfactor in stappen van deze grootte, als EValue van R doet (0.0001)."),
    .level,
  ]

  func estimate(_ request: EstimationRequest) throws(EstimationError) -> EstimationResult {
    let outcome = try request.truths("outcome")
    let treatment = try request.truths("treatment")
    let people = try request.people()
    func count(outcome wanted: Bool?, treatment group: Bool) -> Int {
      outcome.indices.reduce(0) { sum, row in
        treatment[row] == group && (wanted == nil || outcome[row] == wanted) ? sum + people[row] : sum
      }
    }
    let found = try request.run { () throws(StatisticsError) in
      try RiskDifferenceEValue(
        treatedEvents: count(outcome: true, treatment: true), treated: count(outcome: nil, treatment: true),
        controlEvents: count(outcome: true, treatment: false), controls: count(outcome: nil, treatment: false),
        trueValue: request.number("true"), level: request.level, gridStep: request.numberIfGiven("grid"))
    }
    var result = request.result()
    result.add([
      .estimate("riskDifference", found.difference, title: LocalizedText("risk difference", nl: "risicoverschil"))
    ])
    result.add("eValue", found.value, title: LocalizedText("E-value", nl: "E-waarde"))
    result.add(
      "eValueLimit", found.limitValue, title: LocalizedText("E-value of the limit", nl: "E-waarde van de grens"))
    return result
  }
}
