import NumericalMethods

/// A two-way regression with one coefficient for each time before and after the treatment.
///
/// Coefficients are differences from the reference time, mostly the last before the treatment. Those before the treatment
/// should be zero if the groups would have moved alike. When effects differ between groups treated at different times the
/// coefficients mix them (Sun and Abraham 2021, doi:10.1016/j.jeconom.2020.09.006): use `SunAbraham` or
/// `GroupTimeEffects`. See Documentation/Methods/EventStudy.md.
public struct EventStudy: Sendable {
  public struct Settings: Codable, Hashable, Sendable {
    /// Times without a coefficient, which the others are compared with.
    public var references: [Int]
    /// Times before this one share its coefficient; nil for no limit.
    public var earliest: Int?
    /// Times after this one share its coefficient; nil for no limit.
    public var latest: Int?

    public init(references: [Int] = [-1], earliest: Int? = nil, latest: Int? = nil) {
      self.references = references
      self.earliest = earliest
      self.latest = latest
    }
  }

  public let settings: Settings
  public let fit: TwoWayFixedEffects
  /// The times that have a coefficient, ascending.
  public let times: [Int]
  /// Units without a time: never treated, or after the last period.
  public let neverTreated: Int

  /// - Parameters:
  ///   - panel: the unit and the period of each of n rows.
  ///   - outcome: n numbers.
  ///   - firstTreated: for each row the period in which its unit was first treated, or `neverTreated`.
  ///   - covariates: n rows, no intercept.
  ///   - weights: n numbers, zero or more.
  /// - Throws: `.noTreatedGroup`, `.setting` when no reference time occurs and nobody is never treated, and what
  ///   `TwoWayFixedEffects` throws.
  public init(
    _ panel: Panel, outcome: [Double], firstTreated: [Int], neverTreated: Int = 0, covariates: ModelMatrix? = nil,
    weights: [Double]? = nil, settings: Settings = Settings()
  ) throws(StatisticsError) {
    let groups = try panel.perUnit(firstTreated, "firstTreated")
    let last = panel.periods.last!
    guard groups.contains(where: { $0 != neverTreated && $0 <= last }) else {
      throw .noTreatedGroup(reason: "nobody is treated in the periods observed")
    }
    if let earliest = settings.earliest, let latest = settings.latest, earliest > latest {
      throw .setting(name: "earliest", reason: "is not after latest")
    }
    let never = (0..<panel.unitCount).count { groups[$0] == neverTreated || groups[$0] > last }
    let sortedTimes = EventStudy.times(panel, groups) { $0 == neverTreated || $0 > last }
    var low = Int.max
    var high = Int.min
    for time in sortedTimes where time != Int.max {
      low = min(low, time)
      high = max(high, time)
    }
    low = max(low, settings.earliest ?? low)
    high = min(high, settings.latest ?? high)
    guard high >= low, high - low < 4000 else {
      throw .notSupported(method: "an event study", input: "more than 4,000 times; set earliest and latest")
    }
    let all = (low...high).filter { !settings.references.contains($0) }
    var position = [Int32](repeating: 0, count: high - low + 1)
    for (number, time) in all.enumerated() { position[time - low] = Int32(number + 1) }
    let sortedCodes = sortedTimes.map { $0 == Int.max ? 0 : position[min(max($0, low), high) - low] }
    let codes = panel.inGivenOrder(sortedCodes)
    let present = Set(sortedCodes)
    guard present.contains(0) else {
      throw .setting(name: "references", reason: "one of them occurs, or somebody is never treated")
    }
    var base = try ModelMatrix(rowCount: panel.rowCount, terms: [])
    if let covariates { base = covariates }
    let regressors = try base.appending([
      .factor("time::", codes: codes, levels: ["reference"] + all.map(String.init), reference: 0)
    ])
    fit = try TwoWayFixedEffects(panel, response: outcome, regressors: regressors, weights: weights)
    let kept = Set(fit.names)
    times = all.filter { kept.contains("time::\($0)") }
    self.neverTreated = never
    self.settings = settings
  }

  /// The time since the treatment of each sorted row; `Int.max` for those never treated.
  static func times(_ panel: Panel, _ groups: [Int], isNever: (Int) -> Bool) -> [Int] {
    var times = [Int](repeating: Int.max, count: panel.rowCount)
    for unit in 0..<panel.unitCount where !isNever(groups[unit]) {
      for row in panel.starts[unit]..<panel.starts[unit + 1] {
        times[row] = panel.periods[panel.period(row, ofUnit: unit)] - groups[unit]
      }
    }
    return times
  }

  /// All coefficients, `time::-2` and so on, with their covariance; clustered by unit unless told otherwise.
  public func estimates(
    _ convention: CovarianceConvention = .clustered(.cr1SmallestCount), clusters: [Clusters] = [],
    counting: TwoWayFixedEffects.AbsorbedCount = .nonNested
  ) throws(StatisticsError) -> CoefficientEstimates {
    try fit.estimates(convention, clusters: clusters, counting: counting)
  }

  /// Whether all coefficients before the treatment are zero.
  ///
  /// - Returns: nil when there is none.
  public func preTrendTest(_ estimates: CoefficientEstimates) throws(StatisticsError) -> WaldTest? {
    let before = times.filter { $0 < 0 }.compactMap { estimates.position("time::\($0)") }
    return before.isEmpty ? nil : try estimates.wald(zero: before)
  }
}
