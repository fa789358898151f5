import NumericalMethods
import Primitives

/// An average effect by comparing each unit with the mean of its nearest neighbours in the other group.
///
/// Matching is with replacement and all neighbours as near as the M-th count, with equal weight. The variance is that
/// of Abadie and Imbens (2006, doi:10.1111/j.1468-0262.2006.00655.x), which counts how often each unit is a match; it
/// takes a propensity score as known (their 2016 paper, doi:10.3982/ECTA11293, corrects for its estimation). Distances,
/// ties and formulas follow R's Matching (Sekhon 2011, doi:10.18637/jss.v042.i07), `Match(ties = TRUE)`.
public struct AbadieImbens: Codable, Hashable, Sendable {
  /// How differences in several covariates are weighed against each other.
  public enum Metric: String, Codable, Hashable, Sendable, CaseIterable {
    /// Each divided by its standard deviation.
    case inverseVariance
    /// By the inverse of their covariance in the whole sample.
    case mahalanobis
  }

  public var estimand: MatchingEstimand
  /// M: how many neighbours each unit is compared with.
  public var neighbours: Int
  public var metric: Metric
  /// Whether differences in the covariates that remain within pairs are taken out by a regression among the matches
  /// (Abadie and Imbens 2011, doi:10.1198/jbes.2009.07333).
  public var adjustsBias: Bool
  /// On every covariate, in standard deviations; nil for none.
  public var caliper: Double?
  /// Covariates that must agree (differences up to `tolerance`).
  public var exactly: [String]
  /// How many neighbours of the same group the variance of each unit's outcome is estimated from; 0 for one variance
  /// common to all (homoskedastic).
  public var varianceNeighbours: Int
  /// Squared distances that differ by no more are equal.
  public var tolerance: Double

  public init(
    estimand: MatchingEstimand = .treated, neighbours: Int = 1, metric: Metric = .inverseVariance,
    adjustsBias: Bool = false, caliper: Double? = nil, exactly: [String] = [], varianceNeighbours: Int = 0,
    tolerance: Double = 1e-5
  ) {
    self.estimand = estimand
    self.neighbours = neighbours
    self.metric = metric
    self.adjustsBias = adjustsBias
    self.caliper = caliper
    self.exactly = exactly
    self.varianceNeighbours = varianceNeighbours
    self.tolerance = tolerance
  }

  /// What the estimator gives.
  public struct Effect: Sendable {
    /// With Abadie and Imbens' standard error for the population.
    public let estimate: Estimate
    /// The standard error when units without neighbours are left out altogether. That of `estimate` follows R's Matching,
    /// which divides by all units sought and counts those without neighbours as an effect of zero, so it is too small
    /// when there are many. The same when every unit has neighbours.
    public let comparedStandardError: Double
    /// The standard error for the sample at hand: what it would be with other outcomes of the same people.
    public let sampleStandardError: Double
    /// The standard error as if pairs were independent and matches were fixed.
    public let pairStandardError: Double
    /// Without the adjustment for bias.
    public let unadjusted: Double
    /// How many units were compared with neighbours.
    public let comparedUnits: Int
    /// How many pairs there are, ties counted.
    public let pairCount: Int
    /// Units that had no M neighbours within the caliper.
    public let unmatched: [Int]
    /// How many units had more neighbours than M because of ties.
    public let tiedUnits: Int
    /// The sentence that names the standard error.
    public let convention: LocalizedText
  }

  static let name = "the matching estimator"

  /// Estimates the effect on an outcome.
  ///
  /// - Parameters:
  ///   - outcome: n numbers.
  ///   - matchingOn: numeric variables and factors; or the units' score when none is given.
  ///   - adjustingFor: what the adjustment for bias uses; the variables matched on when nil.
  ///   - progress: told of the units looked up.
  /// - Throws: `.setting`, `.lengthsDiffer`, `.notFinite`, `.noMatches`, `.notAProbability`, `.collinear`; `.constant`
  ///   when the factors matched on have one level only; `.notSupported` when too many units tie; `.cancelled`.
  public func effect(
    on outcome: [Double], among units: MatchingUnits, adjustingFor: [ModelMatrix.Term]? = nil, level: Double = 0.95,
    progress: ProgressHandler? = nil
  ) throws(StatisticsError) -> Effect {
    try FollowUp.check(lengthOf: outcome, "outcome", units.count)
    for i in outcome.indices where !outcome[i].isFinite { throw .notFinite(array: "outcome", index: i) }
    try check(units)
    guard level > 0, level < 1 else { throw .notAProbability(name: "the confidence level") }
    let isOnScore = units.covariates.isEmpty
    let columns =
      isOnScore
      ? [try units.requiredScore(for: Self.name)] : units.covariates.flatMap { $0.matchingColumns() }
    guard !columns.isEmpty else { throw .constant(variable: "what is matched on") }
    let names =
      isOnScore
      ? ["score"]
      : units.covariates.flatMap { term in
        term.matchingColumns().map { _ in term.variable ?? "" }
      }
    let treated = estimand == .control ? units.treated.map { !$0 } : units.treated
    let neighbourhood = Neighbourhood(
      columns: columns, treated: treated, metric: metric, tolerance: tolerance,
      calipers: calipers(columns, names))
    let m =
      estimand == .all
      ? min(neighbours, treated.count { $0 }, treated.count { !$0 }) : min(neighbours, treated.count { !$0 })
    let focal = treated.indices.filter { estimand == .all || treated[$0] }
    let found = try neighbourhood.neighbours(
      m, of: focal, sameGroup: false, progress: progress.map { ThrottledProgress(stage: "matching", $0) })
    let compared = focal.indices.filter { !found[$0].isEmpty }
    guard compared.count > 1 else { throw .noMatches(method: Self.name) }

    var adjustment: [[Double]] = []
    if adjustsBias {
      if let adjustingFor {
        for term in adjustingFor { try term.check(rowCount: units.count) }
        adjustment = adjustingFor.flatMap { $0.matchingColumns() }
      } else {
        adjustment = columns
      }
    }
    let sigmas =
      varianceNeighbours > 0
      ? try neighbourhood.localVariances(outcome, neighbours: varianceNeighbours) : nil
    let result = try MatchingEstimate(
      outcome: outcome, treated: treated, isForAll: estimand == .all,
      focal: compared.map { focal[$0] }, matches: compared.map { found[$0] }, adjustment: adjustment,
      unitVariances: sigmas)
    guard result.effect.isFinite, result.populationVariance.isFinite else {
      throw .setting(name: "outcome", reason: "the squares of its numbers are not finite; divide it by a constant")
    }
    let sign = estimand == .control ? -1.0 : 1
    let error = result.populationVariance.squareRoot()
    let reach = error * Normal.standard.quantile(upperTail: (1 - level) / 2)
    let value = sign * result.effect
    let matched = Set(compared.map { focal[$0] })
    return Effect(
      estimate: Estimate(
        value: value, standardError: error,
        interval: ConfidenceInterval(lower: value - reach, upper: value + reach, level: level), count: units.count),
      comparedStandardError: result.comparedVariance.squareRoot(),
      sampleStandardError: result.sampleVariance.squareRoot(), pairStandardError: result.pairVariance.squareRoot(),
      unadjusted: sign * result.unadjusted, comparedUnits: compared.count,
      pairCount: compared.reduce(0) { $0 + found[$1].count }, unmatched: focal.filter { !matched.contains($0) },
      tiedUnits: compared.count { found[$0].count > m },
      convention: convention)
  }

  private var convention: LocalizedText {
    varianceNeighbours > 0
      ? LocalizedText(
        "Abadie and Imbens (2006), each unit's variance from its \(varianceNeighbours) nearest of the same group",
        nl:
          "Abadie en Imbens (2006), de variantie van elke eenheid uit haar \(varianceNeighbours) naaste in dezelfde groep"
      )
      : LocalizedText(
        "Abadie and Imbens (2006), one variance for all", nl: "Abadie en Imbens (2006), één variantie voor allen")
  }

  private func check(_ units: MatchingUnits) throws(StatisticsError) {
    guard neighbours >= 1 else { throw .setting(name: "neighbours", reason: "there is one or more") }
    guard varianceNeighbours >= 0 else { throw .setting(name: "varianceNeighbours", reason: "it is zero or more") }
    let smallest = min(units.treated.count { $0 }, units.treated.count { !$0 })
    guard varianceNeighbours < smallest else {
      throw .setting(name: "varianceNeighbours", reason: "each group has more units than that")
    }
    guard tolerance >= 0, tolerance.isFinite else {
      throw .setting(name: "tolerance", reason: "it is zero or more")
    }
    if let caliper, !(caliper >= 0 && caliper.isFinite) {
      throw .setting(name: "the caliper", reason: "it is zero or more and finite")
    }
    for name in exactly { _ = try units.covariate(name, for: "exactly") }
  }

  /// The largest difference in each column; nil without a limit.
  private func calipers(_ columns: [[Double]], _ names: [String]) -> [Double]? {
    guard caliper != nil || !exactly.isEmpty else { return nil }
    return columns.indices.map { c in
      if exactly.contains(names[c]) { return tolerance }
      guard let caliper else { return .infinity }
      let n = Double(columns[c].count)
      let mean = columns[c].reduce(0, +) / n
      return caliper * (columns[c].reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / n).squareRoot()
    }
  }
}

extension ModelMatrix.Term {
  /// The columns that a distance is taken in: a factor's levels but the reference (or all without one).
  func matchingColumns() -> [[Double]] {
    guard case .factor(_, let codes, let levels, let reference) = self else { return expandedColumns() }
    return levels.indices.filter { $0 != reference }.map { level in codes.map { Int($0) == level ? 1 : 0 } }
  }
}
