import NumericalMethods
import Primitives
import Statistics

/// Options that the methods of panels share.
extension EstimationOption {
  static let panelOutcome = EstimationOption(
    "outcome", .column, "What is measured in each row.", nl: "Wat in elke rij is gemeten.", isRequired: true)
  static let panelUnit = EstimationOption(
    "unit", .category, "Who each row is about: a person, a municipality.",
    nl: "Over wie elke rij gaat: een persoon, een gemeente.", isRequired: true)
  static let panelPeriod = EstimationOption(
    "period", .column, "The period of each row, a whole number.", nl: "De periode van elke rij, een geheel getal.",
    isRequired: true)
  static let firstTreated = EstimationOption(
    "first-treated", .column,
    "The period in which the unit was first treated; 0, empty, or after the last period for never.",
    nl: "De periode waarin de eenheid voor het eerst behandeld is; 0, leeg, of na de laatste periode voor nooit.",
    isRequired: true, keepsMissing: true)
  static let panelCovariates = EstimationOption(
    "covariates", .terms, "Terms that make those compared alike: age + factor(region).",
    nl: "Termen waarop wie vergeleken wordt gelijk is: age + factor(region).")
  static let panelErrors = EstimationOption(
    "errors",
    .choice([
      EstimationChoice(
        "cluster", "by unit, or by --cluster; the smallest number of clusters counts, as in fixest",
        nl: "per eenheid, of per --cluster; het kleinste aantal clusters telt, als in fixest"),
      EstimationChoice(
        "cluster-own", "as cluster, each way of clustering with its own number, as in Stata and sandwich",
        nl: "als cluster, elke indeling met het eigen aantal, als in Stata en sandwich"),
      EstimationChoice(
        "cluster-groups", "clusters, times G/(G − 1) alone", nl: "clusters, alleen maal G/(G − 1)"),
      EstimationChoice("cluster-plain", "clusters without a factor", nl: "clusters zonder factor"),
      .classical, .white,
      EstimationChoice("hc1", "White's, times n/(n − K)", nl: "White, maal n/(n − K)"),
    ]), "Convention of the standard errors.", nl: "Conventie van de standaardfouten.", standard: "cluster")
  static let absorbedCount = EstimationOption(
    "count",
    .choice([
      EstimationChoice(
        "non-nested", "all effects but those within clusters: fixest, reghdfe",
        nl: "alle effecten behalve die binnen clusters: fixest, reghdfe"),
      EstimationChoice("all", "all effects: areg, dummies", nl: "alle effecten: areg, dummy's"),
      EstimationChoice("none", "the columns only", nl: "alleen de kolommen"),
    ]), "Which effects count as coefficients in K.", nl: "Welke effecten in K als coëfficiënt tellen.",
    standard: "non-nested")
  static let references = EstimationOption(
    "references", .numbers(.any),
    "Times since the treatment without a coefficient, which the others are compared with.",
    nl: "Tijden sinds de behandeling zonder coëfficiënt, waarmee de andere worden vergeleken.", standard: "-1")
}

extension EstimationRequest {
  /// The period in which each row's unit was first treated, 0 for never.
  func firstTreated() throws(EstimationError) -> [Int] {
    try numbers("first-treated").map { $0.isFinite && abs($0) < 1e15 ? Int($0) : 0 }
  }

  /// The panel of the options `unit` and `period`.
  func panel() throws(EstimationError) -> Panel {
    let unit = try labels("unit") ?? []
    let period = try wholes("period")
    return try run { () throws(StatisticsError) in try Panel(unit: unit, period: period) }
  }

  var wholeReferences: [Int] { numberList("references").map { Int($0.rounded()) } }

  /// What the options `errors`, `cluster` and `count` ask of a two-way regression.
  func panelCovariance() throws(EstimationError) -> PanelCovariance {
    let clusters = try severalClusters("cluster")
    let convention: CovarianceConvention =
      switch choice("errors") {
      case "cluster-own": .clustered(.cr1)
      case "cluster-groups": .clustered(.cr1Likelihood)
      case "cluster-plain": .clustered(.cr0)
      case "classical": .classical
      case "hc0": .hc0
      case "hc1": .hc1
      default: .clustered(.cr1SmallestCount)
      }
    if case .clustered = convention {
    } else if !clusters.isEmpty {
      throw .optionsConflict(
        LocalizedText(
          "--errors \(choice("errors")) knows no clusters. Leave --cluster out.",
          nl: "--errors \(choice("errors")) kent geen clusters. Laat --cluster weg."))
    }
    let counting: TwoWayFixedEffects.AbsorbedCount =
      switch choice("count") {
      case "all": .all
      case "none": .none
      default: .nonNested
      }
    return PanelCovariance(convention: convention, clusters: clusters, counting: counting)
  }
}

struct PanelCovariance {
  var convention: CovarianceConvention
  var clusters: [Clusters]
  var counting: TwoWayFixedEffects.AbsorbedCount
}

extension EstimationResult {
  /// Coefficients, how they were made, and the size of a two-way regression.
  mutating func add(
    _ fit: TwoWayFixedEffects, _ estimates: CoefficientEstimates, _ request: EstimationRequest
  ) throws(EstimationError) {
    add("observations", fit.observations)
    add("units", fit.unitCount, title: LocalizedText("units", nl: "eenheden"))
    add("periods", fit.periodCount, title: LocalizedText("periods", nl: "perioden"))
    add([
      try request.run { () throws(StatisticsError) in
        try ResultItem.coefficients("coefficients", estimates, level: request.level)
      }
    ])
    add(
      "withinRSquared", fit.withinRSquared,
      title: LocalizedText("R-squared within units and periods", nl: "R-kwadraat binnen eenheden en perioden"))
    add("aliased", .texts(fit.aliased), title: LocalizedText("without a coefficient", nl: "zonder coëfficiënt"))
    addConvention(estimates.convention, prefix: .standardErrors)
    if !request.has("cluster") { request.warnOfFewClusters(estimates.clusterCounts, in: &self) }
    if !fit.aliased.isEmpty {
      let list = fit.aliased.joined(separator: ", ")
      addWarning(
        "Without a coefficient, because other columns, units or periods determine them: \(list).",
        nl: "Zonder coëfficiënt, omdat andere kolommen, eenheden of perioden ze bepalen: \(list).")
    }
  }
}
