import NumericalMethods
import Primitives

extension WeightedMeans {
  /// The means compared, with the derivatives of the stacked equations taken by central differences of one step, as
  /// statsmodels' treatment effects do with 1e-4. For comparison: the closed form is right to all digits.
  ///
  /// - Throws: `.notSupported` unless the means are normalised, of all rows, with weights that come unchanged from one
  ///   logistic fit to them.
  public func contrasts(
    differencesOf step: Double, clusters: [Clusters] = [], level: Double = 0.95
  ) throws(StatisticsError) -> EffectContrasts {
    guard let scores = weights.scores, scores.models.count == 1, scores.models[0].family == .binomial,
      scores.models[0].response.count == weights.rowCount, weights.truncatedTo == nil, isUsual
    else {
      throw .notSupported(
        method: "a derivative by differences",
        input: "means that are not normalised, or weights that do not come unchanged from one logistic fit to all rows")
    }
    guard step > 0, step.isFinite else { throw .setting(name: "step", reason: "a number above 0 is needed") }
    let model = scores.models[0]
    let (design, target, treated) = (model.design, weights.target, weights.treated)
    let (k, sampling, outcome) = (design.columnCount, weights.samplingWeights, outcome)
    let equations = EstimatingEquations(
      rowCount: weights.rowCount, names: ["untreated", "treated"] + model.names, differences: .central(step: step)
    ) { rows, parameters, start in
      // The columns are expanded where the equations of the scores will stand.
      let columns = start + 2 * rows.count
      design.fill(rows, into: columns, leadingDimension: rows.count)
      for i in 0..<rows.count {
        let row = rows.lowerBound + i
        var predictor = 0.0
        for c in 0..<k { predictor += columns[i + c * rows.count] * parameters[2 + c] }
        let e = ResponseFamily.binomial.link.mean(predictor)
        let own = sampling?[row] ?? 1
        let weight = own * target.weight(treated: treated[row], e)
        start[i] = treated[row] ? 0 : weight * (outcome[row] - parameters[0])
        start[i + rows.count] = treated[row] ? weight * (outcome[row] - parameters[1]) : 0
        for c in 0..<k { columns[i + c * rows.count] *= own * ((treated[row] ? 1 : 0) - e) }
      }
    }
    let all = try equations.influence(at: [means.untreated, means.treated] + model.coefficients)
    let both = InfluenceValues(
      names: Array(all.names.prefix(2)), values: Array(all.values.prefix(2)), influence: Array(all.influence.prefix(2)))
    let found = try both.estimates(clusters.isEmpty ? .hc0 : .clustered(.cr0), clusters: clusters)
    let named = CoefficientEstimates(
      names: found.names, values: found.values, covariance: found.covariance,
      convention: LocalizedText(
        "\(found.convention[.english]), derivatives by differences of \(step)",
        nl: "\(found.convention[.dutch]), afgeleiden door verschillen van \(step)"),
      observations: means.observations, clusterCounts: found.clusterCounts)
    return try EffectContrasts(named, target: target, method: means.method, level: level)
  }
}
