import NumericalMethods
import Primitives
import Statistics

/// Two groups over two periods.
struct DifferenceInDifferencesEstimation: EstimationMethod {
  let id = "difference-in-differences"
  let title = LocalizedText("Difference-in-differences", nl: "Verschil-in-verschillen")
  let summary = LocalizedText(
    "By how much more the treated changed than the others, between two periods: the same units (--before, or --unit), or different people before and after. Covariates make those compared alike.",
    nl:
      "Hoeveel meer de behandelden veranderden dan de anderen, tussen twee perioden: dezelfde eenheden (--before, of --unit), of verschillende mensen voor en na. Covariaten maken wie vergeleken wordt gelijk."
  )
  let page = "DifferenceInDifferences"
  let example = "--outcome income --after year==2 --treated programme --unit person --covariates 'age + sex'"
  let options: [EstimationOption] = [
    .panelOutcome,
    EstimationOption(
      "treated", .column, "1 for the group that is treated in the later period, 0 for the others.",
      nl: "1 voor de groep die in de latere periode behandeld is, 0 voor de anderen.", isRequired: true),
    EstimationOption(
      "after", .column, "1 for rows of the later period; or a comparison: year == 2020.",
      nl: "1 voor rijen van de latere periode; of een vergelijking: year == 2020."),
    EstimationOption(
      "before", .column, "One row a unit: the outcome in the earlier period.",
      nl: "Eén rij per eenheid: de uitkomst in de eerdere periode."),
    EstimationOption(
      "unit", .category, "Two rows a unit: who each row is about.",
      nl: "Twee rijen per eenheid: over wie elke rij gaat."),
    .panelCovariates,
    EstimationOption(
      "method",
      .choice([
        EstimationChoice(
          "doubly-robust", "regression and weighting: drdid_panel, drdid_rc",
          nl: "regressie en weging: drdid_panel, drdid_rc"),
        EstimationChoice(
          "improved-doubly-robust", "tilting and weighted regression: drdid_imp_panel, drdid_imp_rc",
          nl: "tilting en gewogen regressie: drdid_imp_panel, drdid_imp_rc"),
        EstimationChoice("regression", "reg_did_panel, reg_did_rc", nl: "reg_did_panel, reg_did_rc"),
        EstimationChoice(
          "weighting", "odds weights over their sum: std_ipw_did_panel, …_rc",
          nl: "odds-gewichten gedeeld door hun som: std_ipw_did_panel, …_rc"),
        EstimationChoice(
          "unnormalised-weighting", "Abadie's: ipw_did_panel, ipw_did_rc", nl: "Abadie: ipw_did_panel, ipw_did_rc"),
        EstimationChoice(
          "interaction", "least squares on after, treated, their product and the covariates",
          nl: "kleinste kwadraten op na, behandeld, hun product en de covariaten"),
      ]), "How the two groups are made alike.", nl: "Hoe de twee groepen gelijk worden gemaakt.",
      standard: "doubly-robust"),
    EstimationOption(
      "efficiency",
      .choice([
        EstimationChoice(
          "local", "the treated's own regressions too: drdid_rc, drdid_imp_rc",
          nl: "ook de eigen regressies van de behandelden: drdid_rc, drdid_imp_rc"),
        EstimationChoice("plain", "without: drdid_rc1, drdid_imp_rc1", nl: "zonder: drdid_rc1, drdid_imp_rc1"),
      ]), "For different people before and after, doubly robust.",
      nl: "Voor verschillende mensen voor en na, dubbel robuust.", standard: "local"),
    EstimationOption(
      "exact-influence", .flag,
      "For drdid_rc and drdid_rc1: the sign that differentiation gives, where DRDID has the other.",
      nl: "Voor drdid_rc en drdid_rc1: het teken dat differentiëren geeft, waar DRDID het andere heeft."),
    EstimationOption(
      "critical-value", .number(.positive), "What the standard error is multiplied by; DRDID uses 1.96.",
      nl: "Waarmee de standaardfout wordt vermenigvuldigd; DRDID gebruikt 1,96."),
    .weights, .errors, .clusters, .level,
  ]

  func estimate(_ request: EstimationRequest) throws(EstimationError) -> EstimationResult {
    let outcome = try request.numbers("outcome")
    let treated = try request.truths("treated")
    let weights = try request.numbersIfGiven("weights")
    let covariates = try request.designIfGiven("covariates", intercept: false)
    if request.choice("method") == "interaction" {
      return try interaction(request, outcome, treated, covariates, weights)
    }
    if request.text("errors") != nil {
      throw .optionsConflict(
        LocalizedText(
          "--errors goes with --method interaction; the others have their own.",
          nl: "--errors hoort bij --method interaction; de andere hebben hun eigen."))
    }
    let clusters = try request.severalClusters("cluster")
    guard clusters.count < 2 else {
      throw .optionsConflict(
        LocalizedText("--cluster takes one column here.", nl: "--cluster neemt hier één kolom."))
    }
    let method = ComparisonMethod.allCases.first { Self.name($0) == request.choice("method") }!
    let settings = DifferenceInDifferences.Settings(
      method: method, locallyEfficient: request.choice("efficiency") == "local",
      exactInfluence: request.flag("exact-influence"), level: request.level,
      criticalValue: request.numberIfGiven("critical-value"))
    let found: DifferenceInDifferences
    if let before = try request.numbersIfGiven("before") {
      found = try request.run { () throws(StatisticsError) in
        try DifferenceInDifferences(
          before: before, after: outcome, treated: treated, covariates: covariates, weights: weights,
          clusters: clusters.first, settings: settings)
      }
    } else {
      guard let isAfter = try request.truthsIfGiven("after") else {
        throw .optionsConflict(
          LocalizedText(
            "Give --after, or --before for one row a unit.", nl: "Geef --after, of --before bij één rij per eenheid."))
      }
      if let unit = try request.labels("unit") {
        let pairs = try Self.pairs(unit, isAfter)
        found = try request.run { () throws(StatisticsError) in
          try DifferenceInDifferences(
            before: pairs.map { outcome[$0.before] }, after: pairs.map { outcome[$0.after] },
            treated: pairs.map { treated[$0.before] || treated[$0.after] },
            covariates: covariates?.selecting(rows: pairs.map(\.before)),
            weights: weights.map { weights in pairs.map { weights[$0.before] } },
            clusters: clusters.first?.selecting(rows: pairs.map(\.before)), settings: settings)
        }
      } else {
        found = try request.run { () throws(StatisticsError) in
          try DifferenceInDifferences(
            outcome: outcome, isAfter: isAfter, treated: treated, covariates: covariates, weights: weights,
            clusters: clusters.first, settings: settings)
        }
      }
    }
    var result = request.result()
    result.add("observations", found.effect.count)
    result.add([
      .estimate("effect", found.effect, title: LocalizedText("Effect on the treated", nl: "Effect op de behandelden"))
    ])
    result.add([Self.means(found.means)])
    result.addConvention(
      found.conventions[0],
      prefix: LocalizedText("Method \(request.choice("method"))", nl: "Methode \(request.choice("method"))"))
    for convention in found.conventions.dropFirst() { result.addConvention(convention) }
    if found.smallestGroup < (covariates?.columnCount ?? 0) + 5 {
      result.addWarning(
        "The smallest group compared has \(found.smallestGroup) \(found.smallestGroup == 1 ? "row" : "rows"), so the error is too small to be trusted.",
        nl:
          "De kleinste vergeleken groep heeft \(found.smallestGroup) \(found.smallestGroup == 1 ? "rij" : "rijen"); de fout is dan te klein om te vertrouwen."
      )
    }
    return result
  }

  private func interaction(
    _ request: EstimationRequest, _ outcome: [Double], _ treated: [Bool], _ covariates: ModelMatrix?,
    _ weights: [Double]?
  ) throws(EstimationError) -> EstimationResult {
    guard let isAfter = try request.truthsIfGiven("after") else {
      throw .optionsConflict(
        LocalizedText("--method interaction needs --after.", nl: "--method interaction heeft --after nodig."))
    }
    let (convention, clusters) = try request.covariance()
    let fit = try request.run { () throws(StatisticsError) in
      try DifferenceRegression(
        outcome: outcome, isAfter: isAfter, treated: treated, covariates: covariates, weights: weights)
    }
    let estimates = try request.run { () throws(StatisticsError) in
      try fit.fit.estimates(convention, clusters: clusters)
    }
    var result = request.result()
    result.add("observations", fit.fit.observations)
    result.add([
      .estimate(
        "effect",
        try request.run { () throws(StatisticsError) in
          try estimates.estimate(estimates.position(fit.effectName)!, level: request.level)
        }, title: LocalizedText("Effect on the treated", nl: "Effect op de behandelden")),
      try request.run { () throws(StatisticsError) in
        try ResultItem.coefficients("coefficients", estimates, level: request.level)
      },
    ])
    result.add(
      "rSquared",
      try request.run { () throws(StatisticsError) in try fit.fit.fit().rSquared },
      title: LocalizedText("R-squared", nl: "R-kwadraat"))
    result.addConvention(estimates.convention, prefix: .standardErrors)
    result.warnOfAliased(estimates.aliased)
    return result
  }

  private static func name(_ method: ComparisonMethod) -> String {
    switch method {
    case .regression: "regression"
    case .weighting: "weighting"
    case .unnormalisedWeighting: "unnormalised-weighting"
    case .doublyRobust: "doubly-robust"
    case .improvedDoublyRobust: "improved-doubly-robust"
    }
  }

  /// The row before and the row after of each unit that has both.
  private static func pairs(
    _ unit: [Int], _ isAfter: [Bool]
  ) throws(EstimationError) -> [(before: Int, after: Int)] {
    var before: [Int: Int] = [:]
    var after: [Int: Int] = [:]
    for row in unit.indices {
      let taken = isAfter[row] ? after.updateValue(row, forKey: unit[row]) : before.updateValue(row, forKey: unit[row])
      if taken != nil {
        throw .notEstimable(
          LocalizedText(
            "A unit has two rows in one of the periods; keep one for each.",
            nl: "Een eenheid heeft twee rijen in een van de perioden; houd er per periode één."))
      }
    }
    return before.compactMap { unit, row in after[unit].map { (row, $0) } }.sorted { $0.before < $1.before }
  }

  private static func means(_ means: DifferenceInDifferences.CellMeans) -> ResultItem {
    ResultItem(
      "means",
      .group([
        ResultItem(
          "treatedBefore", .number(means.treatedBefore), title: LocalizedText("treated, before", nl: "behandeld, voor")),
        ResultItem(
          "treatedAfter", .number(means.treatedAfter), title: LocalizedText("treated, after", nl: "behandeld, na")),
        ResultItem(
          "othersBefore", .number(means.othersBefore), title: LocalizedText("others, before", nl: "anderen, voor")),
        ResultItem("othersAfter", .number(means.othersAfter), title: LocalizedText("others, after", nl: "anderen, na")),
      ]), title: LocalizedText("Mean outcomes", nl: "Gemiddelde uitkomsten"))
  }
}
