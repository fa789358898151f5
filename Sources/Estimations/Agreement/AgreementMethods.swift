import Primitives
import Statistics

/// The methods of the family of agreement, in the order in which they are listed.
let agreementMethods: [any EstimationMethod] = [
  CohenKappaEstimation(), FleissKappaEstimation(), KrippendorffAlphaEstimation(), UnitisedAlphaEstimation(),
]

extension EstimationOption {
  static let order = EstimationOption(
    "order", .texts, "Categories from low to high; without it numbers by size, texts by their characters.",
    nl: "Categorieën van laag naar hoog; zonder dit getallen op grootte, teksten op hun tekens.")
}

extension EstimationRequest {
  /// Ratings in columns on one list of categories: codes by column, nil where missing.
  ///
  /// - Parameter order: categories from low to high; empty for the usual order.
  func ratings(
    _ columns: [Categories], order: [String], option: String
  ) throws(EstimationError) -> (codes: [[Int?]], levels: [String]) {
    let found = Set(columns.flatMap(\.levels))
    var levels = order
    if order.isEmpty {
      levels = found.allSatisfy({ Double($0) != nil }) ? found.sorted { Double($0)! < Double($1)! } : found.sorted()
    } else if !found.isSubset(of: order) {
      throw .unknownLevel(option: "order", column: option)
    }
    let places = Dictionary(levels.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    return (columns.map { column in column.codes.map { $0 < 0 ? nil : places[column.levels[Int($0)]] } }, levels)
  }
}

extension EstimationResult {
  /// What every kappa has.
  mutating func addKappa(
    _ kappa: Estimate, nullStandardError: Double?, pValue: Double?, observedAgreement: Double, expectedAgreement: Double
  ) {
    add([.estimate("kappa", kappa, title: LocalizedText("kappa", nl: "kappa"))])
    add("nullStandardError", nullStandardError, title: .nullStandardError)
    add("pValue", pValue)
    add(
      "observedAgreement", observedAgreement,
      title: LocalizedText("observed agreement", nl: "waargenomen overeenstemming"))
    add(
      "expectedAgreement", expectedAgreement,
      title: LocalizedText("expected agreement", nl: "verwachte overeenstemming"))
  }
}

extension LocalizedText {
  static let nullStandardError = LocalizedText("standard error under 0", nl: "standaardfout bij 0")
}
