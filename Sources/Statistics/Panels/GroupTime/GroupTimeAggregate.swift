import NumericalMethods
import Primitives

extension GroupTimeEffects {
  /// Over what the group-time effects are averaged. Groups count by their size.
  public enum Aggregation: String, Codable, Hashable, Sendable, CaseIterable {
    /// All effects after the treatment; long-treated groups count more often.
    case simple
    /// By the time since the treatment; the overall effect is the plain mean over times zero and later.
    case dynamic
    /// By group, over its periods since the treatment; the overall effect weighs groups by their size.
    case group
    /// By period, over the groups treated by then; the overall effect is the plain mean over periods.
    case calendar
  }

  public struct AggregationSettings: Codable, Hashable, Sendable {
    /// For `dynamic`: only groups observed for at least so many periods after their treatment, and only times up to it,
    /// so that every time since the treatment averages the same groups.
    public var balancedAt: Int?
    /// The first and last time since the treatment; `simple` and `group` heed the last only.
    public var earliest: Int?
    public var latest: Int?
    /// Whether effects that could not be estimated are left out; otherwise they make aggregation an error.
    public var leavesOutMissing: Bool
    /// For the overall effect of `group`: whether its error counts the estimation of each group's size as that of this
    /// group. The R package did (2.1.2) puts the groups of its first effects, mostly the first group, in the place of
    /// each, and so has this unless asked; the errors differ by a few thousandths of their size.
    public var exactInfluence: Bool

    public init(
      balancedAt: Int? = nil, earliest: Int? = nil, latest: Int? = nil, leavesOutMissing: Bool = false,
      exactInfluence: Bool = false
    ) {
      self.balancedAt = balancedAt
      self.earliest = earliest
      self.latest = latest
      self.leavesOutMissing = leavesOutMissing
      self.exactInfluence = exactInfluence
    }
  }

  /// Averages the group-time effects.
  ///
  /// - Throws: `.noTreatedGroup` when nothing is left to average, or the reason of an effect that is missing.
  public func aggregated(
    _ kind: Aggregation, _ settings: AggregationSettings = AggregationSettings()
  ) throws(StatisticsError) -> GroupTimeAggregate {
    var cells = Array(effects.indices)
    if settings.leavesOutMissing {
      cells.removeAll { effects[$0].effect == nil }
    } else if let missing = effects.first(where: { $0.effect == nil }) {
      throw missing.reason ?? .noTreatedGroup(reason: "an effect could not be estimated")
    }
    let parts = parts(kind, cells, settings)
    guard !parts.isEmpty else { throw .noTreatedGroup(reason: "no effect is left to average") }
    let groups = Set(parts.flatMap { $0.cells.map { effects[$0].group } })
    let owners =
      settings.exactInfluence ? parts.map { $0.cells[0] } : cells.filter { groups.contains(effects[$0].group) }
    func groupsOf(_ cells: some Sequence<Int>) -> [Int] { cells.map { effects[$0].group } }
    let slips = kind == .group && groupsOf(owners.prefix(parts.count)) != groupsOf(parts.map { $0.cells[0] })
    return GroupTimeAggregate(
      self, kind, parts, owners: owners, conventions: conventions + (slips ? [PeerSlip.sizesOfGroups] : []))
  }

  /// Positions among all periods and groups that occur, in which `latest` counts for `simple` and `group`, as in did.
  private func step(_ label: Int) -> Int {
    let labels = Set(design.panel.periods.prefix(design.periods)).union(effects.map(\.group)).sorted()
    return labels.firstIndex(of: label)!
  }

  /// For each value of what is averaged over, the cells that belong to it.
  private func parts(
    _ kind: Aggregation, _ cells: [Int], _ settings: AggregationSettings
  ) -> [(position: Int, cells: [Int])] {
    func within(_ cell: Int) -> Bool {
      guard let latest = settings.latest else { return true }
      return step(effects[cell].period) <= step(effects[cell].group) + latest
    }
    let after = cells.filter { effects[$0].isAfterTreatment }
    switch kind {
    case .simple:
      let chosen = after.filter(within)
      return chosen.isEmpty ? [] : [(0, chosen)]
    case .group: return grouped(after.filter(within)) { effects[$0].group }
    case .calendar: return grouped(after) { effects[$0].period }
    case .dynamic:
      let periods = design.panel.periods
      let last = periods[design.periods - 1]
      var chosen = cells
      if let balanced = settings.balancedAt {
        chosen.removeAll { last - effects[$0].group < balanced }
        chosen.removeAll {
          let time = effects[$0].period - effects[$0].group
          return time > balanced || time < balanced - last + periods[0]
        }
      }
      return grouped(chosen) { effects[$0].period - effects[$0].group }.filter {
        $0.position >= settings.earliest ?? .min && $0.position <= settings.latest ?? .max
      }
    }
  }

  private func grouped(_ cells: [Int], _ position: (Int) -> Int) -> [(position: Int, cells: [Int])] {
    Dictionary(grouping: cells, by: position).map { ($0.key, $0.value.sorted()) }.sorted { $0.0 < $1.0 }
  }
}

/// Averages of group-time effects with their errors, which count that the sizes of groups are estimated too.
public struct GroupTimeAggregate: Sendable {
  public struct Part: Hashable, Sendable {
    /// The time since the treatment, the group, or the period; 0 for `simple`.
    public var position: Int
    public var effect: Double
    /// nil where the effect is zero by construction.
    public var standardError: Double?
  }

  public let kind: GroupTimeEffects.Aggregation
  /// nil when no part is after the treatment.
  public let overall: Part?
  /// Ascending by position; for `simple` none.
  public let parts: [Part]
  public let level: Double
  /// How the errors are made, a sentence each: those of the effects, and the slip of did that the overall average over
  /// groups reproduces, where it does.
  public let conventions: [LocalizedText]
  let combinations: [EffectCombination]
  let overallCombination: EffectCombination?
  let influence: any GroupTimeInfluence
  let smallestError: Double

  /// - Parameter owners: cells whose groups stand for the groups in the error of their sizes, for `group`.
  init(
    _ fit: GroupTimeEffects, _ kind: GroupTimeEffects.Aggregation, _ groups: [(position: Int, cells: [Int])],
    owners: [Int], conventions: [LocalizedText]
  ) {
    self.kind = kind
    self.conventions = conventions
    level = fit.settings.level
    influence = fit.influence
    smallestError = fit.smallestError
    func share(_ cell: Int) -> Double { fit.shares[fit.design.cells[cell].cohort] }
    var (combinations, values) = ([EffectCombination](), [Double]())
    for group in groups {
      let (combination, value) = Self.average(fit, group.cells, bySize: kind != .group)
      combinations.append(combination)
      values.append(value)
    }
    let covariance = fit.influence.covariance(combinations)
    func part(_ position: Int, _ value: Double, _ variance: Double) -> Part {
      let error = max(0, variance).squareRoot()
      return Part(
        position: position, effect: value, standardError: error > fit.smallestError ? error : nil)
    }
    let parts = groups.indices.map { part(groups[$0].position, values[$0], covariance[$0, $0]) }
    self.combinations = kind == .simple ? [] : combinations
    self.parts = kind == .simple ? [] : parts
    switch kind {
    case .simple:
      overall = parts[0]
      overallCombination = combinations[0]
    case .dynamic, .calendar:
      let counted = groups.indices.filter { kind == .calendar || groups[$0].position >= 0 }
      guard !counted.isEmpty else {
        overall = nil
        overallCombination = nil
        return
      }
      let factor = 1 / Double(counted.count)
      overallCombination = Self.sum(counted.map { (combinations[$0], factor) })
      overall = part(
        0, counted.reduce(0) { $0 + values[$1] } * factor,
        fit.influence.covariance([overallCombination!])[0, 0])
    case .group:
      let sizes = groups.map { share($0.cells[0]) }
      let total = sizes.reduce(0, +)
      let value = zip(sizes, values).reduce(0) { $0 + $1.0 * $1.1 } / total
      var combination = Self.sum(groups.indices.map { (combinations[$0], sizes[$0] / total) })
      combination.groups += groups.indices.map {
        (fit.design.cells[owners[$0]].cohort, (values[$0] - value) / total)
      }
      overallCombination = combination
      overall = part(0, value, fit.influence.covariance([combination])[0, 0])
    }
  }

  /// The mean of some effects, by the size of their groups or plain.
  private static func average(
    _ fit: GroupTimeEffects, _ cells: [Int], bySize: Bool
  ) -> (EffectCombination, Double) {
    let sizes = cells.map { fit.shares[fit.design.cells[$0].cohort] }
    let total = sizes.reduce(0, +)
    let value = zip(cells, sizes).reduce(0) { $0 + fit.effects[$1.0].effect! * $1.1 } / total
    return (
      EffectCombination(
        cells: zip(cells, sizes).map { ($0, $1 / total) },
        groups: bySize
          ? cells.map { (fit.design.cells[$0].cohort, (fit.effects[$0].effect! - value) / total) } : []),
      value
    )
  }

  private static func sum(_ terms: [(EffectCombination, Double)]) -> EffectCombination {
    EffectCombination(
      cells: terms.flatMap { term in term.0.cells.map { ($0.cell, $0.factor * term.1) } },
      groups: terms.flatMap { term in term.0.groups.map { ($0.cohort, $0.factor * term.1) } })
  }
}
