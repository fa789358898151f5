import Primitives
import Statistics

/// p-values corrected for several tests.
struct MultipleTestingEstimation: EstimationMethod {
  let id = "multiple-testing"
  let title = LocalizedText("Correction for several tests", nl: "Correctie voor meer toetsen")
  let summary = LocalizedText(
    "p-values corrected for having made several tests; each row of the table is one test.",
    nl: "p-waarden gecorrigeerd omdat er meer toetsen zijn gedaan; elke rij van de tabel is een toets.")
  let page = "MultipleTesting"
  let example = "--p-value p --method holm"
  let options: [EstimationOption] = [
    EstimationOption("p-value", .column, "The p-values.", nl: "De p-waarden.", isRequired: true),
    EstimationOption("label", .category, "Names of the tests.", nl: "Namen van de toetsen."),
    EstimationOption(
      "method", .choice(Self.methods.map(\.choice)), "What the correction holds.", nl: "Wat de correctie bewaakt.",
      standard: "holm"),
    EstimationOption(
      "comparisons", .whole(1...1_000_000_000), "How many tests were made, when more than are given.",
      nl: "Hoeveel toetsen er zijn gedaan, als dat er meer zijn dan gegeven."),
    .significance,
  ]

  private static let methods: [(choice: EstimationChoice, method: MultipleTesting)] = [
    (
      EstimationChoice("bonferroni", "any false finding, simplest", nl: "een onjuiste bevinding, eenvoudigst"),
      .bonferroni
    ),
    (EstimationChoice("holm", "any false finding", nl: "een onjuiste bevinding"), .holm),
    (
      EstimationChoice(
        "hochberg", "any false finding, independent tests", nl: "een onjuiste bevinding, onafhankelijke toetsen"),
      .hochberg
    ),
    (
      EstimationChoice("hommel", "as hochberg, sharper", nl: "als hochberg, scherper"), .hommel
    ),
    (
      EstimationChoice("benjamini-hochberg", "share of false findings", nl: "aandeel onjuiste bevindingen"),
      .benjaminiHochberg
    ),
    (
      EstimationChoice(
        "benjamini-yekutieli", "share of false findings, any dependence",
        nl: "aandeel onjuiste bevindingen, elke samenhang"),
      .benjaminiYekutieli
    ),
  ]

  func estimate(_ request: EstimationRequest) throws(EstimationError) -> EstimationResult {
    let name = request.choice("method")
    let method = Self.methods.first { $0.choice.name == name }!.method
    let pValues = try request.numbers("p-value")
    let labels = try request.categoriesIfGiven("label")
    let adjusted = try request.run { () throws(StatisticsError) in
      try method.adjusted(pValues, comparisons: request.wholeIfGiven("comparisons"))
    }
    let significance = request.number("significance")
    var table = ResultTable()
    if let labels { table.add("label", labels.indices.map { labels.levels[$0] }) }
    table.add("pValue", pValues)
    table.add("adjusted", adjusted)
    table.add(
      "significant", adjusted.map { $0 <= significance ? 1 : 0 }, title: LocalizedText("significant", nl: "significant")
    )
    var result = request.result()
    result.add("tests", .table(table), title: LocalizedText("tests", nl: "toetsen"))
    result.add(
      "findings", adjusted.count { $0 <= significance }, title: LocalizedText("findings", nl: "bevindingen"))
    return result
  }
}
