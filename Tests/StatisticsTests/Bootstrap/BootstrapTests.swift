import Foundation
import NumericalMethods
import Statistics
import TestSupport
import Testing

struct BootstrapTests {
  private static func mean(_ values: [Double]) -> Bootstrap.Statistic {
    { (weights: [Double]) throws(StatisticsError) -> [Double] in
      let total = weights.reduce(0, +)
      let mean = weightedSum(values, weights) / total
      var spread = 0.0
      for i in values.indices { spread += weights[i] * (values[i] - mean) * (values[i] - mean) }
      return [mean, spread / (total * total)]
    }
  }

  @Test func drawsKeepTheSizeOfStrataAndWholeClusters() throws {
    let clusters = Clusters(labels: (0..<60).map { $0 / 3 })
    let strata = Clusters(labels: (0..<60).map { $0 < 24 ? 0 : 1 })
    let plan = try ResamplingPlan(rowCount: 60, draws: 20, seed: 4, clusters: clusters, strata: strata)
    for draw in 0..<20 {
      let frequencies = plan.frequencies(draw)
      #expect(frequencies.reduce(0, +) == 60)
      #expect(frequencies[0..<24].reduce(0, +) == 24)
      for i in stride(from: 0, to: 60, by: 3) {
        #expect(frequencies[i] == frequencies[i + 1] && frequencies[i] == frequencies[i + 2])
      }
    }
    #expect(plan.frequencies(3) == plan.frequencies(3))
    #expect(plan.frequencies(3) != plan.frequencies(4))
    #expect(throws: StatisticsError.self) {
      try ResamplingPlan(rowCount: 60, draws: 20, seed: 4, clusters: strata, strata: clusters)
    }
  }

  @Test func drawsDoNotDependOnTheNumberOfThreads() throws {
    let values = (0..<40).map { sin(Double($0)) }
    let plan = try ResamplingPlan(rowCount: 40, draws: 300, seed: 9)
    let one = try WorkSharing.$threads.withValue(1) { try Bootstrap(plan, statistic: Self.mean(values)) }
    let two = try WorkSharing.$threads.withValue(2) { try Bootstrap(plan, statistic: Self.mean(values)) }
    #expect(one.replicates == two.replicates)
  }

  /// The influence of a row on a mean is its distance from it, whichever way it is found.
  @Test func influenceOnAMeanIsTheDistanceFromIt() throws {
    let values = [1.0, 4, 9, 16, 25, 36]
    let centre = values.reduce(0, +) / 6
    let bootstrap = try Bootstrap(ResamplingPlan(rowCount: 6, draws: 400, seed: 2), statistic: Self.mean(values))
    for source in [BootstrapInfluence.jackknife, .jackknifeAboutMean, .regression] {
      for (found, value) in zip(try bootstrap.influence(0, source), values) {
        #expect(isClose(found, value - centre, relative: 1e-9), "\(source)")
      }
    }
    #expect(try bootstrap.influence(0, .given(values)) == values)
  }

  /// boot 1.3-28.1: `empinf(type = "reg")` of the ratio of case B01 gives a = 0.0117077487262.
  @Test(.enabled(if: ReferenceCase.isPresent, Comment(rawValue: SharedMaterial.absent)))
  func influenceByRegressionIsThatOfBoot() throws {
    let city = try ReferenceCase("B01").table("city")
    let (u, x) = (city.numbers("u"), city.numbers("x"))
    let indices = try BootstrapReferenceTests.indices("boot_indices_B01")
    let bootstrap = try Bootstrap(ResamplingPlan(rowCount: u.count, indices: indices)) { weights in
      [weightedSum(x, weights) / weightedSum(u, weights)]
    }
    let found = try bootstrap.interval(0, .biasCorrectedAccelerated(.regression))
    #expect(isClose(try #require(found.acceleration), 0.0117077487262, relative: 1e-9))
    // boot.ci(type = "norm", h = log) and its basic interval on the logarithm stay above zero.
    let onLogarithm = try bootstrap.interval(0, .basic, scale: .log)
    #expect(try #require(onLogarithm.interval.lower) > 0)
  }

  @Test func smallRanksUseTheSmallestDraw() throws {
    let bootstrap = try Bootstrap(
      ResamplingPlan(rowCount: 4, draws: 19, seed: 1), statistic: Self.mean([1, 2, 3, 5]))
    let wide = try bootstrap.interval(0, .percentile, level: 0.99)
    #expect(wide.usesExtremeDraw)
    #expect(wide.interval.lower == bootstrap.values().min())
    #expect(try bootstrap.interval(0, .percentile, level: 0.5).usesExtremeDraw == false)
  }

  @Test func drawsWithoutAValueAreCountedAndLeftOut() throws {
    let treated = [true, false, false, false, false, false]
    let plan = try ResamplingPlan(rowCount: 6, draws: 500, seed: 8)
    let bootstrap = try Bootstrap(plan) { (weights: [Double]) throws(StatisticsError) -> [Double] in
      guard weights[0] > 0 else { throw .oneGroupOnly(variable: "the treatment") }
      return [Double(treated.count) * weights[0]]
    }
    // A row is missing from a draw of six with probability (5/6)^6 = 0.33.
    #expect((120...210).contains(bootstrap.failedDraws))
    #expect(bootstrap.values().count == 500 - bootstrap.failedDraws)
    #expect(throws: StatisticsError.self) {
      try Bootstrap(plan) { (weights: [Double]) throws(StatisticsError) -> [Double] in
        weights.allSatisfy { $0 == 1 } ? [1] : [.nan]
      }
    }
    #expect(throws: StatisticsError.constant(variable: "the statistic over the draws")) {
      try Bootstrap(plan) { _ in [3] }.interval(0, .percentile)
    }
    #expect(throws: StatisticsError.tooFewObservations(found: 3, needed: 7)) {
      try Bootstrap(ResamplingPlan(rowCount: 6, draws: 3, seed: 1), statistic: Self.mean([1, 2, 3, 4, 5, 6]))
        .influence(0, .regression)
    }
  }

  @Test(arguments: TargetPopulation.allCases) func weightingRefittedFastEqualsFittingAnew(
    _ target: TargetPopulation
  ) throws {
    let data = SimulatedTreatment(300, seed: 31)
    let design = try data.design()
    let weighting = try RefittedWeighting(
      outcome: data.outcome, treated: data.treated, design: design, target: target)
    let plan = try ResamplingPlan(rowCount: 300, draws: 8, seed: 6)
    for draw in 0..<8 {
      let frequencies = plan.frequencies(draw)
      let found = try weighting.statistic(frequencies)
      let scores = try PropensityScores(treated: data.treated, design: design, samplingWeights: frequencies)
      let means = try WeightedMeans(outcome: data.outcome, weights: BalancingWeights(scores, target: target)).means
      #expect(isClose(found[1], means.untreated, relative: 1e-7))
      #expect(isClose(found[2], means.treated, relative: 1e-7))
      #expect(isClose(found[0], found[2] - found[1], relative: 1e-12))
    }
  }

  @Test func aDrawThatLacksALevelOrAGroupIsAnswered() throws {
    let data = SimulatedTreatment(120, seed: 33)
    let weighting = try RefittedWeighting(outcome: data.outcome, treated: data.treated, design: data.design())
    // Without level c its column is zero.
    let without = data.level.map { $0 == 2 ? 0.0 : 1 }
    let found = try weighting.statistic(without)
    let rows = without.indices.filter { without[$0] > 0 }
    let rest = SimulatedTreatment(data, rows: rows)
    let scores = try PropensityScores(treated: rest.treated, design: rest.design())
    let means = try WeightedMeans(outcome: rest.outcome, weights: BalancingWeights(scores)).means
    #expect(isClose(found[0], means.treated - means.untreated, relative: 1e-7))
    #expect(throws: StatisticsError.oneGroupOnly(variable: "the treatment")) {
      try weighting.statistic(data.treated.map { $0 ? 0 : 1 })
    }
    // Only the treated with x above 0 and the untreated below: separated.
    #expect(throws: StatisticsError.self) {
      try weighting.statistic(data.x.indices.map { (data.x[$0] > 0) == data.treated[$0] ? 1 : 0 })
    }
  }

  @Test func intervalsCoverAMean() throws {
    let studies = 2000
    let kinds: [BootstrapIntervalKind] = [
      .normal, .basic, .percentile, .biasCorrectedAccelerated(.jackknife), .studentised(varianceAt: 1),
    ]
    let found = WorkSharing.map(studies) { number -> [Bool] in
      var generator = CounterGenerator(seed: 77, stream: UInt64(number))
      let values = (0..<60).map { _ in generator.normal() }
      guard let plan = try? ResamplingPlan(rowCount: 60, draws: 399, seed: UInt64(number)),
        let bootstrap = try? Bootstrap(plan, statistic: Self.mean(values))
      else { return [] }
      return kinds.map { kind in
        guard let interval = try? bootstrap.interval(0, kind).interval else { return false }
        return interval.lower! <= 0 && 0 <= interval.upper!
      }
    }
    for (place, kind) in kinds.enumerated() {
      let coverage = Double(found.count { $0[place] }) / Double(studies)
      #expect((0.93...0.97).contains(coverage), "\(kind): \(coverage)")
    }
  }

  @Test func aCancelledTaskStopsTheJackknife() async throws {
    let plan = try ResamplingPlan(rowCount: 200, draws: 50, seed: 3)
    let values = (0..<200).map(Double.init)
    let bootstrap = try Bootstrap(plan, statistic: Self.mean(values))
    let stopped = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      return try bootstrap.influence(0, .jackknife)
    }
    await #expect(throws: StatisticsError.cancelled) { _ = try await stopped.value }
  }
}
