import NumericalMethods

/// Columns taken one after another from a matrix of sums of products; one that depends on those before is set aside.
struct SequentialElimination {
  /// Positions of the columns kept, ascending.
  let kept: [Int]
  /// The Cholesky factor of the kept rows and columns.
  let lower: Matrix

  /// - Parameters:
  ///   - products: symmetric.
  ///   - reference: what each column's remaining square is compared with.
  ///   - tolerance: the share of the reference that must be left.
  init(_ products: Matrix, reference: [Double], tolerance: Double) {
    var kept: [Int] = []
    var rows: [[Double]] = []
    for column in 0..<products.rows {
      var row = [Double](repeating: 0, count: kept.count + 1)
      var rest = products[column, column]
      for (place, other) in kept.enumerated() {
        var value = products[column, other]
        rows[place].withUnsafeBufferPointer { above in
          for k in 0..<place { value -= row[k] * above[k] }
          row[place] = value / above[place]
        }
        rest -= row[place] * row[place]
      }
      guard rest > tolerance * reference[column], rest > 0 else { continue }
      row[kept.count] = rest.squareRoot()
      kept.append(column)
      rows.append(row)
    }
    self.kept = kept
    var lower = Matrix(rows: kept.count, columns: kept.count)
    for r in rows.indices {
      for c in 0...r { lower[r, c] = rows[r][c] }
    }
    self.lower = lower
  }

  /// X with (LLᵀ)X = B, for B with one row for each column kept.
  func solve(_ b: Matrix) -> Matrix {
    var result = b
    let n = lower.rows
    for c in 0..<b.columns {
      for r in 0..<n {
        var value = result[r, c]
        for k in 0..<r { value -= lower[r, k] * result[k, c] }
        result[r, c] = value / lower[r, r]
      }
      for r in stride(from: n - 1, through: 0, by: -1) {
        var value = result[r, c]
        for k in (r + 1)..<max(n, r + 1) { value -= lower[k, r] * result[k, c] }
        result[r, c] = value / lower[r, r]
      }
    }
    return result
  }
}
