import NumericalMethods

/// What a regression expects of one row.
public struct LinearPrediction: Hashable, Sendable {
  public let value: Double
  /// Of the expected value.
  public let standardError: Double
  /// Covers the expected value of rows like this one.
  public let ofMean: ConfidenceInterval
  /// Covers one new observation of weight 1 with normal errors.
  public let ofObservation: ConfidenceInterval
}

extension LinearRegression {
  /// The expected value of new rows, with intervals for it and for a new observation.
  ///
  /// - Parameters:
  ///   - rows: the same columns as the design, for any rows.
  ///   - offset: one number for each of them; nil for zeros.
  ///   - convention: of the standard error; the spread of a new observation is the residual standard deviation anyway.
  /// - Throws: `.setting` when the columns are not those of the design; `.notAProbability` for the level.
  public func predictions(
    for rows: ModelMatrix, offset: [Double]? = nil, level: Double = 0.95,
    _ convention: CovarianceConvention = .classical, clusters: [Clusters] = []
  ) throws(StatisticsError) -> [LinearPrediction] {
    guard level > 0, level < 1 else { throw .notAProbability(name: "the confidence level") }
    guard rows.names == design.names else {
      throw .setting(name: "rows", reason: "their columns must be those of the design, in the same order")
    }
    if let offset { try FollowUp.check(lengthOf: offset, "offset", rows.rowCount) }
    let estimates = try estimates(convention, clusters: clusters)
    let quantile = studentQuantile(
      upperTail: (1 - level) / 2, degreesOfFreedom: estimates.jointDegreesOfFreedom)
    let matrix = rows.selecting(columns: kept)
    let values = matrix.linearPredictor(coefficients)
    let variances = matrix.quadraticForms(estimates.covariance)
    let spread = residualSumOfSquares / Double(residualDegreesOfFreedom)
    // Rounding aside, only several ways of clustering can give a variance below zero.
    guard variances.allSatisfy({ $0 >= -1e-10 * abs(spread) }) else { throw .negativeVariance(of: "a predicted mean") }
    return values.indices.map { i in
      let value = values[i] + (offset?[i] ?? 0)
      let variance = max(0, variances[i])
      return LinearPrediction(
        value: value, standardError: variance.squareRoot(),
        ofMean: Self.interval(value, quantile * variance.squareRoot(), level),
        ofObservation: Self.interval(value, quantile * (variance + spread).squareRoot(), level))
    }
  }

  private static func interval(_ value: Double, _ reach: Double, _ level: Double) -> ConfidenceInterval {
    ConfidenceInterval(lower: value - reach, upper: value + reach, level: level)
  }
}

extension ModelMatrix {
  /// xᵀAx of each row, n numbers.
  ///
  /// - Parameter a: k × k.
  public func quadraticForms(_ a: Matrix) -> [Double] {
    precondition(a.isSquare && a.rows == columnCount, "the matrix of the form is k × k")
    let width = columnCount
    return WorkSharing.array(count: rowCount, blockSize: max(64, 65_536 / max(1, width))) { rows, start in
      let count = rows.count
      var x = Matrix(rows: count, columns: width)
      x.elements.withUnsafeMutableBufferPointer { fill(rows, into: $0.baseAddress!, leadingDimension: count) }
      let product = x * a
      for i in 0..<count { start[rows.lowerBound + i] = 0 }
      for c in 0..<width {
        for i in 0..<count { start[rows.lowerBound + i] += x[i, c] * product[i, c] }
      }
    }
  }
}
