import COpenBLAS
import Foundation

/// The factor L of a symmetric positive definite matrix A = LLᵀ, and what it solves.
public struct Cholesky: Sendable {
  /// n × n, zeros above the diagonal.
  public let lower: Matrix
  private let norm: Double

  /// - Parameter matrix: n × n; only what lies on and below the diagonal is read.
  /// - Returns: nil when the matrix is not positive definite to working precision, or not finite.
  public init?(_ matrix: Matrix) {
    precondition(matrix.isSquare, "only a square matrix has a Cholesky factor")
    guard matrix.isFinite else { return nil }
    var factor = matrix
    if matrix.rows > 0 {
      WorkSharing.prepareLinearAlgebra()
      var n = Int32(matrix.rows)
      var leading = n
      var info: Int32 = 0
      dpotrf_("L", &n, &factor.elements, &leading, &info, 1)
      guard info == 0 else { return nil }
    }
    for c in 0..<factor.columns {
      for r in 0..<c { factor[r, c] = 0 }
    }
    lower = factor
    var norm = 0.0
    for c in 0..<matrix.columns {
      var sum = 0.0
      for r in 0..<matrix.rows { sum += abs(r >= c ? matrix[r, c] : matrix[c, r]) }
      norm = max(norm, sum)
    }
    self.norm = norm
  }

  /// x with Ax = b.
  public func solve(_ b: [Double]) -> [Double] {
    solve(Matrix(rows: b.count, columns: 1, elements: b)).elements
  }

  /// X with AX = B.
  public func solve(_ b: Matrix) -> Matrix {
    precondition(b.rows == lower.rows, "the right-hand side has as many rows as the matrix")
    var result = b
    guard b.rows > 0, b.columns > 0 else { return result }
    WorkSharing.prepareLinearAlgebra()
    var n = Int32(lower.rows)
    var width = Int32(b.columns)
    var leading = n
    var leadingOfB = n
    var info: Int32 = 0
    dpotrs_("L", &n, &width, lower.elements, &leading, &result.elements, &leadingOfB, &info, 1)
    return result
  }

  /// A⁻¹.
  public var inverse: Matrix {
    var result = lower
    guard lower.rows > 0 else { return result }
    WorkSharing.prepareLinearAlgebra()
    var n = Int32(lower.rows)
    var leading = n
    var info: Int32 = 0
    dpotri_("L", &n, &result.elements, &leading, &info, 1)
    for c in 0..<result.columns {
      for r in 0..<c { result[r, c] = result[c, r] }
    }
    return result
  }

  /// log det A.
  public var logDeterminant: Double { 2 * lower.diagonal.reduce(0) { $0 + log($1) } }

  /// An estimate of 1 / (‖A‖₁ ‖A⁻¹‖₁): near 1 is well conditioned, near 10⁻¹⁶ singular.
  public var reciprocalCondition: Double {
    guard lower.rows > 0 else { return 1 }
    WorkSharing.prepareLinearAlgebra()
    var n = Int32(lower.rows)
    var leading = n
    var norm = norm
    var condition = 0.0
    var info: Int32 = 0
    var work = [Double](repeating: 0, count: 3 * lower.rows)
    var whole = [Int32](repeating: 0, count: lower.rows)
    dpocon_("L", &n, lower.elements, &leading, &norm, &condition, &work, &whole, &info, 1)
    return condition
  }
}

/// X with AX = B for any square A, by elimination with row exchanges.
///
/// - Returns: nil when A is singular to working precision, or not finite.
public func solveLinearSystem(_ a: Matrix, _ b: Matrix) -> Matrix? {
  precondition(a.isSquare && a.rows == b.rows, "the system is square and the right-hand side as long")
  guard a.isFinite else { return nil }
  var factor = a
  var result = b
  guard a.rows > 0, b.columns > 0 else { return result }
  WorkSharing.prepareLinearAlgebra()
  var n = Int32(a.rows)
  var width = Int32(b.columns)
  var leading = n
  var leadingOfB = n
  var info: Int32 = 0
  var exchanges = [Int32](repeating: 0, count: a.rows)
  dgesv_(&n, &width, &factor.elements, &leading, &exchanges, &result.elements, &leadingOfB, &info)
  return info == 0 && result.isFinite ? result : nil
}
