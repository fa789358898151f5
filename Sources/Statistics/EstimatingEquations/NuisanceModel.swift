import NumericalMethods

/// A fitted regression seen as estimating equations, so that what is computed from it carries its uncertainty.
///
/// Its coefficients solve Σ scoreᵢ xᵢ = 0, hence a row's influence on them is J⁻¹ xᵢ scoreᵢ, J the observed information.
/// A later estimate whose derivative by the linear predictor of row i is vᵢ then gets xᵢᵀ J⁻¹ (Xᵀv) · scoreᵢ more
/// influence from row i: one product with Xᵀ and one with X, whatever the number of columns.
struct NuisanceModel: Sendable {
  /// The columns with a coefficient, for all rows of the sample.
  let design: ModelMatrix
  let coefficients: [Double]
  /// n; the derivative of a row's weighted log-likelihood by its linear predictor, 0 for rows that were not fitted.
  let scores: [Double]
  /// J⁻¹.
  let inverse: Matrix
  let aliased: [String]

  /// - Parameters:
  ///   - rows: the rows of the sample that the model was fitted to, in order; nil for all.
  ///   - full: the columns for all rows of the sample.
  init(_ model: GeneralisedLinearModel, rows: [Int]? = nil, full: ModelMatrix) throws(StatisticsError) {
    let family = model.family
    let scores = WorkSharing.array(count: model.response.count) { range, start in
      for i in range {
        let score = family.row(model.response[i], model.linearPredictor[i]).score
        start[i] = (model.weights.map { $0[i] } ?? 1) * score
      }
    }
    if family.isCanonical {
      inverse = model.covariance
    } else {
      let observed = WorkSharing.array(count: model.response.count) { range, start in
        for i in range {
          let weight = family.observedWeight(model.response[i], model.linearPredictor[i])
          start[i] = (model.weights.map { $0[i] } ?? 1) * weight
        }
      }
      inverse = try NuisanceModel.inverse(model.design.crossProducts(weights: observed))
    }
    design = model.aliased.isEmpty ? full : full.selecting(columns: model.keptColumns)
    coefficients = model.coefficients
    self.scores = NuisanceModel.spread(scores, rows, full.rowCount)
    aliased = model.aliased
  }

  init(_ model: LinearRegression, rows: [Int]? = nil, full: ModelMatrix) {
    let scores = WorkSharing.array(count: model.residuals.count) { range, start in
      for i in range { start[i] = (model.weights.map { $0[i] } ?? 1) * model.residuals[i] }
    }
    inverse = model.scores.bread
    design = model.aliased.isEmpty ? full : full.selecting(columns: model.kept)
    coefficients = model.coefficients
    self.scores = NuisanceModel.spread(scores, rows, full.rowCount)
    aliased = model.aliased
  }

  /// The influence of each row through this model on an estimate.
  ///
  /// - Parameter slopes: n; the derivative of the estimate by the linear predictor of each row.
  func carry(slopes: [Double]) -> [Double] { carry(gradient: design.transposedTimes(slopes)) }

  /// - Parameter gradient: k; the derivative of the estimate by each coefficient.
  func carry(gradient: [Double]) -> [Double] {
    let predictors = design.linearPredictor(inverse * gradient)
    return WorkSharing.array(count: scores.count) { rows, start in
      for i in rows { start[i] = scores[i] * predictors[i] }
    }
  }

  /// xᵢᵀ J⁻¹ g for each row: how far a unit of score of that row moves an estimate with gradient g.
  func reach(gradient: [Double]) -> [Double] { design.linearPredictor(inverse * gradient) }

  static func inverse(_ information: Matrix) throws(StatisticsError) -> Matrix {
    let scales = information.diagonal.map { $0 > 0 ? 1 / $0.squareRoot() : 0 }
    guard scales.allSatisfy({ $0 > 0 && $0.isFinite }),
      let factor = Cholesky(information.sandwiched(by: .diagonal(scales)))
    else { throw .singularCovariance(method: "the observed information of the model") }
    return factor.inverse.sandwiched(by: .diagonal(scales))
  }

  private static func spread(_ values: [Double], _ rows: [Int]?, _ count: Int) -> [Double] {
    guard let rows else { return values }
    var result = [Double](repeating: 0, count: count)
    for (place, row) in rows.enumerated() { result[row] = values[place] }
    return result
  }
}
