import Foundation
import NumericalMethods

/// How well a line fits, beyond its coefficients.
///
/// As R's `summary.lm`, `logLik`, `AIC` and `BIC`.
public struct LinearFit: Hashable, Sendable {
  public let observations: Int
  /// k, the intercept included.
  public let coefficients: Int
  public let residualDegreesOfFreedom: Int
  public let residualSumOfSquares: Double
  /// √(RSS/(n − k)), of an observation with weight 1.
  public let residualStandardDeviation: Double
  /// The share of the (weighted) sum of squares that the line explains, around the mean if there is an intercept, else
  /// around zero; nil when the response is constant.
  public let rSquared: Double?
  /// 1 − (1 − R²)(n − i)/(n − k), with i 1 if there is an intercept.
  public let adjustedRSquared: Double?
  /// Of the hypothesis that all coefficients but the intercept are zero; nil when there are no others or the fit is exact.
  public let f: WaldTest?
  /// Of normal errors at the variance that makes it largest; nil when the fit is exact.
  public let logLikelihood: Double?
  /// −2 log-likelihood + 2(k + 1).
  public let aic: Double?
  /// −2 log-likelihood + (k + 1) log n.
  public let bic: Double?
}

extension LinearRegression {
  /// Residual standard deviation, R², F, likelihood and information criteria.
  ///
  /// - Throws: `.tooFewObservations` when there are not more rows than coefficients.
  public func fit() throws(StatisticsError) -> LinearFit {
    try needDegreesOfFreedom()
    let (n, k) = (Double(observations), Double(rank))
    let intercept = hasIntercept ? 1.0 : 0.0
    let explained = explainedSumOfSquares
    let residual = residualSumOfSquares
    let total = explained + residual
    let degrees = n - k
    // Rounding leaves something of an exact fit and of a constant response.
    let scale = LinearRegression.sumOfSquares(fitted, weights) + residual
    let isExact = residual <= 1e-26 * scale * n
    let rSquared = total > 1e-28 * scale * n ? explained / total : nil
    var sumOfLogWeights = 0.0
    if let weights { for w in weights where w > 0 { sumOfLogWeights += log(w) } }
    let likelihood = isExact ? nil : (sumOfLogWeights - n * (log(2 * .pi) + 1 - log(n) + log(residual))) / 2
    return LinearFit(
      observations: observations, coefficients: rank, residualDegreesOfFreedom: residualDegreesOfFreedom,
      residualSumOfSquares: residual, residualStandardDeviation: (residual / degrees).squareRoot(),
      rSquared: rSquared, adjustedRSquared: rSquared.map { 1 - (1 - $0) * (n - intercept) / degrees },
      f: isExact || k <= intercept
        ? nil
        : WaldTest(
          statistic: explained / (residual / degrees), degreesOfFreedom: rank - Int(intercept),
          denominatorDegreesOfFreedom: degrees),
      logLikelihood: likelihood, aic: likelihood.map { -2 * $0 + 2 * (k + 1) },
      bic: likelihood.map { -2 * $0 + log(n) * (k + 1) })
  }

  private var hasIntercept: Bool { !design.interceptColumns.isEmpty }

  /// Σ w (fitted − mean)² with an intercept, else Σ w fitted²; the offset taken out.
  private var explainedSumOfSquares: Double {
    var values = fitted
    if let offset { for i in values.indices { values[i] -= offset[i] } }
    return hasIntercept
      ? LinearRegression.sumOfSquaresAroundMean(values, weights) : LinearRegression.sumOfSquares(values, weights)
  }

  /// The test that all coefficients but the intercept are zero, with the errors of a convention.
  ///
  /// - Throws: `.singularCovariance` when there are no such coefficients or clusters are too few to test them jointly.
  public func overallTest(
    _ convention: CovarianceConvention, clusters: [Clusters] = []
  ) throws(StatisticsError) -> WaldTest {
    let intercepts = design.interceptColumns
    let others = kept.indices.filter { !intercepts.contains(kept[$0]) }
    return try estimates(convention, clusters: clusters).wald(zero: others)
  }

  /// The sum of the coefficients, each times its weight, with degrees of freedom of its own for CR2 and CR3.
  ///
  /// - Parameter weights: one number for each coefficient.
  public func linearCombination(
    _ weights: [Double], _ convention: CovarianceConvention = .classical, clusters: [Clusters] = [],
    degreesOfFreedom: ClusterDegreesOfFreedom = .usual, level: Double = 0.95
  ) throws(StatisticsError) -> CoefficientEstimates {
    precondition(weights.count == rank, "each coefficient has one weight")
    let all = try estimates(convention, clusters: clusters, degreesOfFreedom: degreesOfFreedom)
    let degrees = try scores.degreesOfFreedom(
      ofContrast: weights, convention, clusters: clusters, degreesOfFreedom)
    var value = 0.0
    for i in weights.indices { value += weights[i] * coefficients[i] }
    return CoefficientEstimates(
      names: ["linear combination"], values: [value],
      covariance: Matrix(rows: 1, columns: 1, elements: [all.covariance.quadraticForm(weights)]),
      degreesOfFreedom: degrees, convention: all.convention, observations: observations,
      clusterCounts: all.clusterCounts)
  }

  /// The test that L times the coefficients equals q, for clustered errors with few clusters.
  ///
  /// - Parameters:
  ///   - l: r × k; each row is one statement.
  ///   - q: r numbers; zeros when nil.
  ///   - convention: CR2 unless told otherwise.
  public func hotellingTest(
    _ l: Matrix, equals q: [Double]? = nil, _ convention: ClusterConvention = .cr2, clusters: Clusters
  ) throws(StatisticsError) -> HotellingTest {
    precondition(l.columns == rank && (q == nil || q!.count == l.rows), "each statement has one weight a coefficient")
    var difference = l * coefficients
    if let q { for i in difference.indices { difference[i] -= q[i] } }
    return try scores.hotelling(convention, try scores.checked([clusters])[0], l, difference)
  }
}
