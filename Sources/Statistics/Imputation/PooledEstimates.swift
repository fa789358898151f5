import Foundation
import NumericalMethods
import Primitives

/// The same coefficients estimated in several completed sets, joined by Rubin's rules.
///
/// The value is the mean over the sets; the variance T = Ū + (1 + 1/m)B adds to the mean variance within the sets what the
/// sets differ by, so that it counts what the missing values leave unknown (Rubin 1987, Multiple Imputation for
/// Nonresponse in Surveys, doi:10.1002/9780470316696). Degrees of freedom after Barnard and Rubin 1999
/// (doi:10.1093/biomet/86.4.948), as R's `mice`.
public struct PooledEstimates: Sendable {
  /// The joined coefficients: covariance T, one degree of freedom for each.
  public let estimates: CoefficientEstimates
  /// m.
  public let sets: Int
  /// Ū, k × k.
  public let within: Matrix
  /// B, k × k.
  public let between: Matrix
  /// (1 + 1/m)B/Ū for each coefficient: by how much missing values increase the variance.
  public let relativeIncrease: [Double]
  /// (1 + 1/m)B/T for each: the share of the variance that missing values cause.
  public let shareOfVariance: [Double]
  /// The same share corrected for the finite number of sets (Rubin 1987, equation 3.1.10).
  public let fractionMissing: [Double]
  /// Of the analysis if nothing were missing; infinity for tests by the normal distribution.
  public let completeDegreesOfFreedom: Double

  private let fits: [CoefficientEstimates]

  /// - Parameters:
  ///   - fits: one for each completed set, with the same coefficients in the same order.
  ///   - completeDegreesOfFreedom: n − k of the analysis; the fits' own when nil. R's `mice` takes n − k for a logit as
  ///     well, where ours has infinity.
  /// - Throws: `.tooFewGroups` for fewer than two fits, `.setting` when their coefficients differ (for instance because a
  ///   column was aliased in one of them).
  public init(_ fits: [CoefficientEstimates], completeDegreesOfFreedom: Double? = nil) throws(StatisticsError) {
    guard fits.count > 1, let first = fits.first else { throw .tooFewGroups(found: fits.count) }
    guard fits.allSatisfy({ $0.names == first.names }) else {
      throw .setting(
        name: "fits", reason: "all must have the same coefficients; look for columns that depend on others")
    }
    let (m, k) = (Double(fits.count), first.count)
    var mean = [Double](repeating: 0, count: k)
    var within = Matrix(rows: k, columns: k)
    for fit in fits {
      for i in 0..<k { mean[i] += fit.values[i] / m }
      within += (1 / m) * fit.covariance
    }
    var between = Matrix(rows: k, columns: k)
    for fit in fits {
      for c in 0..<k {
        for r in 0..<k { between[r, c] += (fit.values[r] - mean[r]) * (fit.values[c] - mean[c]) / (m - 1) }
      }
    }
    let total = within + (1 + 1 / m) * between
    let complete = completeDegreesOfFreedom ?? first.jointDegreesOfFreedom
    var degrees: [Double] = []
    var (increase, share, fraction) = ([Double](), [Double](), [Double]())
    for i in 0..<k {
      let extra = (1 + 1 / m) * between[i, i]
      let lambda = total[i, i] > 0 ? extra / total[i, i] : 0
      let ratio = within[i, i] > 0 ? extra / within[i, i] : 0
      let degree = Self.degreesOfFreedom(lambda: lambda, sets: m, complete: complete)
      degrees.append(degree)
      increase.append(ratio)
      share.append(lambda)
      fraction.append((ratio + 2 / (degree + 3)) / (ratio + 1))
    }
    self.fits = fits
    sets = fits.count
    self.within = within
    self.between = between
    relativeIncrease = increase
    shareOfVariance = share
    fractionMissing = fraction
    self.completeDegreesOfFreedom = complete
    estimates = CoefficientEstimates(
      names: first.names, values: mean, covariance: total, degreesOfFreedom: degrees,
      jointDegreesOfFreedom: degrees.min() ?? .infinity,
      convention: LocalizedText(
        "Rubin's rules over \(fits.count) completed sets, Barnard-Rubin degrees; \(first.convention[.english])",
        nl:
          "regels van Rubin over \(fits.count) aangevulde sets, vrijheidsgraden van Barnard en Rubin; \(first.convention[.dutch])"
      ),
      observations: first.observations, clusterCounts: first.clusterCounts)
  }

  /// Barnard and Rubin's degrees of freedom.
  private static func degreesOfFreedom(lambda: Double, sets m: Double, complete: Double) -> Double {
    // mice's floor, so that coefficients without missing information have a finite number too.
    let lambda = max(lambda, 1e-4)
    let old = (m - 1) / (lambda * lambda)
    guard complete.isFinite else { return old }
    let observed = (complete + 1) / (complete + 3) * complete * (1 - lambda)
    return old * observed / (old + observed)
  }

  /// The test that coefficients are zero together, from the pooled values: D1 of Li, Raghunathan and Rubin 1991
  /// (doi:10.1080/01621459.1991.10475152), with Reiter's degrees of freedom (2007, doi:10.1093/biomet/asm028) when those
  /// of the complete analysis are finite.
  ///
  /// - Parameter positions: of the coefficients.
  /// - Throws: `.singularCovariance`; `.notSupported` where Reiter's degrees of freedom are not defined, because those of
  ///   the complete analysis do not exceed about four times what missing values multiply variances by.
  public func wald(zero positions: [Int]) throws(StatisticsError) -> PooledTest {
    let k = Double(positions.count)
    let m = Double(sets)
    let own = within.selecting(rows: positions, columns: positions)
    guard let factor = InformationFactor(own) else { throw .singularCovariance(method: "the pooled Wald test") }
    let other = between.selecting(rows: positions, columns: positions)
    var trace = 0.0
    for c in positions.indices { trace += factor.solve(other.column(c))[c] }
    let r = (1 + 1 / m) * trace / k
    let values = positions.map { estimates.values[$0] }
    let statistic = zip(values, factor.solve(values)).reduce(0) { $0 + $1.0 * $1.1 } / (1 + r) / k
    let t = k * (m - 1)
    let degrees: Double
    let complete = completeDegreesOfFreedom
    if complete.isFinite, t > 4 {
      let a = r * t / (t - 2)
      let v = (complete + 1) / (complete + 3) * complete
      guard v > 4 * (1 + a) else {
        throw .notSupported(
          method: "the pooled Wald test", input: "so few observations beside so much that is missing")
      }
      let c0 = 1 / (t - 4)
      let c1 = v - 2 * (1 + a)
      let c2 = v - 4 * (1 + a)
      let first = 1 / c2 + c0 * (a * a * c1 / ((1 + a) * (1 + a) * c2))
      let second = c0 * (8 * a * a * c1 / ((1 + a) * c2 * c2) + 4 * a * a / ((1 + a) * c2))
      let third = c0 * (4 * a * a / (c2 * c1) + 16 * a * a * c1 / (c2 * c2 * c2)) + c0 * (8 * a * a / (c2 * c2))
      degrees = 4 + 1 / (first + second + third)
    } else if r == 0 {
      degrees = .infinity
    } else if t > 4 {
      let square = 1 + (1 - 2 / t) / r
      degrees = 4 + (t - 4) * square * square
    } else {
      degrees = t * (1 + 1 / k) * (1 + 1 / r) * (1 + 1 / r) / 2
    }
    return PooledTest(f: statistic, numerator: k, denominator: degrees, relativeIncrease: r)
  }

  /// Joins chi-square statistics of the sets: D2 of Li, Meng, Raghunathan and Rubin 1991 (Statistica Sinica 1:65-92). Needs
  /// no covariances, and is rougher than D1.
  ///
  /// - Parameters:
  ///   - statistics: one for each set, zero or more.
  ///   - degreesOfFreedom: of each.
  public static func pool(
    chiSquares statistics: [Double], degreesOfFreedom: Int
  ) throws(StatisticsError) -> PooledTest {
    guard statistics.count > 1 else { throw .tooFewGroups(found: statistics.count) }
    let (m, k) = (Double(statistics.count), Double(degreesOfFreedom))
    let roots = statistics.map { max(0, $0).squareRoot() }
    let meanRoot = roots.reduce(0, +) / m
    let spread = roots.reduce(0) { $0 + ($1 - meanRoot) * ($1 - meanRoot) } / (m - 1)
    let r = (1 + 1 / m) * spread
    let mean = statistics.reduce(0, +) / m
    let f = max(0, (mean / k - (m + 1) / (m - 1) * r) / (1 + r))
    let degrees = r > 0 ? pow(k, -3 / m) * (m - 1) * (1 + 1 / r) * (1 + 1 / r) : .infinity
    return PooledTest(f: f, numerator: k, denominator: degrees, relativeIncrease: r)
  }
}

/// An F statistic joined over completed sets.
public struct PooledTest: Hashable, Sendable {
  public let f: Double
  public let numerator: Double
  /// Infinity when the sets do not differ.
  public let denominator: Double
  /// The mean increase of variance by missing values.
  public let relativeIncrease: Double

  public var pValue: Double {
    denominator.isFinite
      ? FisherF(numerator: numerator, denominator: denominator).upperTail(f)
      : ChiSquared(degreesOfFreedom: numerator).upperTail(f * numerator)
  }
}
