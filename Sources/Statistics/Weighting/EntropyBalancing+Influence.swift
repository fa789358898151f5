import NumericalMethods

extension EntropyBalancing {
  /// The influence of each row through the weights on an estimate.
  ///
  /// λ solves Σ w (x − m) = 0 in the group, and m is the mean of the target: both are estimated. With G the derivative of
  /// the estimate by λ and A = Σ w (x − m)(x − m)ᵀ, row i of the group adds −wᵢ (xᵢ − m)ᵀA⁻¹G and row i of the target
  /// (Σ w) sᵢ (xᵢ − m)ᵀA⁻¹G / Σ s.
  ///
  /// - Parameters:
  ///   - byWeight: n; the derivative of the estimate by each row's weight.
  ///   - weights: n; the weights in use, 0 where they were dropped or bounded since.
  func carry(byWeight: [Double], weights: [Double]) -> [Double] {
    let n = treated.count
    var result = [Double](repeating: 0, count: n)
    let columns = moments.centred(design)
    for part in groups {
      let group = treated.map { $0 == part.isTreated }
      let total = (0..<n).map { group[$0] ? self.weights[$0] * (samplingWeights?[$0] ?? 1) : 0 }
      // A weight that was brought back to a bound no longer moves with λ.
      let slopes = (0..<n).map { group[$0] && weights[$0] == self.weights[$0] ? byWeight[$0] * weights[$0] : 0 }
      let kept = design.names.indices.filter { part.coefficients[$0] != 0 }
      guard !kept.isEmpty else { continue }
      let gradient = columns.transposedTimes(slopes, over: group)
      let information = columns.crossProducts(weights: total, over: group).selecting(rows: kept, columns: kept)
      let scales = information.diagonal.map { $0 > 0 ? 1 / $0.squareRoot() : 0 }
      guard let factor = Cholesky(information.sandwiched(by: .diagonal(scales))) else { continue }
      let solved = factor.solve(kept.indices.map { gradient[kept[$0]] * scales[$0] })
      var direction = [Double](repeating: 0, count: design.columnCount)
      for (place, column) in kept.enumerated() { direction[column] = solved[place] * scales[place] }
      let size = total.reduce(0, +)
      let everyone = [Bool](repeating: true, count: n)
      let reach = columns.times(direction, over: everyone)
      for i in 0..<n {
        if group[i] { result[i] -= total[i] * reach[i] }
        if moments.isTarget[i] { result[i] += size * (samplingWeights?[i] ?? 1) * reach[i] / moments.targetSize }
      }
    }
    return result
  }
}
