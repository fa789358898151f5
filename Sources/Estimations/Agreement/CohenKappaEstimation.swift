import NumericalMethods
import Primitives
import Statistics

/// Cohen's kappa of two raters.
struct CohenKappaEstimation: EstimationMethod {
  let id = "cohen-kappa"
  let title = LocalizedText("Cohen's kappa", nl: "Kappa van Cohen")
  let summary = LocalizedText(
    "Agreement of two raters beyond chance, plain or weighted for ordered categories; each row is one subject.",
    nl:
      "Overeenstemming van twee beoordelaars boven toeval, gewoon of gewogen voor geordende categorieën; elke rij is een "
      + "onderwerp.")
  let page = "Kappa"
  let example = "--first rater1 --second rater2"
  let options: [EstimationOption] = [
    EstimationOption(
      "first", .category, "Category by the first rater.", nl: "Categorie van de eerste beoordelaar.", isRequired: true,
      keepsMissing: true),
    EstimationOption(
      "second", .category, "Category by the second rater.", nl: "Categorie van de tweede beoordelaar.",
      isRequired: true, keepsMissing: true),
    EstimationOption(
      "disagreement",
      .choice([
        EstimationChoice("nominal", "any counts fully", nl: "elke telt volledig"),
        EstimationChoice("linear", "by distance", nl: "naar afstand"),
        EstimationChoice("quadratic", "by squared distance", nl: "naar gekwadrateerde afstand"),
      ]), "How much a disagreement counts.", nl: "Hoe zwaar een verschil telt.", standard: "nominal"),
    .order, .people, .level,
  ]

  func estimate(_ request: EstimationRequest) throws(EstimationError) -> EstimationResult {
    let columns = [try request.categories("first"), try request.categories("second")]
    let (codes, levels) = try request.ratings(columns, order: request.texts("order"), option: "first")
    let weights: AgreementWeights =
      switch request.choice("disagreement") {
      case "linear": .linear
      case "quadratic": .quadratic
      default: .nominal
      }
    let people = try request.people()
    var table = Matrix(rows: levels.count, columns: levels.count)
    var missing = 0
    for row in people.indices {
      if let first = codes[0][row], let second = codes[1][row] {
        table[first, second] += Double(people[row])
      } else {
        missing += people[row]
      }
    }
    let counts = table
    let kappa = try request.run { () throws(StatisticsError) in
      try CohenKappa(table: counts, weights: weights, level: request.level, missing: missing)
    }
    var result = request.result()
    result.addKappa(
      kappa.estimate, nullStandardError: kappa.nullStandardError, pValue: kappa.pValue,
      observedAgreement: kappa.observedAgreement, expectedAgreement: kappa.expectedAgreement)
    result.add(
      "maximum", kappa.maximum,
      title: LocalizedText("highest kappa with these margins", nl: "hoogste kappa bij deze randen"))
    result.add("subjects", kappa.estimate.count, title: LocalizedText("subjects", nl: "onderwerpen"))
    result.add("missing", kappa.missing, title: LocalizedText("rated by one only", nl: "maar door een beoordeeld"))
    var shown = ResultTable()
    shown.add("first", levels, title: LocalizedText("first rater", nl: "eerste beoordelaar"))
    for (column, level) in levels.enumerated() {
      shown.add(level, kappa.table.column(column), title: LocalizedText(level))
    }
    result.add("table", .table(shown), title: LocalizedText("table", nl: "tabel"))
    result.addConvention(
      "Error and interval: Fleiss, Cohen and Everitt 1969; the test uses the error under kappa 0.",
      nl: "Fout en interval: Fleiss, Cohen en Everitt 1969; de toets gebruikt de fout bij kappa 0.")
    return result
  }
}
