import Foundation
import NumericalMethods

extension RegressionScores {
  /// White's sandwich, each row's squared residual multiplied by a function of its leverage.
  ///
  /// In the coordinates z = R⁻ᵀx, where XᵀWX is the identity, the meat is Σ (we)² g zzᵀ and the covariance R⁻¹ meat R⁻ᵀ:
  /// badly scaled or nearly dependent columns then cost no digits in the product.
  ///
  /// - Parameter factor: g(h) for leverage h, nil where the convention is not defined.
  /// - Throws: `.fullLeverage` where the factor is nil.
  func heteroskedastic(_ factor: (@Sendable (Double) -> Double?)?) throws(StatisticsError) -> Matrix {
    let width = columnCount
    let (multipliers, weights) = (multipliers, weights)
    let part = matrix.reduceBlocks(
      empty: { (meat: Matrix(rows: width, columns: width), failed: Int?.none) },
      add: { part, block in
        let count = block.rows.count
        standardise(block.values, rows: count)
        withUnsafeTemporaryAllocation(of: Double.self, capacity: count) { squares in
          squares.update(repeating: 0)
          if let factor {
            for c in 0..<width {
              let column = block.column(c)
              for i in 0..<count { squares[i] += column[i] * column[i] }
            }
            for i in 0..<count {
              let leverage = squares[i] * (weights?[block.rows.lowerBound + i] ?? 1)
              let found = factor(leverage)
              if found == nil, part.failed == nil { part.failed = block.rows.lowerBound + i }
              squares[i] = found ?? 0
            }
          } else {
            squares.update(repeating: 1)
          }
          for i in 0..<count {
            let u = multipliers[block.rows.lowerBound + i]
            squares[i] *= u * u
          }
          block.addCrossProduct(weights: squares.baseAddress!, to: &part.meat)
        }
      },
      combine: { total, part in
        total.meat += part.meat
        total.failed = total.failed ?? part.failed
      })
    if let failed = part.failed { throw .fullLeverage(array: "row", index: position(failed)) }
    var meat = part.meat
    meat.copyUpperToLower()
    return meat.sandwiched(by: root)
  }

  /// What remains of a leverage below 1 that can still be told from rounding.
  static let smallestFreedom = 1e-9

  func covariance(heteroskedastic convention: CovarianceConvention) throws(StatisticsError) -> Matrix {
    let (n, k) = (Double(observations), Double(columnCount))
    let smallest = Self.smallestFreedom
    switch convention {
    case .hc1:
      guard n > k else { throw .tooFewObservations(found: observations, needed: columnCount + 1) }
      return n / (n - k) * (try heteroskedastic(nil))
    case .hc1Likelihood:
      guard n > 1 else { throw .tooFewObservations(found: observations, needed: 2) }
      return n / (n - 1) * (try heteroskedastic(nil))
    case .hc2: return try heteroskedastic { 1 - $0 > smallest ? 1 / (1 - $0) : nil }
    case .hc3: return try heteroskedastic { 1 - $0 > smallest ? 1 / ((1 - $0) * (1 - $0)) : nil }
    case .hc4: return try heteroskedastic { 1 - $0 > smallest ? pow(1 - $0, -min(4, n * $0 / k)) : nil }
    default: return try heteroskedastic(nil)
    }
  }
}
