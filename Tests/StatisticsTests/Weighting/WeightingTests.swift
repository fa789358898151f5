import Foundation
import NumericalMethods
import Statistics
import TestSupport
import Testing

/// Worked by hand: x = 0 has 2 treated and 8 untreated (e = 0.2), x = 1 has 6 treated and 4 untreated (e = 0.6). The
/// outcome happened to 1 of 2, 2 of 8, 3 of 6 and 3 of 4.
struct WeightingTests {
  static let cells: [(x: Double, isTreated: Bool, people: Int, events: Int)] = [
    (0, true, 2, 1), (0, false, 8, 2), (1, true, 6, 3), (1, false, 4, 3),
  ]
  let x = cells.flatMap { cell in Array(repeating: cell.x, count: cell.people) }
  let treated = cells.flatMap { cell in Array(repeating: cell.isTreated, count: cell.people) }
  let outcome = cells.flatMap { cell in (0..<cell.people).map { $0 < cell.events ? 1.0 : 0 } }

  private func design() throws -> ModelMatrix { try ModelMatrix([("x", x)]) }
  private func scores() throws -> PropensityScores { try PropensityScores(treated: treated, design: design()) }

  @Test func scoresAreTheSharesTreated() throws {
    for (score, own) in zip(try scores().values, x) { #expect(isClose(score, own == 0 ? 0.2 : 0.6, relative: 1e-12)) }
  }

  @Test func weightedMeansStandardiseTheCells() throws {
    // Shares of x = 1: everyone 1/2, treated 6/8, untreated 4/12; of overlap 2.4 of 4, of matching 4 of 6.
    let shares: [(TargetPopulation, Double)] = [
      (.everyone, 0.5), (.treated, 0.75), (.untreated, 1.0 / 3), (.overlap, 0.6), (.matching, 2.0 / 3),
    ]
    for (target, share) in shares {
      let means = try WeightedMeans(outcome: outcome, weights: BalancingWeights(scores(), target: target)).means
      #expect(isClose(means.treated, 0.5, relative: 1e-12), "\(target)")
      #expect(isClose(means.untreated, 0.25 + 0.5 * share, relative: 1e-12), "\(target)")
    }
  }

  @Test func everyWayToAdjustAgreesWhereTheModelsAreSaturated() throws {
    let weights = BalancingWeights(try scores(), target: .treated)
    let design = try design()
    let balancing = try EntropyBalancing(treated: treated, design: design)
    let found = [
      try WeightedMeans(outcome: outcome, weights: weights).means,
      try AugmentedWeighting(outcome: outcome, weights: weights, design: design).means,
      try AugmentedWeighting(outcome: outcome, weights: weights, design: design, model: .logistic).means,
      try WeightedStandardisation(outcome: outcome, weights: weights, design: design, model: .logistic).means,
      try RegressionStandardisation(
        outcome: outcome, treated: treated, design: design, model: .logistic, target: .treated
      ).means,
      try WeightedMeans(outcome: outcome, weights: BalancingWeights(balancing)).means,
    ]
    let errors = try found.map { try #require($0.contrasts().difference.standardError) }
    for (means, error) in zip(found, errors) {
      #expect(isClose(means.untreated, 0.625, relative: 1e-10), "\(means.method)")
      #expect(isClose(means.treated, 0.5, relative: 1e-10), "\(means.method)")
      #expect(isClose(error, errors[0], relative: 1e-8), "\(means.method)")
    }
  }

  @Test func entropyBalancingMovesOneShare() throws {
    let balancing = try EntropyBalancing(treated: treated, design: design())
    // Of the untreated a third has x = 1 where three quarters are wanted.
    for i in x.indices where !treated[i] {
      #expect(isClose(balancing.weights[i], x[i] == 1 ? 0.75 * 3 : 0.25 * 1.5, relative: 1e-10))
    }
    for i in x.indices where treated[i] { #expect(balancing.weights[i] == 1) }
  }

  @Test func risksAreComparedThreeWays() throws {
    let found = try WeightedMeans(outcome: outcome, weights: BalancingWeights(scores())).means.contrasts()
    #expect(isClose(found.difference.value, 0, relative: 1e-12))
    #expect(isClose(try #require(found.ratio).value, 1, relative: 1e-12))
    let treatedOnly = try WeightedMeans(
      outcome: outcome, weights: BalancingWeights(scores(), target: .treated)
    ).means.contrasts()
    let ratio = try #require(treatedOnly.ratio)
    #expect(isClose(ratio.value, 0.8, relative: 1e-12))
    #expect(isClose(try #require(treatedOnly.oddsRatio).value, 0.6, relative: 1e-12))
    // Limits of ratios are symmetric on the logarithm.
    #expect(isClose(try #require(ratio.interval.lower) * (try #require(ratio.interval.upper)), 0.64, relative: 1e-12))
    #expect(try #require(found.pValue) > 0.99)
  }

  @Test func stabilisedWeightsAverageOne() throws {
    let weights = BalancingWeights(try scores(), stabilised: true)
    #expect(isClose(weights.values.reduce(0, +), 20, relative: 1e-12))
    #expect(isClose(weights.effectiveSampleSize(treated: true), 64.0 / (2 * 4 + 6 * 16.0 / 36), relative: 1e-1))
  }

  @Test func truncationTakesTheQuantileNamed() throws {
    let values = [3.0, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5]
    let treated = values.indices.map { $0 % 2 == 0 }
    let weights = try BalancingWeights(treated: treated, values: values)
    // R 4.2: quantile(type = 3) and quantile(type = 7).
    let cases: [(Double, Double, QuantileRule, Double, Double)] = [
      (0.05, 0.95, .nearest, 1, 6), (0.1, 0.9, .nearest, 1, 6), (0.25, 0.75, .nearest, 2, 5),
      (0.05, 0.95, .interpolated, 1, 7.5), (0.25, 0.75, .interpolated, 2.5, 5), (0.1, 0.9, .interpolated, 1, 6),
    ]
    for (lower, upper, rule, low, high) in cases {
      let bounds = try #require(
        try weights.truncated(.quantiles(lower: lower, upper: upper, rule: rule)).truncatedTo)
      #expect(isClose(bounds.lowerBound, low, relative: 1e-12), "\(lower) \(rule)")
      #expect(isClose(bounds.upperBound, high, relative: 1e-12), "\(upper) \(rule)")
    }
    #expect(try weights.truncated(.count(2, lowest: true)).values == [3, 2, 4, 2, 5, 5, 2, 5, 5, 3, 5])
    #expect(try weights.truncated(.bounds(lower: 2, upper: 5), drop: true).values.count { $0 == 0 } == 4)
  }

  @Test func theBestRangeOfScoresSolvesCrumpsEquation() throws {
    let data = SimulatedTreatment(500, seed: 3)
    let scores = try PropensityScores(
      treated: data.treated, values: data.x.map { 1 / (1 + exp(-2.5 * $0)) })
    let (lower, upper) = try PropensityTrimming.optimal.limits(scores)
    #expect(lower > 0 && isClose(lower + upper, 1, relative: 1e-12))
    let inverse = scores.values.map { 1 / ($0 * (1 - $0)) }
    let cut = 1 / (lower * (1 - lower))
    let kept = inverse.filter { $0 <= cut }
    #expect(isClose(cut, 2 * kept.reduce(0, +) / Double(kept.count), relative: 1e-9))
    #expect(try PropensityTrimming.optimal.keptRows(scores).count == kept.count)
  }

  @Test func whatCannotBeComparedIsAnError() throws {
    let design = try design()
    let nobody = treated.map { _ in false }
    #expect(throws: StatisticsError.oneGroupOnly(variable: "the treatment")) {
      try PropensityScores(treated: nobody, design: design)
    }
    #expect(throws: StatisticsError.oneGroupOnly(variable: "the treatment")) {
      try EntropyBalancing(treated: nobody, design: design)
    }
    #expect(throws: StatisticsError.self) {
      try PropensityScores(treated: x.map { $0 == 1 }, design: design)
    }
    let scores = try scores()
    #expect(throws: StatisticsError.notFinite(array: "outcome", index: 0)) {
      try WeightedMeans(outcome: [.nan] + outcome.dropFirst(), weights: BalancingWeights(scores))
    }
    #expect(throws: StatisticsError.lengthsDiffer(array: "outcome", expected: 20, found: 1)) {
      try WeightedMeans(outcome: [1], weights: BalancingWeights(scores))
    }
    #expect(throws: StatisticsError.tooFewClusters(found: 1, needed: 2)) {
      let means = try WeightedMeans(outcome: outcome, weights: BalancingWeights(scores)).means
      _ = try means.contrasts(.stacked(.clustered(.cr0)), clusters: [Clusters(labels: x.map { _ in 1 })])
    }
    #expect(throws: StatisticsError.negativeWeight(index: 0)) {
      try BalancingWeights(treated: treated, values: [-1] + Array(repeating: 1, count: 19))
    }
    let empty = try ModelMatrix(rowCount: 0, terms: [.intercept])
    #expect(throws: StatisticsError.noObservations) { try EntropyBalancing(treated: [], design: empty) }
    #expect(throws: StatisticsError.self) {
      try WeightedMeans(outcome: outcome, weights: BalancingWeights(scores, stabilised: true), normalised: false)
    }
  }

  @Test func balanceThatNoWeightsReachNamesItsColumns() throws {
    // Nobody untreated is above 30, the treated are 40 on average.
    let ages = treated.indices.map { treated[$0] ? 40.0 + Double($0 % 3) : 20 + Double($0 % 10) }
    let design = try ModelMatrix([("x", x), ("age", ages)])
    #expect(throws: StatisticsError.balanceInfeasible(group: "untreated", columns: ["age"])) {
      try EntropyBalancing(treated: treated, design: design)
    }
    // Each column alone could be reached, both together not: the untreated lie on a line that the target is off.
    let first = treated.indices.map { treated[$0] ? 5.0 : Double($0 % 10) }
    let second = treated.indices.map { treated[$0] ? 2.0 : Double($0 % 10) }
    #expect(throws: StatisticsError.self) {
      try EntropyBalancing(treated: treated, design: ModelMatrix([("first", first), ("second", second)]))
    }
  }

  @Test func columnsThatDependOnOthersAreBalancedWithThem() throws {
    let design = try ModelMatrix([("x", x), ("twice", x.map { 2 * $0 }), ("constant", x.map { _ in 7 })])
    let balancing = try EntropyBalancing(treated: treated, design: design)
    #expect(balancing.groups[0].aliased == ["twice"])
    #expect(balancing.groups[0].largestGap < 1e-9)
    let same = try EntropyBalancing(treated: treated, design: self.design())
    for (a, b) in zip(balancing.weights, same.weights) { #expect(isClose(a, b, relative: 1e-9)) }
  }

  /// A level that nobody treated has: its people get next to no weight.
  @Test func aTargetAtTheEdgeGetsItsLimit() throws {
    let rare = treated.indices.map { !treated[$0] && $0 % 4 == 0 ? 1.0 : 0 }
    let balancing = try EntropyBalancing(treated: treated, design: ModelMatrix([("x", x), ("rare", rare)]))
    let weight = zip(balancing.weights, rare).reduce(0) { $0 + $1.0 * $1.1 }
    #expect(weight < 1e-8)
    let error = try WeightedMeans(outcome: outcome, weights: BalancingWeights(balancing)).means.contrasts()
      .difference.standardError
    #expect(try #require(error).isFinite)
  }
}
