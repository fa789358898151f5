import NumericalMethods
import Primitives

/// How extreme weights are brought back, also called winsorising; R's WeightIt calls it trimming.
public enum WeightTruncation: Codable, Hashable, Sendable {
  /// Weights beyond a quantile of the weights are set to it.
  case quantiles(lower: Double, upper: Double, rule: QuantileRule)
  /// Weights beyond these bounds are set to them.
  case bounds(lower: Double, upper: Double)
  /// The largest (and, if wanted, smallest) so many weights are set to the next.
  case count(Int, lowest: Bool)
}

/// Which quantile is meant where it lies between two observations (Hyndman and Fan 1996, doi:10.2307/2684934).
public enum QuantileRule: String, Codable, Hashable, Sendable, CaseIterable {
  /// Linear between order statistics, type 7: R's `quantile`, numpy's default.
  case interpolated
  /// The nearest order statistic, type 3: R's WeightIt, SAS.
  case nearest

  /// - Parameter sorted: ascending, at least one.
  func quantile(_ sorted: [Double], _ share: Double) -> Double {
    switch self {
    case .interpolated: return NumericalMethods.quantile(ofAscending: sorted, share)
    case .nearest:
      let n = sorted.count
      // n·p − 1/2, and the even one of two that are as near.
      let position = Double(n) * share - 0.5
      let below = (position + 4 * Double.ulpOfOne).rounded(.down)
      let isTie = abs(position - below) < 4 * Double(n) * Double.ulpOfOne
      let even = Int(below) % 2 == 0
      let rank = isTie && even ? Int(below) : Int(below) + 1
      return sorted[min(n, max(1, rank)) - 1]
    }
  }
}

extension BalancingWeights {
  /// With extreme weights brought back.
  ///
  /// Where one group is the target and keeps its weights (ATT, ATC), quantiles are of the other group alone, as in
  /// WeightIt; otherwise of all. Errors treat the bounds as known.
  ///
  /// - Parameter drop: whether people beyond the bounds get weight 0 instead of the bound.
  /// - Throws: `.setting` when the shares, bounds or the count are not possible.
  public func truncated(_ truncation: WeightTruncation, drop: Bool = false) throws(StatisticsError) -> BalancingWeights
  {
    let isAffected = treated.map { target == .treated ? !$0 : target == .untreated ? $0 : true }
    let sorted = values.indices.filter { isAffected[$0] }.map { values[$0] }.sorted()
    let bounds = try truncation.bounds(sorted)
    var result = values
    for i in values.indices where isAffected[i] {
      if values[i] < bounds.lowerBound { result[i] = drop ? 0 : bounds.lowerBound }
      if values[i] > bounds.upperBound { result[i] = drop ? 0 : bounds.upperBound }
    }
    return replacing(
      result,
      method: drop
        ? LocalizedText("\(method[.english]), extreme ones left out", nl: "\(method[.dutch]), extreme weggelaten")
        : LocalizedText("\(method[.english]), truncated", nl: "\(method[.dutch]), afgekapt"),
      truncatedTo: bounds)
  }

  /// With weight 0 for people whose score lies outside some limits; the scores are not fitted anew.
  ///
  /// - Throws: `.notSupported` for weights that do not come from scores; `.oneGroupOnly` when a group is left out whole.
  public func trimmed(_ trimming: PropensityTrimming) throws(StatisticsError) -> BalancingWeights {
    guard let scores else { throw .notSupported(method: "trimming by score", input: "weights without scores") }
    let (lower, upper) = try trimming.limits(scores)
    var result = values
    for i in values.indices where scores.values[i] < lower || scores.values[i] > upper { result[i] = 0 }
    try checkGroups(treated, rowCount: rowCount, weights: result)
    return replacing(
      result,
      method: LocalizedText(
        "\(method[.english]), trimmed by score", nl: "\(method[.dutch]), ingeperkt op behandelkans"),
      truncatedTo: truncatedTo)
  }
}

extension WeightTruncation {
  fileprivate func bounds(_ sorted: [Double]) throws(StatisticsError) -> ClosedRange<Double> {
    guard let first = sorted.first, let last = sorted.last else { throw .noObservations }
    switch self {
    case .quantiles(let lower, let upper, let rule):
      guard (0...1).contains(lower), (0...1).contains(upper), lower < upper else {
        throw .setting(name: "truncation", reason: "the lower share lies below the upper, both from 0 to 1")
      }
      let low = lower > 0 ? rule.quantile(sorted, lower) : first
      return low...max(low, upper < 1 ? rule.quantile(sorted, upper) : last)
    case .bounds(let lower, let upper):
      guard lower >= 0, lower <= upper else {
        throw .setting(name: "truncation", reason: "the lower bound is 0 or more and not above the upper")
      }
      return lower...upper
    case .count(let count, let lowest):
      guard count >= 0, (lowest ? 2 : 1) * count < sorted.count else {
        throw .setting(name: "truncation", reason: "at least one weight must be left as it is")
      }
      return (lowest ? sorted[count] : first)...sorted[sorted.count - 1 - count]
    }
  }
}
