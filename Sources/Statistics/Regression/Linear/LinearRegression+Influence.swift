import NumericalMethods

/// How much each row pulls the line.
///
/// Elements are nil for rows of weight zero and for rows that alone determine a coefficient (leverage 1). As R's
/// `hatvalues`, `rstandard`, `rstudent`, `cooks.distance` and `dffits` (Belsley, Kuh and Welsch 1980,
/// doi:10.1002/0471725153).
public struct LinearInfluence: Sendable {
  /// h, between 0 and 1; they sum to k.
  public let leverages: [Double]
  /// Residuals over their standard error.
  public let standardisedResiduals: [Double?]
  /// The same with the residual variance of a fit without the row: t with n − k − 1 degrees of freedom.
  public let studentisedResiduals: [Double?]
  /// How far all fitted values move when the row is left out.
  public let cooksDistances: [Double?]
  /// How far the row's own fitted value moves, in its standard errors.
  public let shiftsOfFit: [Double?]
}

extension LinearRegression {
  /// Leverages, scaled residuals and Cook's distances.
  ///
  /// - Throws: `.tooFewObservations` when fewer than two degrees of freedom are left, for a row cannot be left out then.
  public func influence() throws(StatisticsError) -> LinearInfluence {
    guard residualDegreesOfFreedom > 1 else { throw .tooFewObservations(found: observations, needed: rank + 2) }
    let leverages = scores.leverages()
    let degrees = Double(residualDegreesOfFreedom)
    let variance = residualSumOfSquares / degrees
    var standardised = [Double?](repeating: nil, count: residuals.count)
    var (studentised, distances, shifts) = (standardised, standardised, standardised)
    for i in residuals.indices {
      let (h, w) = (leverages[i], weights?[i] ?? 1)
      guard w > 0, 1 - h > RegressionScores.smallestFreedom, variance > 0 else { continue }
      let residual = residuals[i] * w.squareRoot()
      let scaled = residual / (variance * (1 - h)).squareRoot()
      standardised[i] = scaled
      distances[i] = scaled * scaled * h / ((1 - h) * Double(rank))
      let without = (residualSumOfSquares - residual * residual / (1 - h)) / (degrees - 1)
      guard without > 0 else { continue }
      studentised[i] = residual / (without * (1 - h)).squareRoot()
      shifts[i] = studentised[i]! * (h / (1 - h)).squareRoot()
    }
    return LinearInfluence(
      leverages: leverages, standardisedResiduals: standardised, studentisedResiduals: studentised,
      cooksDistances: distances, shiftsOfFit: shifts)
  }
}
