/// Methods for values that are missing, in the order in which they are listed.
let imputationMethods: [any EstimationMethod] = [MultipleImputationEstimation(), RubinsRulesEstimation()]
