import NumericalMethods
import Primitives

/// The average effect of a treatment on each group that started it at one time, in each period.
///
/// Callaway and Sant'Anna 2021 (doi:10.1016/j.jeconom.2020.12.001): the change of a group from the last period before its
/// treatment is compared with that of people who are never, or not yet, treated, never with people treated earlier, as
/// two-way fixed effects do. See Documentation/Methods/GroupTimeEffects.md.
public struct GroupTimeEffects: Sendable {
  public let settings: Settings
  public let sample: Sample
  /// By group, then period.
  public let effects: [GroupTimeEffect]
  /// How the errors are made, a sentence each; the slip of DRDID that they reproduce, where they do.
  public let conventions: [LocalizedText]
  let design: GroupTimeSample
  let influence: any GroupTimeInfluence
  /// Mean weight · 1{unit is of the group} for each of the design's cohorts.
  let shares: [Double]
  /// A smaller standard error is rounding only.
  let smallestError: Double

  /// - Parameters:
  ///   - unit: n labels of the units; nil for repeated cross-sections, where each row is a unit.
  ///   - period: n whole numbers in the order of time.
  ///   - firstTreated: for each row the period in which its unit was first treated; `neverTreated` or a period after the
  ///     last for units never treated in the periods observed. The same in all rows of a unit.
  ///   - outcome: n numbers.
  ///   - covariates: columns without an intercept; of a unit's two rows in a comparison the earlier one counts.
  ///   - weights: n sampling weights, zero or more; their scale does not matter.
  ///   - clusters: units that are not independent of each other; the same in all rows of a unit.
  ///   - neverTreated: what stands for never in `firstTreated`.
  ///   - progress: receives the stage `group-time effects`, once for each few comparisons.
  /// - Throws: `.noComparisonGroup`, `.noTreatedGroup`, `.changesWithinUnit`, `.repeatedObservation`, `.tooFewClusters`,
  ///   `.cancelled`, or what is wrong with the arrays. An effect that cannot be estimated is no error: it says why.
  public init(
    unit: [Int]?, period: [Int], firstTreated: [Int], outcome: [Double], covariates: ModelMatrix? = nil,
    weights: [Double]? = nil, clusters: Clusters? = nil, neverTreated: Int = 0, settings: Settings = Settings(),
    progress: ProgressHandler? = nil
  ) throws(StatisticsError) {
    let n = period.count
    guard settings.level > 0, settings.level < 1 else { throw .notAProbability(name: "the confidence level") }
    guard settings.anticipation >= 0 else { throw .setting(name: "anticipation", reason: "is zero or more periods") }
    guard unit != nil || settings.sampling == .repeatedCrossSections else {
      throw .setting(name: "unit", reason: "a panel needs to know which rows are of one unit")
    }
    try FollowUp.check(lengthOf: firstTreated, "firstTreated", n)
    try FollowUp.check(lengthOf: outcome, "outcome", n)
    if let covariates { try FollowUp.check(lengthOf: Array(repeating: 0, count: covariates.rowCount), "covariates", n) }
    if let weights {
      try FollowUp.check(lengthOf: weights, "weights", n)
      try FollowUp.check(weights: weights)
    }
    let rowsAreUnits = settings.sampling == .repeatedCrossSections
    let panel = try Panel(unit: rowsAreUnits ? Array(0..<n) : unit!, period: period)
    let design = try GroupTimeSample(
      panel, firstTreated: firstTreated, neverTreated: neverTreated, covariates: covariates?.columnCount ?? 0,
      settings: settings)
    let sorted = panel.sorted(outcome)
    if let place = sorted.firstIndex(where: { !$0.isFinite }) {
      throw .notFinite(array: "outcome", index: panel.row(place))
    }
    let cluster = try clusters.map { clusters throws(StatisticsError) in
      guard clusters.count > 1 else { throw StatisticsError.tooFewClusters(found: clusters.count, needed: 2) }
      return try panel.perUnit(clusters.codes, "clusters")
    }
    var unitWeight: [Double]?
    var weightChanges = false
    if let weights {
      do { unitWeight = try panel.perUnit(weights, "weights") } catch { weightChanges = true }
    }
    self.settings = settings
    conventions = Self.conventions(settings, hasCovariates: (covariates?.columnCount ?? 0) > 0, clusters)
    self.design = design
    sample = design.summary
    var found: [GroupTimeEffect] = []
    let smallest = Self.smallestError(sorted)
    smallestError = smallest
    if settings.sampling == .balancedPanel, covariates == nil || covariates!.columnCount == 0, !weightChanges {
      let cohorts = CohortInfluence(
        design, outcome: sorted, weight: unitWeight, cluster: cluster, clusters: clusters?.count ?? 0)
      found = Self.effects(design, cohorts.effects, cohorts.cellVariances(), [:], smallest)
      shares = Self.shares(design) { unitWeight?[$0] ?? 1 }
      influence = cohorts
    } else {
      let comparisons = try GroupTimeComparisons(
        design, outcome: sorted, covariates: covariates, weights: weights.map { panel.sorted($0) },
        settings: settings, progress: progress)
      let units = UnitInfluence(
        columns: comparisons.influence, cohort: design.cohortOfUnit.filter { $0 >= 0 },
        weight: comparisons.unitWeight, cluster: cluster.map { cluster in comparisons.units.map { cluster[$0] } },
        clusters: clusters?.count ?? 0)
      found = Self.effects(design, comparisons.effects, units.cellVariances(), comparisons.reasons, smallest)
      var place = [Int](repeating: 0, count: panel.unitCount)
      for (number, unit) in comparisons.units.enumerated() { place[unit] = number }
      shares = Self.shares(design) { comparisons.unitWeight[place[$0]] }
      influence = units
    }
    effects = found
    guard found.allSatisfy({ $0.effect?.isFinite ?? true && $0.standardError?.isFinite ?? true }) else {
      throw .setting(name: "outcome", reason: "the squares of its numbers are not finite; divide it by a constant")
    }
    guard found.contains(where: { $0.effect != nil && $0.period != $0.basePeriod }) else {
      throw found.lazy.compactMap(\.reason).first ?? .noTreatedGroup(reason: "no effect can be estimated")
    }
  }

  /// Without covariates the regressions before the treatment are means with no influence, so there is no slip.
  private static func conventions(
    _ settings: Settings, hasCovariates: Bool, _ clusters: Clusters?
  ) -> [LocalizedText] {
    let error =
      clusters.map { clusters in
        let counts = LocalizedText.clusters([clusters])
        return LocalizedText(
          "As did 2.1.2: errors from influences summed within \(counts[.english]), without a small-sample factor; normal limits",
          nl:
            "Als did 2.1.2: fouten uit invloeden opgeteld binnen \(counts[.dutch]), zonder factor voor kleine steekproeven; normale grenzen"
        )
      }
      ?? LocalizedText(
        "As did 2.1.2: errors from the influences of units, without a small-sample factor; normal limits",
        nl: "Als did 2.1.2: fouten uit invloeden van eenheden, zonder factor voor kleine steekproeven; normale grenzen")
    let slips =
      settings.sampling != .balancedPanel && settings.method == .doublyRobust && hasCovariates
      && !settings.exactInfluence
    return [error] + (slips ? [PeerSlip.signOfRegressions] : [])
  }

  private static func effects(
    _ design: GroupTimeSample, _ values: [Double?], _ variances: [Double], _ reasons: [Int: StatisticsError],
    _ smallestError: Double
  ) -> [GroupTimeEffect] {
    design.cells.enumerated().map { number, cell in
      let error = variances[number].squareRoot()
      return GroupTimeEffect(
        group: design.cohorts[cell.cohort], period: design.panel.periods[cell.period],
        basePeriod: design.panel.periods[cell.base], effect: values[number],
        standardError: values[number] == nil || error <= smallestError ? nil : error,
        reason: values[number] == nil
          ? reasons[number] ?? .noComparisonGroup(reason: "nobody is untreated in both periods") : nil)
    }
  }

  /// Below this a standard error is rounding only: as in the R package did, and less for outcomes below one.
  private static func smallestError(_ outcome: [Double]) -> Double {
    Double.ulpOfOne.squareRoot() * 10 * min(1, outcome.reduce(0) { max($0, abs($1)) })
  }

  private static func shares(_ design: GroupTimeSample, _ weight: (Int) -> Double) -> [Double] {
    var sums = [Double](repeating: 0, count: design.cohorts.count)
    var count = 0.0
    for (unit, cohort) in design.cohortOfUnit.enumerated() where cohort >= 0 {
      sums[Int(cohort)] += weight(unit)
      count += 1
    }
    return sums.map { $0 / count }
  }

  /// The interval of one effect at the level of the settings, from the normal distribution.
  public func interval(of effect: GroupTimeEffect, criticalValue: Double? = nil) -> ConfidenceInterval {
    let reach = criticalValue ?? Normal.standard.quantile(upperTail: (1 - settings.level) / 2)
    return ConfidenceInterval(
      lower: effect.effect.flatMap { value in effect.standardError.map { value - reach * $0 } },
      upper: effect.effect.flatMap { value in effect.standardError.map { value + reach * $0 } }, level: settings.level)
  }

  /// The covariance of the effects at some positions of `effects`.
  public func covariance(of positions: [Int]) -> Matrix {
    influence.covariance(positions.map { EffectCombination(cells: [($0, 1)]) })
  }

  /// Whether all effects before the treatment are zero: Wald's test.
  ///
  /// - Returns: nil when there is none, or their covariance is singular (small groups).
  public var preTest: PreTest? {
    let before = effects.indices.filter { !effects[$0].isAfterTreatment && effects[$0].standardError != nil }
    guard !before.isEmpty, before.count <= 4000 else { return nil }
    let values = before.map { effects[$0].effect! }
    guard let factor = Cholesky(covariance(of: before)), factor.reciprocalCondition > 1e-15 else { return nil }
    let statistic = zip(values, factor.solve(values)).reduce(0) { $0 + $1.0 * $1.1 }
    return PreTest(
      statistic: statistic, degreesOfFreedom: before.count,
      pValue: ChiSquared(degreesOfFreedom: Double(before.count)).upperTail(statistic))
  }

  public struct PreTest: Codable, Hashable, Sendable {
    public var statistic: Double
    public var degreesOfFreedom: Int
    public var pValue: Double
  }
}
