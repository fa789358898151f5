import NumericalMethods
import Primitives
import Statistics

/// The interaction-weighted event study.
struct SunAbrahamEstimation: EstimationMethod {
  let id = "sun-abraham"
  let title = LocalizedText("Event study of Sun and Abraham", nl: "Event study van Sun en Abraham")
  let summary = LocalizedText(
    "An event study that estimates each group treated at one time by itself and averages by the groups' shares, so that effects of groups are not mixed.",
    nl:
      "Een event study die elke groep met hetzelfde begin apart schat en middelt naar het aandeel van de groepen, zodat effecten van groepen niet worden gemengd."
  )
  let page = "SunAbraham"
  let example = "--outcome income --unit person --period month --first-treated start"
  let options: [EstimationOption] = [
    .panelOutcome, .panelUnit, .panelPeriod, .firstTreated, .panelCovariates, .references, .weights, .panelErrors,
    .clusters, .absorbedCount, .level,
  ]

  func estimate(_ request: EstimationRequest) throws(EstimationError) -> EstimationResult {
    let panel = try request.panel()
    let outcome = try request.numbers("outcome")
    let firstTreated = try request.firstTreated()
    let covariates = try request.designIfGiven("covariates", intercept: false)
    let weights = try request.numbersIfGiven("weights")
    let covariance = try request.panelCovariance()
    let found = try request.run { () throws(StatisticsError) in
      try SunAbraham(
        panel, outcome: outcome, firstTreated: firstTreated, references: request.wholeReferences,
        covariates: covariates, weights: weights)
    }
    func estimates(_ aggregation: SunAbraham.Aggregation) throws(EstimationError) -> CoefficientEstimates {
      try request.run { () throws(StatisticsError) in
        try found.estimates(
          aggregation, covariance.convention, clusters: covariance.clusters, counting: covariance.counting)
      }
    }
    func table(_ key: String, _ estimates: CoefficientEstimates) throws(EstimationError) -> ResultItem {
      try request.run { () throws(StatisticsError) in
        try ResultItem.coefficients(key, estimates, level: request.level)
      }
    }
    var result = request.result()
    let byTime = try estimates(.time)
    try result.add(found.fit, byTime, request)
    result.add([
      try table("overall", try estimates(.overall)), try table("byGroup", try estimates(.group)),
      .covariance("covariance", byTime),
    ])
    result.add(
      "alwaysTreated", found.alwaysTreated,
      title: LocalizedText(
        "units left out, treated from the start", nl: "eenheden weggelaten, vanaf het begin behandeld"))
    if let group = found.comparisonGroup {
      result.addWarning(
        "Nobody is never treated: those first treated in period \(group) serve as comparison until then.",
        nl: "Niemand is nooit behandeld: wie het eerst in periode \(group) behandeld is dient tot dan als vergelijking."
      )
    }
    return result
  }
}
