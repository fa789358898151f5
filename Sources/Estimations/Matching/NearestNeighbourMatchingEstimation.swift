import Primitives
import Statistics

/// Matching to the nearest neighbours, greedily.
struct NearestNeighbourMatchingEstimation: EstimationMethod {
  let id = "nearest-neighbour-matching"
  let title = LocalizedText("Nearest-neighbour matching", nl: "Matchen op de naaste buren")
  let summary = LocalizedText(
    "Gives each treated person the nearest untreated people on a propensity score or on covariates, one after another, and shows the balance and the effect.",
    nl:
      "Geeft elke behandelde de naaste onbehandelden op een propensityscore of op covariaten, een voor een, en toont de balans en het effect."
  )
  let page = "NearestNeighbourMatching"
  let example = "--formula 'treat ~ age + educ + race' --caliper 0.2 --outcome re78"
  let options: [EstimationOption] =
    [.treatmentFormula, .estimand(all: false)] + EstimationOption.distanceOptions + EstimationOption.ratioOptions
    + Self.choosing + EstimationOption.pairingOptions + Self.tying + EstimationOption.matchedSample

  /// In what order people choose, and how often a person may be chosen.
  private static let choosing: [EstimationOption] = [
    EstimationOption(
      "replace", .flag, "Whether a person may be the match of several.",
      nl: "Of iemand de match van meer mensen mag zijn."),
    EstimationOption(
      "reuse", .whole(1...1_000_000_000), "How often a person may be a match.",
      nl: "Hoe vaak iemand een match mag zijn."),
    EstimationOption(
      "order",
      .choice([
        EstimationChoice("largest", "the highest score first", nl: "de hoogste score eerst"),
        EstimationChoice("smallest", "the lowest score first", nl: "de laagste score eerst"),
        EstimationChoice("file", "as in the file", nl: "zoals in het bestand"),
        EstimationChoice("random", "drawn with the seed", nl: "geloot met het startgetal"),
        EstimationChoice("closest", "the nearest pair first", nl: "het naaste paar eerst"),
        EstimationChoice("farthest", "the farthest first", nl: "de verste eerst"),
      ]),
      "Who chooses first; without it the highest score for the treated, the lowest for controls, the file's order without a score.",
      nl:
        "Wie eerst kiest; zonder dit de hoogste score bij behandelden, de laagste bij controles, de volgorde van het bestand zonder score."
    ),
  ]

  /// What happens when several people are as near.
  private static let tying: [EstimationOption] = [
    EstimationOption(
      "ties",
      .choice([
        EstimationChoice("sorted", "as MatchIt", nl: "als MatchIt"),
        EstimationChoice("first", "the first in the file", nl: "de eerste in het bestand"),
        EstimationChoice("last", "the last in the file", nl: "de laatste in het bestand"),
        EstimationChoice("drawn", "drawn with the seed", nl: "geloot met het startgetal"),
      ]), "Who is taken of equally near people.", nl: "Wie van even nabije mensen wordt genomen.", standard: "sorted"),
    EstimationOption(
      "tie-draws", .whole(0...10000),
      "Match again with so many drawn orders of ties and show the range of the effect.",
      nl: "Match opnieuw met zoveel gelote volgordes van gelijken en toon de spreiding van het effect."),
    .seed,
  ]

  func estimate(_ request: EstimationRequest) throws(EstimationError) -> EstimationResult {
    let distance = try request.matchingDistance()
    let input = try request.pairingInput(distance)
    var reuse: MatchReuse = request.flag("replace") ? .unlimited : .once
    if let times = request.wholeIfGiven("reuse") { reuse = times == 1 ? .once : .atMost(times) }
    let method = NearestNeighbourMatching(
      estimand: request.estimand, distance: distance, ratio: request.number("ratio"), ratioLimits: request.ratioLimits,
      reuse: reuse,
      order: request.text("order").flatMap(MatchingOrder.init(rawValue:)), caliper: request.scoreCaliper,
      covariateCalipers: try request.covariateCalipers(), exactly: try request.variables(named: "exact-on"),
      differing: try request.variables(named: "differ-on"),
      support: request.choice("discard", as: CommonSupport.self), ties: request.choice("ties", as: TieRule.self),
      seed: UInt64(request.whole("seed")))
    let sample = try request.run { () throws(StatisticsError) in
      try method.match(input.units, progress: request.progress)
    }
    var result = try request.matchedResult(sample, input)
    if let draws = request.wholeIfGiven("tie-draws"), let outcome = try request.numbersIfGiven("outcome") {
      let range = try request.run { () throws(StatisticsError) in
        try TieSensitivity(method, units: input.units, outcome: outcome, draws: draws)
      }
      result.add(
        "tieSensitivity",
        .group([
          ResultItem("usual", .number(range.usual), title: LocalizedText("as MatchIt", nl: "als MatchIt")),
          ResultItem(
            "first", .number(range.first), title: LocalizedText("first in the file", nl: "eerste in het bestand")),
          ResultItem(
            "last", .number(range.last), title: LocalizedText("last in the file", nl: "laatste in het bestand")),
          ResultItem("lowest", .number(range.lowest), title: LocalizedText("lowest", nl: "laagste")),
          ResultItem("highest", .number(range.highest), title: LocalizedText("highest", nl: "hoogste")),
        ]), title: LocalizedText("Effect by the order of ties", nl: "Effect naar de volgorde van gelijken"))
    } else if let tied = sample.tiedUnits, tied > 0 {
      result.addWarning(
        "\(tied) people had equally near candidates; other choices could give another effect (--tie-draws shows how much).",
        nl:
          "\(tied) mensen hadden even nabije kandidaten; andere keuzes kunnen een ander effect geven (--tie-draws toont hoeveel)."
      )
    }
    return result
  }
}
