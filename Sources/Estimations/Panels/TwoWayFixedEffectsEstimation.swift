import NumericalMethods
import Primitives
import Statistics

/// Least squares with effects of units and periods.
struct TwoWayFixedEffectsEstimation: EstimationMethod {
  let id = "two-way-fixed-effects"
  let title = LocalizedText("Two-way fixed effects", nl: "Vaste effecten van eenheden en perioden")
  let summary = LocalizedText(
    "Least squares with an effect of every unit and every period. Effects that grow with time or differ between groups are mixed; see group-time-effects.",
    nl:
      "Kleinste kwadraten met een effect van elke eenheid en elke periode. Effecten die met de tijd groeien of tussen groepen verschillen worden gemengd; zie group-time-effects."
  )
  let page = "TwoWayFixedEffects"
  let example = "--formula 'income ~ treated + age' --unit person --period year"
  let options: [EstimationOption] = [
    EstimationOption(
      "formula", .formula, "What is modelled, a tilde, and the terms, without units and periods.",
      nl: "Wat wordt gemodelleerd, een tilde, en de termen, zonder eenheden en perioden.", isRequired: true),
    .panelUnit, .panelPeriod, .weights, .panelErrors, .clusters, .absorbedCount, .level,
  ]

  func estimate(_ request: EstimationRequest) throws(EstimationError) -> EstimationResult {
    let model = try request.model("formula")
    let panel = try request.panel()
    let weights = try request.numbersIfGiven("weights")
    let covariance = try request.panelCovariance()
    let design = model.design
    let columns =
      design.hasIntercept ? design.selecting(columns: Array(1..<design.columnCount)) : design
    let fit = try request.run { () throws(StatisticsError) in
      try TwoWayFixedEffects(panel, response: model.response, regressors: columns, weights: weights)
    }
    let estimates = try request.run { () throws(StatisticsError) in
      try fit.estimates(covariance.convention, clusters: covariance.clusters, counting: covariance.counting)
    }
    var result = request.result()
    try result.add(fit, estimates, request)
    result.add([.covariance("covariance", estimates)])
    return result
  }
}
