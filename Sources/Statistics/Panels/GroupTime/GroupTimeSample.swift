import NumericalMethods

/// The units that count, their groups, and which two periods and whom each effect compares.
struct GroupTimeSample: Sendable {
  let panel: Panel
  /// How many of the panel's periods count; the later ones have nobody left to compare with.
  let periods: Int
  /// For each unit of the panel its group, as a position in `cohorts`; −1 when it is left out.
  let cohortOfUnit: [Int32]
  /// First treated periods that occur, ascending; never treated last, as `Int.max`.
  let cohorts: [Int]
  let cells: [Cell]
  let summary: GroupTimeEffects.Sample

  struct Cell: Sendable {
    /// Position in `cohorts`.
    var cohort: Int
    /// Positions of periods.
    var period: Int
    var base: Int
    /// Positions in `cohorts` of those compared with.
    var comparison: [Int]
    /// Whether it is zero by construction.
    var isBase: Bool
  }

  init(
    _ panel: Panel, firstTreated: [Int], neverTreated: Int, covariates: Int, settings: GroupTimeEffects.Settings
  ) throws(StatisticsError) {
    let last = panel.periods.last!
    let groups = try panel.perUnit(firstTreated, "firstTreated").map {
      $0 == neverTreated || $0 > last ? Int.max : $0
    }
    var periodCount = panel.periods.count
    let treatedGroups = groups.filter { $0 != Int.max }
    guard !treatedGroups.isEmpty else { throw .noTreatedGroup(reason: "nobody is treated in the periods observed") }
    var lastGroup: Int?
    if treatedGroups.count == groups.count {
      guard settings.comparison == .notYetTreated else {
        throw .noComparisonGroup(
          reason: "everybody is treated at some time; compare with those not yet treated instead")
      }
      // Those treated last serve as comparison until they react to the treatment themselves.
      lastGroup = treatedGroups.max()!
      periodCount = panel.periods.count { $0 < lastGroup! - settings.anticipation }
    }
    guard periodCount >= 2 else {
      throw .noTreatedGroup(reason: "fewer than two periods have somebody to compare with")
    }
    let first = panel.periods[0]
    var (tooEarly, incomplete) = (0, 0)
    var kept = [Bool](repeating: true, count: panel.unitCount)
    for unit in 0..<panel.unitCount {
      if groups[unit] <= first + settings.anticipation {
        kept[unit] = false
        tooEarly += 1
        continue
      }
      let rows = panel.starts[unit]..<panel.starts[unit + 1]
      let present = rows.lazy.prefix { panel.period($0, ofUnit: unit) < periodCount }.count
      if settings.sampling == .balancedPanel ? present < periodCount : present == 0 {
        kept[unit] = false
        incomplete += 1
      }
    }
    let cohorts = Set(zip(groups, kept).lazy.filter { $0.1 }.map { $0.0 }).sorted()
    self.panel = panel
    periods = periodCount
    self.cohorts = cohorts
    let position = Dictionary(uniqueKeysWithValues: cohorts.enumerated().map { ($1, Int32($0)) })
    cohortOfUnit = (0..<panel.unitCount).map { kept[$0] ? position[groups[$0]]! : -1 }
    cells = Self.cells(cohorts, Array(panel.periods.prefix(periodCount)), lastGroup, settings)
    var sizes = [Int](repeating: 0, count: cohorts.count)
    for code in cohortOfUnit where code >= 0 { sizes[Int(code)] += 1 }
    let never = cohorts.last == Int.max ? sizes.last! : 0
    guard cohorts.contains(where: { $0 != Int.max && $0 != lastGroup }) else {
      throw .noTreatedGroup(
        reason: incomplete > 0
          ? "no unit of a treated group is observed in every period; use all rows of the unbalanced panel"
          : "every group is treated in the first period or so soon that no period before is left")
    }
    if settings.comparison == .neverTreated, never == 0 {
      throw .noComparisonGroup(
        reason: "no unit that is never treated is observed in every period; use all rows of the unbalanced panel, or "
          + "compare with those not yet treated")
    }
    let needed = covariates + 5
    let units = sizes.reduce(0, +)
    let rowsPerPeriod = settings.sampling == .repeatedCrossSections ? Double(periodCount) : 1
    summary = GroupTimeEffects.Sample(
      units: units, treatedTooEarly: tooEarly, incomplete: incomplete,
      periodsWithoutComparison: panel.periods.count - periodCount,
      groups: Dictionary(
        uniqueKeysWithValues: cohorts.indices.filter { cohorts[$0] != Int.max }.map { (cohorts[$0], sizes[$0]) }),
      neverTreated: never,
      smallGroups: cohorts.indices.filter { Double(sizes[$0]) / rowsPerPeriod < Double(needed) }
        .map { cohorts[$0] == Int.max ? 0 : cohorts[$0] })
  }

  private static func cells(
    _ cohorts: [Int], _ periods: [Int], _ lastGroup: Int?, _ settings: GroupTimeEffects.Settings
  ) -> [Cell] {
    var cells: [Cell] = []
    for (cohort, group) in cohorts.enumerated() where group != Int.max && group != lastGroup {
      let lastBefore = periods.lastIndex { $0 + settings.anticipation < group }!
      for period in (settings.basePeriod == .varying ? 1 : 0)..<periods.count {
        let isAfter = periods[period] >= group
        let base = isAfter || settings.basePeriod == .universal ? lastBefore : period - 1
        let reach = periods[max(period, base)] + settings.anticipation
        let comparison = cohorts.indices.filter {
          cohorts[$0] == Int.max
            || (settings.comparison == .notYetTreated && $0 != cohort && cohorts[$0] > reach)
        }
        cells.append(
          Cell(cohort: cohort, period: period, base: base, comparison: comparison, isBase: base == period))
      }
    }
    return cells
  }

  /// The sorted row of a unit's first period.
  func offset(_ unit: Int) -> Int { panel.starts[unit] }
}
