import NumericalMethods

extension GeneralisedLinearModel {
  /// The interval of a coefficient by its profile likelihood: the values that a likelihood-ratio test does not reject.
  ///
  /// For each value the other coefficients are fitted anew; the limits are where twice the fall of the log-likelihood
  /// equals the square of the normal quantile. Keeps its level better than Wald's interval in small samples and near
  /// separation (Venzon and Moolgavkar 1988, doi:10.2307/2347496).
  ///
  /// - Parameters:
  ///   - position: of the coefficient.
  ///   - level: strictly between 0 and 1.
  ///   - solution: how exactly the limits are found.
  /// - Returns: a limit is nil where the likelihood never falls so far on that side.
  /// - Throws: `.notAProbability`.
  public func profileInterval(
    _ position: Int, level: Double = 0.95, solution: ProfileSolution = .exact
  ) throws(StatisticsError) -> ConfidenceInterval {
    try profile(unit(position)).interval(level: level, solution: solution)
  }

  /// The profile interval of a sum of coefficients, each times its weight.
  public func profileInterval(
    combination weights: [Double], level: Double = 0.95, solution: ProfileSolution = .exact
  ) throws(StatisticsError) -> ConfidenceInterval {
    precondition(weights.count == coefficients.count, "each coefficient has one weight")
    return try profile(weights).interval(level: level, solution: solution)
  }

  /// The likelihood-ratio test that a coefficient has a given value; nil when the others have no finite estimate then.
  public func profileTest(_ position: Int, equals value: Double = 0) -> LikelihoodRatioTest? {
    profile(unit(position)).point(at: value, from: nil).map {
      LikelihoodRatioTest(statistic: max(0, 2 * $0.fall), degreesOfFreedom: 1)
    }
  }

  private func unit(_ position: Int) -> [Double] {
    var weights = [Double](repeating: 0, count: coefficients.count)
    weights[position] = 1
    return weights
  }

  private func profile(_ weights: [Double]) -> ProfileCurve {
    let rows = LikelihoodRows(
      design: StandardisedDesign(design), response: response, weights: self.weights, offset: offset, family: family)
    let flat = [Double](repeating: 0, count: response.count)
    var predictors = flat
    return ProfileCurve(
      constraint: rows.design.constraint(weights), best: rows.design.standardised(coefficients),
      top: logLikelihood - rows.constant(),
      standardError: max(0, covariance.quadraticForm(weights)).squareRoot(), settled: 1e-14
    ) { coefficients in
      let pass = rows.pass(coefficients, from: flat, into: &predictors)
      return .init(logLikelihood: pass.logLikelihood, score: pass.score, information: pass.information)
    }
  }
}
