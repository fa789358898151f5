import Foundation
import NumericalMethods

/// The covariance of coefficients of one time series whose errors may depend on those shortly before.
///
/// With s_t the scores in order of time, Γ_j = Σ_t s_t s_{t−j}ᵀ and Bartlett's weights 1 − j/(L + 1), the meat is
/// Γ₀ + Σ_j (1 − j/(L + 1)) (Γ_j + Γ_jᵀ) for lags j = 1...L, which is never negative (Newey and West 1987,
/// doi:10.2307/1913610). As R's `sandwich::NeweyWest`.
public struct NeweyWest: Codable, Hashable, Sendable {
  /// L, nil for the rule of Newey and West (1994, doi:10.2307/2297912).
  public var lag: Int?
  /// Whether a first-order autoregression is taken out of the scores first and put back after (Andrews and Monahan 1992,
  /// doi:10.2307/2951574).
  public var prewhitens: Bool
  /// Whether the result is multiplied by n/(n − k).
  public var adjusts: Bool

  public init(lag: Int? = nil, prewhitens: Bool = false, adjusts: Bool = true) {
    self.lag = lag
    self.prewhitens = prewhitens
    self.adjusts = adjusts
  }
}

extension RegressionScores {
  /// The covariance of Newey and West and the number of lags it used. Rows are in order of time.
  ///
  /// n × k numbers are kept, for a series is short.
  ///
  /// - Throws: `.setting` for a lag that is negative or not below n; `.tooFewObservations` when there are not more rows
  ///   than coefficients; `.singularCovariance` when the scores cannot be prewhitened.
  public func covariance(_ settings: NeweyWest) throws(StatisticsError) -> (covariance: Matrix, lag: Int) {
    let (n, k) = (observations, columnCount)
    guard n > k + 1 else { throw .tooFewObservations(found: n, needed: k + 2) }
    if let lag = settings.lag, lag < 0 || lag >= n {
      throw .setting(name: "lag", reason: "it counts earlier rows, from 0 to \(n - 1)")
    }
    var scores = matrix.materialised().rowsScaled(multipliers)
    var recolouring: Matrix?
    if settings.prewhitens {
      let before = scores.selecting(rows: Array(0..<n - 1))
      let after = scores.selecting(rows: Array(1..<n))
      guard let factor = Cholesky(before.crossProduct), factor.reciprocalCondition > 1e-15 else {
        throw .singularCovariance(method: "prewhitening")
      }
      // after = before · A: row t's score is Aᵀ times that of row t − 1.
      let a = factor.solve(before.transposedTimes(after))
      guard let inverse = solveLinearSystem(.identity(k) - a.transposed, .identity(k)) else {
        throw .singularCovariance(method: "prewhitening")
      }
      scores = after - before * a
      recolouring = inverse
    }
    let lag = settings.lag ?? automaticLag(scores, prewhitened: settings.prewhitens)
    standardiseRows(&scores)
    var meat = scores.crossProduct
    for j in stride(from: 1, through: min(lag, scores.rows - 1), by: 1) {
      let now = scores.selecting(rows: Array(j..<scores.rows))
      let earlier = scores.selecting(rows: Array(0..<scores.rows - j))
      let gamma = now.transposedTimes(earlier)
      meat += (1 - Double(j) / Double(lag + 1)) * (gamma + gamma.transposed)
    }
    if let recolouring {
      // The recolouring holds for the scores themselves, the meat for R⁻ᵀ times them.
      let changed = triangle.transposed * Matrix.identity(k)
      let inner = root.transposedTimes(recolouring * changed)
      meat = meat.sandwiched(by: inner)
    }
    if settings.adjusts { meat = Double(n) / Double(n - k) * meat }
    return (meat.sandwiched(by: root), lag)
  }

  private func standardiseRows(_ scores: inout Matrix) {
    let rows = scores.rows
    scores.elements.withUnsafeMutableBufferPointer { standardise($0.baseAddress!, rows: rows) }
  }

  /// 1.1447 (s₁²/s₀² · n)^(1/3) rounded down, from the autocovariances of the scores' sum without the intercept's.
  private func automaticLag(_ scores: Matrix, prewhitened: Bool) -> Int {
    let n = scores.rows
    let first = matrix.hasIntercept && columnCount > 1 ? 1 : 0
    let all = Double(observations)
    let longest = min(n - 1, Int((prewhitened ? 3 : 4) * pow(all / 100, 2.0 / 9)))
    var sums = [Double](repeating: 0, count: n)
    for c in first..<columnCount {
      for t in 0..<n { sums[t] += scores[t, c] }
    }
    var (s0, s1) = (0.0, 0.0)
    for j in 0...longest {
      var covariance = 0.0
      for t in j..<n { covariance += sums[t] * sums[t - j] }
      covariance /= Double(n)
      s0 += j == 0 ? covariance : 2 * covariance
      s1 += 2 * Double(j) * covariance
    }
    guard s0 != 0 else { return 0 }
    let ratio = s1 / s0
    return min(n - 1, Int(1.1447 * pow(ratio * ratio, 1.0 / 3) * pow(all, 1.0 / 3)))
  }
}
