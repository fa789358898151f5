import NumericalMethods
import Primitives
import Statistics

/// The mean time without the event up to a horizon, and its difference between groups.
struct RestrictedMeanEstimation: EstimationMethod {
  let id = "restricted-mean"
  let title = LocalizedText("Restricted mean time", nl: "Gemiddelde tijd tot een horizon")
  let summary = LocalizedText(
    "The mean time without the event up to a horizon, the area under the Kaplan-Meier curve, and the difference of every group from the first.",
    nl:
      "De gemiddelde tijd zonder de gebeurtenis tot een horizon, de oppervlakte onder de Kaplan-Meier-curve, en het verschil van elke groep met de eerste."
  )
  let page = "KaplanMeier"
  let example = "--time days --event event --group arm --horizon 365"
  let options: [EstimationOption] = [
    .time, .event, .entry, .group, .weights, .cluster,
    EstimationOption(
      "horizon", .number(.positive), "Up to which time; the last time that all groups reach without it.",
      nl: "Tot welke tijd; zonder dit de laatste tijd die alle groepen halen."),
    .level, .curveVariance,
  ]

  func estimate(_ request: EstimationRequest) throws(EstimationError) -> EstimationResult {
    let parts = try request.followUpByGroup()
    let horizon = request.numberIfGiven("horizon") ?? parts.map { $0.followUp.exit.max() ?? 0 }.min() ?? 0
    var means: [RestrictedMean] = []
    for part in parts {
      means.append(
        try request.run { () throws(StatisticsError) in
          try RestrictedMean(part.followUp, until: horizon, level: request.level, variance: request.curveVariance)
        })
    }
    var result = request.result()
    result.add("horizon", horizon, title: LocalizedText("horizon", nl: "horizon"))
    var table = ResultTable()
    if parts[0].name != nil { table.add("group", parts.map { $0.name ?? "" }) }
    table.add("count", parts.map(\.followUp.count))
    Self.add(means.map(\.estimate), to: &table)
    result.add("means", .table(table), title: LocalizedText("Mean time", nl: "Gemiddelde tijd"))
    if means.count > 1 {
      var table = ResultTable()
      table.add("group", parts.dropFirst().map { $0.name ?? "" })
      let differences = try request.run { () throws(StatisticsError) in
        try means.dropFirst().map { mean throws(StatisticsError) in
          try Self.difference(mean.estimate, means[0].estimate, level: request.level)
        }
      }
      Self.add(differences.map(\.estimate), to: &table)
      table.add("pValue", differences.map(\.pValue))
      result.add(
        "differences", .table(table),
        title: LocalizedText("Difference from \(parts[0].name ?? "")", nl: "Verschil met \(parts[0].name ?? "")"))
      let contrasts = try request.run { () throws(StatisticsError) in
        try means.dropFirst().map { mean throws(StatisticsError) in
          try RestrictedMeanContrast(mean, means[0], level: request.level)
        }
      }
      for (key, ratios, title) in [
        (
          "ratios", contrasts.map { Optional($0.ratio) },
          LocalizedText("Ratio of means", nl: "Verhouding van gemiddelden")
        ),
        (
          "lostRatios", contrasts.map(\.lostRatio),
          LocalizedText(
            "Ratio of the times lost up to the horizon", nl: "Verhouding van de tot de horizon verloren tijd")
        ),
      ] {
        var table = ResultTable()
        table.add("group", parts.dropFirst().map { $0.name ?? "" })
        table.add("estimate", ratios.map { $0?.value })
        table.add("standardError", ratios.map { $0?.standardError })
        table.add("lower", ratios.map { $0?.interval.lower })
        table.add("upper", ratios.map { $0?.interval.upper })
        result.add(key, .table(table), title: title)
      }
      result.addConvention(
        "Groups are independent; the interval of a difference is normal, that of a ratio normal on the log scale.",
        nl:
          "Groepen zijn onafhankelijk; het interval van een verschil is normaal, dat van een verhouding normaal op de logschaal."
      )
    }
    return result
  }

  private static func add(_ estimates: [Estimate], to table: inout ResultTable) {
    table.add("estimate", estimates.map(\.value))
    table.add("standardError", estimates.map(\.standardError))
    table.add("lower", estimates.map(\.interval.lower))
    table.add("upper", estimates.map(\.interval.upper))
  }

  /// The difference of two independent means, with the probability of one so large if they were equal.
  private static func difference(
    _ mean: Estimate, _ first: Estimate, level: Double
  ) throws(StatisticsError) -> (estimate: Estimate, pValue: Double?) {
    let errors = [mean.standardError ?? 0, first.standardError ?? 0]
    let variance = errors[0] * errors[0] + errors[1] * errors[1]
    let estimates = CoefficientEstimates(
      names: ["difference"], values: [mean.value - first.value], covariance: .diagonal([variance]),
      convention: LocalizedText("", nl: ""),
      observations: mean.count + first.count)
    return (try estimates.estimate(0, level: level), estimates.pValue(0))
  }
}
