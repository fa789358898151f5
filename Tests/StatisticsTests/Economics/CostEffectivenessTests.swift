import NumericalMethods
import TestSupport
import Testing

@testable import Statistics

@Suite("Cost-effectiveness") struct CostEffectivenessTests {
  /// Two draws of three strategies, at a unit worth 10: net benefits (0, 10, 5) and (0, −10, 5).
  @Test("of two draws worked by hand") func worked() throws {
    let simulation = try CostEffectivenessSimulation(
      costs: Matrix([[0, 10, 5], [0, 10, 5]]), effects: Matrix([[0, 2, 1], [0, 0, 1]]),
      names: ["none", "large", "small"], reference: 0)
    let decision = try simulation.decision(willingnessToPay: 10)
    #expect(decision.netBenefits == [0, 0, 5])
    #expect(decision.incrementalNetBenefits == [0, -5])
    #expect(decision.acceptabilities == [0.5, 0])
    #expect(decision.probabilitiesBest == [0, 0.5, 0.5])
    #expect(decision.best == 2 && decision.probabilityOfBest == 0.5)
    // The best in each draw: 10 and 5, on average 7.5; the best on average 5.
    #expect(decision.valueOfPerfectInformation == 2.5)
    #expect(simulation.quadrantShares(against: 1) == [.lessEffectLessCost: 0.5, .dominant: 0.5])
    #expect(simulation.ratio(against: 2).value == 5)
    #expect(try simulation.decision(willingnessToPay: 0).best == 0)
  }

  @Test("a draw with equals is shared") func ties() throws {
    let simulation = try CostEffectivenessSimulation(
      costs: Matrix([[1, 1]]), effects: Matrix([[1, 1]]), names: ["a", "b"], reference: 1)
    let decision = try simulation.decision(willingnessToPay: 3)
    #expect(decision.probabilitiesBest == [0.5, 0.5] && decision.best == 1)
    #expect(decision.acceptabilities == [0] && decision.valueOfPerfectInformation == 0)
    #expect(simulation.ratio(against: 0).value == nil && simulation.ratio(against: 0).quadrant == .equal)
  }

  @Test("quadrants") func quadrants() {
    #expect(IncrementalRatio(cost: 1, effect: 1).quadrant == .moreEffectMoreCost)
    #expect(IncrementalRatio(cost: -1, effect: 1).quadrant == .dominant)
    #expect(IncrementalRatio(cost: 0, effect: 1).quadrant == .dominant)
    #expect(IncrementalRatio(cost: -1, effect: 0).quadrant == .dominant)
    #expect(IncrementalRatio(cost: 1, effect: 0).quadrant == .dominated)
    #expect(IncrementalRatio(cost: 0, effect: -1).quadrant == .dominated)
    #expect(IncrementalRatio(cost: -1, effect: -1).quadrant == .lessEffectLessCost)
  }

  /// a = 6 ± 1, b = 2 ± 0.5, no covariance, z = 2: 3·R² − 24·R + 32 ≤ 0, R between 4 ∓ √(16/3).
  @Test("Fieller's limits worked by hand, and its three shapes") func fieller() throws {
    let level = 1 - 2 * Normal.standard.upperTail(2)
    guard
      case .interval(let lower, let upper) = try FiellerSet(
        numerator: 6, denominator: 2, variances: (1, 0.25, 0), level: level)
    else {
      Issue.record("not an interval")
      return
    }
    #expect(isClose(lower, 4 - (16.0 / 3).squareRoot()))
    #expect(isClose(upper, 4 + (16.0 / 3).squareRoot()))
    guard case .outside(let below, let above) = try FiellerSet(numerator: 6, denominator: 0.5, variances: (1, 0.25, 0))
    else {
      Issue.record("not the outside")
      return
    }
    #expect(below < 0 && above > 0)
    #expect(try FiellerSet(numerator: 0.5, denominator: 0.1, variances: (1, 0.25, 0)) == .everything)
    #expect(try FiellerSet(numerator: 6, denominator: 2, variances: (0, 0, 0)) == .interval(lower: 3, upper: 3))
  }

  @Test("A denominator without doubt never leaves every ratio, nor limits that are no numbers") func fiellerEdges()
    throws
  {
    for i in 1...50 {
      let (a, b) = (0.1 * Double(i), 0.3 + 0.07 * Double(i))
      guard case .interval(let lower, let upper) = try FiellerSet(numerator: a, denominator: b, variances: (0, 0, 0))
      else {
        Issue.record("\(i): not an interval")
        continue
      }
      #expect(isClose(lower, a / b, relative: 1e-7) && isClose(upper, a / b, relative: 1e-7))
    }
    #expect(throws: StatisticsError.self) {
      try FiellerSet(numerator: 1e120, denominator: 1e120, variances: (1, 1, 0))
    }
    #expect(throws: StatisticsError.self) { try FiellerSet(numerator: 1, denominator: 1, variances: (1, 1, 2)) }
  }

  @Test("Fieller's limits are where the net benefit is zero at its limit", arguments: 0..<10)
  func fiellerAndNetBenefit(_ seed: Int) throws {
    let trial = try Self.trial(seed: UInt64(seed), stream: 0, people: 400, effect: 0.6, cost: 3)
    guard case .interval(let lower, let upper) = trial.ratioSet else { return }
    for limit in [lower, upper] where limit > 0 {
      let benefit = try trial.netBenefit(willingnessToPay: limit)
      #expect(isClose(min(benefit.acceptability, 1 - benefit.acceptability), 0.025, relative: 1e-9))
    }
  }

  /// A trial with correlated costs and effects.
  private static func trial(
    seed: UInt64, stream: UInt64, people: Int, effect: Double, cost: Double
  ) throws -> CostEffectivenessTrial {
    var generator = CounterGenerator(seed: seed, stream: stream)
    var (costs, effects): ([Double], [Double]) = ([], [])
    for i in 0..<people {
      let shared = generator.normal()
      let isTreated = i.isMultiple(of: 2)
      effects.append((isTreated ? effect : 0) + shared + generator.normal() * (isTreated ? 2 : 1))
      costs.append((isTreated ? cost : 0) + 2 * generator.exponential() - shared)
    }
    return try CostEffectivenessTrial(
      cost: costs, effect: effects, treated: (0..<people).map { $0.isMultiple(of: 2) })
  }

  @Test("Fieller's set and the net benefit cover the truth in 95 % of trials") func coverage() throws {
    var (ratios, benefits) = (0, 0)
    for draw in 0..<2000 {
      let trial = try Self.trial(seed: 31, stream: UInt64(draw), people: 200, effect: 1, cost: 3)
      if trial.ratioSet.contains(3) { ratios += 1 }
      let interval = try trial.netBenefit(willingnessToPay: 5).value.interval
      if interval.lower! <= 2, interval.upper! >= 2 { benefits += 1 }
    }
    #expect((1860...1940).contains(ratios), "\(ratios)")
    #expect((1860...1940).contains(benefits), "\(benefits)")
  }

  @Test("the resampled cloud agrees with the normal theory and does not depend on threads") func cloud() throws {
    let trial = try Self.trial(seed: 8, stream: 0, people: 600, effect: 0.5, cost: 3)
    let cloud = try trial.resampled(draws: 2000, seed: 1)
    let alone = try WorkSharing.$threads.withValue(1) { try trial.resampled(draws: 2000, seed: 1) }
    #expect(cloud.costs == alone.costs && cloud.effects == alone.effects)
    for k in [0.0, 4, 10] {
      let normal = try trial.netBenefit(willingnessToPay: k)
      let decision = try cloud.decision(willingnessToPay: k)
      #expect(abs(decision.incrementalNetBenefits[0] - normal.value.value) < 0.1 * normal.value.standardError!)
      #expect(abs(decision.acceptabilities[0] - normal.acceptability) < 0.03)
      #expect(abs(decision.valueOfPerfectInformation - normal.valueOfPerfectInformation) < 0.03)
    }
  }

  @Test("regression with its own variances is the trial with unequal ones") func regression() throws {
    let trial = try Self.trial(seed: 3, stream: 0, people: 300, effect: 0.4, cost: 2)
    let regression = try NetBenefitRegression(
      cost: trial.cost, effect: trial.effect, treated: trial.treated, willingnessToPay: [0, 7], convention: .hc2)
    for benefit in regression.netBenefits {
      let moments = try trial.netBenefit(willingnessToPay: benefit.willingnessToPay)
      #expect(isClose(benefit.value.value, moments.value.value, relative: 1e-10))
      #expect(isClose(benefit.value.standardError!, moments.value.standardError!, relative: 1e-10))
    }
  }

  /// On a grid of 4 × 4 the scores of treatment add up to zero within each row and each column: what is subtracted for the
  /// cells outweighs both.
  @Test("a variance below zero from two ways of clustering is an error, not an error of zero") func negativeVariance() {
    let cells = (0..<16).map { ($0 / 4, $0 % 4) }
    let treated = cells.map { ($0.0 + $0.1).isMultiple(of: 2) }
    let cost = cells.map { ($0.0 / 2 + $0.1 / 2).isMultiple(of: 2) ? 1.0 : -1 }
    let ways = [Clusters(labels: cells.map(\.0)), Clusters(labels: cells.map(\.1))]
    #expect(throws: StatisticsError.negativeVariance(of: "the effect of treatment on the net benefit")) {
      try NetBenefitRegression(
        cost: cost, effect: [Double](repeating: 0, count: 16), treated: treated, willingnessToPay: [1],
        convention: .clustered(.cr0), clusters: ways)
    }
  }

  @Test("refuses what has no answer") func refusals() {
    func trial(_ cost: [Double], _ effect: [Double], _ treated: [Bool]) throws -> CostEffectivenessTrial {
      try CostEffectivenessTrial(cost: cost, effect: effect, treated: treated)
    }
    #expect(throws: StatisticsError.noObservations) { try trial([], [], []) }
    #expect(throws: StatisticsError.oneGroupOnly(variable: "treated")) { try trial([1, 2], [1, 2], [true, true]) }
    #expect(throws: StatisticsError.tooFewObservations(found: 1, needed: 2)) {
      try trial([1, 2, 3], [1, 2, 3], [true, false, false])
    }
    #expect(throws: StatisticsError.self) {
      try trial([1, 1, 1, 1], [2, 2, 2, 2], [true, true, false, false])
    }
    #expect(throws: StatisticsError.lengthsDiffer(array: "effect", expected: 2, found: 1)) {
      try trial([1, 2], [1], [true, false])
    }
    #expect(throws: StatisticsError.self) { try trial([1e300, 0, 1, 0], [1, 2, 3, 5], [true, true, false, false]) }
    #expect(throws: StatisticsError.self) {
      try CostEffectivenessSimulation(
        costs: Matrix([[1, 2]]), effects: Matrix([[1e300, -1e300]]), names: ["a", "b"], reference: 0
      ).decision(willingnessToPay: 1e100)
    }
    #expect(throws: StatisticsError.tooFewGroups(found: 1)) {
      try CostEffectivenessSimulation(costs: Matrix([[1]]), effects: Matrix([[1]]), names: ["a"], reference: 0)
    }
  }
}
