/// Regressions of outcomes that are not continuous, in the order in which they are listed.
let generalisedMethods: [any EstimationMethod] = [
  LogisticRegressionEstimation(), FirthLogisticRegressionEstimation(), PoissonRegressionEstimation(),
  NegativeBinomialRegressionEstimation(), MarginalEffectsEstimation(),
]
