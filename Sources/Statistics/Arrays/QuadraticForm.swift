/// The quadratic form sᵀ V⁻¹ s of a covariance matrix, by Cholesky's decomposition.
///
/// - Parameters:
///   - score: s, of length k.
///   - covariance: V, k × k, symmetric; only its lower triangle is read.
/// - Returns: nil when V is singular to working precision (a pivot below 1e-10 of its diagonal element).
func quadraticForm(_ score: [Double], _ covariance: [[Double]]) -> Double? {
  var lower = covariance
  var y = score
  var sum = 0.0
  for i in 0..<score.count {
    for j in 0...i {
      var element = covariance[i][j]
      for k in 0..<j { element -= lower[i][k] * lower[j][k] }
      if i == j {
        guard element > 1e-10 * covariance[i][i], element.isFinite else { return nil }
        lower[i][i] = element.squareRoot()
      } else {
        lower[i][j] = element / lower[j][j]
      }
    }
    for k in 0..<i { y[i] -= lower[i][k] * y[k] }
    y[i] /= lower[i][i]
    sum += y[i] * y[i]
  }
  return sum
}
