import Foundation
import NumericalMethods
import Statistics
import TestSupport
import Testing

@Suite("Panel methods: invariances, worked examples and refusals")
struct PanelPropertyTests {
  struct Data {
    var unit: [Int] = []
    var period: [Int] = []
    var group: [Int] = []
    var outcome: [Double] = []
    var covariate: [Double] = []

    func reordered(_ order: [Int]) -> Data {
      Data(
        unit: order.map { unit[$0] }, period: order.map { period[$0] }, group: order.map { group[$0] },
        outcome: order.map { outcome[$0] }, covariate: order.map { covariate[$0] })
    }
  }

  /// Units with effects of 1 (0.5 more with each period), groups first treated in periods 3 and 4, and never.
  static func simulated(_ units: Int, periods: Int = 5, seed: UInt64, missing: Double = 0, effect: Double = 1) -> Data {
    var generator = CounterGenerator(seed: seed)
    var data = Data()
    for unit in 0..<units {
      let group = [0, 3, 4][generator.index(below: 3)]
      let own = generator.normal() + (group > 0 ? 0.5 : 0)
      let covariate = generator.normal() + (group == 3 ? 0.3 : 0)
      for period in 1...periods {
        let treated = group > 0 && period >= group
        let y =
          own + 0.2 * Double(period) + 0.3 * covariate * Double(period) + generator.normal()
          + (treated ? effect + 0.5 * Double(period - group) : 0)
        guard generator.uniform() >= missing else { continue }
        data.unit.append(unit)
        data.period.append(period)
        data.group.append(group)
        data.outcome.append(y)
        data.covariate.append(covariate)
      }
    }
    return data
  }

  private func summary(
    _ data: Data, covariates: Bool = false, _ settings: GroupTimeEffects.Settings = .init()
  ) throws -> [Double] {
    let found = try GroupTimeEffects(
      unit: data.unit, period: data.period, firstTreated: data.group, outcome: data.outcome,
      covariates: covariates ? ModelMatrix(intercept: false, [("x", data.covariate)]) : nil, settings: settings)
    let dynamic = try found.aggregated(.dynamic)
    return found.effects.flatMap { [$0.effect!, $0.standardError ?? 0] } + [dynamic.overall!.effect]
      + dynamic.parts.map { $0.standardError ?? 0 }
      + (try dynamic.bootstrap(.init(draws: 200, seed: 5)).standardErrors.map { $0 ?? 0 })
  }

  @Test("Rows in another order give the same group-time effects to rounding; other labels of units too")
  func rowOrder() throws {
    for covariates in [false, true] {
      let data = Self.simulated(120, seed: 1)
      var generator = CounterGenerator(seed: 2)
      let shuffled = data.reordered(generator.permutation(of: data.unit.count).map { Int($0) })
      let first = try summary(data, covariates: covariates)
      #expect(try summary(shuffled, covariates: covariates) == first)
      var relabelled = data
      relabelled.unit = data.unit.map { $0 * 1_000_003 - 77 }
      #expect(try summary(relabelled, covariates: covariates) == first)
    }
  }

  @Test("One thread and several give the same bits")
  func threads() throws {
    let data = Self.simulated(1500, seed: 3, missing: 0.05)
    let panel = try Panel(unit: data.unit, period: data.period)
    func all() throws -> [Double] {
      let study = try EventStudy(panel, outcome: data.outcome, firstTreated: data.group).estimates()
      return try summary(data) + summary(data, covariates: true)
        + summary(data, covariates: true, .init(sampling: .unbalancedPanel)) + study.values + study.covariance.elements
    }
    #expect(try WorkSharing.$threads.withValue(1) { try all() } == all())
  }

  @Test("Influences kept by group equal those kept by unit")
  func bothInfluences() throws {
    var data = Self.simulated(150, seed: 4)
    let plain = try summary(data)
    // A covariate that never varies leaves the comparison as it is, but takes the other way.
    data.covariate = data.covariate.map { _ in 2 }
    let other = try summary(data, covariates: true)
    let cells = plain.count - 9
    for i in 0..<cells { #expect(isClose(plain[i], other[i], relative: 1e-11)) }
    let clusters = Clusters(labels: data.unit.map { $0 % 12 })
    func clustered(_ covariates: ModelMatrix?) throws -> [Double] {
      let found = try GroupTimeEffects(
        unit: data.unit, period: data.period, firstTreated: data.group, outcome: data.outcome, covariates: covariates,
        clusters: clusters)
      return found.effects.map { $0.standardError! } + [try found.aggregated(.group).overall!.standardError!]
        + (try found.aggregated(.dynamic).bootstrap(.init(draws: 300, seed: 9)).standardErrors.map { $0! })
    }
    let byGroup = try clustered(nil)
    let byUnit = try clustered(ModelMatrix(intercept: false, [("x", data.covariate)]))
    for (a, b) in zip(byGroup, byUnit) { #expect(isClose(a, b, relative: 1e-10)) }
  }

  @Test("A weight of two equals the unit twice, for effects; scaling all weights changes nothing")
  func weights() throws {
    let data = Self.simulated(80, seed: 6)
    var doubled = data
    for row in data.unit.indices where data.unit[row] % 3 == 0 {
      doubled.unit.append(data.unit[row] + 1000)
      doubled.period.append(data.period[row])
      doubled.group.append(data.group[row])
      doubled.outcome.append(data.outcome[row])
      doubled.covariate.append(data.covariate[row])
    }
    func effects(_ data: Data, _ weights: [Double]?, _ covariates: Bool) throws -> GroupTimeEffects {
      try GroupTimeEffects(
        unit: data.unit, period: data.period, firstTreated: data.group, outcome: data.outcome,
        covariates: covariates ? ModelMatrix(intercept: false, [("x", data.covariate)]) : nil, weights: weights)
    }
    let weights = data.unit.map { $0 % 3 == 0 ? 2.0 : 1 }
    for covariates in [false, true] {
      let weighted = try effects(data, weights, covariates)
      let repeated = try effects(doubled, nil, covariates)
      for (a, b) in zip(weighted.effects, repeated.effects) {
        #expect(isClose(a.effect!, b.effect!, relative: 1e-7))
      }
      let scaled = try effects(data, weights.map { $0 * 17 }, covariates)
      for (a, b) in zip(weighted.effects, scaled.effects) {
        #expect(isClose(a.standardError!, b.standardError!, relative: 1e-6))
      }
      let sizes = try weighted.aggregated(.group).overall!
      #expect(isClose(sizes.effect, try repeated.aggregated(.group).overall!.effect, relative: 1e-7))
    }
  }

  @Test("Two groups and two periods, worked by hand")
  func workedByHand() throws {
    // Treated change 5 and 7, others 1, 2 and 3: 6 − 2 = 4; variance (1 + 1)/2² + (1 + 0 + 1)/3², times 5/4.
    let before = [10.0, 20, 1, 2, 3]
    let after = [15.0, 27, 2, 4, 6]
    let treated = [true, true, false, false, false]
    let found = try DifferenceInDifferences(before: before, after: after, treated: treated)
    #expect(isClose(found.effect.value, 4))
    let variance = (2.0 / 4 + 2.0 / 9) * 5 / 4
    #expect(isClose(found.effect.standardError!, variance.squareRoot()))
    let both = try GroupTimeEffects(
      unit: [1, 2, 3, 4, 5, 1, 2, 3, 4, 5], period: [1, 1, 1, 1, 1, 2, 2, 2, 2, 2],
      firstTreated: [2, 2, 0, 0, 0, 2, 2, 0, 0, 0], outcome: before + after)
    #expect(isClose(both.effects[0].effect!, 4))
    #expect(isClose(both.effects[0].standardError!, (2.0 / 4 + 2.0 / 9).squareRoot()))
    let panel = try Panel(unit: [1, 2, 3, 4, 5, 1, 2, 3, 4, 5], period: [1, 1, 1, 1, 1, 2, 2, 2, 2, 2])
    let fit = try TwoWayFixedEffects(
      panel, response: before + after,
      regressors: ModelMatrix(intercept: false, [("d", [0, 0, 0, 0, 0, 1, 1, 0, 0, 0])]))
    #expect(isClose(fit.coefficients[0], 4))
    let cells = try DifferenceInDifferences(
      outcome: before + after, isAfter: [Bool](repeating: false, count: 5) + [Bool](repeating: true, count: 5),
      treated: treated + treated)
    #expect(isClose(cells.effect.value, 4))
    #expect(cells.means.treatedAfter == 21 && cells.means.othersBefore == 2)
  }

  @Test("Estimators agree where they must: one treatment date, no covariates")
  func oneDate() throws {
    var data = Self.simulated(90, seed: 8)
    data.group = data.group.map { $0 == 4 ? 3 : $0 }
    let panel = try Panel(unit: data.unit, period: data.period)
    let study = try EventStudy(panel, outcome: data.outcome, firstTreated: data.group).estimates()
    let sunAbraham = try SunAbraham(panel, outcome: data.outcome, firstTreated: data.group).estimates()
    let groupTime = try GroupTimeEffects(
      unit: data.unit, period: data.period, firstTreated: data.group, outcome: data.outcome,
      settings: .init(basePeriod: .universal)
    ).aggregated(.dynamic)
    for time in [-2, 0, 1, 2] {
      let expected = groupTime.parts.first { $0.position == time }!.effect
      #expect(isClose(study.values[study.position("time::\(time)")!], expected))
      #expect(isClose(sunAbraham.values[sunAbraham.position("time::\(time)")!], expected))
    }
  }

  @Test("What cannot be compared is refused with a reason, or named for the effect alone")
  func refusals() throws {
    let data = Self.simulated(60, seed: 9)
    func effects(
      _ data: Data, _ group: [Int], _ settings: GroupTimeEffects.Settings = .init(), clusters: Clusters? = nil
    ) throws -> GroupTimeEffects {
      try GroupTimeEffects(
        unit: data.unit, period: data.period, firstTreated: group, outcome: data.outcome, clusters: clusters,
        settings: settings)
    }
    let everybody = data.unit.map { 3 + $0 % 2 }
    #expect(throws: StatisticsError.self) { try effects(data, everybody) }
    #expect(try effects(data, everybody, .init(comparison: .notYetTreated)).sample.periodsWithoutComparison == 2)
    #expect(throws: StatisticsError.self) { try effects(data, data.group.map { _ in 0 }) }
    #expect(throws: StatisticsError.self) { try effects(data, data.group.map { $0 == 0 ? 0 : 1 }) }
    #expect(throws: StatisticsError.self) { try effects(data, data.group, .init(anticipation: -1)) }
    #expect(throws: StatisticsError.self) {
      try effects(data, data.group, clusters: Clusters(labels: data.unit.map { _ in 1 }))
    }
    #expect(throws: StatisticsError.changesWithinUnit(variable: "firstTreated", index: 1)) {
      try effects(data, data.group.enumerated().map { $0 == 1 ? 99 - $1 : $1 })
    }
    let one = Data(
      unit: [1, 2, 3], period: [1, 1, 1], group: [1, 0, 0], outcome: [1, 2, 3], covariate: [0, 0, 0])
    #expect(throws: StatisticsError.self) { try effects(one, one.group) }
    #expect(throws: StatisticsError.repeatedObservation(index: 2)) {
      try Panel(unit: [1, 2, 1], period: [1, 1, 1])
    }
    #expect(throws: StatisticsError.noObservations) { try Panel(unit: [], period: []) }
    // A covariate that tells the groups apart: no effect, and the reason.
    let separating = try ModelMatrix(intercept: false, [("x", data.group.map { $0 == 3 ? 1 : 0 })])
    let found = try GroupTimeEffects(
      unit: data.unit, period: data.period, firstTreated: data.group, outcome: data.outcome, covariates: separating)
    let missing = found.effects.filter { $0.group == 3 }
    #expect(missing.allSatisfy { $0.effect == nil && $0.reason != nil })
    #expect(throws: StatisticsError.self) { try found.aggregated(.simple) }
    #expect(try found.aggregated(.group, .init(leavesOutMissing: true)).parts.map(\.position) == [4])
  }

  @Test("Columns that depend on others or on the units are set aside and named")
  func aliasing() throws {
    let data = Self.simulated(40, seed: 10, missing: 0.1)
    let panel = try Panel(unit: data.unit, period: data.period)
    let treated = data.unit.indices.map { data.group[$0] > 0 && data.period[$0] >= data.group[$0] ? 1.0 : 0 }
    let fit = try TwoWayFixedEffects(
      panel, response: data.outcome,
      regressors: ModelMatrix(
        intercept: false,
        [
          ("constant in units", data.covariate), ("d", treated), ("twice", treated.map { 2 * $0 + 1 }),
          ("period", data.period.map { Double($0) }),
        ]))
    #expect(fit.names == ["d"])
    #expect(fit.aliased == ["constant in units", "twice", "period"])
    let alone = try TwoWayFixedEffects(
      panel, response: data.outcome, regressors: ModelMatrix(intercept: false, [("d", treated)]))
    #expect(isClose(fit.coefficients[0], alone.coefficients[0], relative: 1e-10))
    #expect(throws: StatisticsError.self) {
      try TwoWayFixedEffects(
        panel, response: data.outcome, regressors: ModelMatrix(intercept: false, [("x", data.covariate)]))
    }
    // Rows of weight zero do not count.
    var weights = [Double](repeating: 1, count: data.unit.count)
    for row in stride(from: 0, to: weights.count, by: 7) { weights[row] = 0 }
    let rows = weights.indices.filter { weights[$0] > 0 }
    let some = data.reordered(rows)
    let weighted = try TwoWayFixedEffects(
      panel, response: data.outcome, regressors: ModelMatrix(intercept: false, [("d", treated)]), weights: weights)
    let fewer = try TwoWayFixedEffects(
      Panel(unit: some.unit, period: some.period), response: some.outcome,
      regressors: ModelMatrix(intercept: false, [("d", rows.map { treated[$0] })]))
    #expect(isClose(weighted.coefficients[0], fewer.coefficients[0]))
    #expect(isClose(try weighted.estimates().standardErrors[0]!, try fewer.estimates().standardErrors[0]!))
  }

  @Test("Outcomes of any scale give effects of that scale; squares beyond range are refused")
  func scales() throws {
    let data = Self.simulated(60, seed: 12)
    let panel = try Panel(unit: data.unit, period: data.period)
    func numbers(_ factor: Double) throws -> [Double] {
      let outcome = data.outcome.map { $0 * factor }
      let effects = try GroupTimeEffects(
        unit: data.unit, period: data.period, firstTreated: data.group, outcome: outcome,
        covariates: ModelMatrix(intercept: false, [("x", data.covariate.map { $0 * 1e6 })]))
      let study = try EventStudy(panel, outcome: outcome, firstTreated: data.group).estimates()
      return effects.effects.flatMap { [$0.effect!, $0.standardError!] } + study.values
        + study.standardErrors.map { $0! }
    }
    let plain = try numbers(1)
    for factor in [1e12, 1e-12] {
      for (a, b) in zip(plain, try numbers(factor)) { #expect(isClose(b / factor / a, 1, relative: 1e-9)) }
    }
    #expect(throws: StatisticsError.self) { try numbers(1e200) }
    #expect(throws: StatisticsError.notFinite(array: "outcome", index: 0)) { try numbers(.infinity) }
    #expect(throws: StatisticsError.self) {
      try TwoWayFixedEffects(
        panel, response: data.outcome, regressors: ModelMatrix(intercept: false, [("x", data.covariate)]),
        weights: data.outcome.map { _ in -1 })
    }
    // An outcome that never changes: effects of zero without an error.
    let constant = try GroupTimeEffects(
      unit: data.unit, period: data.period, firstTreated: data.group, outcome: data.outcome.map { _ in 3 })
    #expect(constant.effects.allSatisfy { $0.effect == 0 && $0.standardError == nil })
    #expect(constant.preTest == nil)
    #expect(try constant.aggregated(.dynamic).bootstrap().standardErrors.allSatisfy { $0 == nil })
  }
}
