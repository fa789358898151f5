import Foundation
import NumericalMethods
import Primitives

/// Ordinary or weighted least squares: the coefficients that make Σ w (y − offset − xβ)² smallest.
///
/// The matrix is brought to a triangle block by block by Householder reflections, as accurate as a QR decomposition of
/// the whole, and never laid out. Columns that depend on earlier ones (less than 10⁻⁷ of their length is left) are set
/// aside and named, as R's `lm` does. Rows of weight zero get a fitted value but do not count.
public struct LinearRegression: Sendable {
  public let design: ModelMatrix
  /// The columns of the design that have a coefficient.
  public let kept: [Int]
  /// One name for each coefficient.
  public let names: [String]
  /// One for each column kept.
  public let coefficients: [Double]
  /// The names of the columns that depend on earlier ones.
  public let aliased: [String]
  /// n numbers, with the offset.
  public let fitted: [Double]
  /// n numbers, response less fitted.
  public let residuals: [Double]
  public let weights: [Double]?
  public let offset: [Double]?
  /// How many rows count: those with a weight above zero.
  public let observations: Int
  /// Σ w residual².
  public let residualSumOfSquares: Double
  /// What the covariance of the coefficients is made from, under any convention.
  public let scores: RegressionScores

  /// - Parameters:
  ///   - design: n × k.
  ///   - response: n numbers.
  ///   - weights: n numbers, zero or more; nil for ones.
  ///   - offset: n numbers that the fitted values start from; nil for zeros.
  /// - Throws: `.noObservations`, `.noColumns`, `.lengthsDiffer`, `.notFinite`, `.negativeWeight`, `.weightsSumToZero`;
  ///   `.collinear` when no column can be kept.
  public init(
    _ design: ModelMatrix, response: [Double], weights: [Double]? = nil, offset: [Double]? = nil
  ) throws(StatisticsError) {
    guard design.rowCount > 0 else { throw .noObservations }
    guard design.columnCount > 0 else { throw .noColumns }
    try Self.check(response, "response", design.rowCount)
    if let weights {
      try FollowUp.check(lengthOf: weights, "weights", design.rowCount)
      try FollowUp.check(weights: weights)
    }
    if let offset { try Self.check(offset, "offset", design.rowCount) }
    let target = offset.map { offset in response.indices.map { response[$0] - offset[$0] } } ?? response
    let triangle = design.triangular(response: target, weights: weights)
    // Beyond this the squares that variances are made of overflow.
    guard (triangle.r.elements + triangle.qty).allSatisfy({ abs($0) < 1e150 }) else {
      throw .setting(
        name: "design", reason: "the squares of its numbers overflow; divide columns and response by a constant")
    }
    let qr = PivotedQR(triangle.r)
    guard qr.rank > 0 else { throw .collinear(columns: design.names) }
    let kept = Array(qr.pivot[..<qr.rank])
    let matrix = qr.rank == design.columnCount ? design : design.selecting(columns: kept)
    let coefficients = qr.solve(triangle.qty)
    let linear = matrix.linearPredictor(coefficients)
    let residuals = WorkSharing.array(count: response.count) { rows, start in
      for i in rows { start[i] = target[i] - linear[i] }
    }
    let observations = weights.map { $0.reduce(0) { $0 + ($1 > 0 ? 1 : 0) } } ?? response.count
    let degrees = observations - qr.rank
    let sum = Self.sumOfSquares(residuals, weights)
    self.design = design
    self.kept = kept
    self.coefficients = coefficients
    self.residuals = residuals
    self.weights = weights
    self.offset = offset
    self.observations = observations
    names = matrix.names
    aliased = qr.pivot[qr.rank...].map { design.names[$0] }
    residualSumOfSquares = sum
    if let offset {
      fitted = WorkSharing.array(count: response.count) { rows, start in
        for i in rows { start[i] = linear[i] + offset[i] }
      }
    } else {
      fitted = linear
    }
    scores = RegressionScores(
      matrix: matrix, residuals: residuals, weights: weights, triangle: qr.upper,
      dispersion: degrees > 0 ? sum / Double(degrees) : 0, residualDegreesOfFreedom: Double(degrees))
  }

  private static func check(_ values: [Double], _ name: String, _ count: Int) throws(StatisticsError) {
    try FollowUp.check(lengthOf: values, name, count)
    for i in 0..<values.count where !values[i].isFinite { throw .notFinite(array: name, index: i) }
  }

  /// Σ w (v − v̄)², v̄ the weighted mean.
  static func sumOfSquaresAroundMean(_ values: [Double], _ weights: [Double]?) -> Double {
    var (sum, total) = (0.0, 0.0)
    for i in values.indices {
      let w = weights?[i] ?? 1
      sum += w * values[i]
      total += w
    }
    let mean = sum / total
    return sumOfSquares(values.map { $0 - mean }, weights)
  }

  static func sumOfSquares(_ values: [Double], _ weights: [Double]?) -> Double {
    WorkSharing.reduce(
      count: values.count, empty: { 0.0 },
      add: { sum, rows in
        if let weights {
          for i in rows { sum += weights[i] * values[i] * values[i] }
        } else {
          for i in rows { sum += values[i] * values[i] }
        }
      }, combine: { $0 += $1 })
  }

  /// How many coefficients there are.
  public var rank: Int { coefficients.count }

  /// n − k.
  public var residualDegreesOfFreedom: Int { observations - rank }

  /// The coefficient of a column; nil when it is aliased or there is none of that name.
  public subscript(name: String) -> Double? { names.firstIndex(of: name).map { coefficients[$0] } }

  /// The coefficients with their covariance under a convention.
  ///
  /// - Parameters:
  ///   - clusters: one or several ways of clustering, for a clustered convention.
  ///   - degreesOfFreedom: what statistics with clustered errors are compared with.
  /// - Throws: `.tooFewObservations` when there are not more rows than coefficients; see `RegressionScores.covariance`.
  public func estimates(
    _ convention: CovarianceConvention = .classical, clusters: [Clusters] = [],
    degreesOfFreedom: ClusterDegreesOfFreedom = .usual
  ) throws(StatisticsError) -> CoefficientEstimates {
    try needDegreesOfFreedom()
    return try scores.estimates(
      values: coefficients, aliased: aliased, convention, clusters: clusters, degreesOfFreedom: degreesOfFreedom)
  }

  /// The coefficients with errors that allow for dependence on the rows shortly before; rows are in order of time.
  ///
  /// - Throws: see `RegressionScores.covariance`.
  public func estimates(_ settings: NeweyWest) throws(StatisticsError) -> CoefficientEstimates {
    try needDegreesOfFreedom()
    let found = try scores.covariance(settings)
    let degrees = residualDegreesOfFreedom
    return CoefficientEstimates(
      names: names, values: coefficients, covariance: found.covariance, degreesOfFreedom: Double(degrees),
      convention: LocalizedText(
        "Newey and West with \(found.lag) \(found.lag == 1 ? "lag" : "lags")"
          + "\(settings.prewhitens ? ", prewhitened" : "")\(settings.adjusts ? ", times n/(n − k)" : ""); "
          + "t with \(degrees) degrees of freedom",
        nl: "Newey en West met \(found.lag) \(found.lag == 1 ? "lag" : "lags")"
          + "\(settings.prewhitens ? ", vooraf gewit" : "")\(settings.adjusts ? ", maal n/(n − k)" : ""); "
          + "t met \(degrees) vrijheidsgraden"),
      observations: observations, aliased: aliased)
  }

  func needDegreesOfFreedom() throws(StatisticsError) {
    guard residualDegreesOfFreedom > 0 else { throw .tooFewObservations(found: observations, needed: rank + 1) }
  }
}
