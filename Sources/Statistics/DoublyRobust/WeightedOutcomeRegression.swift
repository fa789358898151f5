import NumericalMethods

/// A regression of the outcome on the treatment, and on whatever else, fitted with balancing weights; also called a
/// marginal structural model when only the treatment is in it.
///
/// Its coefficients' errors either treat the weights as known, under any convention of the regression, or carry the
/// uncertainty of the weights.
public struct WeightedOutcomeRegression: Sendable {
  public let weights: BalancingWeights
  public let model: OutcomeModel
  private let nuisance: NuisanceModel
  private let known: @Sendable (CovarianceConvention, [Clusters]) throws(StatisticsError) -> CoefficientEstimates

  /// - Parameters:
  ///   - design: n × k columns, with the treatment among them.
  /// - Throws: see `LinearRegression` and `GeneralisedLinearModel`.
  public init(
    outcome: [Double], weights: BalancingWeights, design: ModelMatrix, model: OutcomeModel = .linear
  ) throws(StatisticsError) {
    try checkGroups(weights.treated, rowCount: design.rowCount, weights: weights.totals)
    try RegressionStandardisation.check(outcome, weights.rowCount)
    self.weights = weights
    self.model = model
    if let family = model.family {
      let fit = try GeneralisedLinearModel(
        design, response: outcome, family: family, weights: weights.totals, convergence: .complete)
      nuisance = try NuisanceModel(fit, full: design)
      known = { (convention, clusters) throws(StatisticsError) in
        try fit.estimates(convention, clusters: clusters)
      }
    } else {
      let fit = try LinearRegression(design, response: outcome, weights: weights.totals)
      nuisance = NuisanceModel(fit, full: design)
      known = { (convention, clusters) throws(StatisticsError) in
        try fit.estimates(convention, clusters: clusters)
      }
    }
  }

  public var coefficients: [Double] { nuisance.coefficients }

  /// The coefficients with their covariance.
  public func estimates(
    _ errors: EffectErrors = .stacked(.hc0), clusters: [Clusters] = []
  ) throws(StatisticsError) -> CoefficientEstimates {
    switch errors {
    case .modelsKnown(let convention): return try known(convention, clusters)
    case .stacked(let convention):
      return try influence().estimates(convention, clusters: clusters, aliased: nuisance.aliased)
    }
  }

  /// The influence of each row on each coefficient, through the weights too: n numbers for each.
  public func influence() -> InfluenceValues {
    let k = nuisance.coefficients.count
    let values = weights.values
    let columns = (0..<k).map { place -> [Double] in
      var unit = [Double](repeating: 0, count: k)
      unit[place] = 1
      let reach = nuisance.reach(gradient: unit)
      // A score is proportional to its row's weight, so its derivative by the weight is the score over the weight.
      let byWeight = values.indices.map { values[$0] > 0 ? nuisance.scores[$0] / values[$0] * reach[$0] : 0 }
      let carried = weights.carry(byWeight: byWeight)
      return values.indices.map { nuisance.scores[$0] * reach[$0] + carried[$0] }
    }
    return InfluenceValues(names: nuisance.design.names, values: nuisance.coefficients, influence: columns)
  }
}
