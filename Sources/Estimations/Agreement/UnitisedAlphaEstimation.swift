import Primitives
import Statistics

/// Agreement of observers who cut a continuum into stretches.
struct UnitisedAlphaEstimation: EstimationMethod {
  let id = "unitised-alpha"
  let title = LocalizedText("Krippendorff's alpha for stretches", nl: "Alfa van Krippendorff voor fragmenten")
  let summary = LocalizedText(
    "Agreement of observers who each mark stretches of a text or recording and give them a value; each row is one "
      + "stretch.",
    nl:
      "Overeenstemming van waarnemers die elk fragmenten van een tekst of opname markeren en een waarde geven; elke rij "
      + "is een fragment.")
  let page = "KrippendorffAlpha"
  let example = "--observer coder --start from --end to --value code --length 4000"
  let options: [EstimationOption] = [
    EstimationOption(
      "observer", .category, "Who marked the stretch.", nl: "Wie het fragment markeerde.", isRequired: true),
    EstimationOption("start", .column, "Where it starts, from 0.", nl: "Waar het begint, vanaf 0.", isRequired: true),
    EstimationOption(
      "end", .column, "Where it ends; the next may start here.",
      nl: "Waar het eindigt; het volgende mag hier beginnen.",
      isRequired: true),
    EstimationOption(
      "value", .category, "The value given; one for all without it.", nl: "De gegeven waarde; zonder dit een voor alle."
    ),
    EstimationOption(
      "length", .number(.positive), "Length of the whole text or recording.", nl: "Lengte van de hele tekst of opname.",
      isRequired: true),
  ]

  func estimate(_ request: EstimationRequest) throws(EstimationError) -> EstimationResult {
    let observers = try request.categories("observer")
    let start = try request.numbers("start")
    let end = try request.numbers("end")
    let values = try request.categoriesIfGiven("value")
    var cuts = [[UnitisedSegment]](repeating: [], count: observers.count)
    for row in start.indices {
      cuts[observers.indices[row]].append(
        UnitisedSegment(start: start[row], end: end[row], value: values.map { Int($0.codes[row]) } ?? 0))
    }
    let alpha = try request.run { () throws(StatisticsError) in
      try UnitisedAlpha(observers: cuts, length: request.number("length"), values: values?.count ?? 1)
    }
    var result = request.result()
    result.add("whole", alpha.whole, title: LocalizedText("on the whole (uα)", nl: "over het geheel (uα)"))
    result.add(
      "relevance", alpha.relevance, title: LocalizedText("on what is marked (|uα)", nl: "over wat is gemarkeerd (|uα)"))
    result.add("coding", alpha.coding, title: LocalizedText("on values (cuα)", nl: "over waarden (cuα)"))
    result.add("observers", .texts(observers.levels), title: LocalizedText("observers", nl: "waarnemers"))
    if let values {
      var table = ResultTable()
      table.add("value", values.levels)
      table.add("alpha", alpha.byValue.map(\.alpha), title: LocalizedText("alpha", nl: "alfa"))
      table.add(
        "coverage", alpha.byValue.map(\.coverage), title: LocalizedText("share in overlaps", nl: "aandeel in overlap"))
      result.add("values", .table(table), title: LocalizedText("values", nl: "waarden"))
    }
    result.addConvention(
      "Lengths count in units of one: characters or seconds. Observers are those who occur; one without any stretch does "
        + "not count.",
      nl:
        "Lengten tellen in eenheden van een: tekens of seconden. Waarnemers zijn wie voorkomt; een waarnemer zonder fragment "
        + "telt niet mee.")
    return result
  }
}
