/// Methods of matching, in the order that lists have.
let matchingMethods: [any EstimationMethod] = [
  NearestNeighbourMatchingEstimation(), OptimalPairMatchingEstimation(), FullMatchingEstimation(),
  ExactMatchingEstimation(), CoarsenedExactMatchingEstimation(), SubclassificationEstimation(),
  AbadieImbensEstimation(), BalanceEstimation(),
]
