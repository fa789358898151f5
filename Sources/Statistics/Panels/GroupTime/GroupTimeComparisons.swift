import NumericalMethods
import Primitives

/// Every group-time effect by a comparison of its own rows, with one influence for each unit.
struct GroupTimeComparisons {
  /// The units of the panel that count, in their order.
  let units: [Int]
  /// The weight with which each of them counts in the size of its group.
  let unitWeight: [Double]
  private(set) var effects: [Double?]
  private(set) var influence: [[Double]]
  private(set) var reasons: [Int: StatisticsError] = [:]

  private let design: GroupTimeSample
  private let outcome: [Double]
  private let covariates: [[Double]]
  private let weights: [Double]?
  private let settings: GroupTimeEffects.Settings

  /// - Parameters:
  ///   - outcome: sorted rows.
  ///   - weights: sorted rows.
  init(
    _ design: GroupTimeSample, outcome: [Double], covariates: ModelMatrix?, weights: [Double]?,
    settings: GroupTimeEffects.Settings, progress: ProgressHandler?
  ) throws(StatisticsError) {
    self.design = design
    self.outcome = outcome
    self.weights = weights
    self.settings = settings
    self.covariates = (0..<(covariates?.columnCount ?? 0)).map { design.panel.sorted(covariates!.column($0)) }
    units = (0..<design.panel.unitCount).filter { design.cohortOfUnit[$0] >= 0 }
    let panel = design.panel
    unitWeight = units.map { unit in
      guard let weights else { return 1 }
      guard settings.sampling != .balancedPanel else { return weights[panel.starts[unit]] }
      let rows = (panel.starts[unit]..<panel.starts[unit + 1]).filter {
        panel.period($0, ofUnit: unit) < design.periods
      }
      return rows.reduce(0) { $0 + weights[$1] } / Double(rows.count)
    }
    effects = [Double?](repeating: nil, count: design.cells.count)
    influence = [[Double]](repeating: [], count: design.cells.count)
    let report = progress.map { ThrottledProgress(stage: "group-time effects", $0) }
    report?.report(0, of: design.cells.count)
    let together = 8
    let rows = self
    for first in stride(from: 0, to: design.cells.count, by: together) {
      guard !Task.isCancelled else { throw .cancelled }
      let numbers = Array(first..<min(design.cells.count, first + together))
      let results = WorkSharing.map(numbers.count) { rows.result(numbers[$0]) }
      for (number, result) in zip(numbers, results) {
        switch result {
        case .success(let comparison):
          effects[number] = comparison.effect
          influence[number] = comparison.influence
        case .failure(let reason): reasons[number] = reason
        }
      }
      report?.report(numbers.last! + 1, of: design.cells.count)
    }
  }

  private func result(_ number: Int) -> Result<Comparison, StatisticsError> {
    let cell = design.cells[number]
    if cell.isBase { return .success(Comparison(effect: 0, influence: [])) }
    do {
      return .success(settings.sampling == .balancedPanel ? try changes(cell) : try crossSections(cell))
    } catch {
      return .failure(error)
    }
  }

  private func role(_ cell: GroupTimeSample.Cell) -> [Double?] {
    var role = [Double?](repeating: nil, count: design.cohorts.count)
    role[cell.cohort] = 1
    for cohort in cell.comparison { role[cohort] = 0 }
    return role
  }

  private func changes(_ cell: GroupTimeSample.Cell) throws(StatisticsError) -> Comparison {
    let role = role(cell)
    let chosen = units.indices.filter { role[Int(design.cohortOfUnit[units[$0]])] != nil }
    let treated = chosen.map { role[Int(design.cohortOfUnit[units[$0]])]! }
    let starts = chosen.map { design.offset(units[$0]) }
    let earlier = min(cell.period, cell.base)
    let weight = starts.map { weights?[$0 + earlier] ?? 1 }
    try check(treated, weight)
    let x = Matrix.standardisedDesign(
      covariates.map { column in starts.map { column[$0 + earlier] } }, rows: chosen.count)
    if settings.method != .regression, x.columns > 1 { try checkOverlap(x, treated) }
    let comparison = try compareChanges(
      settings.method, change: starts.map { outcome[$0 + cell.period] - outcome[$0 + cell.base] }, treated: treated,
      x: x, weight: weight)
    var influence = [Double](repeating: 0, count: units.count)
    let scale = Double(units.count) / Double(chosen.count)
    for (place, unit) in chosen.enumerated() { influence[unit] = scale * comparison.influence[place] }
    return Comparison(effect: comparison.effect, influence: influence)
  }

  private func crossSections(_ cell: GroupTimeSample.Cell) throws(StatisticsError) -> Comparison {
    let role = role(cell)
    var (rows, owner, treated, after) = ([Int](), [Int](), [Double](), [Double]())
    let panel = design.panel
    for (place, unit) in units.enumerated() {
      guard let group = role[Int(design.cohortOfUnit[unit])] else { continue }
      for row in panel.starts[unit]..<panel.starts[unit + 1] {
        let period = panel.period(row, ofUnit: unit)
        guard period == cell.period || period == cell.base else { continue }
        rows.append(row)
        owner.append(place)
        treated.append(group)
        after.append(period == cell.period ? 1 : 0)
      }
    }
    let weight = rows.map { weights?[$0] ?? 1 }
    for isAfter in [1.0, 0] {
      let present = rows.indices.filter { after[$0] == isAfter && weight[$0] > 0 }
      try check(present.map { treated[$0] }, present.map { weight[$0] })
    }
    let x = Matrix.standardisedDesign(covariates.map { column in rows.map { column[$0] } }, rows: rows.count)
    let comparison = try compareCrossSections(
      settings.method, outcome: rows.map { outcome[$0] }, after: after, treated: treated, x: x, weight: weight,
      locallyEfficient: true, exactInfluence: settings.exactInfluence)
    var influence = [Double](repeating: 0, count: units.count)
    let scale = Double(units.count) / Double(rows.count)
    for (row, unit) in owner.enumerated() { influence[unit] += scale * comparison.influence[row] }
    return Comparison(effect: comparison.effect, influence: influence)
  }

  private func check(_ treated: [Double], _ weight: [Double]) throws(StatisticsError) {
    guard zip(treated, weight).contains(where: { $0 == 1 && $1 > 0 }) else {
      throw .noTreatedGroup(reason: "nobody of the group is observed in one of the two periods")
    }
    guard zip(treated, weight).contains(where: { $0 == 0 && $1 > 0 }) else {
      throw .noComparisonGroup(reason: "nobody untreated is observed in one of the two periods")
    }
  }

  /// As the R package did: where the covariates almost tell the treated apart (a probability of 0.999 or more without
  /// weights), weights would rest on next to nobody.
  private func checkOverlap(_ x: Matrix, _ treated: [Double]) throws(StatisticsError) {
    let share = try TreatedShare(x, treated: treated, weight: [Double](repeating: 1, count: treated.count))
    guard share.probability.allSatisfy({ $0 < 0.999 }) else {
      throw .separated(columns: ["the covariates"], of: "the treatment")
    }
  }
}
