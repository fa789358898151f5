import Primitives
import Statistics

/// The probability of each cause when another can come first, with Gray's test.
struct CumulativeIncidenceEstimation: EstimationMethod {
  let id = "cumulative-incidence"
  let title = LocalizedText("Cumulative incidence", nl: "Cumulatieve incidentie")
  let summary = LocalizedText(
    "The probability of having had each cause by each time when other causes can come first (Aalen-Johansen), and Gray's test between groups.",
    nl:
      "De kans om elke oorzaak te hebben gehad tot elke tijd als andere oorzaken eerst kunnen komen (Aalen-Johansen), en de toets van Gray tussen groepen."
  )
  let page = "CumulativeIncidence"
  let example = "--time days --cause cause --group arm --times 365"
  let options: [EstimationOption] = [
    .time, .cause, .censored, .entry, .group, .strata, .weights, .cluster, .times,
    EstimationOption(
      "rho", .number(.any), "Power of the weight of Gray's test.", nl: "Macht van het gewicht van de toets van Gray.",
      standard: "0"),
    .level, .scale, .curveVariance,
  ]

  func estimate(_ request: EstimationRequest) throws(EstimationError) -> EstimationResult {
    var result = request.result()
    let variance = request.curveVariance ?? .infinitesimalJackknife
    var parts: [(name: String?, items: [ResultItem])] = []
    let names = try request.causes().names
    guard !names.isEmpty else {
      throw .notEstimable(
        LocalizedText(
          "Every row is censored, so there is no cause.", nl: "Elke rij is gecensureerd; er is geen oorzaak."))
    }
    for (name, followUp) in try request.followUpByGroup() {
      let items = try request.run { () throws(StatisticsError) in
        Self.items(
          request, try CumulativeIncidence(followUp, confidence: request.confidence, variance: variance), names)
      }
      parts.append((name, items))
    }
    result.add(grouped(parts, by: request.text("group")))
    if let groups = try request.categoriesIfGiven("group"), groups.count > 1 {
      try addTests(request, groups, names, to: &result)
    }
    result.addConvention(
      variance == .infinitesimalJackknife
        ? "Standard errors are the infinitesimal jackknife, as R's survfit; --variance counting gives cmprsk's."
        : "Standard errors are by the delta method, as cmprsk's cuminc; --variance jackknife gives survfit's.",
      nl: variance == .infinitesimalJackknife
        ? "Standaardfouten zijn de infinitesimale jackknife, als survfit van R; --variance counting geeft die van cmprsk."
        : "Standaardfouten volgen de deltamethode, als cuminc van cmprsk; --variance jackknife geeft die van survfit.")
    return result
  }

  private static func items(
    _ request: EstimationRequest, _ curve: CumulativeIncidence, _ names: [String]
  ) -> [ResultItem] {
    let asked = request.numberList("times")
    let times = asked.isEmpty ? curve.times : asked
    let causes = names.enumerated().map { index, name in
      let estimates = times.map { curve.estimate(of: index + 1, at: $0) }
      var table = ResultTable()
      table.add("time", times)
      table.add("atRisk", times.map { curve.numberAtRisk(at: $0) })
      if asked.isEmpty { table.add("events", curve.events[index]) }
      add(estimates, to: &table)
      return ResultItem(name, .table(table), title: LocalizedText("Cause \(name)", nl: "Oorzaak \(name)"))
    }
    var table = ResultTable()
    table.add("time", times)
    add(times.map { curve.survivalEstimate(at: $0) }, to: &table)
    return [
      ResultItem("observations", .whole(curve.count)),
      ResultItem("causes", .group(causes), title: LocalizedText("Cumulative incidence", nl: "Cumulatieve incidentie")),
      ResultItem("noEvent", .table(table), title: LocalizedText("No event", nl: "Geen gebeurtenis")),
    ]
  }

  private static func add(_ estimates: [Estimate?], to table: inout ResultTable) {
    table.add("estimate", estimates.map { $0?.value })
    table.add("standardError", estimates.map { $0?.standardError })
    table.add("lower", estimates.map { $0?.interval.lower })
    table.add("upper", estimates.map { $0?.interval.upper })
  }

  private func addTests(
    _ request: EstimationRequest, _ groups: EstimationRequest.Categories, _ names: [String],
    to result: inout EstimationResult
  ) throws(EstimationError) {
    let followUp = try request.followUp()
    guard followUp.weight == nil, followUp.cluster == nil, followUp.entry == nil else {
      result.addWarning(
        "Gray's test is not defined with weights, clusters or late entry, so it is left out.",
        nl: "De toets van Gray is niet gedefinieerd bij gewichten, clusters of late instroom, en blijft dus weg.")
      return
    }
    let strata = try request.strata()?.codes.map { Int($0) }
    var table = ResultTable()
    let tests = try request.run { () throws(StatisticsError) in
      try (1...followUp.causes).map { cause throws(StatisticsError) in
        try GrayTest(
          followUp, cause: cause, group: groups.indices, groups: groups.count, stratum: strata,
          rho: request.number("rho"))
      }
    }
    table.add("cause", names)
    table.add("statistic", tests.map(\.statistic))
    table.add("degreesOfFreedom", tests.map(\.degreesOfFreedom))
    table.add("pValue", tests.map(\.pValue))
    result.add("grayTests", .table(table), title: LocalizedText("Gray's test", nl: "Toets van Gray"))
  }
}
