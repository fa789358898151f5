import Primitives
import Statistics

/// The methods of the family of sensitivity, in the order in which they are listed.
let sensitivityMethods: [any EstimationMethod] = [
  RosenbaumBoundsEstimation(), McNemarBoundsEstimation(), EValueEstimation(), RiskDifferenceEValueEstimation(),
  MultipleTestingEstimation(),
]

extension EstimationOption {
  static let gamma = EstimationOption(
    "gamma", .numbers(.positive), "Sizes of hidden bias Γ, 1 or more, separated by commas.",
    nl: "Groottes van verborgen vertekening Γ, 1 of meer, gescheiden door komma's.", standard: "1,1.1,1.2,1.3,1.5,2,3")
  static let alternative = EstimationOption(
    "alternative",
    .choice([
      EstimationChoice("greater", "the treated have more", nl: "de behandelden hebben meer"),
      EstimationChoice("less", "the treated have less", nl: "de behandelden hebben minder"),
      EstimationChoice("two-sided", "either", nl: "een van beide"),
    ]), "In which direction the test looks.", nl: "Naar welke kant de toets kijkt.", standard: "greater")
  static let significance = EstimationOption(
    "significance", .number(.probability), "Level below which a p-value counts as a finding.",
    nl: "Niveau waaronder een p-waarde als bevinding telt.", standard: "0.05")
}

extension EstimationRequest {
  var alternative: Alternative {
    switch choice("alternative") {
    case "less": .less
    case "two-sided": .twoSided
    default: .greater
    }
  }

  /// A table of bounds on p-values and the bias that is withstood, added to a result.
  func add(
    _ bounds: [HiddenBiasBound], withstood: Double?, to table: inout ResultTable,
    _ result: inout EstimationResult
  ) {
    table.add("gamma", bounds.map(\.gamma), title: LocalizedText("Γ", nl: "Γ"))
    table.add(
      "lowerPValue", bounds.map(\.lower), title: LocalizedText("smallest p-value", nl: "kleinste p-waarde"))
    table.add("upperPValue", bounds.map(\.upper), title: LocalizedText("largest p-value", nl: "grootste p-waarde"))
    result.add(
      "withstoodGamma", withstood.flatMap { $0.isFinite ? $0 : nil },
      title: LocalizedText("hidden bias Γ that is withstood", nl: "verborgen vertekening Γ die wordt doorstaan"))
    if withstood == nil {
      result.addWarning(
        "The p-value is above the level of significance even without hidden bias.",
        nl: "De p-waarde ligt ook zonder verborgen vertekening boven het significantieniveau.")
    }
  }
}
