import NumericalMethods
import Primitives

extension GeneralisedLinearModel {
  /// What the covariance of the coefficients is made of: working residuals and weights at the maximum.
  public var scores: RegressionScores {
    let count = response.count
    var residuals = [Double](repeating: 0, count: count)
    var working = residuals
    var slopes = residuals
    residuals.withUnsafeMutableBufferPointer { residuals in
      working.withUnsafeMutableBufferPointer { working in
        slopes.withUnsafeMutableBufferPointer { slopes in
          let targets = [residuals, working, slopes].map { SendablePointer($0.baseAddress!) }
          let size = WorkSharing.rowsPerBlock
          WorkSharing.forEach((count + size - 1) / size) { block in
            for i in block * size..<min(count, (block + 1) * size) {
              let row = family.row(response[i], linearPredictor[i])
              // A weight that vanishes by rounding must not make its row look left out.
              let own = informationPredictor.map { family.row(response[i], $0[i]).weight } ?? row.weight
              let weight = max(own, 1e-300)
              targets[0].pointer[i] = row.score / max(row.weight, 1e-300)
              targets[1].pointer[i] = (weights.map { $0[i] } ?? 1) * weight
              targets[2].pointer[i] = family.link.meanAndSlopes(linearPredictor[i]).slope
            }
          }
        }
      }
    }
    return RegressionScores(
      matrix: design, residuals: residuals, weights: working, triangle: triangle, dispersion: 1,
      residualDegreesOfFreedom: .infinity, responseScale: slopes)
  }

  /// The coefficients with a covariance of the convention chosen; statistics are compared with the normal distribution.
  ///
  /// - Parameters:
  ///   - convention: `.classical` is the inverse of the expected information; `.hc0` is R's `sandwich` and what
  ///     statsmodels calls HC1, `.hc1Likelihood` Stata's `robust`; `.clustered(.cr1Likelihood)` is Stata's
  ///     `vce(cluster)` and R's `vcovCL`.
  ///   - clusters: one or several ways of clustering, for a clustered convention only.
  public func estimates(
    _ convention: CovarianceConvention = .classical, clusters: [Clusters] = [],
    degreesOfFreedom: ClusterDegreesOfFreedom = .usual
  ) throws(StatisticsError) -> CoefficientEstimates {
    if convention == .classical {
      return CoefficientEstimates(
        names: names, values: coefficients, covariance: covariance,
        convention: LocalizedText(
          "inverse of the expected information; normal distribution",
          nl: "inverse van de verwachte informatie; normale verdeling"), observations: observations,
        aliased: aliased)
    }
    return try scores.estimates(
      values: coefficients, aliased: aliased, convention, clusters: clusters, degreesOfFreedom: degreesOfFreedom)
  }
}
