import Foundation
import NumericalMethods
import Statistics
import TestSupport
import Testing

struct WeightingPropertyTests {
  private func expectSame(
    _ a: [(name: String, contrasts: EffectContrasts)], _ b: [(name: String, contrasts: EffectContrasts)],
    relative: Double = 1e-8, location: SourceLocation = #_sourceLocation
  ) {
    for (first, second) in zip(a, b) {
      let (x, y) = (first.contrasts.difference, second.contrasts.difference)
      #expect(isClose(x.value, y.value, relative: relative), "\(first.name)", sourceLocation: location)
      #expect(
        isClose(x.standardError ?? -1, y.standardError ?? -1, relative: relative), "error of \(first.name)",
        sourceLocation: location)
    }
  }

  @Test func theOrderOfTheRowsDoesNotMatter() throws {
    let data = SimulatedTreatment(300, seed: 11)
    var generator = CounterGenerator(seed: 5)
    let order = generator.permutation(of: 300).map { Int($0) }
    expectSame(try data.all(), try SimulatedTreatment(data, rows: order).all())
  }

  @Test func theUnitOfAColumnDoesNotMatter() throws {
    let data = SimulatedTreatment(300, seed: 12)
    let plain = try data.all()
    expectSame(plain, try data.all(scale: 1e12))
    expectSame(plain, try data.all(scale: 1e-9))
    expectSame(plain, try data.all(shift: 1e3))
  }

  /// A weight of 3 is three equal people; their errors are equal when equal people are one cluster.
  @Test func weightsAreRepeatedRows() throws {
    let data = SimulatedTreatment(250, seed: 13)
    let counts = data.x.indices.map { $0 % 4 == 0 ? 3 : $0 % 7 == 0 ? 0 : 1 }
    let kept = counts.indices.filter { counts[$0] > 0 }
    let weighted = try SimulatedTreatment(data, rows: kept).all(samplingWeights: kept.map { Double(counts[$0]) })
    let (repeated, origin) = data.repeated(counts)
    expectSame(weighted, try repeated.all(clusters: Clusters(labels: origin)))
    expectSame(weighted, try data.all(samplingWeights: counts.map { Double($0) }))
  }

  @Test func oneAndTwoThreadsGiveTheSameBits() throws {
    let data = SimulatedTreatment(30_000, seed: 14)
    let one = try WorkSharing.$threads.withValue(1) { try data.all() }
    let two = try WorkSharing.$threads.withValue(2) { try data.all() }
    for (first, second) in zip(one, two) { #expect(first.contrasts == second.contrasts, "\(first.name)") }
  }

  /// The start from a sample of a long group must not change the solution.
  @Test func entropyBalancingOfManyRowsEqualisesTheMeans() throws {
    let data = SimulatedTreatment(200_000, seed: 15)
    let design = try data.design()
    let balancing = try EntropyBalancing(
      treated: data.treated, design: design, settings: .init(target: .treated, moments: 2, interactions: true))
    let part = try #require(balancing.groups.first)
    #expect(part.largestGap < 1e-9)
    #expect(part.aliased.isEmpty)
    let means = [true, false].map { isTreated -> [Double] in
      let weights = data.treated.indices.map { data.treated[$0] == isTreated ? balancing.weights[$0] : 0 }
      let total = weights.reduce(0, +)
      return balancing.design.transposedTimes(weights).map { $0 / total }
    }
    for c in means[0].indices { #expect(abs(means[0][c] - means[1][c]) < 1e-8) }
    #expect(balancing.design.names.contains("x^2"))
    #expect(balancing.design.names.contains("x:z"))
  }

  @Test func scoresFittedWithinGroupsEqualAFullyInteractedModel() throws {
    let data = SimulatedTreatment(400, seed: 16)
    let groups = Clusters(labels: data.level.map { Int($0) })
    let inner = try ModelMatrix([("x", data.x), ("z", data.z)])
    let within = try PropensityScores(treated: data.treated, design: inner, within: groups)
    let factor = ModelMatrix.Term.factor("level", codes: data.level, levels: ["a", "b", "c"], reference: nil)
    let together = try ModelMatrix(
      rowCount: 400, terms: [factor, .product(factor, .numeric("x", data.x)), .product(factor, .numeric("z", data.z))])
    let crossed = try PropensityScores(treated: data.treated, design: together)
    for i in 0..<400 { #expect(isClose(within.values[i], crossed.values[i], relative: 1e-9)) }
    let pair = try [within, crossed].map {
      try WeightedMeans(outcome: data.outcome, weights: BalancingWeights($0)).means.contrasts().difference
    }
    #expect(isClose(try #require(pair[0].standardError), try #require(pair[1].standardError), relative: 1e-8))
  }

  @Test func effectsWithinGroupsAddUpToTheWhole() throws {
    let data = SimulatedTreatment(400, seed: 17)
    let weights = BalancingWeights(try PropensityScores(treated: data.treated, design: data.design()))
    let groups = Clusters(labels: data.level.map { Int($0) })
    let parts = try WeightedMeans.within(groups, outcome: data.outcome, weights: weights)
    var (sum, total) = (0.0, 0.0)
    for (group, part) in parts.enumerated() {
      let weight = (0..<400).reduce(0.0) {
        $0 + (data.treated[$1] && groups.codes[$1] == group ? weights.values[$1] : 0)
      }
      sum += weight * part.means.treated
      total += weight
    }
    let whole = try WeightedMeans(outcome: data.outcome, weights: weights).means
    #expect(isClose(sum / total, whole.treated, relative: 1e-12))
  }
}
