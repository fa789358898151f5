import NumericalMethods

/// How alike the two groups are on each covariate, before and after matching or weighting.
///
/// Standardised differences, variance ratios and differences between distribution functions follow R's MatchIt (4.7):
/// weighted means; the variance of a column of 0 and 1 is p(1 − p), any other Σw(x − m)² / (1 − Σw²) with weights that
/// sum to 1; distribution functions are compared at all distinct values of the whole sample. One pass of a radix sort
/// for each numeric column serves both halves of the table; columns are shared out over the cores.
/// (Austin 2009, doi:10.1002/sim.3697; Stuart, Lee and Leacy 2013, doi:10.1016/j.jclinepi.2013.01.013.)
public struct BalanceTable: Sendable {
  public let settings: BalanceSettings
  public let rows: [BalanceRow]
  public let sizes: MatchedSampleSizes

  /// The balance of a matched sample; the score comes first, then every covariate with all levels of factors.
  ///
  /// - Parameters:
  ///   - settings: nil for MatchIt's with the standard deviation that belongs to the estimand.
  ///   - samplingWeights: n numbers that count in both halves of the table.
  public init(
    _ sample: MatchedSample, covariates: [ModelMatrix.Term], score: [Double]? = nil, settings: BalanceSettings? = nil,
    samplingWeights: [Double]? = nil
  ) throws(StatisticsError) {
    try self.init(
      treated: sample.treated, covariates: covariates, score: score, weights: sample.weights,
      samplingWeights: samplingWeights, settings: settings ?? BalanceSettings(denominator: .init(sample.estimand)),
      pairs: BalancePairs(sample), discarded: sample.discarded)
  }

  /// The balance of any two groups, with weights for the second half of the table or without one.
  ///
  /// - Parameters:
  ///   - weights: n numbers, zero or more; nil for a table of the groups as they are.
  /// - Throws: `.lengthsDiffer`, `.notFinite`, `.unknownLevel`, `.negativeWeight`, `.weightsSumToZero` (in either group),
  ///   `.oneGroupOnly`, `.noObservations`.
  public init(
    treated: [Bool], covariates: [ModelMatrix.Term], score: [Double]? = nil, weights: [Double]? = nil,
    samplingWeights: [Double]? = nil, settings: BalanceSettings
  ) throws(StatisticsError) {
    try self.init(
      treated: treated, covariates: covariates, score: score, weights: weights, samplingWeights: samplingWeights,
      settings: settings, pairs: nil, discarded: nil)
  }

  private init(
    treated: [Bool], covariates: [ModelMatrix.Term], score: [Double]?, weights: [Double]?,
    samplingWeights: [Double]?, settings: BalanceSettings, pairs: BalancePairs?, discarded: [Bool]?
  ) throws(StatisticsError) {
    // Checks lengths, levels and that both groups are there.
    _ = try MatchingUnits(treated: treated, score: score, covariates: covariates)
    for given in [weights, samplingWeights] {
      guard let given else { continue }
      try FollowUp.check(lengthOf: given, "weight", treated.count)
      try FollowUp.check(weights: given)
    }
    let groups = BalanceGroups(treated: treated, weights: weights, samplingWeights: samplingWeights)
    guard groups.hasWeight else { throw .weightsSumToZero }
    self.settings = settings
    sizes = MatchedSampleSizes(
      treated: treated, weights: groups.after ?? groups.before, discarded: discarded)
    let pairs = settings.pairDistances ? pairs : nil
    let tasks = Self.tasks(covariates, score: score, interactions: settings.interactions)
    rows = WorkSharing.map(tasks.count) { number in
      tasks[number].rows(groups, settings, pairs)
    }.flatMap { $0 }
    for row in rows {
      for half in [row.before, row.after ?? row.before]
      where !half.meanTreated.isFinite || !half.meanControl.isFinite {
        throw .setting(name: row.name, reason: "the sum of its numbers is not finite; divide it by a constant")
      }
    }
  }

  /// The row of that name.
  public subscript(name: String) -> BalanceRow? { rows.first { $0.name == name } }

  /// The largest absolute standardised difference after matching (before, where there is no after).
  public var largestStandardisedDifference: Double {
    rows.compactMap { ($0.after ?? $0.before).standardisedDifference.map(abs) }.max() ?? 0
  }

  /// The average absolute standardised difference after matching (before, where there is no after).
  public var averageStandardisedDifference: Double {
    let sizes = rows.compactMap { ($0.after ?? $0.before).standardisedDifference.map(abs) }
    return sizes.isEmpty ? 0 : sizes.reduce(0, +) / Double(sizes.count)
  }

  private static func tasks(
    _ covariates: [ModelMatrix.Term], score: [Double]?, interactions: Bool
  ) -> [BalanceTask] {
    var tasks: [BalanceTask] = []
    if let score { tasks.append(.column("distance", score, .score)) }
    for term in covariates {
      switch term {
      case .intercept: continue
      case .numeric(let name, let values): tasks.append(.column(name, values, .numeric))
      case .factor(let name, let codes, let levels, _): tasks.append(.factor(name, codes, levels))
      case .spline, .product:
        for (name, values) in zip(term.names, term.expandedColumns()) {
          tasks.append(.column(name, values, .numeric))
        }
      }
    }
    guard interactions else { return tasks }
    let columns = covariates.flatMap { term -> [(String, [Double])] in
      guard case .factor(let name, let codes, let levels, _) = term else {
        return Array(zip(term.names, term.expandedColumns()))
      }
      return levels.indices.map { level in (name + levels[level], codes.map { Int($0) == level ? 1 : 0 }) }
    }
    for i in columns.indices {
      for j in i..<columns.count {
        let name = i == j ? columns[i].0 + "²" : columns[i].0 + " * " + columns[j].0
        tasks.append(.product(name, columns[i].1, columns[j].1))
      }
    }
    return tasks
  }
}

/// The weights and signs that every column is summed with.
struct BalanceGroups: Sendable {
  let treated: [Bool]
  /// Sampling weights, or ones.
  let before: [Double]
  /// The weights of matching times the sampling weights; nil without matching.
  let after: [Double]?
  let totalsBefore: Totals
  let totalsAfter: Totals
  /// Each unit's share of its group, above zero for the treated and below for controls.
  let sharesBefore: [Double]
  let sharesAfter: [Double]

  /// Sums over the two groups, controls first.
  struct Totals: Sendable {
    var weights = [0.0, 0.0]
    var squares = [0.0, 0.0]
    var counts = [0.0, 0.0]

    init(_ weights: [Double], _ treated: [Bool]) {
      for i in weights.indices {
        let group = treated[i] ? 1 : 0
        self.weights[group] += weights[i]
        squares[group] += weights[i] * weights[i]
        if weights[i] != 0 { counts[group] += 1 }
      }
    }

    /// 1 − Σw² with weights that sum to 1.
    func correction(_ group: Int) -> Double { 1 - squares[group] / (weights[group] * weights[group]) }

    /// Neither group has two units that count.
    var isTooSmall: Bool { counts[0] < 2 && counts[1] < 2 }
  }

  init(treated: [Bool], weights: [Double]?, samplingWeights: [Double]?) {
    self.treated = treated
    let before = samplingWeights ?? [Double](repeating: 1, count: treated.count)
    let after = weights.map { weights in samplingWeights == nil ? weights : zip(weights, before).map { $0 * $1 } }
    self.before = before
    self.after = after
    totalsBefore = Totals(before, treated)
    totalsAfter = Totals(after ?? before, treated)
    sharesBefore = Self.shares(before, treated, totalsBefore)
    sharesAfter = after.map { [totalsAfter] in Self.shares($0, treated, totalsAfter) } ?? []
  }

  private static func shares(_ weights: [Double], _ treated: [Bool], _ totals: Totals) -> [Double] {
    let factors = (-1 / totals.weights[0], 1 / totals.weights[1])
    return weights.indices.map { weights[$0] * (treated[$0] ? factors.1 : factors.0) }
  }

  var hasWeight: Bool {
    [totalsBefore, totalsAfter].allSatisfy { $0.weights[0] > 0 && $0.weights[1] > 0 }
  }
}
