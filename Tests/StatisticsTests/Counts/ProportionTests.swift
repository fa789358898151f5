import Foundation
import NumericalMethods
import TestSupport
import Testing

@testable import Statistics

@Suite("Proportions") struct ProportionTests {
  /// statsmodels 0.15.0, proportion_confint: Clopper–Pearson, Wilson, Jeffreys, Agresti–Coull.
  private static let reference: [(Int, Int, [[Double]])] = [
    (
      3, 17,
      [
        [0.037985068070626, 0.4343178728442839], [0.061911266376209945, 0.4102945856883413],
        [0.05234765705067389, 0.40012266262331403], [0.05377544093765346, 0.4184304111268977],
      ]
    ),
    (
      81, 263,
      [
        [0.25273674558527126, 0.3676219226013514], [0.2552885198782742, 0.36620957698280004],
        [0.2545219349910236, 0.36564749917408246], [0.25522066518999675, 0.3662774316710775],
      ]
    ),
    (
      1, 1_000_000,
      [
        [2.5317807663794178e-08, 5.571630655166941e-06], [1.7652457674537176e-07, 5.664911804311445e-06],
        [1.0789766246541867e-07, 4.674192046729829e-06], [0, 6.270306640720283e-06],
      ]
    ),
  ]

  @Test("have the intervals of statsmodels", arguments: 0..<3) func agrees(_ number: Int) throws {
    let (successes, trials, expected) = Self.reference[number]
    let proportion = try Proportion(successes: successes, trials: trials)
    let methods: [ProportionIntervalMethod] = [.clopperPearson, .wilson, .jeffreys, .agrestiCoull]
    for (method, limits) in zip(methods, expected) {
      let interval = try proportion.estimate(method).interval
      #expect(abs(interval.lower! - limits[0]) <= 1e-9 * limits[0] + 1e-18, "\(method)")
      #expect(abs(interval.upper! - limits[1]) <= 1e-9 * limits[1], "\(method)")
    }
  }

  @Test("have limits at their ends that closed forms give") func ends() throws {
    let none = try Proportion(successes: 0, trials: 10)
    #expect(isClose(try none.estimate(.clopperPearson).interval.upper!, 1 - pow(0.025, 0.1), relative: 1e-13))
    #expect(isClose(try none.estimate(.midP).interval.upper!, 1 - pow(0.05, 0.1), relative: 1e-12))
    let all = try Proportion(successes: 10, trials: 10)
    for method in ProportionIntervalMethod.allCases {
      #expect(try none.estimate(method).interval.lower == 0)
      #expect(try all.estimate(method).interval.upper == 1)
      let mirrored = 1 - (try all.estimate(method).interval.lower!)
      #expect(isClose(try none.estimate(method).interval.upper!, mirrored, relative: 1e-9))
    }
  }

  @Test("have exact and mid-p limits at which the tails are the level", arguments: [(3, 17), (40, 50), (1, 400)])
  func tails(_ successes: Int, _ trials: Int) throws {
    let proportion = try Proportion(successes: successes, trials: trials)
    for (method, midP) in [(ProportionIntervalMethod.clopperPearson, false), (.midP, true)] {
      let interval = try proportion.estimate(method, level: 0.9).interval
      #expect(isClose(try proportion.pValue(against: interval.lower!, .greater, midP: midP), 0.05, relative: 1e-10))
      #expect(isClose(try proportion.pValue(against: interval.upper!, .less, midP: midP), 0.05, relative: 1e-10))
      #expect(isClose(try proportion.pValue(against: interval.upper!, midP: midP), 0.1, relative: 1e-10))
    }
    let exact = try proportion.estimate(.clopperPearson).interval
    let midP = try proportion.estimate(.midP).interval
    #expect(exact.lower! < midP.lower! && midP.upper! < exact.upper!)
  }

  @Test("have the one-sided p-value of R's binom.test") func pValue() throws {
    #expect(
      isClose(
        try Proportion(successes: 3, trials: 17).pValue(against: 0.4, .less), 0.04642293081047037, relative: 1e-13))
    #expect(try Proportion(successes: 3, trials: 17).pValue(against: 0, .greater) == 0)
    #expect(try Proportion(successes: 0, trials: 17).pValue(against: 0) == 1)
  }

  /// The exact coverage at a probability: the sum of the probabilities of the counts whose interval holds it.
  private func coverage(_ p: Double, _ n: Int, _ method: ProportionIntervalMethod) throws -> Double {
    let distribution = Binomial(trials: n, probability: p)
    var covered = 0.0
    for count in 0...n {
      let interval = try Proportion(successes: count, trials: n).estimate(method).interval
      if interval.lower! <= p, interval.upper! >= p { covered += distribution.density(Double(count)) }
    }
    return covered
  }

  @Test("cover the true value as each method promises") func coverage() throws {
    for method in ProportionIntervalMethod.allCases where method != .wald {
      var (sum, least) = (0.0, 1.0)
      for step in 1...40 {
        let covered = try coverage(Double(step) / 41, 40, method)
        sum += covered
        least = min(least, covered)
      }
      switch method {
      case .clopperPearson: #expect(least >= 0.95)
      case .midP: #expect(least >= 0.9 && sum / 40 >= 0.945 && sum / 40 <= 0.97, "\(least) \(sum / 40)")
      case .agrestiCoull: #expect(least >= 0.93)
      default: #expect(least >= 0.88 && abs(sum / 40 - 0.95) < 0.01)
      }
    }
  }

  @Test("refuse counts that cannot be") func refusals() {
    #expect(throws: StatisticsError.noObservations) { try Proportion(successes: 0, trials: 0) }
    #expect(throws: StatisticsError.self) { try Proportion(successes: 3, trials: 2) }
    #expect(throws: StatisticsError.self) { try Proportion(successes: -1, trials: 2) }
    #expect(throws: StatisticsError.self) { try Proportion(successes: 1, trials: 2).estimate(level: 1) }
    #expect(throws: StatisticsError.self) { try Proportion(successes: 1, trials: 2).pValue(against: 1.1) }
  }

  /// statsmodels 0.15.0, confint_proportions_2indep; the first is case (a) of Newcombe's table II.
  private static let differences: [([Int], [Double], [Double])] = [
    ([56, 70, 48, 80], [0.05243147240236498, 0.33387265403690614], [0.052452926638053676, 0.33575845547576744]),
    ([9, 10, 3, 10], [0.1705227239345029, 0.809017973535488], [0.16000080110040027, 0.8399991988995997]),
    ([10, 10, 0, 20], [0.6790860371419145, 1], [0.6922432378831911, 1]),
  ]

  @Test("differ with the limits of Newcombe and of Agresti and Caffo", arguments: 0..<3)
  func difference(_ number: Int) throws {
    let (counts, newcombe, agrestiCaffo) = Self.differences[number]
    let difference = ProportionDifference(
      try Proportion(successes: counts[0], trials: counts[1]), try Proportion(successes: counts[2], trials: counts[3]))
    for (method, expected) in [(ProportionDifference.Method.newcombe, newcombe), (.agrestiCaffo, agrestiCaffo)] {
      let interval = try difference.estimate(method).interval
      #expect(isClose(interval.lower!, expected[0], relative: 1e-12))
      #expect(isClose(interval.upper!, expected[1], relative: 1e-12))
    }
    let swapped = ProportionDifference(difference.second, difference.first)
    for method in [ProportionDifference.Method.newcombe, .agrestiCaffo, .wald] {
      let (one, other) = (try difference.estimate(method).interval, try swapped.estimate(method).interval)
      #expect(isClose(one.lower!, -other.upper!) && isClose(one.upper!, -other.lower!))
    }
  }

  @Test("differ with an interval that covers the truth in 95 % of samples") func differenceCoverage() throws {
    var covered = 0
    for draw in 0..<2000 {
      var generator = CounterGenerator(seed: 2, stream: UInt64(draw))
      let first = (0..<60).count { _ in generator.uniform() < 0.3 }
      let second = (0..<45).count { _ in generator.uniform() < 0.1 }
      let interval = try ProportionDifference(
        Proportion(successes: first, trials: 60), Proportion(successes: second, trials: 45)
      ).estimate().interval
      if interval.lower! <= 0.2, interval.upper! >= 0.2 { covered += 1 }
    }
    #expect((1860...1940).contains(covered), "\(covered)")
  }
}
