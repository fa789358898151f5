import Primitives
import Statistics

/// Survival by Kaplan and Meier, the cumulative hazard by Nelson and Aalen, and quantiles.
struct KaplanMeierEstimation: EstimationMethod {
  let id = "kaplan-meier"
  let title = LocalizedText("Kaplan-Meier survival", nl: "Overleving volgens Kaplan-Meier")
  let summary = LocalizedText(
    "The probability of no event up to each time, with its interval, the cumulative hazard, and the time by which a share had the event. When another event can come first, use cumulative-incidence.",
    nl:
      "De kans op geen gebeurtenis tot elke tijd, met interval, de cumulatieve hazard, en de tijd waarop een deel de gebeurtenis heeft gehad. Kan een andere gebeurtenis eerst komen, gebruik dan cumulative-incidence."
  )
  let page = "KaplanMeier"
  let example = "--time days --event event --group arm --times 182,365"
  let options: [EstimationOption] = [
    .time, .event, .entry, .group, .weights, .cluster, .times,
    EstimationOption(
      "quantiles", .numbers(.probability), "Shares with the event whose times are reported.",
      nl: "Delen met de gebeurtenis waarvan de tijd wordt gemeld.", standard: "0.25,0.5,0.75"),
    .level, .scale, .curveVariance,
  ]

  func estimate(_ request: EstimationRequest) throws(EstimationError) -> EstimationResult {
    var result = request.result()
    var parts: [(name: String?, items: [ResultItem])] = []
    for (name, followUp) in try request.followUpByGroup() {
      let items = try request.run { () throws(StatisticsError) in
        let curve = try KaplanMeier(followUp, confidence: request.confidence, variance: request.curveVariance)
        let hazard = try NelsonAalen(followUp, level: request.level, variance: request.curveVariance)
        return try Self.items(request, followUp, curve, hazard)
      }
      parts.append((name, items))
      if parts.count == 1 { addConventions(request, followUp, to: &result) }
    }
    result.add(grouped(parts, by: request.text("group")))
    return result
  }

  private static func items(
    _ request: EstimationRequest, _ followUp: FollowUp, _ curve: KaplanMeier, _ hazard: NelsonAalen
  ) throws(StatisticsError) -> [ResultItem] {
    let asked = request.numberList("times")
    let times = asked.isEmpty ? curve.times : asked
    let survival = times.map { curve.estimate(at: $0) }
    let hazards = times.map { hazard.estimate(at: $0) }
    var table = ResultTable()
    table.add("time", times)
    table.add("atRisk", times.map { curve.numberAtRisk(at: $0) })
    if followUp.weight != nil {
      table.add(
        "weightAtRisk", asked.isEmpty ? curve.atRisk : times.map { followUp.weightAtRisk(at: $0) },
        title: LocalizedText("weight at risk", nl: "gewicht at risk"))
    }
    if asked.isEmpty { table.add("events", curve.events) }
    table.add("survival", survival.map { $0?.value })
    table.add("standardError", survival.map { $0?.standardError })
    table.add("lower", survival.map { $0?.interval.lower })
    table.add("upper", survival.map { $0?.interval.upper })
    table.add(
      "cumulativeHazard", hazards.map { $0?.value }, title: LocalizedText("cumulative hazard", nl: "cumulatieve hazard")
    )
    table.add(
      "cumulativeHazardStandardError", hazards.map { $0?.standardError },
      title: LocalizedText("its standard error", nl: "standaardfout daarvan"))
    let quantiles = try curve.quantiles(request.numberList("quantiles"))
    var shares = ResultTable()
    shares.add("probability", quantiles.map(\.probability), title: LocalizedText("share", nl: "deel"))
    shares.add("time", quantiles.map(\.time))
    shares.add("lower", quantiles.map(\.interval.lower))
    shares.add("upper", quantiles.map(\.interval.upper))
    return [
      ResultItem("observations", .whole(curve.count)),
      ResultItem("events", .number(curve.events.reduce(0, +))),
      ResultItem("curve", .table(table), title: LocalizedText("Curve", nl: "Curve")),
      ResultItem("quantiles", .table(shares), title: LocalizedText("Quantiles", nl: "Kwantielen")),
    ]
  }

  private func addConventions(_ request: EstimationRequest, _ followUp: FollowUp, to result: inout EstimationResult) {
    result.addConvention(
      "Events at a time come before censorings at that time; at risk at t means entry < t ≤ time.",
      nl: "Gebeurtenissen op een tijd komen vóór censureringen op die tijd; at risk op t is entry < t ≤ time.")
    let scale = request.choice("interval")
    result.addConvention(
      "Intervals are pointwise, on the \(scale) scale (R's standard is log, lifelines' log-log); the hazard's on the log scale.",
      nl:
        "Intervallen zijn puntsgewijs, op de schaal \(scale) (R neemt log, lifelines log-log); die van de hazard op de logschaal."
    )
  }
}
