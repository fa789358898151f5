import Primitives
import Statistics

/// E-values of estimates that are given, one in a row.
struct EValueEstimation: EstimationMethod {
  let id = "e-value"
  let title = LocalizedText("E-value", nl: "E-waarde")
  let summary = LocalizedText(
    "How strongly an unmeasured confounder would have to be tied to treatment and outcome to explain an estimate away; "
      + "each row of the table is one estimate. Without --data numbers can be given: --estimate 1.55 --lower 1.38.",
    nl: "Hoe sterk een niet gemeten verstorende factor met behandeling en uitkomst zou moeten samenhangen om een "
      + "schatting te verklaren; elke rij van de tabel is een schatting. Zonder --data kunnen getallen worden gegeven: "
      + "--estimate 1.55 --lower 1.38.")
  let page = "EValue"
  let example = "--estimate rr --lower low --upper high"
  let takesNumbersAlone = true
  let options: [EstimationOption] = [
    .estimates,
    EstimationOption(
      "lower", .column, "Lower limits, for ratios.", nl: "Ondergrenzen, voor verhoudingen.", keepsMissing: true),
    EstimationOption(
      "upper", .column, "Upper limits, for ratios.", nl: "Bovengrenzen, voor verhoudingen.", keepsMissing: true),
    EstimationOption(
      "standard-error", .column, "Standard errors, for differences and coefficients.",
      nl: "Standaardfouten, voor verschillen en coëfficiënten.", keepsMissing: true),
    EstimationOption(
      "deviation", .column, "Standard deviations of the outcome, for coefficients.",
      nl: "Standaarddeviaties van de uitkomst, voor coëfficiënten."),
    EstimationOption(
      "contrast", .number(.any), "Step of the exposure, for coefficients.",
      nl: "Stap van de blootstelling, voor coëfficiënten.",
      standard: "1"),
    EstimationOption(
      "measure", .choice(Self.measures.map(\.choice)), "What is estimated.", nl: "Wat is geschat.",
      standard: "risk-ratio"),
    EstimationOption(
      "true", .number(.any), "The true value that is considered; without it no effect.",
      nl: "De ware waarde die wordt bekeken; zonder dit geen effect."),
    .level,
  ]

  private static let measures: [(choice: EstimationChoice, scale: RiskRatioScale?)] = [
    (EstimationChoice("risk-ratio", "risk ratio", nl: "risicoverhouding"), .riskRatio),
    (
      EstimationChoice("odds-ratio-rare", "odds ratio, rare outcome", nl: "oddsratio, zeldzame uitkomst"),
      .oddsRatioRare
    ),
    (
      EstimationChoice("odds-ratio-common", "odds ratio, common outcome", nl: "oddsratio, gewone uitkomst"),
      .oddsRatioCommon
    ),
    (
      EstimationChoice("hazard-ratio-rare", "hazard ratio, rare outcome", nl: "hazardratio, zeldzame uitkomst"),
      .hazardRatioRare
    ),
    (
      EstimationChoice("hazard-ratio-common", "hazard ratio, common outcome", nl: "hazardratio, gewone uitkomst"),
      .hazardRatioCommon
    ),
    (
      EstimationChoice(
        "standardised-difference", "difference in standard deviations", nl: "verschil in standaarddeviaties"), nil
    ),
    (
      EstimationChoice(
        "coefficient", "coefficient of a linear regression", nl: "coëfficiënt van een lineaire regressie"), nil
    ),
  ]

  func estimate(_ request: EstimationRequest) throws(EstimationError) -> EstimationResult {
    let measure = request.choice("measure")
    let scale = Self.measures.first { $0.choice.name == measure }?.scale
    let estimates = try request.numbers("estimate")
    let lower = try request.numbersIfGiven("lower")
    let upper = try request.numbersIfGiven("upper")
    let errors = try request.numbersIfGiven("standard-error")
    let deviations = try request.numbersIfGiven("deviation")
    guard measure != "coefficient" || deviations != nil else {
      throw .optionsConflict(
        LocalizedText(
          "--measure coefficient needs --deviation.", nl: "--measure coefficient heeft --deviation nodig."))
    }
    let values = try request.run { () throws(StatisticsError) in
      var values: [EValue] = []
      for row in estimates.indices {
        if let scale {
          values.append(
            try EValue(
              estimates[row], lower: present(lower, row), upper: present(upper, row), scale: scale,
              trueValue: request.numberIfGiven("true") ?? 1))
        } else if let deviations, measure == "coefficient" {
          values.append(
            try EValue(
              linearCoefficient: estimates[row], standardError: present(errors, row),
              outcomeDeviation: deviations[row], contrast: request.number("contrast"), level: request.level,
              trueValue: request.numberIfGiven("true") ?? 0))
        } else {
          values.append(
            try EValue(
              standardisedDifference: estimates[row], standardError: present(errors, row), level: request.level,
              trueValue: request.numberIfGiven("true") ?? 0))
        }
      }
      return values
    }
    var table = ResultTable()
    table.add("riskRatio", values.map(\.riskRatio), title: LocalizedText("risk ratio", nl: "risicoverhouding"))
    table.add("lower", values.map(\.lower))
    table.add("upper", values.map(\.upper))
    table.add("eValue", values.map(\.value), title: LocalizedText("E-value", nl: "E-waarde"))
    table.add(
      "eValueLimit", values.map(\.limitValue), title: LocalizedText("E-value of the limit", nl: "E-waarde van de grens")
    )
    table.add("limit", values.map(\.limit.rawValue), title: LocalizedText("limit", nl: "grens"))
    var result = request.result()
    result.add("eValues", .table(table), title: LocalizedText("E-values", nl: "E-waarden"))
    if let first = values.first {
      result.addConvention(first.convention, prefix: LocalizedText("Conversion", nl: "Omrekening"))
    }
    return result
  }

  private func present(_ column: [Double]?, _ row: Int) -> Double? {
    column.flatMap { $0[row].isNaN ? nil : $0[row] }
  }
}
