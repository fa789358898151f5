import NumericalMethods
import Primitives
import Statistics

/// Fleiss' kappa of several raters.
struct FleissKappaEstimation: EstimationMethod {
  let id = "fleiss-kappa"
  let title = LocalizedText("Fleiss' kappa", nl: "Kappa van Fleiss")
  let summary = LocalizedText(
    "Agreement of the same number of raters for each subject, from how many gave each category; each row is one subject.",
    nl: "Overeenstemming van evenveel beoordelaars per onderwerp, uit hoeveel er elke categorie gaven; elke rij is een "
      + "onderwerp.")
  let page = "Kappa"
  let example = "--counts good,fair,poor"
  let options: [EstimationOption] = [
    EstimationOption(
      "counts", .columns, "Columns with the number of raters that gave each category.",
      nl: "Kolommen met het aantal beoordelaars dat elke categorie gaf.", isRequired: true),
    .level,
  ]

  func estimate(_ request: EstimationRequest) throws(EstimationError) -> EstimationResult {
    let columns = try request.numberColumns("counts")
    let kappa = try request.run { () throws(StatisticsError) in
      try FleissKappa(counts: Matrix(columns: columns.map(\.values)), level: request.level)
    }
    var result = request.result()
    result.addKappa(
      kappa.estimate, nullStandardError: kappa.nullStandardError, pValue: kappa.pValue,
      observedAgreement: kappa.observedAgreement, expectedAgreement: kappa.expectedAgreement)
    result.add("raters", kappa.raters, title: LocalizedText("raters", nl: "beoordelaars"))
    var table = ResultTable()
    table.add("category", columns.map(\.name), title: LocalizedText("category", nl: "categorie"))
    table.add("kappa", kappa.categories.map(\.kappa), title: LocalizedText("kappa", nl: "kappa"))
    table.add("share", kappa.categories.map(\.share), title: LocalizedText("share", nl: "aandeel"))
    table.add(
      "nullStandardError", kappa.categories.map(\.nullStandardError),
      title: .nullStandardError)
    result.add("categories", .table(table), title: LocalizedText("categories", nl: "categorieën"))
    result.addConvention(
      "The interval is of the jackknife over subjects; the test uses the error under kappa 0 (Fleiss, Nee, Landis 1979).",
      nl:
        "Het interval is van de jackknife over onderwerpen; de toets gebruikt de fout bij kappa 0 (Fleiss, Nee, Landis 1979)."
    )
    return result
  }
}
