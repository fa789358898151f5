import NumericalMethods

/// The rows of one cluster in the coordinates where XᵀWX is the identity, expanded when they are asked for.
struct ClusterRows {
  private let scores: RegressionScores
  private let rows: ArraySlice<Int32>
  /// All rows of the piece the cluster lies in, when it was expanded as a whole, and where the cluster starts in it.
  private let piece: (values: UnsafeMutablePointer<Double>, leading: Int, start: Int)?

  init(
    _ scores: RegressionScores, rows: ArraySlice<Int32>,
    piece: (values: UnsafeMutablePointer<Double>, leading: Int, start: Int)?
  ) {
    self.scores = scores
    self.rows = rows
    self.piece = piece
  }

  var count: Int { rows.count }
  var columnCount: Int { scores.columnCount }
  var residuals: [Double] { rows.map { scores.residuals[Int($0)] } }
  var weights: [Double]? { scores.weights.map { all in rows.map { all[Int($0)] } } }
  var responseScale: [Double]? { scores.responseScale.map { all in rows.map { all[Int($0)] } } }

  /// XR⁻¹, r × k.
  var standardised: Matrix {
    guard let piece else {
      var z = scores.matrix.selecting(rows: rows.map { Int($0) }).materialised()
      z.elements.withUnsafeMutableBufferPointer { scores.standardise($0.baseAddress!, rows: count) }
      return z
    }
    var z = Matrix(rows: count, columns: columnCount)
    for c in 0..<columnCount {
      for r in 0..<count { z[r, c] = piece.values[piece.start + r + c * piece.leading] }
    }
    return z
  }

  /// The rows in stretches of at most so many.
  func stretches(of size: Int) -> [ClusterRows] {
    guard count > size else { return [self] }
    return stride(from: rows.startIndex, to: rows.endIndex, by: size).map { first in
      let part = rows[first..<min(first + size, rows.endIndex)]
      return ClusterRows(
        scores, rows: part,
        piece: piece.map { ($0.values, $0.leading, $0.start + first - rows.startIndex) })
    }
  }
}

/// The products of a cluster's rows Z, weights W and residuals e that do not grow with the cluster.
struct ClusterProducts {
  /// ZᵀZ, ZᵀWZ and ZᵀW²Z; all the same without weights.
  var zz: Matrix
  var zwz: Matrix
  var zwwz: Matrix
  /// Zᵀe and ZᵀWe.
  var ze: [Double]
  var zwe: [Double]

  private static let rowsAtOnce = 4096

  init(_ rows: ClusterRows) {
    let k = rows.columnCount
    zz = Matrix(rows: k, columns: k)
    zwz = zz
    zwwz = zz
    ze = [Double](repeating: 0, count: k)
    zwe = ze
    for stretch in rows.stretches(of: Self.rowsAtOnce) {
      let z = stretch.standardised
      let e = stretch.residuals
      zz += z.crossProduct
      ze = zip(ze, z.transposedTimes(e)).map { $0 + $1 }
      guard let weights = stretch.weights else { continue }
      let wz = z.rowsScaled(weights)
      var cross = z.transposedTimes(wz)
      cross.symmetrise()
      zwz += cross
      zwwz += wz.crossProduct
      zwe = zip(zwe, wz.transposedTimes(e)).map { $0 + $1 }
    }
    if rows.weights == nil {
      zwz = zz
      zwwz = zz
      zwe = ze
    }
  }
}
