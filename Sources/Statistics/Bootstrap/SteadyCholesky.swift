import NumericalMethods

/// A Cholesky factor that leaves out columns which depend on earlier ones, as a level that no row of a draw has.
struct SteadyCholesky {
  private let kept: [Int]
  private let factor: Cholesky?
  private let scales: [Double]
  private let size: Int

  init(_ matrix: Matrix) {
    size = matrix.rows
    var kept = Array(0..<matrix.rows)
    var factor = SteadyCholesky.scaled(matrix, kept)
    if factor.cholesky == nil || factor.cholesky!.reciprocalCondition < 1e-12 {
      kept = independentColumns(of: matrix, tolerance: 1e-10)
      factor = SteadyCholesky.scaled(matrix, kept)
    }
    self.kept = kept
    scales = factor.scales
    self.factor = factor.cholesky
  }

  /// x with Ax = b for the columns kept, 0 for others; not finite when there is no factor.
  func solve(_ b: [Double]) -> [Double] {
    var result = [Double](repeating: factor == nil ? .nan : 0, count: size)
    guard let factor else { return result }
    let solved = factor.solve(kept.indices.map { b[kept[$0]] * scales[$0] })
    for (place, column) in kept.enumerated() { result[column] = solved[place] * scales[place] }
    return result
  }

  private static func scaled(_ matrix: Matrix, _ kept: [Int]) -> (cholesky: Cholesky?, scales: [Double]) {
    let scales = kept.map { matrix[$0, $0] > 0 ? 1 / matrix[$0, $0].squareRoot() : 0 }
    var own = matrix.selecting(rows: kept, columns: kept)
    for c in kept.indices {
      for r in kept.indices { own[r, c] *= scales[r] * scales[c] }
    }
    return (Cholesky(own), scales)
  }
}
