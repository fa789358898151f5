/// The methods of the family of regression, in the order in which they are listed.
let regressionMethods: [any EstimationMethod] = [LinearRegressionEstimation(), AbsorbedRegressionEstimation()]
