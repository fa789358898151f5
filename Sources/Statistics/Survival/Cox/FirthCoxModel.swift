import NumericalMethods
import Primitives

/// Cox's model with Firth's penalty, which has finite coefficients even where one column tells the events apart.
///
/// Maximises log L + ½ log det I, which also takes out most of the small-sample bias. Errors are from the information at the maximum;
/// intervals from the penalised likelihood's profile are better where events are few, because the likelihood is not
/// symmetric.
///
/// Firth 1993, doi:10.1093/biomet/80.1.27; Heinze and Schemper 2001, doi:10.1111/j.0006-341X.2001.00114.x. As R's
/// `coxphf`, which takes ties as Breslow.
public struct FirthCoxModel: Sendable {
  public let names: [String]
  public let aliased: [String]
  /// β, length k.
  public let coefficients: [Double]
  /// The inverse of the (unpenalised) information at β, k × k.
  public let covariance: Matrix
  public let ties: CoxTies
  /// log L + ½ log det I at β, and where all coefficients are 0.
  public let penalisedLogLikelihood: Double
  public let initialPenalisedLogLikelihood: Double
  public let count: Int
  public let events: Int
  public let iterations: Int
  private let likelihood: FirthLikelihood

  /// As ``CoxModel``, but without exact ties.
  public init(
    _ design: ModelMatrix, _ followUp: FollowUp, stratum: Clusters? = nil, offset: [Double]? = nil,
    ties: CoxTies = .efron, progress: ProgressHandler? = nil
  ) throws(StatisticsError) {
    guard ties != .exact else { throw .notSupported(method: "Firth's penalty", input: "exact ties") }
    var columns = try CoxColumns(checking: design, followUp, stratum: stratum, offset: offset)
    let all = columns.source
    // The determinant needs columns that do not depend on each other.
    let start = CoxLikelihood(columns, ties: ties, offset: nil)
    let sums = columns.derivatives(start.hazards, expected: start.hazards.expected(columns.grid))
    let kept = independentColumns(of: sums.information, tolerance: 1e-11, reference: sums.firstDiagonal)
    guard !kept.isEmpty else { throw .collinear(columns: all.names) }
    if kept.count < all.columnCount { columns = CoxColumns(all.selecting(columns: kept), columns.grid) }
    var likelihood = FirthLikelihood(
      columns, ties: ties, offset: offset.map { offset in columns.grid.rows.map { offset[Int($0)] } })
    let maximum = try maximise(
      &likelihood, method: "the Cox model with Firth's penalty", maximumIterations: 500,
      progress: progress.map { ThrottledProgress(stage: "likelihood", $0) }, mayRunAway: false)
    names = kept.map { all.names[$0] }
    aliased = all.names.indices.filter { !kept.contains($0) }.map { all.names[$0] }
    coefficients = maximum.coefficients
    covariance = scaledInverse(likelihood.information) ?? maximum.covariance
    penalisedLogLikelihood = maximum.logLikelihood
    initialPenalisedLogLikelihood = maximum.initialLogLikelihood
    iterations = maximum.iterations
    count = followUp.count
    events = followUp.cause.reduce(0) { $0 + ($1 == 0 ? 0 : 1) }
    self.ties = ties
    self.likelihood = likelihood
  }

  /// With normal intervals from the information.
  public var estimates: CoefficientEstimates {
    CoefficientEstimates(
      names: names, values: coefficients, covariance: covariance, convention: .inverseInformation,
      observations: count, aliased: aliased)
  }

  /// The penalised likelihood-ratio test of all coefficients.
  public var likelihoodRatioTest: WaldTest {
    WaldTest(
      statistic: 2 * (penalisedLogLikelihood - initialPenalisedLogLikelihood), degreesOfFreedom: names.count,
      denominatorDegreesOfFreedom: .infinity)
  }

  /// The penalised likelihood-ratio test that one coefficient is 0; the penalty stays that of all columns.
  public func likelihoodRatioTest(_ position: Int) throws(StatisticsError) -> WaldTest {
    WaldTest(
      statistic: max(0, 2 * (penalisedLogLikelihood - (try profile(position, at: 0)))), degreesOfFreedom: 1,
      denominatorDegreesOfFreedom: .infinity)
  }

  /// The values of one coefficient that its penalised likelihood-ratio test does not reject.
  ///
  /// - Throws: `.notAProbability`, `.notConverged`.
  public func profileInterval(_ position: Int, level: Double = 0.95) throws(StatisticsError) -> ConfidenceInterval {
    guard level > 0, level < 1 else { throw .notAProbability(name: "the confidence level") }
    let drop = ChiSquared(degreesOfFreedom: 1).quantile(upperTail: 1 - level) / 2
    let error = covariance[position, position].squareRoot()
    var limits: [Double] = []
    for direction in [-1.0, 1.0] {
      var inner = coefficients[position]
      var outer = inner + direction * 2 * error
      var tries = 0
      while penalisedLogLikelihood - (try profile(position, at: outer)) < drop {
        inner = outer
        outer += direction * 2 * error
        tries += 1
        guard tries < 50 else { throw .notConverged(method: "the profile interval", iterations: tries) }
      }
      // Halving keeps errors typed, which a closure would not.
      for _ in 0..<60 where abs(outer - inner) > 1e-10 * error {
        let middle = (inner + outer) / 2
        if penalisedLogLikelihood - (try profile(position, at: middle)) < drop {
          inner = middle
        } else {
          outer = middle
        }
      }
      limits.append((inner + outer) / 2)
    }
    return ConfidenceInterval(lower: limits[0], upper: limits[1], level: level)
  }

  /// The largest penalised log likelihood with one coefficient held.
  private func profile(_ position: Int, at value: Double) throws(StatisticsError) -> Double {
    var held = HeldLikelihood(inner: likelihood, position: position, value: value)
    guard held.names.count > 0 else { return held.inner.move(to: [value]) }
    return try maximise(
      &held, method: "the profile likelihood", maximumIterations: 500, mayRunAway: false
    ).logLikelihood
  }
}

/// A likelihood with one coefficient held at a value.
private struct HeldLikelihood: PartialLikelihood {
  var inner: FirthLikelihood
  let position: Int
  let value: Double

  var names: [String] {
    var names = inner.names
    names.remove(at: position)
    return names
  }

  var eventWeight: Double { inner.eventWeight }

  mutating func move(to coefficients: [Double]) -> Double {
    var all = coefficients
    all.insert(value, at: position)
    return inner.move(to: all)
  }

  mutating func derivatives() -> LikelihoodDerivatives {
    var all = inner.derivatives()
    all.score.remove(at: position)
    all.firstDiagonal.remove(at: position)
    all.spread.remove(at: position)
    let free = inner.names.indices.filter { $0 != position }
    all.information = all.information.selecting(rows: free, columns: free)
    return all
  }
}
