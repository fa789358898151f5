import Foundation

/// How much better a model explains the response than its null model, on scales made for likelihoods.
public struct PseudoRSquared: Hashable, Sendable {
  /// 1 − log L / log L₀ (McFadden 1974); nil, as all that divide by log L₀, when that is zero.
  public let mcFadden: Double?
  /// 1 − (log L − k) / log L₀, with k coefficients: what Stata calls adjusted.
  public let mcFaddenAdjusted: Double?
  /// 1 − (L₀/L)^(2/n) (Cox and Snell 1989).
  public let coxSnell: Double
  /// Cox and Snell's over its largest possible value (Nagelkerke 1991, doi:10.1093/biomet/78.3.691).
  public let nagelkerke: Double?
  /// Mean fitted value of successes less that of failures (Tjur 2009, doi:10.1198/tast.2009.08210); nil unless the
  /// response is 0 and 1.
  public let tjur: Double?
}

extension GeneralisedLinearModel {
  public var pseudoRSquared: PseudoRSquared {
    let n = weights?.reduce(0, +) ?? Double(observations)
    let coxSnell = -expm1(2 * (nullLogLikelihood - logLikelihood) / n)
    let largest = -expm1(2 * nullLogLikelihood / n)
    var sums = [0.0, 0.0]
    var counts = [0.0, 0.0]
    var isBinary = family.distribution == .binomial
    let fitted = fitted
    for i in response.indices {
      let weight = weights?[i] ?? 1
      guard weight > 0 else { continue }
      guard response[i] == 0 || response[i] == 1 else {
        isBinary = false
        break
      }
      sums[Int(response[i])] += weight * fitted[i]
      counts[Int(response[i])] += weight
    }
    isBinary = isBinary && counts[0] > 0 && counts[1] > 0
    let hasNull = nullLogLikelihood != 0
    return PseudoRSquared(
      mcFadden: hasNull ? 1 - logLikelihood / nullLogLikelihood : nil,
      mcFaddenAdjusted: hasNull ? 1 - (logLikelihood - Double(coefficients.count)) / nullLogLikelihood : nil,
      coxSnell: coxSnell, nagelkerke: largest != 0 ? coxSnell / largest : nil,
      tjur: isBinary ? sums[1] / counts[1] - sums[0] / counts[0] : nil)
  }

  /// The likelihood-ratio test against the null model.
  public var likelihoodRatioTest: LikelihoodRatioTest {
    LikelihoodRatioTest(
      statistic: max(0, 2 * (logLikelihood - nullLogLikelihood)),
      degreesOfFreedom: coefficients.count - (hasIntercept ? 1 : 0))
  }
}
