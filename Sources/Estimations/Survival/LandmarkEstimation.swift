import Primitives
import Statistics

/// Survival from a landmark on, of those still followed without the event.
struct LandmarkEstimation: EstimationMethod {
  let id = "landmark"
  let title = LocalizedText("Survival from a landmark", nl: "Overleving vanaf een ijkmoment")
  let summary = LocalizedText(
    "The Kaplan-Meier curve from a landmark on, of those still followed without the event, by groups that are known at the landmark, and the log-rank test.",
    nl:
      "De Kaplan-Meier-curve vanaf een ijkmoment, van wie dan nog gevolgd wordt zonder de gebeurtenis, per groep die op dat moment bekend is, en de log-ranktoets."
  )
  let page = "Landmark"
  let example = "--time days --event event --landmark 90 --group arm"
  let options: [EstimationOption] = [
    .time, .event, .entry,
    EstimationOption(
      "landmark", .number(.zeroOrMore), "Time from which people are followed.",
      nl: "Tijd vanaf waar mensen worden gevolgd.",
      isRequired: true),
    EstimationOption(
      "horizon", .number(.positive), "Time after which events no longer count.",
      nl: "Tijd waarna gebeurtenissen niet meer tellen."),
    EstimationOption(
      "person", .category, "Whose row it is, when persons have several.",
      nl: "Van wie de rij is, als personen er meer hebben."),
    .group, .times, .level, .scale,
  ]

  func estimate(_ request: EstimationRequest) throws(EstimationError) -> EstimationResult {
    let all = try request.followUpWithoutClusters()
    let person = try request.labels("person")
    let landmark = try request.run { () throws(StatisticsError) in
      try all.landmarked(
        at: request.number("landmark"), horizon: request.numberIfGiven("horizon"), person: person)
    }
    var result = request.result()
    result.add("people", landmark.rows.count, title: LocalizedText("people followed", nl: "gevolgde mensen"))
    let asked = request.numberList("times")
    guard let groups = try request.categoriesIfGiven("group") else {
      let curve = try request.run { () throws(StatisticsError) in
        try KaplanMeier(landmark.followUp, confidence: request.confidence)
      }
      result.add("curve", .table(table(curve, asked)), title: LocalizedText("Curve", nl: "Curve"))
      return finished(result)
    }
    let codes = landmark.rows.map { groups.indices[$0] }
    var parts: [(name: String?, items: [ResultItem])] = []
    let split = try request.run { () throws(StatisticsError) in
      try landmark.followUp.split(by: codes, groups: groups.count)
    }
    for (name, part) in zip(groups.levels, split) {
      guard let part else { continue }
      let curve = try request.run { () throws(StatisticsError) in try KaplanMeier(part, confidence: request.confidence)
      }
      parts.append(
        (
          name,
          [
            ResultItem("count", .whole(part.count)),
            ResultItem("curve", .table(table(curve, asked)), title: LocalizedText("Curve", nl: "Curve")),
          ]
        ))
    }
    result.add(grouped(parts, by: request.text("group")))
    if parts.count > 1 {
      let test = try request.run { () throws(StatisticsError) in
        try LogRankTest(landmark.followUp, group: codes, groups: groups.count)
      }
      result.add([
        .test(
          "logRank", statistic: test.statistic, degreesOfFreedom: test.degreesOfFreedom, pValue: test.pValue,
          title: LocalizedText("Log-rank test", nl: "Log-ranktoets"))
      ])
    }
    return finished(result)
  }

  private func finished(_ result: EstimationResult) -> EstimationResult {
    var result = result
    result.addConvention(
      "Time counts from the landmark. A row is kept when entry ≤ landmark < time.",
      nl: "De tijd telt vanaf het ijkmoment. Een rij blijft als entry ≤ ijkmoment < time.")
    return result
  }

  private func table(_ curve: KaplanMeier, _ asked: [Double]) -> ResultTable {
    let times = asked.isEmpty ? curve.times : asked
    let estimates = times.map { curve.estimate(at: $0) }
    var table = ResultTable()
    table.add("time", times)
    table.add("atRisk", times.map { curve.numberAtRisk(at: $0) })
    table.add("survival", estimates.map { $0?.value })
    table.add("standardError", estimates.map { $0?.standardError })
    table.add("lower", estimates.map { $0?.interval.lower })
    table.add("upper", estimates.map { $0?.interval.upper })
    return table
  }
}
