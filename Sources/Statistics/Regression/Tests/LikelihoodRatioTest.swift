import NumericalMethods

/// Twice how far the log-likelihood falls when a model is restricted, compared with chi-square.
///
/// Wilks 1938, doi:10.1214/aoms/1177732360.
public struct LikelihoodRatioTest: Hashable, Sendable {
  public let statistic: Double
  /// How many coefficients the restriction takes away.
  public let degreesOfFreedom: Int

  public init(statistic: Double, degreesOfFreedom: Int) {
    self.statistic = statistic
    self.degreesOfFreedom = degreesOfFreedom
  }

  /// Of a smaller model within a larger one, both fitted to the same rows.
  ///
  /// - Throws: `.setting` when the models have not the same response, family, weights and offset, or the smaller has
  ///   not fewer coefficients.
  public init(
    _ smaller: GeneralisedLinearModel, within larger: GeneralisedLinearModel
  ) throws(StatisticsError) {
    guard smaller.response == larger.response, smaller.weights == larger.weights, smaller.offset == larger.offset,
      smaller.family == larger.family
    else { throw .setting(name: "models", reason: "both must have one response, family, offset and set of weights") }
    let difference = larger.coefficients.count - smaller.coefficients.count
    guard difference > 0 else {
      throw .setting(name: "models", reason: "the smaller model must have fewer coefficients than the larger")
    }
    self.init(
      statistic: max(0, 2 * (larger.logLikelihood - smaller.logLikelihood)), degreesOfFreedom: difference)
  }

  public var pValue: Double { ChiSquared(degreesOfFreedom: Double(degreesOfFreedom)).upperTail(statistic) }
}
