import NumericalMethods

#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// How the interval around a probability is made.
public struct Confidence: Codable, Hashable, Sendable {
  /// The level, strictly between 0 and 1.
  public var level: Double
  public var transform: ConfidenceTransform

  public init(level: Double = 0.95, transform: ConfidenceTransform = .logLog) {
    self.level = level
    self.transform = transform
  }
}

/// The scale on which the interval around a probability is symmetric.
///
/// On the scale g the limits are g⁻¹(g(p) ± z·|g′(p)|·SE), cut to [0, 1]. The log-log and arcsine scales keep closest
/// to their level in small samples (Borgan and Liestøl 1990, Scandinavian Journal of Statistics 17:35-41). R's
/// `survfit` uses `log` unless told otherwise, lifelines and scikit-survival `logLog`.
public enum ConfidenceTransform: String, Codable, Hashable, Sendable, CaseIterable {
  /// g(p) = p.
  case plain
  /// g(p) = log p.
  case log
  /// g(p) = log(−log p), the complementary log-log.
  case logLog
  /// g(p) = log(p / (1 − p)).
  case logit
  /// g(p) = arcsin √p.
  case arcsine

  /// The limits around a probability.
  ///
  /// - Parameters:
  ///   - probability: the estimate, in [0, 1].
  ///   - standardError: of the probability itself, on its own scale.
  ///   - quantile: of the standard normal distribution, for instance 1.96.
  /// - Returns: nil where the scale is not defined: at 0 for all but `plain`, at 1 for `logLog` and `logit`.
  func limits(probability: Double, standardError: Double, quantile: Double) -> (lower: Double, upper: Double)? {
    let p = probability
    let reach = quantile * standardError
    switch self {
    case .plain: return (max(0, p - reach), min(1, p + reach))
    case .log:
      guard p > 0 else { return nil }
      let factor = exp(reach / p)
      return (p / factor, min(1, p * factor))
    case .logLog:
      guard p > 0, p < 1 else { return nil }
      let exponent = exp(reach / (p * -naturalLogarithm(p)))
      return (pow(p, exponent), pow(p, 1 / exponent))
    case .logit:
      guard p > 0, p < 1 else { return nil }
      let odds = p / (1 - p)
      let factor = exp(reach / (p * (1 - p)))
      return (odds / (factor + odds), 1 / (1 + 1 / (odds * factor)))
    case .arcsine:
      guard p > 0 else { return nil }
      guard p < 1 else { return (1, 1) }
      let angle = asin(p.squareRoot())
      let reachOfAngle = reach / (2 * (p * (1 - p)).squareRoot())
      let low = sin(max(0, angle - reachOfAngle))
      let high = sin(min(Double.pi / 2, angle + reachOfAngle))
      return (low * low, high * high)
    }
  }
}

/// The logarithm, which inside the type is hidden by its case of the same name.
private func naturalLogarithm(_ x: Double) -> Double { log(x) }

extension Confidence {
  /// The normal quantile that belongs to the level.
  func quantile() throws(StatisticsError) -> Double {
    guard level > 0, level < 1 else { throw .notAProbability(name: "the confidence level") }
    return Normal.standard.quantile(upperTail: (1 - level) / 2)
  }

  /// The interval around a probability; both limits are nil where the standard error or the scale is not defined.
  func interval(_ probability: Double, _ standardError: Double?, quantile: Double) -> ConfidenceInterval {
    let limits = standardError.flatMap {
      transform.limits(probability: probability, standardError: $0, quantile: quantile)
    }
    return ConfidenceInterval(lower: limits?.lower, upper: limits?.upper, level: level)
  }
}
