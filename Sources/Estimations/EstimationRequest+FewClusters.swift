import Primitives
import Statistics
import Tables

extension EstimationRequest {
  /// Notes that errors rest on few clusters, and what does better here.
  ///
  /// - Parameter standing: how many clusters each way has when the option `cluster` is not given, for methods that then
  ///   cluster by something else.
  func warnOfFewClusters(_ standing: [Int] = [], in result: inout EstimationResult) {
    guard let count = (standing + fewClusterCounts()).filter({ $0 < Clusters.fewest }).min(), !isCorrected else {
      return
    }
    let advice = fewClusterAdvice
    result.addWarning(
      "Errors rest on \(count) clusters. With fewer than about \(Clusters.fewest) they tend to be too small, and p-values too low (Cameron and Miller 2015). \(advice[.english])",
      nl:
        "De fouten berusten op \(count) clusters. Met minder dan ongeveer \(Clusters.fewest) zijn ze meestal te klein, en p-waarden te laag (Cameron en Miller 2015). \(advice[.dutch])"
    )
  }

  /// CR2 and CR3 are made for few clusters.
  private var isCorrected: Bool { ["cr2", "cr3"].contains(settings["errors"]) }

  private var fewClusterAdvice: LocalizedText {
    switch method.id {
    case "difference-in-differences" where choice("method") != "interaction":
      return LocalizedText(
        "Compare with --method interaction --errors cr2.", nl: "Vergelijk met --method interaction --errors cr2.")
    case "group-time-effects":
      return LocalizedText(
        "Compare with the bootstrap of whole clusters that --draws gives.",
        nl: "Vergelijk met de bootstrap van hele clusters die --draws geeft.")
    case "inverse-probability-weighting", "entropy-balancing", "regression-standardisation", "augmented-weighting",
      "weighted-standardisation":
      return LocalizedText(
        "Compare with a bootstrap of whole clusters: meedoen estimate bootstrap --cluster.",
        nl: "Vergelijk met een bootstrap van hele clusters: meedoen estimate bootstrap --cluster.")
    case "bootstrap":
      return LocalizedText(
        "So few to draw from make a bootstrap rough too; read its limits with care.",
        nl: "Met zo weinig om uit te trekken is ook een bootstrap grof; lees de grenzen met voorzichtigheid.")
    case _ where offersCorrection && texts("cluster").count == 1:
      return LocalizedText("Give --errors cr2.", nl: "Geef --errors cr2.")
    default:
      return LocalizedText(
        "There is no correction for it here; compare with linear-regression --errors cr2, or with means of whole clusters.",
        nl:
          "Hier is er geen correctie voor; vergelijk met linear-regression --errors cr2, of met gemiddelden van hele clusters."
      )
    }
  }

  /// Whether `--errors cr2` gives an estimate here; absorbed effects have no leverages.
  private var offersCorrection: Bool {
    guard method.id != "absorbed-regression",
      case .choice(let choices)? = method.options.first(where: { $0.name == "errors" })?.kind
    else { return false }
    return choices.contains { $0.name == "cr2" }
  }

  /// How many clusters each column of the option `cluster` has, of those with few.
  private func fewClusterCounts() -> [Int] {
    guard let option = method.options.first(where: { $0.name == "cluster" }), let value = settings["cluster"] else {
      return []
    }
    let names = if case .columns = option.kind { texts("cluster") } else { [value] }
    return names.compactMap { name in
      guard let column = table[name] else { return (try? categoriesIfGiven("cluster"))??.count }
      return column.countOfFewValues(below: Clusters.fewest)
    }
  }
}

extension Column {
  /// How many different values there are; nil once there are enough, so that a long column is not read to its end.
  fileprivate func countOfFewValues(below enough: Int) -> Int? {
    switch self {
    case .categories(let column): Self.count(column.codes, below: enough)
    case .numbers(let values): Self.count(values, below: enough)
    case .dates(let column): Self.count(column.days, below: enough)
    default: Self.count((0..<count).lazy.map { self[$0] }, below: enough)
    }
  }

  private static func count<Values: Sequence>(_ values: Values, below enough: Int) -> Int?
  where Values.Element: Hashable {
    var seen: Set<Values.Element> = []
    var last: Values.Element?
    for value in values where value != last {
      last = value
      seen.insert(value)
      if seen.count >= enough { return nil }
    }
    return seen.count
  }
}
