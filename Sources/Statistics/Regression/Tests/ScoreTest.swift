import Foundation
import NumericalMethods

/// Rao's score test that further columns have coefficients of zero, which needs no fit with them.
///
/// U′I⁻¹U with the score U and the expected information I of the larger model at the smaller one's maximum (Rao 1948,
/// doi:10.1017/S0305004100023987); R's `anova(test = "Rao")`.
public struct ScoreTest: Hashable, Sendable {
  public let statistic: Double
  /// How many columns the larger model has beyond the smaller, those that depend on others not counted.
  public let degreesOfFreedom: Int

  /// - Parameters:
  ///   - model: the smaller model.
  ///   - terms: what the larger model has beside it.
  /// - Throws: what `ModelMatrix` throws, `.collinear` when the terms add nothing.
  public init(of terms: [ModelMatrix.Term], in model: GeneralisedLinearModel) throws(StatisticsError) {
    let larger = try model.design.appending(terms)
    let all = LikelihoodRows(
      design: StandardisedDesign(larger), response: model.response, weights: model.weights, offset: model.offset,
      family: model.family)
    var predictors = [Double](repeating: 0, count: model.response.count)
    let kept = all.independentColumns(all.pass(nil, from: predictors, into: &predictors).information)
    guard kept.count > model.coefficients.count else {
      throw .collinear(columns: larger.names.suffix(larger.columnCount - model.coefficients.count).map { $0 })
    }
    let rows = kept.count == larger.columnCount ? all : all.selecting(columns: kept)
    let coefficients = model.coefficients + [Double](repeating: 0, count: kept.count - model.coefficients.count)
    let pass = rows.pass(
      rows.design.standardised(coefficients), from: model.linearPredictor, into: &predictors)
    guard let factor = InformationFactor(pass.information) else { throw .singularCovariance(method: "the score test") }
    statistic = zip(pass.score, factor.solve(pass.score)).reduce(0) { $0 + $1.0 * $1.1 }
    degreesOfFreedom = kept.count - model.coefficients.count
  }

  public var pValue: Double { ChiSquared(degreesOfFreedom: Double(degreesOfFreedom)).upperTail(statistic) }
}
