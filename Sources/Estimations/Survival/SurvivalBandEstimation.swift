import Primitives
import Statistics

/// A band around the whole survival curve.
struct SurvivalBandEstimation: EstimationMethod {
  let id = "survival-band"
  let title = LocalizedText("Simultaneous band of survival", nl: "Simultane band om de overleving")
  let summary = LocalizedText(
    "A band that covers the whole Kaplan-Meier curve between two times with the stated probability, by Nair or by Hall and Wellner.",
    nl:
      "Een band die de hele Kaplan-Meier-curve tussen twee tijden dekt met de genoemde kans, volgens Nair of Hall en Wellner."
  )
  let page = "KaplanMeier"
  let example = "--time days --event event --kind equal-precision --from 30 --to 365"
  let options: [EstimationOption] = [
    .time, .event, .entry, .group,
    EstimationOption(
      "kind",
      .choice([
        EstimationChoice("equal-precision", "Nair's", nl: "volgens Nair"),
        EstimationChoice("hall-wellner", "Hall and Wellner's", nl: "volgens Hall en Wellner"),
      ]), "How the width is spread over time.", nl: "Hoe de breedte over de tijd is verdeeld.",
      standard: "equal-precision"),
    EstimationOption(
      "from", .number(.zeroOrMore), "First time of the band; the first event without it.",
      nl: "Eerste tijd van de band; zonder dit de eerste gebeurtenis."),
    EstimationOption(
      "to", .number(.positive), "Last time of the band; the last event with survivors without it.",
      nl: "Laatste tijd van de band; zonder dit de laatste gebeurtenis met overlevenden."),
    .level, .scale,
  ]

  func estimate(_ request: EstimationRequest) throws(EstimationError) -> EstimationResult {
    let kind: BandKind = request.choice("kind") == "hall-wellner" ? .hallWellner : .equalPrecision
    let from = request.numberIfGiven("from") ?? 0
    let to = request.numberIfGiven("to") ?? .greatestFiniteMagnitude
    guard from <= to else {
      throw .optionsConflict(
        LocalizedText("--from must not be after --to.", nl: "--from mag niet na --to liggen."))
    }
    var parts: [(name: String?, items: [ResultItem])] = []
    for (name, followUp) in try request.followUpByGroup() {
      let band = try request.run { () throws(StatisticsError) in
        try SimultaneousBand(
          KaplanMeier(followUp, confidence: request.confidence, variance: .countingProcess), kind: kind,
          range: from...to)
      }
      var table = ResultTable()
      table.add("time", band.times)
      table.add("survival", band.survival)
      table.add("lower", band.intervals.map(\.lower))
      table.add("upper", band.intervals.map(\.upper))
      parts.append(
        (
          name,
          [
            ResultItem(
              "criticalValue", .number(band.criticalValue),
              title: LocalizedText("critical value", nl: "kritieke waarde")),
            ResultItem("band", .table(table), title: LocalizedText("Band", nl: "Band")),
          ]
        ))
    }
    var result = request.result()
    result.add(grouped(parts, by: request.text("group")))
    result.addConvention(
      "The critical value is computed, not read from a table; limits are on the scale \(request.choice("interval")).",
      nl: "De kritieke waarde is berekend, niet uit een tabel; grenzen zijn op de schaal \(request.choice("interval"))."
    )
    return result
  }
}
