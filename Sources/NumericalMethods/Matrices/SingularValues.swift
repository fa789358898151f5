import COpenBLAS

/// The singular value decomposition A = U diag(s) Vᵀ.
public struct SingularValues: Sendable {
  /// m × min(m, n).
  public let u: Matrix
  /// min(m, n) numbers, descending.
  public let values: [Double]
  /// min(m, n) × n.
  public let vTransposed: Matrix

  /// - Returns: nil when the matrix is not finite or the iteration does not converge.
  public init?(_ matrix: Matrix) {
    guard matrix.isFinite else { return nil }
    let size = min(matrix.rows, matrix.columns)
    var u = Matrix(rows: matrix.rows, columns: size)
    var v = Matrix(rows: size, columns: matrix.columns)
    var s = [Double](repeating: 0, count: size)
    if size > 0 {
      WorkSharing.prepareLinearAlgebra()
      var a = matrix
      var m = Int32(matrix.rows)
      var n = Int32(matrix.columns)
      var leadingOfA = m
      var leadingOfU = m
      var leadingOfV = Int32(size)
      var whole = [Int32](repeating: 0, count: 8 * size)
      var info: Int32 = 0
      var length: Int32 = -1
      var wanted = [0.0]
      dgesdd_(
        "S", &m, &n, &a.elements, &leadingOfA, &s, &u.elements, &leadingOfU, &v.elements, &leadingOfV, &wanted, &length,
        &whole, &info, 1)
      guard info == 0 else { return nil }
      length = Int32(wanted[0])
      var work = [Double](repeating: 0, count: Int(length))
      dgesdd_(
        "S", &m, &n, &a.elements, &leadingOfA, &s, &u.elements, &leadingOfU, &v.elements, &leadingOfV, &work, &length,
        &whole, &info, 1)
      guard info == 0 else { return nil }
    }
    self.u = u
    values = s
    vTransposed = v
  }

  /// How many singular values exceed the tolerance times the largest.
  public func rank(tolerance: Double = 1e-10) -> Int {
    values.filter { $0 > tolerance * (values.first ?? 0) && $0 > 0 }.count
  }

  /// The Moore-Penrose inverse, n × m; singular values at most `tolerance` times the largest count as zero.
  public func pseudoInverse(tolerance: Double = 1e-10) -> Matrix {
    var scaled = vTransposed.transposed
    let kept = rank(tolerance: tolerance)
    for c in 0..<scaled.columns {
      for r in 0..<scaled.rows { scaled[r, c] = c < kept ? scaled[r, c] / values[c] : 0 }
    }
    return scaled.timesTransposed(u)
  }
}
