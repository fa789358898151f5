/// Methods of weighting, standardisation and resampling, in the order that lists have.
let weightingMethods: [any EstimationMethod] = [
  InverseProbabilityWeightingEstimation(), EntropyBalancingEstimation(), RegressionStandardisationEstimation(),
  AugmentedWeightingEstimation(), WeightedStandardisationEstimation(), BootstrapEstimation(),
]
