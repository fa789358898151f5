import Primitives
import Statistics

/// Options that the models of a hazard share.
extension EstimationOption {
  static let hazardTerms = EstimationOption(
    "terms", .terms, "What the hazard depends on: age + sex + age:sex.",
    nl: "Waar de hazard van afhangt: leeftijd + geslacht + leeftijd:geslacht.", isRequired: true)
  static let hazardStrata = EstimationOption(
    "strata", .columns, "Columns whose combinations have a baseline hazard of their own.",
    nl: "Kolommen waarvan de combinaties een eigen basishazard hebben.")
  static let hazardOffset = EstimationOption(
    "offset", .column, "A column added to the linear predictor with coefficient 1.",
    nl: "Een kolom die met coëfficiënt 1 bij de lineaire voorspeller komt.")
  static let ties = EstimationOption(
    "ties",
    .choice([
      EstimationChoice("efron", "R's standard", nl: "de standaard van R"),
      EstimationChoice("breslow", "Stata's standard", nl: "de standaard van Stata"),
      EstimationChoice("exact", "discrete times, without weights", nl: "discrete tijden, zonder gewichten"),
    ]), "How events at one time are taken.", nl: "Hoe gebeurtenissen op één tijd worden genomen.", standard: "efron")
  /// Named as the shared option, with the conventions that a hazard model has.
  static let hazardErrors = EstimationOption(
    "errors",
    .choice([
      EstimationChoice("classical", "the inverse of the information", nl: "de inverse van de informatie"),
      EstimationChoice("hc0", "robust, by row", nl: "robuust, per rij"),
      EstimationChoice("hc1-likelihood", "robust, times n/(n − 1): Stata", nl: "robuust, maal n/(n − 1): Stata"),
      EstimationChoice("cr0", "clustered: R's coxph", nl: "geclusterd: coxph van R"),
      EstimationChoice("cr1-likelihood", "clustered, times G/(G − 1): Stata", nl: "geclusterd, maal G/(G − 1): Stata"),
    ]),
    "Convention of the standard errors; without it cr0 with --cluster, hc0 with weights that are not whole, otherwise classical.",
    nl:
      "Conventie van de standaardfouten; zonder dit cr0 bij --cluster, hc0 bij gewichten die niet heel zijn, anders classical."
  )
  static let at = EstimationOption(
    "at", .texts,
    "A pattern to predict for: column=value, separated by commas; columns of the model that are not named are 0.",
    nl:
      "Een patroon om voor te voorspellen: kolom=waarde, gescheiden door komma's; kolommen van het model die niet genoemd zijn, zijn 0."
  )
}

extension EstimationRequest {
  /// The combinations of the columns of the option `strata`; nil when it is not given.
  func strata() throws(EstimationError) -> Clusters? {
    var ways = try severalClusters("strata")
    guard let first = ways.popLast() else { return nil }
    return ways.reduce(first) { $0.intersection($1) }
  }

  /// The pattern of the option `at` as a row with the columns of a model; nil when it is not given.
  func pattern(_ names: [String]) throws(EstimationError) -> ModelMatrix? {
    let parts = texts("at")
    guard !parts.isEmpty else { return nil }
    var values = [Double](repeating: 0, count: names.count)
    for part in parts {
      let sides = part.split(separator: "=", maxSplits: 1).map { $0.trimmed }
      guard sides.count == 2, let value = Double(sides[1]), value.isFinite else {
        throw .optionsConflict(
          LocalizedText(
            "--at takes column=number, separated by commas: age=30,sex=1.",
            nl: "--at neemt kolom=getal, gescheiden door komma's: leeftijd=30,geslacht=1."))
      }
      guard let place = names.firstIndex(of: sides[0]) else {
        throw .unknownColumn(option: "at", name: sides[0], near: nearest(to: sides[0], in: names))
      }
      values[place] = value
    }
    let columns = zip(names, values).map { (name: $0, values: [$1]) }
    return try run { () throws(StatisticsError) in try ModelMatrix(intercept: false, columns) }
  }
}

extension Substring {
  fileprivate var trimmed: String {
    var rest = self
    while rest.first?.isWhitespace == true { rest.removeFirst() }
    while rest.last?.isWhitespace == true { rest.removeLast() }
    return String(rest)
  }
}

/// The columns set aside because they depend on others, with a warning.
func addAliased(_ names: [String], to result: inout EstimationResult) {
  guard !names.isEmpty else { return }
  result.add("aliased", .texts(names), title: LocalizedText("set aside", nl: "weggelaten"))
  let list = names.joined(separator: ", ")
  result.addWarning(
    "\(list) can be computed from the other columns (and strata), and has no coefficient.",
    nl: "\(list) is uit de andere kolommen (en strata) te berekenen en heeft geen coëfficiënt.")
}
