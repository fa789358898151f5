import Foundation
import NumericalMethods
import Primitives

/// Logistic regression with Firth's penalty, which has finite estimates whatever the data.
///
/// Maximises log L(β) + ½ log det I(β), I the information (Jeffreys' prior). It takes away the first-order bias of maximum
/// likelihood and stays finite under separation (Firth 1993, doi:10.1093/biomet/80.1.27; Heinze and Schemper 2002,
/// doi:10.1002/sim.1047). Wald's errors mislead under separation: use the intervals and tests of the profile penalised
/// likelihood. Fitted probabilities are drawn towards ½; their mean is not the observed share.
public struct FirthLogisticRegression: Sendable {
  /// The columns that have a coefficient.
  public let design: ModelMatrix
  public let keptColumns: [Int]
  public let aliased: [String]
  public let response: [Double]
  public let weights: [Double]?
  public let offset: [Double]?
  /// One for each column of `design`.
  public let coefficients: [Double]
  /// I⁻¹ at the estimate.
  public let covariance: Matrix
  /// log L + ½ log det I.
  public let penalisedLogLikelihood: Double
  /// log L alone.
  public let logLikelihood: Double
  public let linearPredictor: [Double]
  public let observations: Int
  public let iterations: Int

  /// - Parameters:
  ///   - response: n shares from 0 to 1.
  ///   - weights: n frequencies or numbers of trials; nil for ones.
  /// - Throws: as `GeneralisedLinearModel`, never `.separated`. A response with one value is fitted too.
  public init(
    _ design: ModelMatrix, response: [Double], weights: [Double]? = nil, offset: [Double]? = nil
  ) throws(StatisticsError) {
    try GeneralisedLinearModel.check(design, response, .binomial, weights, offset, mayBeOneGroup: true)
    let all = LikelihoodRows(
      design: StandardisedDesign(design), response: response, weights: weights, offset: offset, family: .binomial)
    var predictors = [Double](repeating: 0, count: response.count)
    let kept = all.independentColumns(all.pass(nil, from: predictors, into: &predictors).information)
    let rows = kept.count == design.columnCount ? all : all.selecting(columns: kept)
    let penalised = PenalisedRows(rows: rows)
    guard let fit = penalised.maximum() else {
      throw .notConverged(method: "Firth's logistic regression", iterations: PenalisedRows.maximumIterations)
    }
    self.design = rows.design.design
    keptColumns = kept
    let isKept = Set(kept)
    aliased = design.names.indices.filter { !isKept.contains($0) }.map { design.names[$0] }
    self.response = response
    self.weights = weights
    self.offset = offset
    coefficients = rows.design.coefficients(fit.coefficients)
    guard let factor = InformationFactor(fit.evaluation.information) else {
      throw .notConverged(method: "Firth's logistic regression", iterations: fit.iterations)
    }
    covariance = rows.design.covariance(factor.inverse)
    // The determinant of the information of the columns as the design has them.
    let shift = rows.design.logDeterminantOfScale
    penalisedLogLikelihood = fit.evaluation.logLikelihood + rows.constant() + shift
    logLikelihood = penalisedLogLikelihood - factor.logDeterminant / 2 - shift
    _ = rows.pass(fit.coefficients, from: predictors, into: &predictors, isLight: true)
    linearPredictor = predictors
    observations = weights?.reduce(0) { $0 + ($1 > 0 ? 1 : 0) } ?? response.count
    iterations = fit.iterations
  }

  public var names: [String] { design.names }

  /// Probabilities, one for each row.
  public var fitted: [Double] { linearPredictor.map(ResponseFamily.Link.logit.mean) }

  /// The coefficients with Wald's errors.
  public var estimates: CoefficientEstimates {
    CoefficientEstimates(
      names: names, values: coefficients, covariance: covariance,
      convention: LocalizedText(
        "inverse information at the penalised estimate; normal distribution",
        nl: "inverse van de informatie bij de schatting met straf; normale verdeling"), observations: observations,
      aliased: aliased)
  }

  /// The interval of a coefficient by the profile penalised likelihood.
  ///
  /// - Returns: a limit is nil where the penalised likelihood never falls so far.
  /// - Throws: `.notAProbability`.
  public func profileInterval(_ position: Int, level: Double = 0.95) throws(StatisticsError) -> ConfidenceInterval {
    try profile(position).interval(level: level, solution: .exact)
  }

  /// The penalised likelihood-ratio test that a coefficient is zero: it is held there, with the penalty of all columns.
  public func profileTest(_ position: Int, equals value: Double = 0) -> LikelihoodRatioTest? {
    profile(position).point(at: value, from: nil).map {
      LikelihoodRatioTest(statistic: max(0, 2 * $0.fall), degreesOfFreedom: 1)
    }
  }

  private func profile(_ position: Int) -> ProfileCurve {
    var unit = [Double](repeating: 0, count: coefficients.count)
    unit[position] = 1
    let rows = LikelihoodRows(
      design: StandardisedDesign(design), response: response, weights: weights, offset: offset, family: .binomial)
    let penalised = PenalisedRows(rows: rows)
    let best = rows.design.standardised(coefficients)
    return ProfileCurve(
      constraint: rows.design.constraint(unit), best: best,
      top: penalised.evaluate(best)?.logLikelihood ?? .nan,
      standardError: max(0, covariance[position, position]).squareRoot(), settled: 1e-18,
      evaluate: penalised.evaluate)
  }
}
