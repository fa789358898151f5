/// p-values corrected for having made several tests.
///
/// Adjusted p-values: a test is significant at a level when its adjusted value is at most that level. The same as R's
/// `p.adjust`.
public enum MultipleTesting: String, Codable, Hashable, Sendable, CaseIterable {
  /// Holds the chance of any false finding, under any dependence: p·n.
  case bonferroni
  /// Holds the chance of any false finding, under any dependence, and is never worse than Bonferroni's: step-down
  /// (Holm 1979, Scandinavian Journal of Statistics 6:65-70).
  case holm
  /// Holds the chance of any false finding for independent or positively dependent tests: step-up
  /// (Hochberg 1988, doi:10.1093/biomet/75.4.800).
  case hochberg
  /// Holds the chance of any false finding where Hochberg's does, a little sharper (Hommel 1988,
  /// doi:10.1093/biomet/75.2.383).
  case hommel
  /// Holds the expected share of false among all findings, for independent or positively dependent tests
  /// (Benjamini and Hochberg 1995, doi:10.1111/j.2517-6161.1995.tb02031.x).
  case benjaminiHochberg
  /// The same under any dependence (Benjamini and Yekutieli 2001, doi:10.1214/aos/1013699998).
  case benjaminiYekutieli

  /// The adjusted p-values, in the order given.
  ///
  /// - Parameters:
  ///   - pValues: m numbers from 0 to 1.
  ///   - comparisons: how many tests were made, when more than are given; at least m.
  /// - Throws: `.notFinite` for NaN, `.setting` for a value outside 0...1 or too few comparisons.
  public func adjusted(_ pValues: [Double], comparisons: Int? = nil) throws(StatisticsError) -> [Double] {
    try checkFinite(pValues, "p-values")
    guard pValues.allSatisfy({ (0...1).contains($0) }) else {
      throw .setting(name: "p-values", reason: "each lies between 0 and 1")
    }
    let n = comparisons ?? pValues.count
    guard n >= pValues.count else {
      throw .setting(name: "comparisons", reason: "there are at least as many tests as p-values")
    }
    if n <= 1 { return pValues }
    let ascending = pValues.indices.sorted { (pValues[$0], $0) < (pValues[$1], $1) }
    let sorted = ascending.map { pValues[$0] }
    let stepped = adjustedInOrder(sorted, n)
    var adjusted = [Double](repeating: 0, count: pValues.count)
    for (place, index) in ascending.enumerated() { adjusted[index] = min(1, stepped[place]) }
    return adjusted
  }

  private func adjustedInOrder(_ p: [Double], _ n: Int) -> [Double] {
    switch self {
    case .bonferroni: p.map { $0 * Double(n) }
    case .holm: stepDown(p) { Double(n - $0) }
    case .hochberg: stepUp(p) { Double(n - $0) }
    case .benjaminiHochberg: stepUp(p) { Double(n) / Double($0 + 1) }
    case .benjaminiYekutieli:
      stepUp(p, scale: (1...n).reduce(0) { $0 + 1 / Double($1) }) { Double(n) / Double($0 + 1) }
    case .hommel: hommel(p, n)
    }
  }

  /// From the smallest on, never smaller than the one before. `factor` takes the place from 0.
  private func stepDown(_ p: [Double], _ factor: (Int) -> Double) -> [Double] {
    var largest = 0.0
    return p.indices.map {
      largest = max(largest, p[$0] * factor($0))
      return largest
    }
  }

  /// From the largest down, never larger than the one before.
  private func stepUp(_ p: [Double], scale: Double = 1, _ factor: (Int) -> Double) -> [Double] {
    var smallest = Double.infinity
    var adjusted = p
    for place in p.indices.reversed() {
      smallest = min(smallest, scale * factor(place) * p[place])
      adjusted[place] = smallest
    }
    return adjusted
  }

  /// The closed test of Simes' hypotheses; tests that were made but not given count with p-value 1.
  private func hommel(_ given: [Double], _ n: Int) -> [Double] {
    let p = given + [Double](repeating: 1, count: n - given.count)
    var best = [Double](repeating: p.indices.map { Double(n) * p[$0] / Double($0 + 1) }.min() ?? 1, count: n)
    var adjusted = best
    for size in stride(from: n - 1, to: 1, by: -1) {
      let split = n - size + 1
      var smallest = Double.infinity
      for k in 2...size { smallest = min(smallest, Double(size) * p[split + k - 2] / Double(k)) }
      for place in 0..<split { best[place] = min(Double(size) * p[place], smallest) }
      for place in split..<n { best[place] = best[split - 1] }
      for place in 0..<n { adjusted[place] = max(adjusted[place], best[place]) }
    }
    return given.indices.map { max(adjusted[$0], given[$0]) }
  }
}
