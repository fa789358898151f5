import Foundation
import NumericalMethods

/// An information matrix ready to solve with: scaled to a diagonal of ones, then factored.
struct InformationFactor: Sendable {
  private let factor: Cholesky
  private let scales: [Double]

  /// - Returns: nil when the matrix is not positive definite to working precision.
  init?(_ information: Matrix) {
    scales = information.diagonal.map { $0 > 0 && $0.isFinite ? 1 / $0.squareRoot() : .nan }
    guard scales.allSatisfy(\.isFinite) else { return nil }
    var unit = information
    for c in 0..<unit.columns {
      for r in 0..<unit.rows { unit[r, c] *= scales[r] * scales[c] }
    }
    guard let factor = Cholesky(unit), factor.reciprocalCondition > 1e-16 else { return nil }
    self.factor = factor
  }

  func solve(_ b: [Double]) -> [Double] {
    let solved = factor.solve(zip(b, scales).map { $0 * $1 })
    return zip(solved, scales).map { $0 * $1 }
  }

  var inverse: Matrix {
    var result = factor.inverse
    for c in 0..<result.columns {
      for r in 0..<result.rows { result[r, c] *= scales[r] * scales[c] }
    }
    return result
  }

  var logDeterminant: Double { factor.logDeterminant - 2 * scales.reduce(0) { $0 + log($1) } }

  /// The share of each column that is left when earlier columns are taken out, as squared length; k numbers.
  static func shares(of matrix: Matrix) -> [Double] {
    let k = matrix.rows
    var rest = matrix
    var shares = [Double](repeating: 0, count: k)
    for c in 0..<k {
      let own = matrix[c, c]
      let left = rest[c, c]
      shares[c] = own > 0 ? left / own : 0
      guard shares[c] > 1e-15 else { continue }
      for j in (c + 1)..<max(k, c + 1) {
        let ratio = rest[c, j] / left
        guard ratio != 0 else { continue }
        for i in (c + 1)...j { rest[i, j] -= ratio * rest[c, i] }
      }
    }
    return shares
  }
}
