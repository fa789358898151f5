import Primitives
import Statistics

/// Options that the methods of survival share.
extension EstimationOption {
  static let time = EstimationOption(
    "time", .column, "Time at which each row's follow-up ended, counted from its origin.",
    nl: "Tijd waarop het volgen van elke rij eindigde, geteld vanaf de oorsprong.", isRequired: true)
  static let entry = EstimationOption(
    "entry", .column, "Time at which following began, where that is not 0.",
    nl: "Tijd waarop het volgen begon, als dat niet 0 is.")
  static let event = EstimationOption(
    "event", .column, "1 where the row ended with the event, 0 where it was censored; or a comparison: status == 2.",
    nl: "1 als de rij eindigde met de gebeurtenis, 0 als zij is gecensureerd; of een vergelijking: status == 2.",
    isRequired: true)
  static let cause = EstimationOption(
    "cause", .category, "What ended each row: a number or a name for each cause, --censored for none.",
    nl: "Wat elke rij beëindigde: een nummer of naam voor elke oorzaak, --censored voor geen.", isRequired: true)
  static let censored = EstimationOption(
    "censored", .texts, "How a censored row is marked in the column of causes.",
    nl: "Hoe een gecensureerde rij is gemerkt in de kolom met oorzaken.", standard: "0")
  static let group = EstimationOption("group", .category, "Groups to compare.", nl: "Groepen om te vergelijken.")
  static let strata = EstimationOption(
    "strata", .columns, "Columns whose combinations are the strata within which groups are compared.",
    nl: "Kolommen waarvan de combinaties de strata zijn waarbinnen wordt vergeleken.")
  static let times = EstimationOption(
    "times", .numbers(.zeroOrMore), "Times to report, separated by commas; all event times without it.",
    nl: "Tijden om te melden, gescheiden door komma's; zonder dit alle tijden van gebeurtenissen.")
  static let scale = EstimationOption(
    "interval", .choice(ConfidenceTransform.choices), "Scale on which the interval is symmetric.",
    nl: "Schaal waarop het interval symmetrisch is.", standard: "log-log")
  static let curveVariance = EstimationOption(
    "variance",
    .choice([
      EstimationChoice(
        "usual", "what the data ask: see the page of the method",
        nl: "wat de gegevens vragen: zie de pagina van de methode"),
      EstimationChoice(
        "counting", "Greenwood's, Aalen's or the delta method", nl: "Greenwood, Aalen of de deltamethode"),
      EstimationChoice("jackknife", "infinitesimal jackknife", nl: "infinitesimale jackknife"),
    ]), "How the standard error is found.", nl: "Hoe de standaardfout wordt bepaald.", standard: "usual")
}

extension ConfidenceTransform {
  static let choices: [EstimationChoice] = [
    EstimationChoice("log-log", "log of minus log", nl: "log van min log"),
    EstimationChoice("log", "R's standard", nl: "de standaard van R"),
    EstimationChoice("plain", "the probability itself", nl: "de kans zelf"),
    EstimationChoice("logit", "log of the odds", nl: "log van de odds"),
    EstimationChoice("arcsine", "arcsine of the root", nl: "arcsinus van de wortel"),
  ]
}

extension EstimationRequest {
  /// The interval that the options `level` and `interval` ask.
  var confidence: Confidence {
    let name = choice("interval")
    return Confidence(level: level, transform: name == "log-log" ? .logLog : ConfidenceTransform(rawValue: name)!)
  }

  /// The variance that the option `variance` asks; nil for the usual one.
  var curveVariance: CurveVariance? {
    switch choice("variance") {
    case "counting": .countingProcess
    case "jackknife": .infinitesimalJackknife
    default: nil
    }
  }

  /// Whether the method declares an option.
  private func declares(_ option: String) -> Bool { method.options.contains { $0.name == option } }

  /// Times, events and weights, from the options `time`, `entry`, `event` or `cause`, `weights` and `cluster`.
  func followUp() throws(EstimationError) -> FollowUp {
    let cause: [Int]
    let causes: Int
    if declares("cause") {
      let found = try self.causes()
      (cause, causes) = (found.cause, max(1, found.names.count))
    } else {
      (cause, causes) = (try truths("event").map { $0 ? 1 : 0 }, 1)
    }
    let entry = try declares("entry") ? numbersIfGiven("entry") : nil
    let exit = try numbers("time")
    let weights = try declares("weights") ? numbersIfGiven("weights") : nil
    let cluster = try declares("cluster") ? labels("cluster") : nil
    return try run { () throws(StatisticsError) in
      try FollowUp(entry: entry, exit: exit, cause: cause, causes: causes, weight: weights, cluster: cluster)
    }
  }

  /// The cause of each row, 0 where it was censored, and the names of the causes in order.
  func causes() throws(EstimationError) -> (cause: [Int], names: [String]) {
    let found = try categories("cause")
    let censored = texts("censored")
    let names = found.levels.filter { !censored.contains($0) }
    let number = found.levels.map { (names.firstIndex(of: $0) ?? -1) + 1 }
    return (found.codes.map { number[Int($0)] }, names)
  }

  /// The follow-up of each group with its name; of everyone, without a name, when no group is asked.
  func followUpByGroup() throws(EstimationError) -> [(name: String?, followUp: FollowUp)] {
    let all = try followUp()
    guard let groups = try categoriesIfGiven("group") else { return [(nil, all)] }
    let parts = try run { () throws(StatisticsError) in try all.split(by: groups.indices, groups: groups.count) }
    return zip(groups.levels, parts).compactMap { name, part in part.map { (name, $0) } }
  }
}

/// Items of each group under its name, or the items themselves when there are no groups.
///
/// - Parameter column: what makes the groups, as the option `group` has it; it stands before each name in text.
func grouped(_ parts: [(name: String?, items: [ResultItem])], by column: String?) -> [ResultItem] {
  if let only = parts.first, only.name == nil { return only.items }
  let before = column.map { $0 + ": " } ?? ""
  return [
    ResultItem(
      "groups",
      .group(parts.map { ResultItem($0.name ?? "", .group($0.items), title: LocalizedText(before + ($0.name ?? ""))) }))
  ]
}
