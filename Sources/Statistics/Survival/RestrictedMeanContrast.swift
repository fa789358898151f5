import NumericalMethods

#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// Two groups' restricted means at one horizon set against each other.
public struct RestrictedMeanContrast: Codable, Hashable, Sendable {
  public let horizon: Double
  /// μ₁ − μ₀, with a normal interval.
  public let difference: Estimate
  /// μ₁ / μ₀, with an interval symmetric on the log scale; its error is on its own scale.
  public let ratio: Estimate
  /// (τ − μ₁) / (τ − μ₀), the ratio of the times lost, likewise; nil where a group lost none.
  public let lostRatio: Estimate?
  /// Of the difference being 0.
  public let pValue: Double

  /// - Parameters:
  ///   - means: of independent groups, at the same horizon; the first is set against the second.
  /// - Throws: `.setting` when the horizons differ, `.singularCovariance` when neither mean has an error.
  public init(_ first: RestrictedMean, _ second: RestrictedMean, level: Double = 0.95) throws(StatisticsError) {
    guard first.horizon == second.horizon else {
      throw .setting(name: "the horizon", reason: "choose one horizon for all groups")
    }
    let z = try Confidence(level: level).quantile()
    let (a, b) = (first.estimate, second.estimate)
    let (errorOfA, errorOfB) = (a.standardError ?? 0, b.standardError ?? 0)
    let error = (errorOfA * errorOfA + errorOfB * errorOfB).squareRoot()
    guard error > 0 else { throw .singularCovariance(method: "the difference of restricted means") }
    let count = a.count + b.count
    let value = a.value - b.value
    horizon = first.horizon
    difference = Estimate(
      value: value, standardError: error,
      interval: ConfidenceInterval(lower: value - z * error, upper: value + z * error, level: level), count: count)
    ratio = Self.ratio(a.value, errorOfA, b.value, errorOfB, z, level, count)!
    lostRatio = Self.ratio(first.horizon - a.value, errorOfA, second.horizon - b.value, errorOfB, z, level, count)
    pValue = 2 * Normal.standard.upperTail(abs(value) / error)
  }

  private static func ratio(
    _ a: Double, _ errorOfA: Double, _ b: Double, _ errorOfB: Double, _ z: Double, _ level: Double, _ count: Int
  ) -> Estimate? {
    guard a > 0, b > 0 else { return nil }
    let (shareOfA, shareOfB) = (errorOfA / a, errorOfB / b)
    let logError = (shareOfA * shareOfA + shareOfB * shareOfB).squareRoot()
    let factor = exp(z * logError)
    return Estimate(
      value: a / b, standardError: a / b * logError,
      interval: ConfidenceInterval(lower: a / b / factor, upper: a / b * factor, level: level), count: count)
  }
}

extension SurvivalQuantile {
  /// This quantile less another group's, with an interval made from the two (Zou and Donner 2008,
  /// doi:10.1002/sim.3095): estimates are not moved, and each side uses the limits that lie on it.
  ///
  /// - Returns: nil when either curve does not come down that far; a limit is nil where one it needs is not reached.
  public func difference(from other: SurvivalQuantile) -> (value: Double, interval: ConfidenceInterval)? {
    guard let a = time, let b = other.time else { return nil }
    func reach(_ x: Double?, _ y: Double?) -> Double? {
      guard let x, let y else { return nil }
      return (x * x + y * y).squareRoot()
    }
    let below = reach(interval.lower.map { a - $0 }, other.interval.upper.map { $0 - b })
    let above = reach(interval.upper.map { $0 - a }, other.interval.lower.map { b - $0 })
    return (
      a - b,
      ConfidenceInterval(
        lower: below.map { a - b - $0 }, upper: above.map { a - b + $0 }, level: interval.level)
    )
  }
}
