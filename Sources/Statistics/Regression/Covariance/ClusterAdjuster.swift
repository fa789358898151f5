import Foundation
import NumericalMethods

/// Adjusts clusters one by one.
///
/// For a cluster with standardised rows Z = XR⁻¹, an unweighted model has I − H_gg = I − ZZᵀ, so that
/// Zᵀ f(I − ZZᵀ) e = f(I − ZᵀZ) Zᵀe: a k × k problem however large the cluster is. Weighted models have a matrix of rank
/// 2k instead. Clusters smaller than that are done with matrices of their own size.
struct ClusterAdjuster: Sendable {
  let scores: RegressionScores
  let adjustment: ClusterAdjustment
  /// R⁻ᵀ times the contrasts, k × m.
  let contrasts: Matrix
  /// nil where the working variance is the inverse of the weights, or all are one.
  let omega: Matrix?

  /// Eigenvalues of I − H up to here count as zero, as in clubSandwich.
  private static let smallestEigenvalue = 1e-12
  /// Clusters of a generalised linear model are adjusted by matrices of their own size, up to so many rows.
  private static let largestDirect = 3000

  init(_ scores: RegressionScores, _ adjustment: ClusterAdjustment, contrasts: Matrix) {
    self.scores = scores
    self.adjustment = adjustment
    self.contrasts = contrasts
    if scores.responseScale == nil, let weights = scores.weights {
      omega = scores.standardisedCrossProducts(weights: weights.map { $0 * $0 })
    } else {
      omega = nil
    }
  }

  var kernel: SharedKernel { omega.map { .weighted($0) } ?? .minusIdentity }

  /// - Parameter z: the cluster's standardised rows.
  /// - Returns: nil when the cluster alone determines a coefficient and the adjustment cannot be made.
  func part(_ z: ClusterRows) throws(StatisticsError) -> ClusterPart? {
    let width = contrasts.rows
    switch (adjustment, scores.weights) {
    case (.inverseRoot, .some) where scores.responseScale != nil:
      guard z.count <= Self.largestDirect else {
        throw .notSupported(
          method: "CR2 of a generalised linear model", input: "clusters of more than \(Self.largestDirect) rows")
      }
      return generalised(z)
    case (.inverseRoot, .some):
      return z.count < 2 * width ? weightedDirect(z) : weightedReduced(ClusterProducts(z))
    case (_, .none):
      return z.count < width ? unweightedDirect(z) : unweighted(ClusterProducts(z))
    default:
      return linear(ClusterProducts(z))
    }
  }

  private func function(_ eigenvalue: Double) -> Double? {
    switch adjustment {
    case .none: return 1
    case .inverseRoot: return eigenvalue > Self.smallestEigenvalue ? 1 / eigenvalue.squareRoot() : 0
    case .inverse: return eigenvalue > RegressionScores.smallestFreedom ? 1 / eigenvalue : nil
    }
  }

  /// f(I − A) for a symmetric A; nil where f is not defined.
  private func functionOfRest(_ a: Matrix) -> Matrix? {
    guard let eigen = SymmetricEigen(a) else { return nil }
    let values = eigen.values.compactMap { function(1 - $0) }
    guard values.count == a.rows else { return nil }
    var scaled = eigen.vectors
    for c in 0..<scaled.columns {
      for r in 0..<scaled.rows { scaled[r, c] *= values[c] }
    }
    return scaled.timesTransposed(eigen.vectors)
  }

  private func unweightedDirect(_ rows: ClusterRows) -> ClusterPart? {
    let z = rows.standardised
    guard let a = functionOfRest(z.timesTransposed(z)) else { return nil }
    let p = a * (z * contrasts)
    return ClusterPart(
      score: z.transposedTimes(a * rows.residuals), own: p.crossProduct, shared: z.transposedTimes(p))
  }

  private func unweighted(_ products: ClusterProducts) -> ClusterPart? {
    guard let f = functionOfRest(products.zz) else { return nil }
    let fq = f * contrasts
    let shared = products.zz * fq
    return ClusterPart(score: f * products.zwe, own: fq.transposedTimes(shared), shared: shared)
  }

  /// No adjustment or (I − H)⁻¹ with weights: XᵀW(I − XMXᵀW)⁻¹ = (I − XᵀWXM)⁻¹XᵀW.
  private func linear(_ products: ClusterProducts) -> ClusterPart? {
    guard let f = functionOfRest(products.zwz) else { return nil }
    let fq = f * contrasts
    let first = products.zwz * fq
    let score = f * products.zwe
    guard omega != nil else { return ClusterPart(score: score, own: fq.transposedTimes(first), shared: first) }
    let second = products.zwwz * fq
    return ClusterPart(score: score, own: fq.transposedTimes(second), shared: first.joined(below: second))
  }

  /// The inverse root of I − XMXᵀW − WXMXᵀ + XM(XᵀW²X)MXᵀ, a matrix of the cluster's size.
  private func weightedDirect(_ rows: ClusterRows) -> ClusterPart? {
    let z = rows.standardised
    let wz = z.rowsScaled(rows.weights!)
    let cross = z.timesTransposed(wz)
    let rest = cross + cross.transposed - (z * omega!).timesTransposed(z)
    guard let a = functionOfRest(rest) else { return nil }
    let p = a * (wz * contrasts)
    return ClusterPart(
      score: wz.transposedTimes(a * rows.residuals), own: p.crossProduct,
      shared: z.transposedTimes(p).joined(below: wz.transposedTimes(p)))
  }

  /// The same through the 2k columns [Z, WZ] that the matrix differs from the identity by.
  private func weightedReduced(_ products: ClusterProducts) -> ClusterPart? {
    let k = contrasts.rows
    let gram = products.zz.joined(right: products.zwz).joined(below: products.zwz.joined(right: products.zwwz))
    guard let eigen = SymmetricEigen(gram) else { return nil }
    let limit = 1e-13 * max(eigen.values.last ?? 0, 0)
    let kept = eigen.values.indices.filter { eigen.values[$0] > limit }
    // The basis is U = [Z, WZ] V D^(−1/2), so that [Z, WZ]ᵀU = V D^(1/2).
    var toBasis = eigen.vectors.selecting(columns: kept)
    var fromBasis = toBasis
    for (c, place) in kept.enumerated() {
      let length = eigen.values[place].squareRoot()
      for r in 0..<2 * k {
        toBasis[r, c] /= length
        fromBasis[r, c] *= length
      }
    }
    var inner = Matrix(rows: 2 * k, columns: 2 * k)
    for r in 0..<k {
      inner[r, k + r] = 1
      inner[k + r, r] = 1
      for c in 0..<k { inner[r, c] = -omega![r, c] }
    }
    var rest = fromBasis.transposedTimes(inner) * fromBasis
    rest.symmetrise()
    guard let f = functionOfRest(rest) else { return nil }
    // A = I + U (f − I) Uᵀ.
    let change = f - .identity(kept.count)
    let weighted = fromBasis.selecting(rows: Array(k..<2 * k))
    var score = weighted * (change * toBasis.transposedTimes(products.ze + products.zwe))
    for c in 0..<k { score[c] += products.zwe[c] }
    let ofContrasts = weighted.transposedTimes(contrasts)
    let shared = gram.selecting(columns: Array(k..<2 * k)) * contrasts + fromBasis * (change * ofContrasts)
    let squaredChange = f * f - .identity(kept.count)
    let own =
      contrasts.transposedTimes(products.zwwz * contrasts) + ofContrasts.transposedTimes(squaredChange * ofContrasts)
    return ClusterPart(score: score, own: own, shared: shared)
  }

  /// A generalised linear model on the scale of its response: rows Dx, residuals De, working variance Φ = D²/w.
  private func generalised(_ rows: ClusterRows) -> ClusterPart? {
    let d = rows.responseScale!
    let x = rows.standardised.rowsScaled(d)
    let w = d.indices.map { rows.weights![$0] / (d[$0] * d[$0]) }
    let roots = w.map { 1 / $0.squareRoot() }
    let rootX = x.rowsScaled(roots)
    // Φ^½ (Φ − XMXᵀ) Φ^½.
    let target = Matrix.diagonal(roots.map { pow($0, 4) }) - rootX.timesTransposed(rootX)
    guard let eigen = SymmetricEigen(target) else { return nil }
    let inverseRoot = eigen.applying { $0 > Self.smallestEigenvalue ? 1 / $0.squareRoot() : 0 }
    let wx = x.rowsScaled(w)
    let adjusted = inverseRoot * d.indices.map { rows.residuals[$0] * d[$0] * roots[$0] }
    let score = wx.transposedTimes(adjusted.indices.map { adjusted[$0] * roots[$0] })
    let p = (inverseRoot * (wx.rowsScaled(roots) * contrasts)).rowsScaled(roots)
    return ClusterPart(score: score, own: p.rowsScaled(roots).crossProduct, shared: x.transposedTimes(p))
  }
}

extension Matrix {
  func rowsScaled(_ factors: [Double]) -> Matrix {
    var result = self
    for c in 0..<columns {
      for r in 0..<rows { result[r, c] *= factors[r] }
    }
    return result
  }

  func joined(below other: Matrix) -> Matrix { transposed.joined(right: other.transposed).transposed }
}
