import NumericalMethods

extension LikelihoodRows {
  /// Positions of the columns that do not depend on earlier ones.
  ///
  /// A column is left out when less than 1e-7 of its length remains after earlier columns are taken out, as in R's `lm`.
  ///
  /// - Parameter products: XᵀWX of the standardised columns under any weights above zero for the rows that count.
  func independentColumns(_ products: Matrix) -> [Int] {
    let shares = InformationFactor.shares(of: products)
    let shifts = design.shifts
    let areClear = shares.indices.allSatisfy { c in
      let own = products[c, c]
      // The share of the column as it was before its mean was taken off.
      let whole = own + (design.design.hasIntercept ? products[0, 0] * shifts[c] * shifts[c] : 0)
      return own > 0 && shares[c] > 1e-9 && shares[c] * own > 1e-12 * whole
    }
    if areClear { return Array(shares.indices) }
    let flat = [Double](repeating: 0, count: response.count)
    let triangle = design.design.triangular(response: flat, weights: weights)
    let decomposition = PivotedQR(triangle.r, tolerance: 1e-7)
    return Array(decomposition.pivot.prefix(decomposition.rank))
  }

  func constant() -> Double {
    sum { place, prior in family.constant(response[place], weight: prior) }
  }

  /// Σ weight · the largest log-likelihood that each row can have.
  func saturated() -> Double {
    sum { place, prior in prior * family.saturated(response[place]) }
  }

  /// The log-likelihood, without its constant, of the model with an intercept, if wanted, and the offset.
  func nullLogLikelihood(intercept: Bool) throws(StatisticsError) -> Double {
    if intercept, offset != nil {
      let one = try ModelMatrix(rowCount: response.count, terms: [.intercept])
      let null = LikelihoodRows(
        design: StandardisedDesign(one), response: response, weights: weights, offset: offset, family: family)
      var predictors = [Double](repeating: 0, count: response.count)
      let first = null.pass(nil, from: predictors, into: &predictors)
      return try GeneralisedFit(null, start: .pass(first, predictors: predictors), convergence: .complete)
        .logLikelihood
    }
    if intercept {
      // A row's log-likelihood is linear in its response, so the rows count by their mean.
      let weight = sum { _, prior in prior }
      let mean = sum { place, prior in prior * response[place] } / weight
      return weight * family.row(mean, family.link.predictor(mean)).logLikelihood
    }
    return sum { place, prior in prior * family.row(response[place], offset?[place] ?? 0).logLikelihood }
  }

  /// Σ over the rows that count, in blocks combined in order.
  func sum(_ value: @Sendable (_ row: Int, _ weight: Double) -> Double) -> Double {
    WorkSharing.reduce(
      count: response.count, empty: { 0.0 },
      add: { total, rows in
        for i in rows {
          let prior = weights?[i] ?? 1
          if prior > 0 { total += value(i, prior) }
        }
      },
      combine: { $0 += $1 })
  }
}

extension LikelihoodPass {
  /// Of some of the columns.
  func selecting(_ columns: [Int]) -> LikelihoodPass {
    guard columns.count < score.count else { return self }
    var result = self
    result.score = columns.map { score[$0] }
    result.information = information.selecting(rows: columns, columns: columns)
    return result
  }
}
