import NumericalMethods

/// Difference-in-differences as a regression: outcome on later period, group, their product, and covariates.
///
/// The product's coefficient is the effect. Without covariates it is the difference of the four cell means; with them it
/// assumes that covariates matter alike in both groups and periods and that the effect is the same for everybody, which
/// `DifferenceInDifferences` does not. Columns: `(Intercept)`, later period, group, covariates, `later period:group`.
public struct DifferenceRegression: Sendable {
  public let fit: LinearRegression
  /// The name of the product.
  public let effectName: String

  /// - Parameters:
  ///   - outcome: n numbers.
  ///   - isAfter: whether each row is of the later period.
  ///   - treated: whether each row is of the group that is treated in the later period.
  ///   - covariates: n rows, no intercept.
  ///   - names: of the columns of the period and the group.
  public init(
    outcome: [Double], isAfter: [Bool], treated: [Bool], covariates: ModelMatrix? = nil, weights: [Double]? = nil,
    names: (after: String, treated: String) = ("after", "treated")
  ) throws(StatisticsError) {
    let n = outcome.count
    guard n > 0 else { throw .noObservations }
    try FollowUp.check(lengthOf: isAfter, "isAfter", n)
    try FollowUp.check(lengthOf: treated, "treated", n)
    let after = ModelMatrix.Term.numeric(names.after, isAfter.map { $0 ? 1 : 0 })
    let group = ModelMatrix.Term.numeric(names.treated, treated.map { $0 ? 1 : 0 })
    var design = try ModelMatrix(rowCount: n, terms: [.intercept, after, group])
    if let covariates { design = try design.appending(covariates.terms) }
    design = try design.appending([.product(after, group)])
    fit = try LinearRegression(design, response: outcome, weights: weights)
    effectName = "\(names.after):\(names.treated)"
    guard fit.names.contains(effectName) else { throw .collinear(columns: [effectName]) }
  }

  public func effect(
    _ convention: CovarianceConvention = .hc1, clusters: [Clusters] = [], level: Double = 0.95
  ) throws(StatisticsError) -> Estimate {
    let estimates = try fit.estimates(convention, clusters: clusters)
    return try estimates.estimate(estimates.position(effectName)!, level: level)
  }
}
