import Foundation
import NumericalMethods

/// How limits are made from the draws. t is the original, t* a draw.
public enum BootstrapIntervalKind: Codable, Hashable, Sendable {
  /// t − bias ± z · standard deviation of t*.
  case normal
  /// 2t minus the quantiles of t* in reverse: the draws' errors turned around. Also called the pivotal interval.
  case basic
  /// The quantiles of t*.
  case percentile
  /// Quantiles of t* at levels corrected for median bias and acceleration, BCa (Efron 1987,
  /// doi:10.1080/01621459.1987.10478410).
  case biasCorrectedAccelerated(BootstrapInfluence)
  /// t minus the quantiles of (t* − t)/√v* times √v, with v the variance that is another of the statistics.
  case studentised(varianceAt: Int)
}

/// Where the influence of each unit comes from, which the acceleration of BCa needs.
public enum BootstrapInfluence: Codable, Hashable, Sendable {
  /// (n − 1) times the original minus each leave-one-out statistic, as R's `boot::empinf(type = "jack")`.
  case jackknife
  /// (n − 1) times the mean of the leave-one-out statistics minus each of them (Efron and Tibshirani 1993, 14.15).
  case jackknifeAboutMean
  /// Least squares of the draws on the shares of the units in them, as R's `boot.ci` does unless told otherwise; needs
  /// more draws than units.
  case regression
  /// Known influence values, one for each unit.
  case given([Double])
}

/// The scale on which normal, basic and studentised limits are made, and turned back from.
public enum BootstrapScale: String, Codable, Hashable, Sendable, CaseIterable {
  case plain
  /// For statistics above 0.
  case log
  /// For statistics between 0 and 1.
  case logit

  func forward(_ x: Double) -> Double {
    switch self {
    case .plain: x
    case .log: x > 0 ? Foundation.log(x) : .nan
    case .logit: x > 0 && x < 1 ? Foundation.log(x / (1 - x)) : .nan
    }
  }

  func back(_ x: Double) -> Double {
    switch self {
    case .plain: x
    case .log: exp(x)
    case .logit: 1 / (1 + exp(-x))
    }
  }

  /// The slope of the scale at x.
  func slope(_ x: Double) -> Double {
    switch self {
    case .plain: 1
    case .log: 1 / x
    case .logit: 1 / (x * (1 - x))
    }
  }
}

/// Limits from a bootstrap.
public struct BootstrapInterval: Codable, Hashable, Sendable {
  public let interval: ConfidenceInterval
  /// Whether a limit is the smallest or largest draw: more draws are needed for this level.
  public let usesExtremeDraw: Bool
  /// z₀ and a of BCa; nil for other kinds.
  public let biasCorrection: Double?
  public let acceleration: Double?
}

extension Bootstrap {
  /// Limits around one of the statistics.
  ///
  /// Quantiles are those of R's `boot`: the draw number (R + 1)α, and where that is not whole an interpolation on the
  /// normal scale between its neighbours; not R's ordinary `quantile`.
  ///
  /// - Parameters:
  ///   - place: which statistic.
  ///   - kind: how limits are made.
  ///   - level: strictly between 0 and 1.
  ///   - scale: for normal, basic and studentised limits.
  /// - Throws: `.notAProbability`; `.constant` when all draws are equal; `.setting` when a value lies outside the scale,
  ///   regression has too few draws or all draws lie on one side of the original (BCa).
  public func interval(
    _ place: Int = 0, _ kind: BootstrapIntervalKind, level: Double = 0.95, scale: BootstrapScale = .plain
  ) throws(StatisticsError) -> BootstrapInterval {
    guard level > 0, level < 1 else { throw .notAProbability(name: "the confidence level") }
    let draws = values(place)
    guard let low = draws.min(), let high = draws.max(), high > low else {
      throw .constant(variable: "the statistic over the draws")
    }
    let scaled = draws.map(scale.forward)
    let centre = scale.forward(original[place])
    guard centre.isFinite, scaled.allSatisfy(\.isFinite) else {
      throw .setting(name: "scale", reason: "every draw must lie inside the range of the scale \(scale.rawValue)")
    }
    let tails = [(1 - level) / 2, (1 + level) / 2]
    func result(_ lower: Double, _ upper: Double, extreme: Bool = false) -> BootstrapInterval {
      BootstrapInterval(
        interval: ConfidenceInterval(lower: lower, upper: upper, level: level), usesExtremeDraw: extreme,
        biasCorrection: nil, acceleration: nil)
    }
    switch kind {
    case .normal:
      let middle = 2 * centre - mean(of: scaled)
      let reach = Normal.standard.quantile(upperTail: tails[0]) * variance(of: scaled).squareRoot()
      return result(scale.back(middle - reach), scale.back(middle + reach))
    case .basic:
      let (points, extreme) = normalScaleQuantiles(ofDraws: scaled, tails)
      return result(scale.back(2 * centre - points[1]), scale.back(2 * centre - points[0]), extreme: extreme)
    case .percentile:
      let (points, extreme) = normalScaleQuantiles(ofDraws: draws, tails)
      return result(points[0], points[1], extreme: extreme)
    case .studentised(let varianceAt):
      return try studentised(place, varianceAt, tails, level, scale)
    case .biasCorrectedAccelerated(let source):
      return try corrected(place, draws, source, tails, level)
    }
  }

  private func studentised(
    _ place: Int, _ varianceAt: Int, _ tails: [Double], _ level: Double, _ scale: BootstrapScale
  ) throws(StatisticsError) -> BootstrapInterval {
    let t = original[place]
    let v = original[varianceAt] * scale.slope(t) * scale.slope(t)
    var pivots: [Double] = []
    for row in 0..<replicates.rows {
      let (drawn, spread) = (replicates[row, place], replicates[row, varianceAt])
      guard drawn.isFinite, spread.isFinite else { continue }
      let slope = scale.slope(drawn)
      pivots.append((scale.forward(drawn) - scale.forward(t)) / (spread * slope * slope).squareRoot())
    }
    guard v > 0, pivots.allSatisfy(\.isFinite) else {
      throw .setting(name: "varianceAt", reason: "that statistic must be a variance above 0 in every draw")
    }
    let (points, extreme) = normalScaleQuantiles(ofDraws: pivots, tails)
    let centre = scale.forward(t)
    return BootstrapInterval(
      interval: ConfidenceInterval(
        lower: scale.back(centre - v.squareRoot() * points[1]), upper: scale.back(centre - v.squareRoot() * points[0]),
        level: level),
      usesExtremeDraw: extreme, biasCorrection: nil, acceleration: nil)
  }

  private func corrected(
    _ place: Int, _ draws: [Double], _ source: BootstrapInfluence, _ tails: [Double], _ level: Double
  ) throws(StatisticsError) -> BootstrapInterval {
    let below = draws.count { $0 < original[place] }
    guard below > 0, below < draws.count else {
      throw .setting(name: "interval", reason: "BCa needs draws on both sides of the original statistic")
    }
    let z0 = Normal.standard.quantile(lowerTail: Double(below) / Double(draws.count))
    let a = BootstrapInfluence.acceleration(try influence(place, source))
    let levels = tails.map { tail in
      let z = z0 + Normal.standard.quantile(lowerTail: tail)
      return Normal.standard.lowerTail(z0 + z / (1 - a * z))
    }
    let (points, extreme) = normalScaleQuantiles(ofDraws: draws, levels)
    return BootstrapInterval(
      interval: ConfidenceInterval(lower: min(points[0], points[1]), upper: max(points[0], points[1]), level: level),
      usesExtremeDraw: extreme, biasCorrection: z0, acceleration: a)
  }
}

/// Quantiles of draws, interpolated on the normal scale by the rule of Davison and Hinkley (1997, equation 5.8).
///
/// - Returns: the points, and whether one of them is the smallest or the largest draw.
func normalScaleQuantiles(ofDraws draws: [Double], _ levels: [Double]) -> (points: [Double], extreme: Bool) {
  let sorted = draws.sorted()
  let count = sorted.count
  var extreme = false
  let points = levels.map { level in
    let rank = Double(count + 1) * level
    if !(rank > 1 && rank < Double(count)) { extreme = true }
    let k = Int(max(0, min(Double(count), rank.rounded(.down))))
    if k == 0 { return sorted[0] }
    if k == count { return sorted[count - 1] }
    if Double(k) == rank { return sorted[k - 1] }
    let normal = Normal.standard
    let (left, right) = (Double(k) / Double(count + 1), Double(k + 1) / Double(count + 1))
    let (from, to) = (normal.quantile(lowerTail: left), normal.quantile(lowerTail: right))
    let share = (normal.quantile(lowerTail: level) - from) / (to - from)
    return sorted[k - 1] + share * (sorted[k] - sorted[k - 1])
  }
  return (points, extreme)
}
