import Primitives
import Statistics

/// What every generalised linear model reports, so that all report it alike.
extension EstimationRequest {
  /// - Parameters:
  ///   - exponential: the key of exp(coefficient), for instance `oddsRatio`; nil where it means nothing.
  ///   - parameters: how many were estimated beside the coefficients.
  func result(
    of model: GeneralisedLinearModel, exponential: String?, extraParameters: Int = 0
  ) throws(EstimationError) -> EstimationResult {
    let (convention, clusters) = try covariance(clustered: .clustered(.cr1Likelihood))
    let estimates = try run { () throws(StatisticsError) in try model.estimates(convention, clusters: clusters) }
    var result = result()
    let table = try run { () throws(StatisticsError) in
      try ResultItem.coefficients("coefficients", estimates, level: level, exponential: exponential)
    }
    result.add([table])
    if wantsProfile(coefficients: model.coefficients.count) { result.add([try profile(model)]) }
    if has("test") { result.add(try jointTests(model, estimates)) }
    let parameters = Double(extraParameters)
    let n = Double(model.observations)
    result.add([
      ResultItem(
        "fit",
        .group([
          ResultItem("observations", .whole(model.observations)),
          ResultItem("logLikelihood", .number(model.logLikelihood)),
          ResultItem(
            "nullLogLikelihood", .number(model.nullLogLikelihood),
            title: LocalizedText("log likelihood of the null model", nl: "loglikelihood van het nulmodel")),
          ResultItem("deviance", .number(model.deviance), title: LocalizedText("deviance", nl: "deviantie")),
          ResultItem(
            "nullDeviance", .number(model.nullDeviance),
            title: LocalizedText("null deviance", nl: "deviantie van het nulmodel")),
          ResultItem(
            "residualDegreesOfFreedom", .whole(model.residualDegreesOfFreedom),
            title: LocalizedText("residual degrees of freedom", nl: "vrijheidsgraden van de rest")),
          ResultItem(
            "aic", .number(model.akaikeCriterion + 2 * parameters), title: LocalizedText("AIC", nl: "AIC")),
          ResultItem(
            "bic", .number(model.bayesianCriterion + parameters * n.logarithm),
            title: LocalizedText("BIC", nl: "BIC")),
          ResultItem("iterations", .whole(model.iterations)),
        ]), title: LocalizedText("Fit", nl: "Passing")),
      pseudoRSquared(model),
    ])
    let ratio = model.likelihoodRatioTest
    if ratio.degreesOfFreedom > 0 {
      result.add([
        .test(
          "likelihoodRatioTest", statistic: ratio.statistic, degreesOfFreedom: ratio.degreesOfFreedom,
          pValue: ratio.pValue,
          title: LocalizedText("Likelihood-ratio test of all terms", nl: "Likelihoodratiotoets van alle termen"))
      ])
    }
    result.add([.covariance("covariance", estimates)])
    if flag("fitted") {
      result.add("fitted", .numbers(model.fitted), title: LocalizedText("fitted values", nl: "gepaste waarden"))
    }
    result.addConvention(estimates.convention, prefix: .standardErrors)
    if convergence == .relativeDeviance {
      result.addConvention(
        "Steps end as in R's glm; standard errors are those of the last step but one (--convergence complete for the maximum itself).",
        nl:
          "De stappen eindigen als in glm van R; de standaardfouten zijn die van de op een na laatste stap (--convergence complete voor het maximum zelf)."
      )
    }
    warnOfAliased(model.aliased, in: &result)
    return result
  }

  func warnOfAliased(_ names: [String], in result: inout EstimationResult) {
    guard !names.isEmpty else { return }
    let list = names.joined(separator: ", ")
    result.addWarning(
      "Left out because they depend on other columns: \(list).",
      nl: "Weggelaten omdat ze van andere kolommen afhangen: \(list).")
  }

  private func profile(_ model: GeneralisedLinearModel) throws(EstimationError) -> ResultItem {
    var table = ResultTable()
    var (interpolated, exact): ([ConfidenceInterval], [ConfidenceInterval]) = ([], [])
    for position in model.coefficients.indices {
      interpolated.append(
        try run { () throws(StatisticsError) in
          try model.profileInterval(position, level: level, solution: .interpolated)
        })
      exact.append(
        try run { () throws(StatisticsError) in try model.profileInterval(position, level: level) })
    }
    table.add("term", model.names)
    table.add("lower", interpolated.map(\.lower))
    table.add("upper", interpolated.map(\.upper))
    table.add("exactLower", exact.map(\.lower), title: LocalizedText("lower, exact", nl: "onder, exact"))
    table.add("exactUpper", exact.map(\.upper), title: LocalizedText("upper, exact", nl: "boven, exact"))
    return ResultItem(
      "profile", .table(table),
      title: LocalizedText(
        "Profile-likelihood intervals: as R's confint interpolates them, and exact",
        nl: "Profielintervallen: zoals confint van R ze interpoleert, en exact"))
  }

  /// The positions of the coefficients that the option `test` names.
  func testedPositions(_ names: [String]) throws(EstimationError) -> [Int] {
    var positions: [Int] = []
    for name in texts("test") {
      guard let position = names.firstIndex(of: name) else {
        throw .unknownChoice(option: "test", found: name, near: nearest(to: name, in: names), choices: names)
      }
      if !positions.contains(position) { positions.append(position) }
    }
    return positions
  }

  private func jointTests(
    _ model: GeneralisedLinearModel, _ estimates: CoefficientEstimates
  ) throws(EstimationError) -> [ResultItem] {
    let positions = try testedPositions(model.names)
    let wald = try run { () throws(StatisticsError) in try estimates.wald(zero: positions) }
    return [.wald("wald", wald, title: LocalizedText("Joint Wald test", nl: "Gezamenlijke Wald-toets"))]
  }

  private func pseudoRSquared(_ model: GeneralisedLinearModel) -> ResultItem {
    let measures = model.pseudoRSquared
    var items = [
      ResultItem("mcFadden", .number(measures.mcFadden), title: LocalizedText("McFadden", nl: "McFadden")),
      ResultItem(
        "mcFaddenAdjusted", .number(measures.mcFaddenAdjusted),
        title: LocalizedText("McFadden, adjusted", nl: "McFadden, gecorrigeerd")),
      ResultItem("coxSnell", .number(measures.coxSnell), title: LocalizedText("Cox and Snell", nl: "Cox en Snell")),
      ResultItem("nagelkerke", .number(measures.nagelkerke), title: LocalizedText("Nagelkerke", nl: "Nagelkerke")),
    ]
    if let tjur = measures.tjur {
      items.append(ResultItem("tjur", .number(tjur), title: LocalizedText("Tjur", nl: "Tjur")))
    }
    return ResultItem(
      "pseudoRSquared", .group(items), title: LocalizedText("Pseudo R-squared", nl: "Pseudo-R-kwadraat"))
  }
}
