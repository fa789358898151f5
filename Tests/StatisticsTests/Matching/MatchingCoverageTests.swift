import Foundation
import NumericalMethods
import Statistics
import Testing

/// How often intervals cover the true effect, in 2,000 simulated samples at a level of 95 %.
@Suite struct MatchingCoverageTests {
  private static let draws = 2000

  /// The share of draws in which an interval covers, and the mean of the estimates.
  private func simulate(
    _ estimate: @escaping @Sendable (inout CounterGenerator) -> Estimate
  ) -> (coverage: Double, mean: Double) {
    let results = WorkSharing.map(Self.draws) { draw in
      var generator = CounterGenerator(seed: 2016, stream: UInt64(draw))
      return estimate(&generator)
    }
    let covered = results.count { $0.interval.lower! <= 2 && 2 <= $0.interval.upper! }
    return (Double(covered) / Double(Self.draws), results.reduce(0) { $0 + $1.value } / Double(Self.draws))
  }

  /// An effect of 2 on an outcome that depends on x, as does treatment.
  private static func sample(_ n: Int, _ generator: inout CounterGenerator) -> (MatchingUnits, [Double]) {
    let x = (0..<n).map { _ in generator.uniform() }
    let treated = x.map { generator.uniform() < 0.2 + 0.2 * $0 }
    let outcome = (0..<n).map { (treated[$0] ? 2 : 0) + 3 * x[$0] + generator.normal() }
    return (try! MatchingUnits(treated: treated, score: x), outcome)
  }

  @Test(arguments: [(MatchingEstimand.treated, 2), (.all, 0)])
  func `Abadie and Imbens' interval covers, adjusted for bias`(_ estimand: MatchingEstimand, _ neighbours: Int) {
    let result = simulate { generator in
      let (units, outcome) = Self.sample(150, &generator)
      let method = AbadieImbens(estimand: estimand, neighbours: 2, adjustsBias: true, varianceNeighbours: neighbours)
      return try! method.effect(on: outcome, among: units).estimate
    }
    #expect((0.93...0.97).contains(result.coverage), "\(result.coverage)")
    #expect(abs(result.mean - 2) < 0.03, "\(result.mean)")
  }

  @Test func `the interval by matched pair covers after matching and regression`() {
    let result = simulate { generator in
      let (units, outcome) = Self.sample(160, &generator)
      let matched = try! NearestNeighbourMatching(caliper: .standardDeviations(0.2)).match(units)
      return try! MatchedEffect(matched, outcome: outcome, adjustingFor: [.numeric("x", units.score!)]).estimate
    }
    #expect((0.93...0.97).contains(result.coverage), "\(result.coverage)")
    #expect(abs(result.mean - 2) < 0.03, "\(result.mean)")
  }

  @Test func `the interval of pairs drawn together needs no model of the outcome`() {
    let result = simulate { generator in
      let (units, outcome) = Self.sample(160, &generator)
      let matched = try! OptimalPairMatching().match(units)
      return try! MatchedEffect(matched, outcome: outcome).estimate
    }
    #expect((0.93...0.98).contains(result.coverage), "\(result.coverage)")
    #expect(abs(result.mean - 2) < 0.05, "\(result.mean)")
  }
}
