import Foundation
import NumericalMethods

/// The E-value of a risk difference from the four counts behind it.
///
/// The bias factor B is the smallest for which the difference, corrected for confounding of that strength, is the
/// hypothetical true one; the E-value is B + √(B(B − 1)). For the limit, B makes the lower confidence limit of the
/// corrected difference equal to it (Ding and VanderWeele 2016, doi:10.1097/EDE.0000000000000457, p. 376). R's EValue
/// looks for that B on a grid of 0.0001; here it is solved, unless a grid is asked for.
public struct RiskDifferenceEValue: Codable, Hashable, Sendable {
  public let difference: Estimate
  /// The E-value of the estimate.
  public let value: Double
  /// The E-value of the limit nearest the true value; 1 when the interval holds it.
  public let limitValue: Double

  /// - Parameters:
  ///   - treatedEvents: treated people with the outcome, and so on; each group has at least one person.
  ///   - trueValue: the hypothetical true difference; below the estimate (above, when the estimate is negative).
  ///   - gridStep: a step of the bias factor to search on, as R's EValue does; nil to solve.
  /// - Throws: `.setting` for a negative count, `.noObservations` for an empty group, `.notSupported` when the
  ///   estimate is on the wrong side of the true value or the lower risk is 0, for which no confounding suffices.
  public init(
    treatedEvents: Int, treated: Int, controlEvents: Int, controls: Int, trueValue: Double = 0,
    level: Double = 0.95, gridStep: Double? = nil
  ) throws(StatisticsError) {
    try checkLevel(level)
    guard treatedEvents >= 0, controlEvents >= 0, treatedEvents <= treated, controlEvents <= controls else {
      throw .setting(name: "counts", reason: "events are zero or more and at most the number of people")
    }
    guard treated > 0, controls > 0 else { throw .noObservations }
    let risk1 = Double(treatedEvents) / Double(treated)
    let risk0 = Double(controlEvents) / Double(controls)
    let variance1 = risk1 * (1 - risk1) / Double(treated)
    let variance0 = risk0 * (1 - risk0) / Double(controls)
    let z = Normal.standard.quantile(upperTail: (1 - level) / 2)
    let error = (variance1 + variance0).squareRoot()
    difference = Estimate(
      value: risk1 - risk0, standardError: error,
      interval: ConfidenceInterval(
        lower: risk1 - risk0 - z * error, upper: risk1 - risk0 + z * error, level: level),
      count: treated + controls)
    // A protective treatment is judged as the harm of leaving it out.
    let flipped = risk1 < risk0
    let search = BiasFactorSearch(
      high: flipped ? risk0 : risk1, low: flipped ? risk1 : risk0,
      highVariance: flipped ? variance0 : variance1, lowVariance: flipped ? variance1 : variance0,
      share: Double(flipped ? controls : treated) / Double(treated + controls), people: Double(treated + controls),
      target: flipped ? -trueValue : trueValue, z: z)
    guard search.high - search.low > search.target else {
      throw .notSupported(method: "the E-value of a risk difference", input: "a true value beyond the estimate")
    }
    guard search.low > 0 else {
      throw .notSupported(method: "the E-value of a risk difference", input: "a risk of 0 in the group with less risk")
    }
    let bias = search.ofEstimate
    value = EValue.threshold(bias, 1)
    let limitBias = search.ofLimit(upTo: bias, gridStep: gridStep)
    limitValue = EValue.threshold(limitBias, 1)
  }
}

/// The confounding that takes a risk difference to a target.
private struct BiasFactorSearch {
  var high: Double
  var low: Double
  var highVariance: Double
  var lowVariance: Double
  /// Of people in the group with the higher risk.
  var share: Double
  var people: Double
  var target: Double
  var z: Double

  var ofEstimate: Double {
    let shift = target + low * (1 - share) - high * share
    return ((shift * shift + 4 * high * low * share * (1 - share)).squareRoot() - shift) / (2 * low * share)
  }

  func ofLimit(upTo bias: Double, gridStep: Double?) -> Double {
    guard limit(1) > target else { return 1 }
    if let gridStep, gridStep > 0 {
      var step = 1.0
      while 1 + step * gridStep < bias, limit(1 + step * gridStep) > target { step += 1 }
      return 1 + step * gridStep
    }
    return (try? findRoot(in: 1...bias) { limit($0) - target }) ?? bias
  }

  /// The lower confidence limit of the difference corrected for a bias factor.
  private func limit(_ bias: Double) -> Double {
    let corrected = high - low * bias
    let weight = share + (1 - share) / bias
    let shareVariance = share * (1 - share) / people
    let away = 1 - 1 / bias
    let variance =
      (highVariance + lowVariance * bias * bias) * weight * weight + corrected * corrected * away * away * shareVariance
    return corrected * weight - z * variance.squareRoot()
  }
}
