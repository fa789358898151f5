import NumericalMethods
import Primitives
import Statistics

/// Krippendorff's alpha of coders who gave values to units.
struct KrippendorffAlphaEstimation: EstimationMethod {
  let id = "krippendorff-alpha"
  let title = LocalizedText("Krippendorff's alpha", nl: "Alfa van Krippendorff")
  let summary = LocalizedText(
    "Agreement among any number of coders on any scale, also with values missing; each row is one unit, each column one "
      + "coder.",
    nl:
      "Overeenstemming van een willekeurig aantal codeurs op elke schaal, ook met ontbrekende waarden; elke rij is een "
      + "eenheid, elke kolom een codeur.")
  let page = "KrippendorffAlpha"
  let example = "--coders anna,ben,chris --metric ordinal"
  let options: [EstimationOption] = [
    EstimationOption(
      "coders", .columns, "Columns of the coders.", nl: "Kolommen van de codeurs.", isRequired: true, keepsMissing: true
    ),
    EstimationOption(
      "metric",
      .choice([
        EstimationChoice("nominal", "equal or not", nl: "gelijk of niet"),
        EstimationChoice("ordinal", "by rank", nl: "naar rang"),
        EstimationChoice("interval", "by difference", nl: "naar verschil"),
        EstimationChoice("ratio", "by relative difference", nl: "naar relatief verschil"),
      ]), "Scale of the values.", nl: "Schaal van de waarden.", standard: "nominal"),
    .order,
    EstimationOption(
      "draws", .whole(2...1_000_000), "Draws of the bootstrap of units.",
      nl: "Trekkingen van de bootstrap van eenheden.",
      standard: "1999"),
    .seed, .level,
  ]

  func estimate(_ request: EstimationRequest) throws(EstimationError) -> EstimationResult {
    let metric = request.choice("metric", as: AgreementMetric.self)
    let names: [String]
    let ratings: [[Double?]]
    let labels: [String]?
    switch metric {
    case .nominal, .ordinal:
      let columns = try request.categoryColumns("coders")
      let (codes, levels) = try request.ratings(
        columns.map(\.categories), order: request.texts("order"), option: "coders")
      names = columns.map(\.name)
      ratings = codes.map { $0.map { $0.map { Double($0) } } }
      labels = levels
    case .interval, .ratio:
      let columns = try request.numberColumns("coders")
      names = columns.map(\.name)
      ratings = columns.map { $0.values.map { $0.isNaN ? nil : $0 } }
      labels = nil
    }
    var result = request.result()
    try request.run { () throws(StatisticsError) in
      let alpha = try KrippendorffAlpha(ratings: ratings, metric: metric)
      let estimate = try alpha.estimate(
        draws: request.whole("draws"), seed: UInt64(request.whole("seed")), level: request.level,
        progress: request.progress)
      result.add([.estimate("alpha", estimate, title: LocalizedText("alpha", nl: "alfa"))])
      result.add(
        "observedDisagreement", alpha.observedDisagreement,
        title: LocalizedText("observed disagreement", nl: "waargenomen verschil"))
      result.add(
        "expectedDisagreement", alpha.expectedDisagreement,
        title: LocalizedText("expected disagreement", nl: "verwacht verschil"))
      result.add(
        "units", alpha.pairableUnits,
        title: LocalizedText("units with two values or more", nl: "eenheden met twee of meer waarden"))
      result.add("values", alpha.pairableValues, title: LocalizedText("their values", nl: "hun waarden"))
      result.add("coders", .texts(names), title: LocalizedText("coders", nl: "codeurs"))
      if alpha.values.count <= 30 {
        var table = ResultTable()
        let coincidences = alpha.coincidences
        let words = alpha.values.map { value in labels.map { $0[Int(value)] } ?? "\(value)" }
        table.add("value", words)
        for (column, word) in words.enumerated() {
          table.add(word, coincidences.column(column), title: LocalizedText(word))
        }
        result.add("coincidences", .table(table), title: LocalizedText("coincidences", nl: "coïncidenties"))
      }
    }
    result.addConvention(
      "The interval has the percentiles of draws of whole units with replacement.",
      nl: "Het interval heeft de percentielen van trekkingen van hele eenheden met teruglegging.")
    return result
  }
}
