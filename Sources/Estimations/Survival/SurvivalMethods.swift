/// The methods of the family of survival, in the order in which they are listed.
let survivalMethods: [any EstimationMethod] = [
  KaplanMeierEstimation(), RestrictedMeanEstimation(), LogRankEstimation(), CumulativeIncidenceEstimation(),
  StateOccupationEstimation(), CoxEstimation(), FirthCoxEstimation(), FineGrayEstimation(), ConcordanceEstimation(),
  LandmarkEstimation(), SurvivalBandEstimation(),
]
