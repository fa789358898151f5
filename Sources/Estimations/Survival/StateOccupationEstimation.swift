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
      "to", .category,
      "State moved to when the interval ended, by number or name; an empty cell or --censored for none.",
      nl: "Toestand waarnaar werd overgegaan aan het eind, met nummer of naam; een lege cel of --censored voor geen.",
      isRequired: true, keepsMissing: true),
    EstimationOption(
      "censored", .texts, "How no move is marked in --to.", nl: "Hoe geen overgang is gemerkt in --to.", standard: "0"),
    EstimationOption(
      "from", .category, "State during the interval; without it everyone begins in --start.",
      nl: "Toestand tijdens het interval; zonder dit begint iedereen in --start."),
    EstimationOption(
      "start", .texts, "State in which everyone begins, without --from.",
      nl: "Toestand waarin iedereen begint, zonder --from.", standard: "1"),
    EstimationOption(
      "states", .texts, "All states in the order in which they are reported; those that occur without it.",
      nl: "Alle toestanden in de volgorde waarin ze worden gemeld; zonder dit wat voorkomt."),
    .weights, .times, .level, .scale,
  ]

  func estimate(_ request: EstimationRequest) throws(EstimationError) -> EstimationResult {
    let person = try request.categories("person").indices
    let entry = try request.numbers("entry")
    let exit = try request.numbers("time")
    let weights = try request.numbersIfGiven("weights")
    let (names, from, to, start) = try states(request)
    let occupation = try request.run { () throws(StatisticsError) in
      try StateOccupation(
        StateHistory(
          states: names.count, person: person, entry: entry, exit: exit, from: from, to: to, start: start,
          weight: weights),
        confidence: request.confidence, progress: request.progress)
    }
    var result = request.result()
    result.add("persons", occupation.count, title: LocalizedText("persons", nl: "personen"))
    result.add(
      "states", .group(items(request, occupation, names)),
      title: LocalizedText("Probability of each state", nl: "Kans op elke toestand"))
    var moves = ResultTable()
    moves.add("state", names)
    for (index, name) in names.enumerated() {
      moves.add(
        name, occupation.transitions.map { $0[index] }, title: LocalizedText("to \(name)", nl: "naar \(name)"))
    }
    moves.add("lastSeen", occupation.lastSeen, title: LocalizedText("last seen here", nl: "laatst hier gezien"))
    result.add("transitions", .table(moves), title: LocalizedText("Moves", nl: "Overgangen"))
    result.addConvention(
      "Standard errors are the infinitesimal jackknife with the rows of one person together, as R's survfit.",
      nl: "Standaardfouten zijn de infinitesimale jackknife met de rijen van een persoon samen, als survfit van R.")
    return result
  }

  /// The names of the states, and for each row where it was and where it went, counted from 1; 0 for no move.
  private func states(
    _ request: EstimationRequest
  ) throws(EstimationError) -> (names: [String], from: [Int]?, to: [Int], start: Int) {
    let to = try request.categories("to")
    let from = try request.categoriesIfGiven("from")
    let start = request.texts("start").first ?? "1"
    let asked = request.texts("states")
    let none = request.texts("censored")
    var names = asked
    if asked.isEmpty {
      for level in (from == nil ? [start] : []) + (from?.levels ?? []) + to.levels
      where !none.contains(level) && !names.contains(level) {
        names.append(level)
      }
      if names.allSatisfy({ Int($0) != nil }) { names.sort { Int($0)! < Int($1)! } }
    }
    func numbers(_ column: EstimationRequest.Categories, _ option: String) throws(EstimationError) -> [Int] {
      var number: [Int] = []
      for level in column.levels {
        guard none.contains(level) || names.contains(level) else {
          throw .unknownLevel(option: "states", column: option)
        }
        number.append((names.firstIndex(of: level) ?? -1) + 1)
      }
      return column.codes.map { $0 < 0 ? 0 : number[Int($0)] }
    }
    guard let first = names.firstIndex(of: start) ?? (from == nil ? nil : 0) else {
      throw .unknownLevel(option: "states", column: "start")
    }
    let before: [Int]? = if let from { try numbers(from, "from") } else { nil }
    return (names, before, try numbers(to, "to"), first + 1)
  }

  private func items(
    _ request: EstimationRequest, _ occupation: StateOccupation, _ names: [String]
  ) -> [ResultItem] {
    let asked = request.numberList("times")
    let times = asked.isEmpty ? occupation.times : asked
    return names.enumerated().map { index, name in
      let estimates = times.map { occupation.estimate(of: index + 1, at: $0) }
      var table = ResultTable()
      table.add("time", times)
      table.add("estimate", estimates.map { $0?.value })
      table.add("standardError", estimates.map { $0?.standardError })
      table.add("lower", estimates.map { $0?.interval.lower })
      table.add("upper", estimates.map { $0?.interval.upper })
      return ResultItem(name, .table(table), title: LocalizedText("State \(name)", nl: "Toestand \(name)"))
    }
  }
}
