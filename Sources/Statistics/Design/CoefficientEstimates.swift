import NumericalMethods
import Primitives

/// The coefficients of a fitted model with their covariance: what least squares, a logit, a Cox model and an event study
/// have in common.
public struct CoefficientEstimates: Sendable {
  /// k names.
  public let names: [String]
  /// k numbers.
  public let values: [Double]
  /// k × k.
  public let covariance: Matrix
  /// k numbers: of the t distribution that each statistic is compared with; infinity for the normal.
  public let degreesOfFreedom: [Double]
  /// Of the denominator of an F test of several coefficients; infinity for a chi-square test.
  public let jointDegreesOfFreedom: Double
  /// How the errors are made, in words that name the convention.
  public let convention: LocalizedText
  /// How many rows count.
  public let observations: Int
  /// The columns that depend on others and have no coefficient.
  public let aliased: [String]
  /// How many clusters each way of clustering has; empty for errors that are not clustered. Below about 40 the errors
  /// tend to be too small (Cameron and Miller 2015, doi:10.3368/jhr.50.2.317); see ``hasFewClusters``.
  public let clusterCounts: [Int]

  public init(
    names: [String], values: [Double], covariance: Matrix, degreesOfFreedom: [Double],
    jointDegreesOfFreedom: Double, convention: LocalizedText, observations: Int,
    aliased: [String] = [], clusterCounts: [Int] = []
  ) {
    precondition(
      names.count == values.count && covariance.rows == values.count && covariance.columns == values.count
        && degreesOfFreedom.count == values.count, "each coefficient has a name, a variance and degrees of freedom")
    self.names = names
    self.values = values
    self.covariance = covariance
    self.degreesOfFreedom = degreesOfFreedom
    self.jointDegreesOfFreedom = jointDegreesOfFreedom
    self.convention = convention
    self.observations = observations
    self.aliased = aliased
    self.clusterCounts = clusterCounts
  }

  /// With the same degrees of freedom for all.
  public init(
    names: [String], values: [Double], covariance: Matrix, degreesOfFreedom: Double = .infinity,
    convention: LocalizedText, observations: Int, aliased: [String] = [], clusterCounts: [Int] = []
  ) {
    self.init(
      names: names, values: values, covariance: covariance,
      degreesOfFreedom: [Double](repeating: degreesOfFreedom, count: values.count),
      jointDegreesOfFreedom: degreesOfFreedom, convention: convention, observations: observations, aliased: aliased,
      clusterCounts: clusterCounts)
  }

  public var count: Int { values.count }

  /// Whether some way of clustering has fewer clusters than ``Clusters/fewest``.
  public var hasFewClusters: Bool { clusterCounts.contains { $0 < Clusters.fewest } }

  /// k numbers: the roots of the covariance's diagonal. A variance below zero, which several ways of clustering can
  /// give, has no root and is nil.
  public var standardErrors: [Double?] { covariance.diagonal.map { $0 >= 0 ? $0.squareRoot() : nil } }

  /// The position of a coefficient, nil when there is none of that name.
  public func position(_ name: String) -> Int? { names.firstIndex(of: name) }

  /// The coefficient over its standard error; nil where that is zero or not defined.
  public func statistic(_ position: Int) -> Double? {
    standardErrors[position].flatMap { $0 > 0 ? values[position] / $0 : nil }
  }

  /// The probability of a statistic at least as far from zero, in either direction, if the coefficient were zero.
  public func pValue(_ position: Int) -> Double? {
    statistic(position).map { twoSidedProbability($0, degreesOfFreedom: degreesOfFreedom[position]) }
  }

  /// A coefficient with its standard error and t (or normal) interval.
  ///
  /// - Throws: `.notAProbability` when the level does not lie between 0 and 1.
  public func estimate(_ position: Int, level: Double = 0.95) throws(StatisticsError) -> Estimate {
    try estimate(
      values[position], standardErrors[position], degreesOfFreedom: degreesOfFreedom[position], level: level)
  }

  /// The sum of the coefficients, each times its weight, with a joint degree of freedom.
  ///
  /// - Parameter weights: k numbers.
  public func linearCombination(_ weights: [Double], level: Double = 0.95) throws(StatisticsError) -> Estimate {
    precondition(weights.count == count, "each coefficient has one weight")
    var value = 0.0
    for i in weights.indices { value += weights[i] * values[i] }
    let variance = covariance.quadraticForm(weights)
    return try estimate(
      value, variance >= 0 ? variance.squareRoot() : nil, degreesOfFreedom: jointDegreesOfFreedom, level: level)
  }

  /// Wald's test that L times the coefficients equals q.
  ///
  /// - Parameters:
  ///   - l: r × k; each row is one statement.
  ///   - q: r numbers; zeros when nil.
  /// - Throws: `.singularCovariance` when the statements depend on each other or the covariance is not positive.
  public func wald(_ l: Matrix, equals q: [Double]? = nil) throws(StatisticsError) -> WaldTest {
    precondition(l.columns == count && (q == nil || q!.count == l.rows), "each statement has one weight a coefficient")
    var difference = l * values
    if let q { for i in difference.indices { difference[i] -= q[i] } }
    let spread = covariance.sandwiched(by: l)
    // Scaled to a diagonal of ones, so that the size of a column does not decide what counts as singular.
    let scales = spread.diagonal.map { $0 > 0 ? 1 / $0.squareRoot() : 0 }
    let unit = spread.sandwiched(by: .diagonal(scales))
    guard l.rows > 0, scales.allSatisfy({ $0 > 0 && $0.isFinite }), let factor = Cholesky(unit),
      factor.reciprocalCondition > 1e-13
    else { throw .singularCovariance(method: "the Wald test") }
    let scaled = zip(difference, scales).map { $0 * $1 }
    let solved = factor.solve(scaled)
    var statistic = 0.0
    for i in scaled.indices { statistic += scaled[i] * solved[i] }
    return WaldTest(
      statistic: statistic, degreesOfFreedom: l.rows, denominatorDegreesOfFreedom: jointDegreesOfFreedom)
  }

  /// Wald's test that all coefficients at these positions are zero.
  public func wald(zero positions: [Int]) throws(StatisticsError) -> WaldTest {
    var l = Matrix(rows: positions.count, columns: count)
    for (row, position) in positions.enumerated() { l[row, position] = 1 }
    return try wald(l)
  }

  private func estimate(
    _ value: Double, _ standardError: Double?, degreesOfFreedom: Double, level: Double
  ) throws(StatisticsError) -> Estimate {
    guard level > 0, level < 1 else { throw .notAProbability(name: "the confidence level") }
    let reach = standardError.map {
      $0 * studentQuantile(upperTail: (1 - level) / 2, degreesOfFreedom: degreesOfFreedom)
    }
    return Estimate(
      value: value, standardError: standardError,
      interval: ConfidenceInterval(lower: reach.map { value - $0 }, upper: reach.map { value + $0 }, level: level),
      count: observations)
  }
}

/// Wald's test of one or several statements about coefficients.
public struct WaldTest: Hashable, Sendable {
  /// The chi-square statistic.
  public let statistic: Double
  /// How many statements are tested.
  public let degreesOfFreedom: Int
  /// Of the denominator of F; infinity where chi-square is the reference.
  public let denominatorDegreesOfFreedom: Double

  /// The statistic over its degrees of freedom.
  public var f: Double { statistic / Double(degreesOfFreedom) }

  /// From the chi-square distribution.
  public var chiSquarePValue: Double { ChiSquared(degreesOfFreedom: Double(degreesOfFreedom)).upperTail(statistic) }

  /// From the F distribution, or chi-square where the denominator has no limit.
  public var pValue: Double {
    denominatorDegreesOfFreedom.isFinite
      ? FisherF(numerator: Double(degreesOfFreedom), denominator: denominatorDegreesOfFreedom).upperTail(f)
      : chiSquarePValue
  }
}

/// The probability that a t variable (normal for infinite degrees) lies at least so far from zero.
func twoSidedProbability(_ statistic: Double, degreesOfFreedom: Double) -> Double {
  let size = abs(statistic)
  return 2
    * (degreesOfFreedom.isFinite
      ? StudentT(degreesOfFreedom: degreesOfFreedom).upperTail(size) : Normal.standard.upperTail(size))
}

/// The point that a t variable (normal for infinite degrees) exceeds with the given probability.
func studentQuantile(upperTail: Double, degreesOfFreedom: Double) -> Double {
  degreesOfFreedom.isFinite
    ? StudentT(degreesOfFreedom: degreesOfFreedom).quantile(upperTail: upperTail)
    : Normal.standard.quantile(upperTail: upperTail)
}
