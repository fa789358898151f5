import Primitives
import Statistics

/// Strata of people who are the same.
struct ExactMatchingEstimation: EstimationMethod {
  let id = "exact-matching"
  let title = LocalizedText("Exact matching", nl: "Exact matchen")
  let summary = LocalizedText(
    "Compares people within groups that are the same on all covariates.",
    nl: "Vergelijkt mensen binnen groepen die op alle covariaten gelijk zijn.")
  let page = "ExactMatching"
  let example = "--formula 'treat ~ race + married + nodegree' --outcome re78"
  let options: [EstimationOption] = [.treatmentFormula, .estimand(all: true)] + EstimationOption.matchedSample

  func estimate(_ request: EstimationRequest) throws(EstimationError) -> EstimationResult {
    let input = try request.matchingInput(needsScore: false)
    let sample = try request.run { () throws(StatisticsError) in
      try ExactMatching(estimand: request.estimand).match(input.units)
    }
    return try request.matchedResult(sample, input)
  }
}

/// Strata of people who are in the same classes.
struct CoarsenedExactMatchingEstimation: EstimationMethod {
  let id = "coarsened-exact-matching"
  let title = LocalizedText("Coarsened exact matching", nl: "Exact matchen in klassen")
  let summary = LocalizedText(
    "Puts each covariate into classes and compares people within groups that are in the same classes.",
    nl: "Deelt elke covariaat in klassen in en vergelijkt mensen binnen groepen met dezelfde klassen.")
  let page = "ExactMatching"
  let example = "--formula 'treat ~ age + educ + race' --cutpoints age=20;30;40 --outcome re78"
  let options: [EstimationOption] =
    [
      .treatmentFormula, .estimand(all: true),
      EstimationOption(
        "classes",
        .choice([
          EstimationChoice("sturges", "by Sturges' rule", nl: "volgens Sturges"),
          EstimationChoice("scott", "by Scott's rule", nl: "volgens Scott"),
          EstimationChoice("fd", "by Freedman and Diaconis' rule", nl: "volgens Freedman en Diaconis"),
          EstimationChoice("exact", "each value for itself", nl: "elke waarde apart"),
        ]), "Classes of numbers that cutpoints does not name.", nl: "Klassen van getallen die cutpoints niet noemt.",
        standard: "sturges"),
      EstimationOption(
        "cutpoints", .texts,
        "By column: boundaries (age=20;30;40, a boundary belongs to the higher class; age=30; for one), a number of classes (age=5), q4 for quarters, sturges, scott, fd, exact.",
        nl:
          "Per kolom: grenzen (age=20;30;40, een grens hoort bij de hogere klasse; age=30; voor één), een aantal klassen (age=5), q4 voor kwarten, sturges, scott, fd, exact."
      ),
      EstimationOption(
        "grouping", .texts, "Levels that count as one: race=hispan+white;black.",
        nl: "Niveaus die als één tellen: race=hispan+white;black."),
      EstimationOption(
        "pair",
        .choice([
          EstimationChoice("mahalanobis", "by Mahalanobis' distance", nl: "op de afstand van Mahalanobis"),
          EstimationChoice(
            "robust-mahalanobis", "by Mahalanobis' distance of ranks",
            nl: "op de afstand van Mahalanobis tussen rangnummers"),
          EstimationChoice(
            "scaled-euclidean", "by scaled distance", nl: "op geschaalde afstand"),
          EstimationChoice("euclidean", "by plain distance", nl: "op gewone afstand"),
        ]), "Keep one partner for each person within the groups.", nl: "Houd binnen de groepen één partner voor ieder."),
    ] + EstimationOption.matchedSample

  func estimate(_ request: EstimationRequest) throws(EstimationError) -> EstimationResult {
    let input = try request.matchingInput(needsScore: false)
    var coarsenings: [String: Coarsening] = [:]
    for part in request.texts("cutpoints") {
      let (name, value) = try sides(of: part, option: "cutpoints")
      coarsenings[name] = try coarsening(value)
    }
    for part in request.texts("grouping") {
      let (name, value) = try sides(of: part, option: "grouping")
      coarsenings[name] = .groups(value.split(separator: ";").map { $0.split(separator: "+").map(String.init) })
    }
    let pairing: CovariateDistance? =
      switch request.text("pair") {
      case "mahalanobis": .mahalanobis
      case "robust-mahalanobis": .robustMahalanobis
      case "scaled-euclidean": .scaledEuclidean
      case "euclidean": .euclidean
      default: nil
      }
    let method = CoarsenedExactMatching(
      estimand: request.estimand, usual: try coarsening(request.choice("classes")), coarsenings: coarsenings,
      pairing: pairing)
    let sample = try request.run { () throws(StatisticsError) in try method.match(input.units) }
    return try request.matchedResult(sample, input)
  }

  private func sides(of part: String, option: String) throws(EstimationError) -> (String, String) {
    let sides = part.split(separator: "=", maxSplits: 1).map(String.init)
    guard sides.count == 2 else { throw .valueMissing(option: option) }
    return (sides[0], sides[1])
  }

  private func coarsening(_ text: String) throws(EstimationError) -> Coarsening {
    switch text {
    case "sturges": return .sturges
    case "scott": return .scott
    case "fd": return .freedmanDiaconis
    case "exact", "0": return .exact
    default: break
    }
    if text.contains(";") {
      var points: [Double] = []
      for part in text.split(separator: ";") {
        guard let point = Double(part) else {
          throw .notANumber(option: "cutpoints", found: String(part), limits: .any)
        }
        points.append(point)
      }
      return .cutpoints(points)
    }
    if text.hasPrefix("q"), let parts = Int(text.dropFirst()) { return .quantiles(parts) }
    guard let number = Int(text) else { throw .notANumber(option: "cutpoints", found: text, limits: .any) }
    return .classes(number)
  }
}

/// Classes of the score.
struct SubclassificationEstimation: EstimationMethod {
  let id = "subclassification"
  let title = LocalizedText("Subclassification on the score", nl: "Indeling in klassen van de score")
  let summary = LocalizedText(
    "Divides everybody into classes of the propensity score and compares within them.",
    nl: "Deelt iedereen in naar klassen van de propensityscore en vergelijkt daarbinnen.")
  let page = "Subclassification"
  let example = "--formula 'treat ~ age + educ + race' --classes 5 --outcome re78"
  let options: [EstimationOption] =
    [
      .treatmentFormula, .estimand(all: true), .score, .scoreScale,
      EstimationOption("classes", .whole(2...10000), "How many classes.", nl: "Hoeveel klassen.", standard: "6"),
      EstimationOption(
        "shares", .numbers(.probability), "The shares between classes, instead of classes of one size.",
        nl: "De delen tussen klassen, in plaats van klassen van één grootte."),
      EstimationOption(
        "least", .whole(0...1_000_000), "How many treated people and controls each class has at least.",
        nl: "Hoeveel behandelden en controles elke klasse ten minste heeft.", standard: "1"),
      .support,
    ] + EstimationOption.matchedSample

  func estimate(_ request: EstimationRequest) throws(EstimationError) -> EstimationResult {
    let input = try request.matchingInput(needsScore: true)
    let shares = request.numberList("shares")
    let method = Subclassification(
      estimand: request.estimand, classes: request.whole("classes"), shares: shares.isEmpty ? nil : shares,
      least: request.whole("least"), support: request.choice("discard", as: CommonSupport.self))
    let sample = try request.run { () throws(StatisticsError) in try method.match(input.units) }
    return try request.matchedResult(sample, input)
  }
}
