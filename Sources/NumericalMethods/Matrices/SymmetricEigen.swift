import COpenBLAS
import Foundation

/// The eigenvalues and eigenvectors of a symmetric matrix, A = V diag(λ) Vᵀ.
public struct SymmetricEigen: Sendable {
  /// n numbers, ascending.
  public let values: [Double]
  /// n × n; column j belongs to value j.
  public let vectors: Matrix

  /// - Parameter matrix: n × n; only what lies on and below the diagonal is read.
  /// - Returns: nil when the matrix is not finite or the iteration does not converge.
  public init?(_ matrix: Matrix) {
    precondition(matrix.isSquare, "only a square matrix can be symmetric")
    guard matrix.isFinite else { return nil }
    var vectors = matrix
    var values = [Double](repeating: 0, count: matrix.rows)
    if matrix.rows > 0 {
      WorkSharing.prepareLinearAlgebra()
      var n = Int32(matrix.rows)
      var leading = n
      var info: Int32 = 0
      var length: Int32 = Int32(1 + 6 * matrix.rows + 2 * matrix.rows * matrix.rows)
      var wholeLength: Int32 = Int32(3 + 5 * matrix.rows)
      var work = [Double](repeating: 0, count: Int(length))
      var whole = [Int32](repeating: 0, count: Int(wholeLength))
      dsyevd_(
        "V", "L", &n, &vectors.elements, &leading, &values, &work, &length, &whole, &wholeLength, &info, 1, 1)
      guard info == 0 else { return nil }
    }
    self.values = values
    self.vectors = vectors
  }

  /// V diag(f(λ)) Vᵀ: the function of the matrix.
  public func applying(_ f: (Double) -> Double) -> Matrix {
    var scaled = vectors
    for c in 0..<scaled.columns {
      let factor = f(values[c])
      for r in 0..<scaled.rows { scaled[r, c] *= factor }
    }
    var result = scaled.timesTransposed(vectors)
    result.symmetrise()
    return result
  }

  /// The symmetric A^(−1/2); eigenvalues at most `tolerance` times the largest count as zero, and so does their inverse.
  public func inverseSquareRoot(tolerance: Double = 1e-12) -> Matrix {
    let limit = tolerance * max(values.last ?? 0, 0)
    return applying { $0 > limit ? 1 / $0.squareRoot() : 0 }
  }
}
