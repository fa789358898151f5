import NumericalMethods
import Primitives

/// What a difference is worth in money when a unit of effect is worth k: k·effect − cost, and how sure its sign is.
public struct NetBenefit: Codable, Hashable, Sendable {
  public let willingnessToPay: Double
  public let value: Estimate
  /// The probability, in the sense of a one-sided test, that the net benefit is above zero: a point of the parametric
  /// acceptability curve; 0, ½ or 1 when there is no error.
  public let acceptability: Double
  /// The expected value of perfect information for one person, were the net benefit normal with this error
  /// (the unit normal loss integral; Raiffa and Schlaifer 1961).
  public let valueOfPerfectInformation: Double
  public let degreesOfFreedom: Double

  init(
    willingnessToPay: Double, value: Double, standardError: Double, degreesOfFreedom: Double, level: Double, count: Int
  ) {
    let reference = StudentT(degreesOfFreedom: degreesOfFreedom)
    let quantile = reference.quantile(upperTail: (1 - level) / 2)
    self.willingnessToPay = willingnessToPay
    self.degreesOfFreedom = degreesOfFreedom
    self.value = Estimate(
      value: value, standardError: standardError,
      interval: ConfidenceInterval(
        lower: value - quantile * standardError, upper: value + quantile * standardError, level: level),
      count: count)
    if standardError > 0 {
      acceptability = reference.lowerTail(value / standardError)
      let z = abs(value) / standardError
      valueOfPerfectInformation =
        max(0, standardError * (Normal.standard.density(z) - z * Normal.standard.upperTail(z)))
    } else {
      acceptability = value > 0 ? 1 : value < 0 ? 0 : 0.5
      valueOfPerfectInformation = 0
    }
  }
}

/// The incremental net benefit adjusted for covariates, by least squares of k·effect − cost on treatment.
///
/// One regression for each value of k (Hoch, Briggs, Willan 2002, doi:10.1002/hec.678).
public struct NetBenefitRegression: Sendable {
  /// One for each willingness to pay, in the order given.
  public let netBenefits: [NetBenefit]
  /// How the errors are made.
  public let convention: LocalizedText

  /// - Parameters:
  ///   - covariates: what else explains cost and effect; without an intercept. Numbers are not centred.
  ///   - convention: how the errors are made; classical ones need equal variances.
  ///   - clusters: for clustered errors.
  /// - Throws: as ``LinearRegression``; `.collinear` when treatment cannot be told from the covariates;
  ///   `.negativeVariance` when several ways of clustering, whose covariances are added and subtracted (Cameron, Gelbach
  ///   and Miller 2011, doi:10.1198/jbes.2010.07136), leave the effect a variance below zero.
  public init(
    cost: [Double], effect: [Double], treated: [Bool], covariates: [ModelMatrix.Term] = [],
    willingnessToPay: [Double], convention: CovarianceConvention = .classical, clusters: [Clusters] = [],
    level: Double = 0.95
  ) throws(StatisticsError) {
    try checkPeople(cost: cost, effect: effect, treated: treated)
    try checkLevel(level)
    guard treated.contains(true), treated.contains(false) else { throw .oneGroupOnly(variable: "treated") }
    let design = try ModelMatrix(
      rowCount: cost.count, terms: [.intercept, .numeric("treated", treated.map { $0 ? 1 : 0 })] + covariates)
    var found: [NetBenefit] = []
    var words = LocalizedText("", nl: "")
    for k in willingnessToPay {
      try checkWillingness(k)
      let fit = try LinearRegression(design, response: zip(effect, cost).map { k * $0 - $1 })
      let estimates = try fit.estimates(convention, clusters: clusters)
      guard let place = estimates.position("treated") else { throw .collinear(columns: ["treated"]) }
      words = estimates.convention
      guard let standardError = estimates.standardErrors[place] else {
        throw .negativeVariance(of: "the effect of treatment on the net benefit")
      }
      found.append(
        NetBenefit(
          willingnessToPay: k, value: estimates.values[place], standardError: standardError,
          degreesOfFreedom: estimates.degreesOfFreedom[place], level: level, count: cost.count))
    }
    netBenefits = found
    self.convention = words
  }
}
