import NumericalMethods
import Primitives
import Statistics

/// One coefficient for each time before and after the treatment.
struct EventStudyEstimation: EstimationMethod {
  let id = "event-study"
  let title = LocalizedText("Event study", nl: "Event study: effect per tijd sinds de behandeling")
  let summary = LocalizedText(
    "Two-way fixed effects with a coefficient for each time before and after the treatment, and the test that those before are zero.",
    nl:
      "Vaste effecten van eenheden en perioden met een coëfficiënt voor elke tijd voor en na de behandeling, en de toets dat die ervoor nul zijn."
  )
  let page = "EventStudy"
  let example = "--outcome income --unit person --period month --first-treated start --earliest -12 --latest 24"
  let options: [EstimationOption] = [
    .panelOutcome, .panelUnit, .panelPeriod, .firstTreated, .panelCovariates, .references,
    EstimationOption(
      "earliest", .whole(-1_000_000...1_000_000), "Times before this one share its coefficient.",
      nl: "Tijden voor deze delen haar coëfficiënt."),
    EstimationOption(
      "latest", .whole(-1_000_000...1_000_000), "Times after this one share its coefficient.",
      nl: "Tijden na deze delen haar coëfficiënt."),
    .weights, .panelErrors, .clusters, .absorbedCount, .level,
  ]

  func estimate(_ request: EstimationRequest) throws(EstimationError) -> EstimationResult {
    let panel = try request.panel()
    let outcome = try request.numbers("outcome")
    let firstTreated = try request.firstTreated()
    let covariates = try request.designIfGiven("covariates", intercept: false)
    let weights = try request.numbersIfGiven("weights")
    let covariance = try request.panelCovariance()
    let settings = EventStudy.Settings(
      references: request.wholeReferences, earliest: request.wholeIfGiven("earliest"),
      latest: request.wholeIfGiven("latest"))
    let study = try request.run { () throws(StatisticsError) in
      try EventStudy(
        panel, outcome: outcome, firstTreated: firstTreated, covariates: covariates, weights: weights,
        settings: settings)
    }
    let estimates = try request.run { () throws(StatisticsError) in
      try study.estimates(covariance.convention, clusters: covariance.clusters, counting: covariance.counting)
    }
    var result = request.result()
    try result.add(study.fit, estimates, request)
    result.add(
      "neverTreated", study.neverTreated, title: LocalizedText("units never treated", nl: "eenheden nooit behandeld"))
    if let test = try? study.preTrendTest(estimates) {
      result.add([.wald("preTrend", test, title: LocalizedText("Times before are zero", nl: "Tijden ervoor zijn nul"))])
    }
    result.add([.covariance("covariance", estimates)])
    return result
  }
}
