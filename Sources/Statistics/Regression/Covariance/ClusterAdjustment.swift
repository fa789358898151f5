import Foundation
import NumericalMethods

/// How a cluster's residuals are adjusted before its score is taken.
enum ClusterAdjustment: Sendable {
  /// Not at all.
  case none
  /// By a symmetric inverse square root: unbiased if the working variance is right (CR2).
  case inverseRoot
  /// By (I − H)⁻¹: the cluster's residuals if it had been left out (CR3).
  case inverse

  init(_ convention: ClusterConvention) {
    switch convention {
    case .cr2: self = .inverseRoot
    case .cr3: self = .inverse
    default: self = .none
    }
  }
}

/// What one cluster adds to a covariance, in the coordinates where XᵀWX is the identity.
struct ClusterPart: Sendable {
  /// R⁻ᵀXᵀWAe, k numbers.
  var score: [Double]
  /// For contrasts with p = AᵀWXR⁻¹q: pᵀΦp of each pair, m × m.
  var own: Matrix
  /// What p shares with the other clusters: k (or 2k) × m.
  var shared: Matrix
}

/// How the parts of two clusters share: P_gh = own(g = h) + shared_gᵀ · kernel · shared_h, which is the covariance of
/// the two clusters' adjusted scores under the working model.
enum SharedKernel: Sendable {
  /// −I.
  case minusIdentity
  /// [Ω, −I; −I, 0] with Ω = R⁻ᵀXᵀW²XR⁻¹, for weights whose inverse is not the working variance.
  case weighted(Matrix)

  func times(_ y: Matrix) -> Matrix {
    switch self {
    case .minusIdentity: return -1 * y
    case .weighted(let omega):
      let k = omega.rows
      let first = y.selecting(rows: Array(0..<k))
      let second = y.selecting(rows: Array(k..<2 * k))
      let top = omega * first - second
      var result = Matrix(rows: 2 * k, columns: y.columns)
      for c in 0..<y.columns {
        for r in 0..<k {
          result[r, c] = top[r, c]
          result[k + r, c] = -first[r, c]
        }
      }
      return result
    }
  }
}

extension RegressionScores {
  /// R⁻ᵀXᵀVXR⁻¹ for weights V.
  func standardisedCrossProducts(weights: [Double]) -> Matrix {
    matrix.crossProducts(weights: weights) { block in standardise(block.values, rows: block.rows.count) }
  }
}
