import NumericalMethods

/// The log-rank test that groups share one hazard, and its family with weights S(t−)^ρ; also Mantel-Cox, G-rho test.
///
/// At each event time the events of a group are set against n_g d / n, the number expected if all groups at risk had
/// one hazard; the variance is hypergeometric. ρ = 0 is the log-rank test, strongest when hazards are proportional; ρ =
/// 1 is Peto and Peto's version of Wilcoxon's test, which counts early differences most. S is the Kaplan-Meier estimate
/// of all groups together, just before the time. With strata, the sums are taken within each stratum and added. An
/// event of any cause counts.
///
/// Mantel 1966, Cancer Chemotherapy Reports 50:163-170; Peto and Peto 1972, doi:10.2307/2344317;
/// Harrington and Fleming 1982, doi:10.1093/biomet/69.3.553. As `survival::survdiff`.
public struct LogRankTest: Codable, Hashable, Sendable {
  public let weighting: LogRankWeighting
  /// The number of rows per group.
  public let counts: [Int]
  /// The weighted events per group.
  public let observed: [Double]
  /// The weighted events expected per group.
  public let expected: [Double]
  /// Of observed − expected, groups × groups.
  public let covariance: [[Double]]
  /// Chi-square distributed when the hazards are equal.
  public let statistic: Double
  /// One less than the number of groups that were at risk of an event.
  public let degreesOfFreedom: Int
  public let pValue: Double

  /// - Parameters:
  ///   - group: n numbers 0..<groups.
  ///   - groups: how many groups there are; groups without rows take no part.
  ///   - stratum: n labels, or nil.
  ///   - rho: finite.
  /// - Throws: when fewer than two groups have rows, when nothing can be compared, or for weights or clusters.
  public init(
    _ followUp: FollowUp, group: [Int], groups: Int, stratum: [Int]? = nil, rho: Double = 0
  ) throws(StatisticsError) {
    try self.init(
      followUp, group: group, groups: groups, stratum: stratum, weighting: .flemingHarrington(rho: rho, gamma: 0))
  }

  /// - Parameters:
  ///   - group: n numbers 0..<groups.
  ///   - groups: how many groups there are; groups without rows take no part.
  ///   - stratum: n labels, or nil.
  ///   - weighting: how much each event time counts.
  /// - Throws: when fewer than two groups have rows, when nothing can be compared, or for weights or clusters.
  public init(
    _ followUp: FollowUp, group: [Int], groups: Int, stratum: [Int]? = nil, weighting: LogRankWeighting
  ) throws(StatisticsError) {
    guard followUp.weight == nil, followUp.cluster == nil else {
      throw .notSupported(method: "the log-rank test", input: "weights or clusters")
    }
    if case .flemingHarrington(let rho, let gamma) = weighting {
      guard rho.isFinite else { throw .notFinite(array: "rho", index: 0) }
      guard gamma.isFinite else { throw .notFinite(array: "gamma", index: 0) }
      // At the first event 1 − S(t−) is 0.
      guard gamma >= 0 else { throw .setting(name: "gamma", reason: "it is zero or more") }
    }
    let counts = try FollowUp.sizes(of: group, groups: groups, count: followUp.count)
    let occupied = counts.filter { $0 > 0 }.count
    guard occupied >= 2 else { throw .tooFewGroups(found: occupied) }
    var sums = LogRankSums(groups: groups)
    if let stratum {
      for members in try FollowUp.strata(stratum, count: followUp.count) {
        sums.add(followUp.selecting(members), group: members.map { group[$0] }, weighting)
      }
    } else {
      sums.add(followUp, group: group, weighting)
    }
    let compared = (0..<groups).filter { sums.expected[$0] > 0 }
    // The differences add up to 0, so one group says nothing new.
    let free = compared.dropFirst()
    let score = free.map { sums.observed[$0] - sums.expected[$0] }
    let matrix = free.map { i in free.map { j in sums.covariance[i][j] } }
    guard !free.isEmpty, let statistic = quadraticForm(score, matrix) else {
      throw .singularCovariance(method: "the log-rank test")
    }
    self.weighting = weighting
    self.counts = counts
    observed = sums.observed
    expected = sums.expected
    covariance = sums.covariance
    self.statistic = statistic
    degreesOfFreedom = free.count
    pValue = ChiSquared(degreesOfFreedom: Double(free.count)).upperTail(statistic)
  }
}

extension LogRankTest {
  /// ρ of the G-rho family; 0 for other weightings.
  public var rho: Double { if case .flemingHarrington(let rho, _) = weighting { rho } else { 0 } }

  /// The test that hazards rise or fall with the scores of the groups, with one degree of freedom.
  ///
  /// (Σ s (O − E))² / sᵀVs; groups in order are scored 0, 1, 2 … (Tarone 1975, doi:10.1093/biomet/62.3.679).
  ///
  /// - Parameter scores: one for each group; nil for their numbers.
  /// - Throws: `.singularCovariance` when all groups at risk have one score.
  public func trend(scores: [Double]? = nil) throws(StatisticsError) -> WaldTest {
    let scores = scores ?? counts.indices.map(Double.init)
    try FollowUp.check(lengthOf: scores, "scores", counts.count)
    for i in scores.indices where !scores[i].isFinite { throw .notFinite(array: "scores", index: i) }
    var sum = 0.0
    var variance = 0.0
    for i in scores.indices {
      sum += scores[i] * (observed[i] - expected[i])
      for j in scores.indices { variance += scores[i] * scores[j] * covariance[i][j] }
    }
    let size = scores.indices.reduce(0.0) { $0 + scores[$1] * scores[$1] * covariance[$1][$1] }
    guard variance > 1e-10 * size else { throw .singularCovariance(method: "the trend test") }
    return WaldTest(statistic: sum * sum / variance, degreesOfFreedom: 1, denominatorDegreesOfFreedom: .infinity)
  }
}

private struct LogRankSums {
  var observed: [Double]
  var expected: [Double]
  var covariance: [[Double]]

  init(groups: Int) {
    observed = [Double](repeating: 0, count: groups)
    expected = observed
    covariance = [[Double]](repeating: observed, count: groups)
  }

  mutating func add(_ followUp: FollowUp, group: [Int], _ weighting: LogRankWeighting) {
    let groups = observed.count
    let risk = RiskSets(followUp)
    let weights = weighting.weights(risk, ProductLimit(risk))
    let table = GroupTable(followUp, risk, group: group, groups: groups)
    for step in risk.times.indices {
      let n = risk.atRisk[step]
      let d = risk.allEvents[step]
      let weight = weights[step]
      let spread = n > 1 ? weight * weight * d * (n - d) / (n - 1) : 0
      for i in 0..<groups {
        let share = table.atRisk[i][step] / n
        observed[i] += weight * table.events[i][step]
        expected[i] += weight * d * share
        guard spread > 0, share > 0 else { continue }
        covariance[i][i] += spread * share
        for j in 0..<groups { covariance[i][j] -= spread * share * table.atRisk[j][step] / n }
      }
    }
  }
}

/// Who is at risk and who has an event, per group at each event time; groups × T. Rows count once.
struct GroupTable {
  private(set) var atRisk: [[Double]]
  /// Of any cause.
  let events: [[Double]]

  init(_ followUp: FollowUp, _ risk: RiskSets, group: [Int], groups: Int) {
    let steps = risk.times.count
    var heads = [Double](repeating: 0, count: groups * (steps + 1))
    risk.first.withUnsafeBufferPointer { first in
      risk.last.withUnsafeBufferPointer { last in
        for i in 0..<followUp.count where first[i] < last[i] {
          let start = group[i] * (steps + 1)
          heads[start + Int(first[i])] += 1
          heads[start + Int(last[i])] -= 1
        }
      }
    }
    atRisk = Self.rows(heads, width: steps + 1, groups)
    for g in 0..<groups {
      for step in 0..<steps { atRisk[g][step + 1] += atRisk[g][step] }
    }
    events = Self.events(of: nil, followUp, risk, group: group, groups: groups)
  }

  /// The number of events per group at each event time, groups × T.
  ///
  /// - Parameter cause: 1...causes; nil for any.
  static func events(
    of cause: Int?, _ followUp: FollowUp, _ risk: RiskSets, group: [Int], groups: Int
  ) -> [[Double]] {
    let steps = risk.times.count
    var events = [Double](repeating: 0, count: groups * steps)
    followUp.cause.withUnsafeBufferPointer { causes in
      risk.last.withUnsafeBufferPointer { last in
        for i in causes.indices where causes[i] != 0 && (cause == nil || causes[i] == cause!) {
          events[group[i] * steps + Int(last[i]) - 1] += 1
        }
      }
    }
    return rows(events, width: steps, groups)
  }

  private static func rows(_ flat: [Double], width: Int, _ count: Int) -> [[Double]] {
    (0..<count).map { Array(flat[$0 * width..<($0 + 1) * width]) }
  }
}

extension FollowUp {
  /// The positions of the rows of each stratum, in ascending order of the label.
  static func strata(_ stratum: [Int], count: Int) throws(StatisticsError) -> [[Int]] {
    try check(lengthOf: stratum, "stratum", count)
    let (number, strata) = denseNumbers(stratum)
    return try rows(of: number.map(Int.init), groups: strata, count: count)
  }
}
