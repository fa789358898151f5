import Foundation
import NumericalMethods

/// A generalised linear model fitted by maximum likelihood: logistic, probit, Poisson or negative binomial regression.
///
/// g(μᵢ) = xᵢᵀβ + offsetᵢ, with the response varying around μᵢ as the family says. Columns that depend on earlier ones
/// are left out and named, as in R. Fisher scoring ends as R's `glm` does, with standard errors from the step before the
/// last, unless it is carried to the maximum itself (``Convergence``). Every pass expands the columns block by block; the
/// n × k matrix is never laid out.
///
/// Separation (columns that predict the outcome without error, so that no finite estimate exists) is an error that names
/// the columns; `FirthLogisticRegression` answers then.
///
/// McCullagh and Nelder 1989, Generalized Linear Models, ISBN 978-0-412-31760-6.
public struct GeneralisedLinearModel: Sendable {
  public let family: ResponseFamily
  /// The columns that have a coefficient.
  public let design: ModelMatrix
  /// Positions of those columns among all columns that were given.
  public let keptColumns: [Int]
  /// The columns that depend on earlier ones.
  public let aliased: [String]
  public let response: [Double]
  /// Frequencies, or numbers of trials when the response is a share; nil for ones.
  public let weights: [Double]?
  public let offset: [Double]?
  /// One for each column of `design`.
  public let coefficients: [Double]
  /// η, one for each row.
  public let linearPredictor: [Double]
  public let logLikelihood: Double
  /// Of the model with nothing but an intercept (nothing at all when the design has none) and the offset.
  public let nullLogLikelihood: Double
  public let deviance: Double
  public let nullDeviance: Double
  /// Rows whose weight is above zero.
  public let observations: Int
  /// Passes over the rows after the starting values.
  public let iterations: Int
  /// (XᵀWX)⁻¹ at the maximum.
  public let covariance: Matrix
  /// The linear predictor at which W was taken; nil for `linearPredictor`.
  let informationPredictor: [Double]?
  /// Upper, RᵀR = XᵀWX.
  let triangle: Matrix
  /// Whether the null model has an intercept.
  let hasIntercept: Bool

  /// Fits the model.
  ///
  /// - Parameters:
  ///   - design: n × k.
  ///   - response: n numbers: shares from 0 to 1 for binomial families, zero or more for counts.
  ///   - weights: n numbers, zero or more. A row of weight 3 counts as three equal rows; for a share it is the number of
  ///     trials. Rows of weight zero are left out.
  ///   - offset: n numbers added to the linear predictor, for instance the logarithm of the time at risk.
  ///   - convergence: when the steps end; as in R unless told otherwise.
  /// - Throws: `.noObservations`, `.noColumns`, `.collinear` when no column can be kept, `.lengthsDiffer`, `.notFinite`, `.negativeWeight`, `.weightsSumToZero`,
  ///   `.responseOutOfRange`, `.oneGroupOnly` when all responses lie at one bound, `.separated` naming the columns,
  ///   `.notConverged`.
  public init(
    _ design: ModelMatrix, response: [Double], family: ResponseFamily, weights: [Double]? = nil,
    offset: [Double]? = nil, convergence: Convergence = .relativeDeviance
  ) throws(StatisticsError) {
    try self.init(
      design, response: response, family: family, weights: weights, offset: offset, convergence: convergence,
      start: nil)
  }

  /// - Parameter start: the kept columns and their coefficients, from a fit with another family or response.
  init(
    _ design: ModelMatrix, response: [Double], family: ResponseFamily, weights: [Double]?, offset: [Double]?,
    convergence: Convergence, start: (kept: [Int], coefficients: [Double])?
  ) throws(StatisticsError) {
    try Self.check(design, response, family, weights, offset)
    let all = LikelihoodRows(
      design: StandardisedDesign(design), response: response, weights: weights, offset: offset, family: family)
    let kept: [Int]
    let rows: LikelihoodRows
    let fit: GeneralisedFit
    if let start {
      kept = start.kept
      rows = kept.count == design.columnCount ? all : all.selecting(columns: kept)
      fit = try GeneralisedFit(
        rows, start: .coefficients(rows.design.standardised(start.coefficients)), convergence: convergence)
    } else {
      var predictors = [Double](repeating: 0, count: response.count)
      let first = all.pass(nil, from: predictors, into: &predictors)
      kept = all.independentColumns(first.information)
      rows = kept.count == design.columnCount ? all : all.selecting(columns: kept)
      fit = try GeneralisedFit(
        rows, start: .pass(first.selecting(kept), predictors: predictors), convergence: convergence)
    }
    guard !kept.isEmpty else { throw .collinear(columns: design.names) }
    self.family = family
    self.design = rows.design.design
    keptColumns = kept
    let isKept = Set(kept)
    aliased = design.names.indices.filter { !isKept.contains($0) }.map { design.names[$0] }
    self.response = response
    self.weights = weights
    self.offset = offset
    coefficients = rows.design.coefficients(fit.coefficients)
    linearPredictor = fit.predictors ?? rows.predictors(fit.coefficients)
    informationPredictor = fit.informationPredictors
    covariance = rows.design.covariance(fit.inverse)
    // Beyond this the squares that variances are made of overflow or vanish.
    guard covariance.diagonal.allSatisfy({ $0 > 0 && $0.isFinite }) else {
      throw .setting(name: "design", reason: "the squares of its numbers overflow; divide columns by a constant")
    }
    triangle = rows.design.triangle(fit.information)
    observations = weights?.reduce(0) { $0 + ($1 > 0 ? 1 : 0) } ?? response.count
    iterations = fit.iterations
    hasIntercept = design.hasIntercept
    let constant = rows.constant()
    let saturated = fit.saturated
    logLikelihood = fit.logLikelihood + constant
    deviance = 2 * (saturated - fit.logLikelihood)
    let null = try rows.nullLogLikelihood(intercept: design.hasIntercept)
    nullLogLikelihood = null + constant
    nullDeviance = 2 * (saturated - null)
  }

  public var names: [String] { design.names }

  /// μ, one for each row.
  public var fitted: [Double] {
    let link = family.link
    return WorkSharing.array(count: linearPredictor.count) { rows, start in
      for i in rows { start[i] = link.mean(linearPredictor[i]) }
    }
  }

  /// y − μ, one for each row.
  public var residuals: [Double] { zip(response, fitted).map { $0 - $1 } }

  public var residualDegreesOfFreedom: Int { observations - coefficients.count }

  /// −2 log L + 2k.
  public var akaikeCriterion: Double { -2 * logLikelihood + 2 * Double(coefficients.count) }

  /// −2 log L + k log n, with n the rows that count.
  public var bayesianCriterion: Double {
    -2 * logLikelihood + Double(coefficients.count) * log(Double(observations))
  }

  static func check(
    _ design: ModelMatrix, _ response: [Double], _ family: ResponseFamily, _ weights: [Double]?, _ offset: [Double]?,
    mayBeOneGroup: Bool = false
  ) throws(StatisticsError) {
    guard !response.isEmpty else { throw .noObservations }
    guard design.columnCount > 0 else { throw .noColumns }
    guard response.count == design.rowCount else {
      throw .lengthsDiffer(array: "response", expected: design.rowCount, found: response.count)
    }
    if case .negativeBinomial(let shape) = family.distribution, !(shape > 0 && shape.isFinite) {
      throw .setting(name: "shape", reason: "a number above 0 is needed")
    }
    if let weights {
      try FollowUp.check(lengthOf: weights, "weights", response.count)
      try FollowUp.check(weights: weights)
    }
    if let offset {
      try FollowUp.check(lengthOf: offset, "offset", response.count)
      for i in offset.indices where !offset[i].isFinite { throw .notFinite(array: "offset", index: i) }
    }
    // From 2⁵³ on, neighbouring counts are the same number.
    let upper = family.distribution == .binomial ? 1 : 0x1p53
    var (areAllLowest, areAllHighest) = (true, true)
    for i in response.indices {
      let y = response[i]
      guard y.isFinite else { throw .notFinite(array: "response", index: i) }
      guard y >= 0, y <= upper else {
        throw .responseOutOfRange(index: i, allowed: upper == 1 ? "0 to 1" : "0 to 9007199254740992")
      }
      guard weights.map({ $0[i] > 0 }) ?? true else { continue }
      if y != 0 { areAllLowest = false }
      if y != upper { areAllHighest = false }
    }
    if !mayBeOneGroup, design.hasIntercept, areAllLowest || areAllHighest {
      throw .oneGroupOnly(variable: "the response")
    }
  }
}
