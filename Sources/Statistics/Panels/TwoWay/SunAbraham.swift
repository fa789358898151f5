import NumericalMethods

/// An event study whose coefficients do not mix groups: each group treated at one time has its own effect at each time,
/// and these are averaged by the group's share of the rows (interaction-weighted estimator).
///
/// Sun and Abraham 2021 (doi:10.1016/j.jeconom.2020.09.006), as `sunab` of the R package fixest: shares are taken as
/// known. Units treated from their first period on are left out; those never treated, or else those treated last (and
/// then only the periods before their treatment), are the comparison. See Documentation/Methods/SunAbraham.md.
public struct SunAbraham: Sendable {
  public struct Effect: Hashable, Sendable {
    /// The period in which the group was first treated.
    public var group: Int
    /// Periods since then.
    public var time: Int
    /// The weight of its rows.
    public var weight: Double
  }

  public let fit: TwoWayFixedEffects
  /// The group effects that have a coefficient.
  public let effects: [Effect]
  /// The names of the covariates that have a coefficient.
  public let covariates: [String]
  /// Units left out because they are treated in all their periods.
  public let alwaysTreated: Int
  /// The group that served as comparison because nobody is never treated.
  public let comparisonGroup: Int?
  /// The rows that count, when some do not.
  public let countedRows: [Int]?

  /// - Parameters:
  ///   - panel: the unit and the period of each of n rows.
  ///   - outcome: n numbers.
  ///   - firstTreated: for each row the period in which its unit was first treated, or `neverTreated`.
  ///   - references: times without an effect, for all groups.
  ///   - covariates: n rows, no intercept.
  ///   - weights: n numbers, zero or more.
  public init(
    _ panel: Panel, outcome: [Double], firstTreated: [Int], neverTreated: Int = 0, references: [Int] = [-1],
    covariates: ModelMatrix? = nil, weights: [Double]? = nil
  ) throws(StatisticsError) {
    try FollowUp.check(lengthOf: outcome, "outcome", panel.rowCount)
    if let weights { try FollowUp.check(lengthOf: weights, "weights", panel.rowCount) }
    let last = panel.periods.last!
    let groups = try panel.perUnit(firstTreated, "firstTreated").map {
      $0 == neverTreated || $0 > last ? Int.max : $0
    }
    guard groups.contains(where: { $0 != Int.max }) else {
      throw .noTreatedGroup(reason: "nobody is treated in the periods observed")
    }
    func firstPeriod(_ unit: Int) -> Int { panel.periods[panel.period(panel.starts[unit], ofUnit: unit)] }
    var always = 0
    let comparison = groups.contains(Int.max) ? nil : groups.max()!
    var kept: [Int] = []
    for unit in 0..<panel.unitCount {
      guard groups[unit] > firstPeriod(unit) else {
        always += 1
        continue
      }
      for row in panel.starts[unit]..<panel.starts[unit + 1] {
        if let comparison, panel.periods[panel.period(row, ofUnit: unit)] >= comparison { continue }
        kept.append(panel.row(row))
      }
    }
    guard !kept.isEmpty else { throw .noComparisonGroup(reason: "everybody is treated in every period") }
    kept.sort()
    let rows = kept.count == panel.rowCount ? nil : kept
    let counted = try rows.map { rows throws(StatisticsError) in try panel.selecting(rows) } ?? panel
    func chosen(_ values: [Double]) -> [Double] { rows.map { $0.map { values[$0] } } ?? values }
    let group = try counted.perUnit(rows.map { $0.map { firstTreated[$0] } } ?? firstTreated, "firstTreated").map {
      $0 == neverTreated || $0 > last || $0 == comparison ? Int.max : $0
    }
    let times = EventStudy.times(counted, group) { $0 == Int.max }
    let rowWeights = weights.map { counted.sorted(chosen($0)) }
    var sums: [Effect: Double] = [:]
    var keys = [Effect?](repeating: nil, count: counted.rowCount)
    for unit in 0..<counted.unitCount where group[unit] != Int.max {
      for row in counted.starts[unit]..<counted.starts[unit + 1] where !references.contains(times[row]) {
        let key = Effect(group: group[unit], time: times[row], weight: 0)
        keys[row] = key
        sums[key, default: 0] += rowWeights?[row] ?? 1
      }
    }
    let ordered = sums.keys.sorted { ($0.time, $0.group) < ($1.time, $1.group) }
    guard !ordered.isEmpty else { throw .noTreatedGroup(reason: "no time but the reference occurs") }
    let number = Dictionary(uniqueKeysWithValues: ordered.enumerated().map { ($1, Int32($0 + 1)) })
    let codes = counted.inGivenOrder(keys.map { $0.map { number[$0]! } ?? 0 })
    let names = ordered.map { "\($0.time)::group::\($0.group)" }
    var base = try ModelMatrix(rowCount: panel.rowCount, terms: [])
    if let covariates { base = covariates }
    if let rows { base = base.selecting(rows: rows) }
    let regressors = try base.appending([
      .factor("time::", codes: codes, levels: ["reference"] + names, reference: 0)
    ])
    fit = try TwoWayFixedEffects(
      counted, response: chosen(outcome), regressors: regressors, weights: weights.map(chosen))
    let present = Set(fit.names)
    effects = ordered.indices.filter { present.contains("time::" + names[$0]) }.map {
      Effect(group: ordered[$0].group, time: ordered[$0].time, weight: sums[ordered[$0]]!)
    }
    let own = Set(names.map { "time::" + $0 })
    self.covariates = fit.names.filter { !own.contains($0) }
    alwaysTreated = always
    comparisonGroup = comparison
    countedRows = rows
  }

  /// Over what the group effects are averaged.
  public enum Aggregation: String, Codable, Hashable, Sendable, CaseIterable {
    /// By time since the treatment: `time::-2` and so on.
    case time
    /// All effects from time 0 on: `ATT`.
    case overall
    /// By group, from time 0 on: `group::2004` and so on.
    case group
  }

  /// The covariates' coefficients and the averages, with their covariance; clustered by unit unless told otherwise.
  ///
  /// - Parameter clusters: labels of all rows given.
  public func estimates(
    _ aggregation: Aggregation = .time, _ convention: CovarianceConvention = .clustered(.cr1SmallestCount),
    clusters: [Clusters] = [], counting: TwoWayFixedEffects.AbsorbedCount = .nonNested
  ) throws(StatisticsError) -> CoefficientEstimates {
    let chosen = clusters.map { cluster in countedRows.map { cluster.selecting(rows: $0) } ?? cluster }
    let all = try fit.estimates(convention, clusters: chosen, counting: counting)
    var rows = covariates.map { (name: $0, members: [(all.position($0)!, 1.0)]) }
    func add(_ name: String, _ members: [Effect]) {
      let total = members.reduce(0) { $0 + $1.weight }
      rows.append(
        (name, members.map { (all.position("time::\($0.time)::group::\($0.group)")!, $0.weight / total) }))
    }
    switch aggregation {
    case .time:
      for time in Set(effects.map(\.time)).sorted() { add("time::\(time)", effects.filter { $0.time == time }) }
    case .overall:
      let after = effects.filter { $0.time >= 0 }
      guard !after.isEmpty else { throw .noTreatedGroup(reason: "no effect after the treatment can be estimated") }
      add("ATT", after)
    case .group:
      for group in Set(effects.map(\.group)).sorted() {
        let after = effects.filter { $0.group == group && $0.time >= 0 }
        if !after.isEmpty { add("group::\(group)", after) }
      }
    }
    var l = Matrix(rows: rows.count, columns: all.count)
    for (r, row) in rows.enumerated() {
      for (position, share) in row.members { l[r, position] = share }
    }
    return CoefficientEstimates(
      names: rows.map(\.name), values: l * all.values, covariance: all.covariance.sandwiched(by: l),
      degreesOfFreedom: [Double](repeating: all.degreesOfFreedom[0], count: rows.count),
      jointDegreesOfFreedom: all.jointDegreesOfFreedom, convention: all.convention, observations: all.observations,
      aliased: all.aliased, clusterCounts: all.clusterCounts)
  }
}
