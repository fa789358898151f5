import COpenBLAS
import NumericalMethods

/// What a fitted regression hands over so that its covariance can be estimated under any convention.
///
/// The coefficients solve Σ xᵢwᵢeᵢ = 0, with X the n × k matrix, w the working weights and e the working residuals. Least
/// squares has w its weights and e = y − Xβ; a generalised linear model has w = prior · (dμ/dη)²/V(μ) and
/// e = (y − μ)/(dμ/dη). No n × k array is made: X is expanded block by block.
///
/// Rows of weight zero do not count as observations.
public struct RegressionScores: Sendable {
  /// The columns that have a coefficient, for the rows that count.
  let matrix: ModelMatrix
  /// wᵢeᵢ: a row's score is xᵢ times this.
  let multipliers: [Double]
  let residuals: [Double]
  let weights: [Double]?
  let responseScale: [Double]?
  /// R with RᵀR = XᵀWX, upper.
  let triangle: Matrix
  /// R⁻¹.
  let root: Matrix
  let dispersion: Double
  let residualDegreesOfFreedom: Double
  /// The rows that count, when not all do, and how many there were.
  private let counted: (rows: [Int], of: Int)?

  /// - Parameters:
  ///   - matrix: n × k, columns that do not depend on each other.
  ///   - residuals: n working residuals.
  ///   - weights: n working weights, zero or more; nil for ones.
  ///   - triangle: k × k, upper, R with RᵀR = XᵀWX.
  ///   - dispersion: the classical covariance is this times (XᵀWX)⁻¹.
  ///   - residualDegreesOfFreedom: n − k where statistics are compared with a t distribution, infinity where with the
  ///     normal.
  ///   - responseScale: dμ/dη for a generalised linear model, whose working variance is V(μ); nil for least squares,
  ///     whose working variance is the same for all rows. Only CR2 looks at it.
  public init(
    matrix: ModelMatrix, residuals: [Double], weights: [Double]? = nil, triangle: Matrix, dispersion: Double,
    residualDegreesOfFreedom: Double, responseScale: [Double]? = nil
  ) {
    precondition(
      residuals.count == matrix.rowCount && (weights?.count ?? residuals.count) == residuals.count
        && (responseScale?.count ?? residuals.count) == residuals.count, "each row has a residual and a weight")
    precondition(
      triangle.rows == matrix.columnCount && triangle.columns == matrix.columnCount, "the triangle is k × k")
    self.triangle = triangle
    root = RegressionScores.inverse(ofUpper: triangle)
    self.dispersion = dispersion
    self.residualDegreesOfFreedom = residualDegreesOfFreedom
    if let weights, weights.contains(0) {
      let rows = weights.indices.filter { weights[$0] > 0 }
      counted = (rows, weights.count)
      self.matrix = matrix.selecting(rows: rows)
      self.residuals = rows.map { residuals[$0] }
      self.weights = rows.map { weights[$0] }
      self.responseScale = responseScale.map { scale in rows.map { scale[$0] } }
    } else {
      counted = nil
      self.matrix = matrix
      self.residuals = residuals
      self.weights = weights
      self.responseScale = responseScale
    }
    if let weights = self.weights {
      let residuals = self.residuals
      multipliers = WorkSharing.array(count: residuals.count) { rows, start in
        for i in rows { start[i] = weights[i] * residuals[i] }
      }
    } else {
      multipliers = self.residuals
    }
  }

  /// How many rows count, n.
  public var observations: Int { multipliers.count }

  var columnCount: Int { matrix.columnCount }

  /// (XᵀWX)⁻¹, k × k.
  public var bread: Matrix { Matrix.identity(columnCount).sandwiched(by: root) }

  /// The leverages h = w xᵀ(XᵀWX)⁻¹x, one for each row that was handed over; 0 for rows of weight zero.
  public func leverages() -> [Double] {
    let weights = weights
    let block = max(256, 131_072 / max(1, columnCount))
    let inner: [Double] = WorkSharing.array(count: observations, blockSize: block) { rows, start in
      withStandardised(rows) { values in
        let target = start + rows.lowerBound
        target.update(repeating: 0, count: rows.count)
        for c in 0..<columnCount {
          let column = values + c * rows.count
          for i in 0..<rows.count { target[i] += column[i] * column[i] }
        }
        guard let weights else { return }
        for i in 0..<rows.count { target[i] *= weights[rows.lowerBound + i] }
      }
    }
    return spread(inner)
  }

  /// XR⁻¹ for a block of rows, column after column.
  func withStandardised(_ rows: Range<Int>, _ body: (UnsafeMutablePointer<Double>) -> Void) {
    guard columnCount > 0, !rows.isEmpty else { return }
    withUnsafeTemporaryAllocation(of: Double.self, capacity: rows.count * columnCount) { room in
      let start = room.baseAddress!
      matrix.fill(rows, into: start, leadingDimension: rows.count)
      standardise(start, rows: rows.count)
      body(start)
    }
  }

  /// Multiplies r × k numbers by R⁻¹ from the right.
  func standardise(_ start: UnsafeMutablePointer<Double>, rows: Int) {
    WorkSharing.prepareLinearAlgebra()
    cblas_dtrsm(
      CblasColMajor, CblasRight, CblasUpper, CblasNoTrans, CblasNonUnit, Int32(rows), Int32(columnCount), 1,
      triangle.elements, Int32(columnCount), start, Int32(rows))
  }

  /// Multiplies k × g numbers by R⁻ᵀ from the left: scores in the coordinates where XᵀWX is the identity.
  func standardise(scores: inout Matrix) {
    guard scores.rows > 0, scores.columns > 0 else { return }
    WorkSharing.prepareLinearAlgebra()
    cblas_dtrsm(
      CblasColMajor, CblasLeft, CblasUpper, CblasTrans, CblasNonUnit, Int32(scores.rows), Int32(scores.columns), 1,
      triangle.elements, Int32(columnCount), &scores.elements, Int32(scores.rows))
  }

  /// The clusters of the rows that count.
  func restricted(_ clusters: Clusters) -> Clusters { counted.map { clusters.selecting(rows: $0.rows) } ?? clusters }

  /// How many rows were handed over.
  var rowCount: Int { counted?.of ?? observations }

  /// Where a row that counts was among all that were handed over.
  func position(_ row: Int) -> Int { counted?.rows[row] ?? row }

  private func spread(_ values: [Double]) -> [Double] {
    guard let counted else { return values }
    var all = [Double](repeating: 0, count: counted.of)
    for (place, row) in counted.rows.enumerated() { all[row] = values[place] }
    return all
  }

  private static func inverse(ofUpper r: Matrix) -> Matrix {
    var result = Matrix.identity(r.rows)
    guard r.rows > 0 else { return result }
    WorkSharing.prepareLinearAlgebra()
    cblas_dtrsm(
      CblasColMajor, CblasLeft, CblasUpper, CblasNoTrans, CblasNonUnit, Int32(r.rows), Int32(r.rows), 1, r.elements,
      Int32(r.rows), &result.elements, Int32(r.rows))
    return result
  }
}
