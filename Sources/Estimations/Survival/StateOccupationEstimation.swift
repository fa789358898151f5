import Primitives
import Statistics

/// The probability of being in each state at each time, for any graph of states.
struct StateOccupationEstimation: EstimationMethod {
  let id = "state-occupation"
  let title = LocalizedText("State occupation", nl: "Verdeling over toestanden")
  let summary = LocalizedText(
    "The share of people in each state at each time, from one row for each interval (Aalen-Johansen, any graph of states).",
    nl:
      "Het deel van de mensen in elke toestand op elke tijd, uit een rij per interval (Aalen-Johansen, elk schema van toestanden)."
  )
  let page = "StateOccupation"
  let example = "--person id --entry start --time stop --to state --times 365,730"
  let options: [EstimationOption] = [
    EstimationOption(
      "person", .category, "Whose interval each row is.", nl: "Van wie het interval van elke rij is.", isRequired: true),
    EstimationOption(
      "entry", .column, "Time at which each interval began.", nl: "Tijd waarop elk interval begon.", isRequired: true),
    .time,
    EstimationOption(
      "to", .column, "Number of the state moved to when the interval ended, 0 for none.",
      nl: "Nummer van de toestand waarnaar werd overgegaan aan het eind, 0 voor geen.", isRequired: true),
    EstimationOption(
      "from", .column, "Number of the state during the interval; without it everyone begins in --start.",
      nl: "Nummer van de toestand tijdens het interval; zonder dit begint iedereen in --start."),
    EstimationOption(
      "start", .whole(1...1000), "State in which everyone begins, without --from.",
      nl: "Toestand waarin iedereen begint, zonder --from.", standard: "1"),
    EstimationOption(
      "states", .whole(1...1000), "How many states there are; the highest number that occurs without it.",
      nl: "Hoeveel toestanden er zijn; zonder dit het hoogste nummer dat voorkomt."),
    .weights, .times, .level, .scale,
  ]

  func estimate(_ request: EstimationRequest) throws(EstimationError) -> EstimationResult {
    let person = try request.categories("person").indices
    let entry = try request.numbers("entry")
    let exit = try request.numbers("time")
    let to = try request.wholes("to")
    let from = try request.wholesIfGiven("from")
    let weights = try request.numbersIfGiven("weights")
    let start = request.whole("start")
    let states = request.wholeIfGiven("states") ?? max(start, to.max() ?? 1, from?.max() ?? 1)
    guard start <= states else {
      throw .notWhole(option: "start", found: String(start), range: 1...states)
    }
    let occupation = try request.run { () throws(StatisticsError) in
      try StateOccupation(
        StateHistory(
          states: states, person: person, entry: entry, exit: exit, from: from, to: to, start: start, weight: weights),
        confidence: request.confidence, progress: request.progress)
    }
    var result = request.result()
    result.add("persons", occupation.count, title: LocalizedText("persons", nl: "personen"))
    result.add(items(request, occupation))
    var moves = ResultTable()
    moves.add("state", Array(1...states))
    for state in 1...states {
      moves.add(
        "to\(state)", occupation.transitions.map { $0[state - 1] },
        title: LocalizedText("to \(state)", nl: "naar \(state)"))
    }
    moves.add("lastSeen", occupation.lastSeen, title: LocalizedText("last seen here", nl: "laatst hier gezien"))
    result.add("transitions", .table(moves), title: LocalizedText("Moves", nl: "Overgangen"))
    result.addConvention(
      "Standard errors are the infinitesimal jackknife with the rows of one person together, as R's survfit.",
      nl: "Standaardfouten zijn de infinitesimale jackknife met de rijen van een persoon samen, als survfit van R.")
    return result
  }

  private func items(_ request: EstimationRequest, _ occupation: StateOccupation) -> [ResultItem] {
    let asked = request.numberList("times")
    let times = asked.isEmpty ? occupation.times : asked
    return (1...occupation.states).map { state in
      let estimates = times.map { occupation.estimate(of: state, at: $0) }
      var table = ResultTable()
      table.add("time", times)
      table.add("estimate", estimates.map { $0?.value })
      table.add("standardError", estimates.map { $0?.standardError })
      table.add("lower", estimates.map { $0?.interval.lower })
      table.add("upper", estimates.map { $0?.interval.upper })
      return ResultItem(
        "state\(state)", .table(table), title: LocalizedText("State \(state)", nl: "Toestand \(state)"))
    }
  }
}
