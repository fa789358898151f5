import NumericalMethods
import Primitives

/// The effect on the treated from two groups and two periods: by how much more the treated changed than the others.
///
/// For the same units seen twice, or different people before and after. With covariates the changes are compared among
/// people alike. See Documentation/Methods/DifferenceInDifferences.md; Sant'Anna and Zhao 2020,
/// doi:10.1016/j.jeconom.2020.06.003.
public struct DifferenceInDifferences: Sendable {
  public struct Settings: Codable, Hashable, Sendable {
    public var method: ComparisonMethod
    /// For repeated cross-sections and doubly robust methods: whether the treated's own regressions are used too,
    /// which costs nothing when the models are right and is then the most precise (`drdid_rc` instead of `drdid_rc1`).
    public var locallyEfficient: Bool
    /// For repeated cross-sections and `doublyRobust`: whether the influence of the regressions before the treatment
    /// has the sign that differentiation gives. DRDID 1.0.6 has the other, and so has this unless asked; the standard
    /// errors differ little, and not at all in large samples when the probability model is right.
    public var exactInfluence: Bool
    public var level: Double
    /// What the standard error is multiplied by for the limits; nil for the normal quantile. DRDID uses 1.96.
    public var criticalValue: Double?

    public init(
      method: ComparisonMethod = .doublyRobust, locallyEfficient: Bool = true, exactInfluence: Bool = false,
      level: Double = 0.95, criticalValue: Double? = nil
    ) {
      self.method = method
      self.locallyEfficient = locallyEfficient
      self.exactInfluence = exactInfluence
      self.level = level
      self.criticalValue = criticalValue
    }
  }

  public let settings: Settings
  /// The average effect on the treated in the later period.
  public let effect: Estimate
  /// The weighted mean outcome of each cell.
  public let means: CellMeans
  /// How much each row moved the effect, with mean zero: n numbers.
  public let influence: [Double]
  /// How many rows count in the smallest of the groups (of the four cells, for different people before and after). With
  /// few, the standard error misses most of what it should hold: that of one treated unit tells of the others only.
  public let smallestGroup: Int
  /// How the error is made, a sentence each; the slip of DRDID that it reproduces, where it does.
  public let conventions: [LocalizedText]

  public struct CellMeans: Codable, Hashable, Sendable {
    public var treatedBefore: Double
    public var treatedAfter: Double
    public var othersBefore: Double
    public var othersAfter: Double
  }

  /// From units seen in both periods.
  ///
  /// - Parameters:
  ///   - before: n outcomes in the earlier period.
  ///   - after: n outcomes in the later period.
  ///   - treated: whether each unit is treated by the later period.
  ///   - covariates: columns as they were before the treatment, without an intercept; nil for none.
  ///   - weights: n sampling weights, zero or more; their scale does not matter.
  ///   - clusters: rows that are not independent of each other.
  /// - Throws: `.oneGroupOnly`, `.collinear`, `.separated`, `.notConverged`, `.tooFewClusters`, or what is wrong with
  ///   the arrays.
  public init(
    before: [Double], after: [Double], treated: [Bool], covariates: ModelMatrix? = nil, weights: [Double]? = nil,
    clusters: Clusters? = nil, settings: Settings = Settings()
  ) throws(StatisticsError) {
    let n = treated.count
    try Self.check(["before": before, "after": after], n, covariates, weights, clusters)
    try Self.check(bothPresent: treated, "treated", weights)
    let x = Self.design(covariates, n)
    let w = weights ?? [Double](repeating: 1, count: n)
    let group = treated.map { $0 ? 1.0 : 0 }
    let comparison = try compareChanges(
      settings.method, change: zip(after, before).map { $0 - $1 }, treated: group, x: x, weight: w)
    func cell(_ value: [Double], _ isTreated: Bool) -> Double { Self.cellMean(value, w) { treated[$0] == isTreated } }
    let sizes = [true, false].map { group in
      treated.indices.count { treated[$0] == group && w[$0] > 0 }
    }
    try self.init(
      comparison, clusters, settings, sizes, slips: false,
      CellMeans(
        treatedBefore: cell(before, true), treatedAfter: cell(after, true), othersBefore: cell(before, false),
        othersAfter: cell(after, false)))
  }

  /// From different people before and after (repeated cross-sections).
  ///
  /// The groups must be made up of the same kinds of people in both periods.
  ///
  /// - Parameters:
  ///   - outcome: n outcomes.
  ///   - isAfter: whether each was observed in the later period.
  ///   - treated: whether each belongs to the group that is treated in the later period.
  public init(
    outcome: [Double], isAfter: [Bool], treated: [Bool], covariates: ModelMatrix? = nil, weights: [Double]? = nil,
    clusters: Clusters? = nil, settings: Settings = Settings()
  ) throws(StatisticsError) {
    let n = outcome.count
    try Self.check(["outcome": outcome], n, covariates, weights, clusters)
    try FollowUp.check(lengthOf: isAfter, "isAfter", n)
    try FollowUp.check(lengthOf: treated, "treated", n)
    for group in [true, false] {
      for period in [true, false]
      where !(0..<n).contains(where: { treated[$0] == group && isAfter[$0] == period && weights?[$0] != 0 }) {
        throw .oneGroupOnly(
          variable: "\(group ? "treated" : "not treated") in the \(period ? "later" : "earlier") period")
      }
    }
    let w = weights ?? [Double](repeating: 1, count: n)
    let comparison = try compareCrossSections(
      settings.method, outcome: outcome, after: isAfter.map { $0 ? 1 : 0 }, treated: treated.map { $0 ? 1 : 0 },
      x: Self.design(covariates, n), weight: w, locallyEfficient: settings.locallyEfficient,
      exactInfluence: settings.exactInfluence)
    func cell(_ isTreated: Bool, _ later: Bool) -> Double {
      Self.cellMean(outcome, w) { treated[$0] == isTreated && isAfter[$0] == later }
    }
    var sizes = [Int](repeating: 0, count: 4)
    for i in 0..<n where w[i] > 0 { sizes[(treated[i] ? 2 : 0) + (isAfter[i] ? 1 : 0)] += 1 }
    try self.init(
      comparison, clusters, settings, sizes,
      slips: settings.method == .doublyRobust && !settings.exactInfluence && (covariates?.columnCount ?? 0) > 0,
      CellMeans(
        treatedBefore: cell(true, false), treatedAfter: cell(true, true), othersBefore: cell(false, false),
        othersAfter: cell(false, true)))
  }

  private init(
    _ comparison: Comparison, _ clusters: Clusters?, _ settings: Settings, _ sizes: [Int], slips: Bool,
    _ means: CellMeans
  ) throws(StatisticsError) {
    guard settings.level > 0, settings.level < 1 else { throw .notAProbability(name: "the confidence level") }
    let n = comparison.influence.count
    let centre = comparison.influence.reduce(0, +) / Double(n)
    let sums: [Double]
    if let clusters {
      guard clusters.count > 1 else { throw .tooFewClusters(found: clusters.count, needed: 2) }
      var total = [Double](repeating: 0, count: clusters.count)
      for i in 0..<n { total[Int(clusters.codes[i])] += comparison.influence[i] - centre }
      sums = total
    } else {
      sums = comparison.influence.map { $0 - centre }
    }
    let groups = Double(sums.count)
    let variance = sums.reduce(0) { $0 + $1 * $1 } * groups / (groups - 1) / Double(n) / Double(n)
    let error = variance.squareRoot()
    guard comparison.effect.isFinite, error.isFinite else {
      throw .setting(name: "outcome", reason: "the squares of its numbers are not finite; divide it by a constant")
    }
    let reach =
      error * (settings.criticalValue ?? Normal.standard.quantile(upperTail: (1 - settings.level) / 2))
    self.settings = settings
    self.means = means
    influence = comparison.influence
    smallestGroup = sizes.min() ?? 0
    conventions = [Self.convention(clusters)] + (slips ? [PeerSlip.signOfRegressions] : [])
    effect = Estimate(
      value: comparison.effect, standardError: error,
      interval: ConfidenceInterval(
        lower: comparison.effect - reach, upper: comparison.effect + reach, level: settings.level),
      count: n)
  }

  private static func convention(_ clusters: Clusters?) -> LocalizedText {
    clusters.map { clusters in
      let counts = LocalizedText.clusters([clusters])
      return LocalizedText(
        "the error is that of the mean influence, summed within \(counts[.english]), times G/(G − 1)",
        nl: "de fout is die van de gemiddelde invloed, opgeteld binnen \(counts[.dutch]), maal G/(G − 1)")
    }
      ?? LocalizedText(
        "the error is that of the mean influence, n − 1 in the denominator",
        nl: "de fout is die van de gemiddelde invloed, n − 1 in de noemer")
  }

  private static func design(_ covariates: ModelMatrix?, _ rows: Int) -> Matrix {
    Matrix.standardisedDesign((0..<(covariates?.columnCount ?? 0)).map { covariates!.column($0) }, rows: rows)
  }

  private static func cellMean(_ values: [Double], _ weights: [Double], _ included: (Int) -> Bool) -> Double {
    var (sum, total) = (0.0, 0.0)
    for i in values.indices where included(i) {
      sum += weights[i] * values[i]
      total += weights[i]
    }
    return sum / total
  }

  private static func check(
    _ outcomes: [String: [Double]], _ n: Int, _ covariates: ModelMatrix?, _ weights: [Double]?, _ clusters: Clusters?
  ) throws(StatisticsError) {
    guard n > 0 else { throw .noObservations }
    for (name, values) in outcomes.sorted(by: { $0.key < $1.key }) {
      try FollowUp.check(lengthOf: values, name, n)
      for i in 0..<n where !values[i].isFinite { throw .notFinite(array: name, index: i) }
    }
    if let covariates, covariates.rowCount != n {
      throw .lengthsDiffer(array: "covariates", expected: n, found: covariates.rowCount)
    }
    if let weights {
      try FollowUp.check(lengthOf: weights, "weights", n)
      try FollowUp.check(weights: weights)
    }
    if let clusters { try FollowUp.check(lengthOf: clusters.codes, "clusters", n) }
  }

  private static func check(
    bothPresent treated: [Bool], _ name: String, _ weights: [Double]?
  ) throws(StatisticsError) {
    let counted = treated.indices.filter { weights?[$0] != 0 }
    guard counted.contains(where: { treated[$0] }), counted.contains(where: { !treated[$0] }) else {
      throw .oneGroupOnly(variable: name)
    }
  }
}
