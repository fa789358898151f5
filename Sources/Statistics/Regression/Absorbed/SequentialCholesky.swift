import COpenBLAS
import NumericalMethods

/// The factor of a cross-product matrix, taken column by column in a given order; columns that depend on earlier ones are
/// left out.
struct SequentialCholesky: Sendable {
  /// The positions that are kept, in the order taken.
  let kept: [Int]
  /// L with A(kept) = LLᵀ, kept × kept.
  let lower: Matrix

  /// - Parameters:
  ///   - a: K × K, symmetric.
  ///   - order: positions in the order in which they are taken.
  ///   - scales: for each position what its diagonal was before anything was taken out.
  ///   - tolerance: a column is left out when less than this share of its scale remains.
  init(_ a: Matrix, order: [Int], scales: [Double], tolerance: Double = 1e-10) {
    let count = order.count
    var factor = [Double](repeating: 0, count: count * count)
    var kept: [Int] = []
    // Row i of the factor belongs to order[i]; columns are those kept.
    for i in 0..<count {
      let position = order[i]
      var rest = (i..<count).map { a[order[$0], position] }
      let done = kept.count
      if done > 0 {
        WorkSharing.prepareLinearAlgebra()
        let row = (0..<done).map { factor[i + $0 * count] }
        factor.withUnsafeBufferPointer { buffer in
          cblas_dgemv(
            CblasColMajor, CblasNoTrans, Int32(count - i), Int32(done), -1, buffer.baseAddress! + i, Int32(count), row,
            1, 1, &rest, 1)
        }
      }
      guard scales[position] > 0, rest[0] > tolerance * scales[position] else { continue }
      let root = rest[0].squareRoot()
      for j in rest.indices { factor[i + j + done * count] = rest[j] / root }
      kept.append(position)
    }
    let rows = order.indices.filter { kept.contains(order[$0]) }
    var lower = Matrix(rows: kept.count, columns: kept.count)
    for (r, row) in rows.enumerated() {
      for c in 0...r { lower[r, c] = factor[row + c * count] }
    }
    self.kept = kept
    self.lower = lower
  }

  /// x with A(kept) x = b.
  func solve(_ b: [Double]) -> [Double] {
    var x = b
    guard !x.isEmpty else { return x }
    WorkSharing.prepareLinearAlgebra()
    let n = Int32(x.count)
    cblas_dtrsv(CblasColMajor, CblasLower, CblasNoTrans, CblasNonUnit, n, lower.elements, n, &x, 1)
    cblas_dtrsv(CblasColMajor, CblasLower, CblasTrans, CblasNonUnit, n, lower.elements, n, &x, 1)
    return x
  }

  /// The same for several right sides, one a column.
  func solve(_ b: Matrix) -> Matrix {
    var x = b
    guard x.rows > 0, x.columns > 0 else { return x }
    WorkSharing.prepareLinearAlgebra()
    let n = Int32(x.rows)
    for transposition in [CblasNoTrans, CblasTrans] {
      cblas_dtrsm(
        CblasColMajor, CblasLeft, CblasLower, transposition, CblasNonUnit, n, Int32(x.columns), 1, lower.elements, n,
        &x.elements, n)
    }
    return x
  }

  /// A(kept)⁻¹.
  var inverse: Matrix {
    var root = Matrix.identity(kept.count)
    guard !kept.isEmpty else { return root }
    WorkSharing.prepareLinearAlgebra()
    let n = Int32(kept.count)
    cblas_dtrsm(
      CblasColMajor, CblasLeft, CblasLower, CblasNoTrans, CblasNonUnit, n, n, 1, lower.elements, n, &root.elements, n)
    return root.crossProduct
  }
}
