import Foundation
import NumericalMethods
import Primitives

/// How strongly an unmeasured confounder would have to be tied to both treatment and outcome, as risk ratios, to
/// explain an estimate away.
///
/// For a risk ratio R above its hypothetical true value T the E-value is B + √(B(B − 1)) with B = R/T; below it, B =
/// T/R (VanderWeele and Ding 2017, doi:10.7326/M16-2607). Other measures are first turned into an approximate risk
/// ratio; ``RiskRatioScale`` says how. The E-value of the interval is that of the limit nearest the true value, 1 when
/// the interval holds it.
public struct EValue: Codable, Hashable, Sendable {
  /// A limit of an interval.
  public enum Limit: String, Codable, Hashable, Sendable { case lower, upper }

  /// The estimate and its limits as (approximate) risk ratios.
  public let riskRatio: Double
  public let lower: Double?
  public let upper: Double?
  /// The hypothetical true risk ratio; 1 for no effect.
  public let trueRiskRatio: Double
  /// The E-value of the estimate, at least 1.
  public let value: Double
  /// The E-value of the limit nearest the true value; nil when no limit is known on that side.
  public let limitValue: Double?
  /// Which limit that is.
  public let limit: Limit
  /// How the measure became a risk ratio, in words.
  public let convention: LocalizedText

  /// From an estimate on a ratio scale.
  ///
  /// - Parameters:
  ///   - estimate: above 0.
  ///   - lower: the lower confidence limit on the same scale, when known.
  ///   - upper: the upper one.
  ///   - scale: what the ratio is of.
  ///   - trueValue: the value to which the confounder would have to move the estimate, on the same scale.
  /// - Throws: `.setting` when a ratio is not above 0 and finite (a limit may be 0 or infinite), or the limits do not
  ///   surround the estimate.
  public init(
    _ estimate: Double, lower: Double? = nil, upper: Double? = nil, scale: RiskRatioScale = .riskRatio,
    trueValue: Double = 1
  ) throws(StatisticsError) {
    for (name, ratio) in [("estimate", estimate), ("true value", trueValue)] {
      guard ratio > 0, ratio.isFinite else { throw .setting(name: name, reason: "a ratio is above 0 and finite") }
    }
    guard lower.map({ $0 >= 0 && $0 <= estimate }) ?? true, upper.map({ $0 >= estimate }) ?? true else {
      throw .setting(name: "limits", reason: "the interval of a ratio starts at 0 or more and holds the estimate")
    }
    self.init(
      riskRatio: scale.riskRatio(estimate), lower: lower.map(scale.riskRatio), upper: upper.map(scale.riskRatio),
      trueRiskRatio: scale.riskRatio(trueValue), convention: scale.convention)
  }

  /// From a standardised mean difference d: the risk ratio is about exp(0.91·d), its limits exp(0.91·d ± 1.78·SE)
  /// (Chinn 2000 for d as a log odds ratio, VanderWeele 2017 for its root).
  ///
  /// - Parameters:
  ///   - difference: in standard deviations of the outcome.
  ///   - level: of the interval; 1.78 is 0.91·1.96 as the authors round it, other levels use 0.91·z.
  ///   - trueValue: a difference on the same scale.
  public init(
    standardisedDifference difference: Double, standardError: Double? = nil, level: Double = 0.95,
    trueValue: Double = 0
  ) throws(StatisticsError) {
    try checkLevel(level)
    guard difference.isFinite, trueValue.isFinite, standardError.map({ $0 >= 0 && $0.isFinite }) ?? true else {
      throw .setting(name: "standardised difference", reason: "it is finite and its standard error zero or more")
    }
    guard abs(0.91 * difference) < 700, abs(0.91 * trueValue) < 700 else {
      throw .setting(name: "standardised difference", reason: "it is in standard deviations, so below 700 in size")
    }
    let factor = level == 0.95 ? 1.78 : 0.91 * Normal.standard.quantile(upperTail: (1 - level) / 2)
    self.init(
      riskRatio: exp(0.91 * difference), lower: standardError.map { exp(0.91 * difference - factor * $0) },
      upper: standardError.map { exp(0.91 * difference + factor * $0) }, trueRiskRatio: exp(0.91 * trueValue),
      convention: LocalizedText(
        "risk ratio about exp(0.91 d) of a standardised difference d",
        nl: "risicoverhouding ongeveer exp(0,91 d) van een gestandaardiseerd verschil d"))
  }

  /// From a coefficient of a linear regression.
  ///
  /// - Parameters:
  ///   - coefficient: of the treatment or exposure.
  ///   - outcomeDeviation: the standard deviation of the outcome (or of the residuals), above 0.
  ///   - contrast: the step of the exposure that is judged.
  ///   - trueValue: a standardised difference.
  public init(
    linearCoefficient coefficient: Double, standardError: Double? = nil, outcomeDeviation: Double,
    contrast: Double = 1, level: Double = 0.95, trueValue: Double = 0
  ) throws(StatisticsError) {
    guard outcomeDeviation > 0, outcomeDeviation.isFinite, contrast.isFinite else {
      throw .setting(name: "standard deviation", reason: "it is above 0 and finite")
    }
    // The sign of the contrast is a choice of direction only.
    let scale = abs(contrast) / outcomeDeviation
    try self.init(
      standardisedDifference: coefficient * scale, standardError: standardError.map { $0 * scale }, level: level,
      trueValue: trueValue)
  }

  init(riskRatio: Double, lower: Double?, upper: Double?, trueRiskRatio: Double, convention: LocalizedText) {
    self.riskRatio = riskRatio
    self.lower = lower
    self.upper = upper
    self.trueRiskRatio = trueRiskRatio
    self.convention = convention
    value = Self.threshold(riskRatio, trueRiskRatio)
    if riskRatio >= trueRiskRatio {
      limit = .lower
      limitValue = lower.map { $0 <= trueRiskRatio ? 1 : Self.threshold($0, trueRiskRatio) }
    } else {
      limit = .upper
      limitValue = upper.map { $0 >= trueRiskRatio ? 1 : Self.threshold($0, trueRiskRatio) }
    }
  }

  /// The E-value of one risk ratio against a true one.
  static func threshold(_ ratio: Double, _ trueRatio: Double) -> Double {
    let bias = max(ratio / trueRatio, trueRatio / ratio)
    return bias + (bias * (bias - 1)).squareRoot()
  }
}
