import NumericalMethods

/// A linear regression on the observed rows, and one draw of its coefficients and residual spread given the data.
///
/// With a flat prior on β and log σ: σ*² = RSS/χ²(n − k), β* = β̂ + σ* L z with LLᵀ = (XᵀX)⁻¹ (Rubin 1987, section 5.3).
struct LinearDraw {
  /// Xβ̂ and Xβ* of every row.
  let predicted: [Double]
  let drawn: [Double]
  /// σ*.
  let scale: Double

  /// - Parameter observed: 1 where the response counts, 0 where not.
  init(
    _ design: ModelMatrix, _ response: [Double], _ observed: [Double], _ generator: inout CounterGenerator
  ) throws(StatisticsError) {
    let all = StandardisedDesign(design)
    let products = all.crossProducts(weights: observed)
    let rows = LikelihoodRows(
      design: all, response: response, weights: observed, offset: nil, family: .poisson)
    let kept = rows.independentColumns(products)
    let columns = all.selecting(columns: kept)
    let count = observed.reduce(0, +)
    guard count > Double(kept.count) else {
      throw .tooFewObservations(found: Int(count), needed: kept.count + 1)
    }
    guard let factor = InformationFactor(products.selecting(rows: kept, columns: kept)) else {
      throw .collinear(columns: columns.design.names)
    }
    // Taken from the mean, so that a far origin costs no digits.
    let mean = zip(response, observed).reduce(0) { $0 + $1.0 * $1.1 } / count
    let sums = columns.transposedTimes(response.indices.map { observed[$0] * (response[$0] - mean) })
    let estimate = columns.coefficients(factor.solve(sums))
    let matrix = columns.design
    let shift = matrix.hasIntercept ? mean : 0
    let centred = matrix.linearPredictor(estimate).map { $0 + shift }
    predicted = centred
    var rest = 0.0
    for i in response.indices where observed[i] == 1 {
      let residual = response[i] - centred[i]
      rest += residual * residual
    }
    let chi = ChiSquared(degreesOfFreedom: count - Double(kept.count)).quantile(lowerTail: generator.openUniform())
    scale = (rest / chi).squareRoot()
    let moved = try drawNormal(estimate, columns.covariance(factor.inverse), scale: scale, &generator)
    drawn = matrix.linearPredictor(moved).map { $0 + shift }
  }

  /// Gives each missing row the value of one of the observed rows whose predictions lie closest to its drawn one.
  func match(
    _ values: inout [Double], _ missing: [Int], _ observed: [Double], donors: Int,
    _ generator: inout CounterGenerator
  ) {
    let rows = observed.indices.filter { observed[$0] == 1 }
    // In random order before a stable sort, so that rows with equal predictions are equally likely.
    let shuffled = generator.permutation(of: rows.count).map { rows[Int($0)] }
    let order = shuffled.indices.sorted { (predicted[shuffled[$0]], $0) < (predicted[shuffled[$1]], $1) }
    let sorted = order.map { shuffled[$0] }
    let keys = sorted.map { predicted[$0] }
    let wanted = min(donors, sorted.count)
    for row in missing {
      let target = drawn[row]
      var upper = countBelow(target, in: keys)
      var lower = upper - 1
      for _ in 0..<wanted {
        if upper >= keys.count || (lower >= 0 && target - keys[lower] <= keys[upper] - target) {
          lower -= 1
        } else {
          upper += 1
        }
      }
      values[row] = values[sorted[lower + 1 + generator.index(below: wanted)]]
    }
  }
}

extension StandardisedDesign {
  /// XᵀV of the standardised columns.
  func transposedTimes(_ v: [Double]) -> [Double] {
    let width = columnCount
    return reduceBlocks(
      empty: { [Double](repeating: 0, count: width) },
      add: { sums, block in
        v.withUnsafeBufferPointer { block.addTransposedTimes($0.baseAddress! + block.rows.lowerBound, to: &sums) }
      },
      combine: { total, part in for i in total.indices { total[i] += part[i] } })
  }
}
