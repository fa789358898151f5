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
      kept = SteadyCholesky.independent(matrix)
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

  private static func independent(_ matrix: Matrix) -> [Int] {
    independentPositions(matrix, tolerance: 1e-10)
  }
}

/// The columns of a cross-product that do not depend on earlier ones, by Cholesky's decomposition in their order.
///
/// - Parameter tolerance: the share of a diagonal element that must be left.
func independentPositions(_ matrix: Matrix, tolerance: Double) -> [Int] {
  let k = matrix.rows
  var lower = Matrix(rows: k, columns: k)
  var kept: [Int] = []
  for c in 0..<k where matrix[c, c] > 0 {
    var row = [Double](repeating: 0, count: kept.count)
    var rest = matrix[c, c]
    for (place, earlier) in kept.enumerated() {
      var sum = matrix[c, earlier]
      for before in 0..<place { sum -= row[before] * lower[earlier, before] }
      row[place] = sum / lower[earlier, place]
      rest -= row[place] * row[place]
    }
    guard rest > tolerance * matrix[c, c] else { continue }
    for place in row.indices { lower[c, place] = row[place] }
    lower[c, kept.count] = rest.squareRoot()
    kept.append(c)
  }
  return kept
}
