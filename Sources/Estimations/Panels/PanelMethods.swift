/// The methods of the family of panels, in the order in which they are listed.
let panelMethods: [any EstimationMethod] = [
  DifferenceInDifferencesEstimation(), TwoWayFixedEffectsEstimation(), EventStudyEstimation(),
  SunAbrahamEstimation(), GroupTimeEffectsEstimation(), InterruptedTimeSeriesEstimation(),
]
