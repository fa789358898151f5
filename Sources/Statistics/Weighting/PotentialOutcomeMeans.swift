import Foundation
import NumericalMethods
import Primitives

/// How the errors of an effect are made.
public enum EffectErrors: Codable, Hashable, Sendable {
  /// The weights, scores and outcome models are treated as known. For weighted means this is least squares of the
  /// outcome on the treatment with robust errors under any convention, for others the influence function with `hc0`
  /// (divisor n), `hc1Likelihood` (n − 1) or clusters.
  case modelsKnown(CovarianceConvention)
  /// All models are estimated together: the sandwich of the stacked equations, M-estimation. `hc0` as Stata's `teffects`,
  /// R's PSweight and statsmodels.
  case stacked(CovarianceConvention)
}

/// What the outcome would be on average in a target population if all were treated and if none were.
///
/// Every way to adjust (weighting, standardisation, both) answers with this value, so that differences, ratios and
/// their errors are made in one place.
public struct PotentialOutcomeMeans: Sendable {
  public let target: TargetPopulation
  /// One sentence: the estimator.
  public let method: LocalizedText
  public let untreated: Double
  public let treated: Double
  /// How many rows count.
  public let observations: Int
  /// Columns of any model that depend on others.
  public let aliased: [String]
  /// The influence of each row when everything was estimated; nil where an estimator has none (cross-fitting, whose
  /// influence is the same to first order whether the models are known or not).
  let stacked: InfluenceValues?
  /// The influence of each row when the models are known.
  let known: InfluenceValues
  /// Least squares on the treatment alone, for weighted means; fitted when asked for.
  let regression: Regression?

  typealias Regression = @Sendable () throws(StatisticsError) -> LinearRegression

  init(
    target: TargetPopulation, method: LocalizedText, known: InfluenceValues, stacked: InfluenceValues?,
    observations: Int,
    aliased: [String] = [], regression: Regression? = nil
  ) {
    self.target = target
    self.method = method
    untreated = known.values[0]
    treated = known.values[1]
    self.known = known
    self.stacked = stacked
    self.observations = observations
    self.aliased = aliased
    self.regression = regression
  }

  /// The influence of each row on the mean of the untreated and of the treated.
  public func influence(modelsKnown: Bool = false) -> InfluenceValues { modelsKnown ? known : stacked ?? known }

  /// Both means, `untreated` and `treated`, with their covariance.
  ///
  /// - Throws: `.notSupported` for a convention that the estimator does not have; what the convention throws.
  public func estimates(
    _ errors: EffectErrors = .stacked(.hc0), clusters: [Clusters] = []
  ) throws(StatisticsError) -> CoefficientEstimates {
    let convention: CovarianceConvention
    let influence: InfluenceValues
    let words: LocalizedText?
    switch errors {
    case .modelsKnown(let own):
      if let regression {
        let fit = try regression().estimates(own, clusters: clusters)
        let both = Matrix([[1, 0], [1, 1]])
        return CoefficientEstimates(
          names: known.names, values: [untreated, treated], covariance: fit.covariance.sandwiched(by: both),
          degreesOfFreedom: fit.degreesOfFreedom, jointDegreesOfFreedom: fit.degreesOfFreedom[1],
          convention: LocalizedText(
            "weights treated as known, \(fit.convention[.english])",
            nl: "gewichten als bekend genomen, \(fit.convention[.dutch])"),
          observations: fit.observations, aliased: aliased, clusterCounts: fit.clusterCounts)
      }
      (convention, influence, words) = (
        own, known, LocalizedText("models treated as known", nl: "modellen als bekend genomen")
      )
    case .stacked(let own):
      guard let stacked else { throw .notSupported(method: "stacked equations", input: "cross-fitted models") }
      (convention, influence, words) = (own, stacked, nil)
    }
    let fit = try influence.estimates(convention, clusters: clusters)
    let sentence =
      words.map { words in
        LocalizedText(
          "\(words[.english]), \(fit.convention[.english])", nl: "\(words[.dutch]), \(fit.convention[.dutch])")
      } ?? fit.convention
    return CoefficientEstimates(
      names: fit.names, values: fit.values, covariance: fit.covariance, convention: sentence,
      observations: observations, aliased: aliased, clusterCounts: fit.clusterCounts)
  }

  /// The means compared.
  ///
  /// - Parameter level: of all intervals.
  public func contrasts(
    _ errors: EffectErrors = .stacked(.hc0), clusters: [Clusters] = [], level: Double = 0.95
  ) throws(StatisticsError) -> EffectContrasts {
    try EffectContrasts(estimates(errors, clusters: clusters), target: target, method: method, level: level)
  }
}

/// Two means of potential outcomes compared: their difference and, where they are defined, their ratio and odds ratio.
public struct EffectContrasts: Codable, Hashable, Sendable {
  public let target: TargetPopulation
  public let method: LocalizedText
  /// How the errors are made.
  public let convention: LocalizedText
  public let untreated: Estimate
  public let treated: Estimate
  /// Treated minus untreated: the average effect; for a binary outcome the risk difference.
  public let difference: Estimate
  /// The probability of a difference at least as far from zero if there were none; nil where the error is zero.
  public let pValue: Double?
  /// Treated over untreated, with an interval made on the logarithm; nil unless both means are above 0.
  public let ratio: Estimate?
  /// The odds of the treated over those of the untreated, likewise; nil unless both means lie between 0 and 1.
  public let oddsRatio: Estimate?

  init(
    _ means: CoefficientEstimates, target: TargetPopulation, method: LocalizedText, level: Double
  ) throws(StatisticsError) {
    self.target = target
    self.method = method
    convention = means.convention
    untreated = try means.estimate(0, level: level)
    treated = try means.estimate(1, level: level)
    let slopes = [-1.0, 1.0]
    let difference = try means.linearCombination(slopes, level: level)
    self.difference = difference
    pValue = difference.standardError.flatMap { error in
      error > 0
        ? twoSidedProbability(difference.value / error, degreesOfFreedom: means.jointDegreesOfFreedom) : nil
    }
    let (low, high) = (means.values[0], means.values[1])
    let quantile = studentQuantile(upperTail: (1 - level) / 2, degreesOfFreedom: means.jointDegreesOfFreedom)
    func onLogarithm(_ value: Double, _ slopes: [Double]) -> Estimate {
      // Below zero as for the difference: several ways of clustering can do that, and then there is no error.
      let variance = means.covariance.quadraticForm(slopes)
      let error = variance >= 0 ? variance.squareRoot() : nil
      return Estimate(
        value: value, standardError: error.map { value * $0 },
        interval: ConfidenceInterval(
          lower: error.map { value * exp(-quantile * $0) }, upper: error.map { value * exp(quantile * $0) },
          level: level),
        count: means.observations)
    }
    ratio = low > 0 && high > 0 ? onLogarithm(high / low, [-1 / low, 1 / high]) : nil
    oddsRatio =
      low > 0 && high > 0 && low < 1 && high < 1
      ? onLogarithm(
        high / (1 - high) / (low / (1 - low)), [-1 / (low * (1 - low)), 1 / (high * (1 - high))]) : nil
  }
}
