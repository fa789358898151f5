import NumericalMethods
import Statistics
import Testing

/// Balance solved by hand, and what it must not depend on.
@Suite struct BalanceWorkedTests {
  let treated = [true, true, true, false, false, false, false]
  let x = [1.0, 2, 3, 1, 1, 2, 4]

  private func table(
    _ terms: [ModelMatrix.Term], weights: [Double]? = nil, _ denominator: BalanceDenominator = .treated,
    interactions: Bool = false
  ) throws -> BalanceTable {
    try BalanceTable(
      treated: treated, covariates: terms, weights: weights,
      settings: BalanceSettings(denominator: denominator, interactions: interactions))
  }

  @Test func `differences, variance ratios and distribution functions of a numeric covariate`() throws {
    let row = try #require(try table([.numeric("x", x)])["x"])
    #expect(row.before.meanTreated == 2 && row.before.meanControl == 2)
    // No difference, so nothing is divided.
    #expect(row.before.standardisedDifference == 0)
    // Variances 1 and 2.
    #expect(abs(row.before.varianceRatio! - 0.5) < 1e-12)
    // At 1: 1/3 and 1/2; at 2: 2/3 and 3/4; at 3: 1 and 3/4; at 4: 1 and 1.
    #expect(abs(row.before.largestDistributionDifference! - 0.25) < 1e-12)
    #expect(abs(row.before.averageDistributionDifference! - (1.0 / 6 + 1.0 / 12 + 0.25) / 4) < 1e-12)
    #expect(row.after == nil)
  }

  @Test func `weights change the second half only`() throws {
    // Without the control at 4 the controls have mean 4/3.
    let row = try #require(try table([.numeric("x", x)], weights: [1, 1, 1, 1, 1, 1, 0])["x"])
    #expect(row.before.meanControl == 2)
    #expect(abs(row.after!.standardisedDifference! - 2.0 / 3) < 1e-12)
    // Still over all four values: at 1 |1/3 − 2/3|, at 2 |2/3 − 1|, then equal.
    #expect(abs(row.after!.averageDistributionDifference! - (1.0 / 3 + 1.0 / 3) / 4) < 1e-12)
  }

  @Test func `each denominator is the deviation that its name says`() throws {
    // 0 and 1: shares 2/3 and 1/4.
    let binary = ModelMatrix.Term.numeric("b", [1, 1, 0, 1, 0, 0, 0])
    let difference = 2.0 / 3 - 0.25
    let ofTreated = 2.0 / 9
    let ofControls = 3.0 / 16
    let ofAll = 12.0 / 49
    let variances: [BalanceDenominator: Double] = [
      .treated: ofTreated, .control: ofControls, .pooled: (ofTreated + ofControls) / 2, .all: ofAll, .weighted: ofAll,
    ]
    for (denominator, variance) in variances {
      let row = try #require(try table([binary], denominator)["b"])
      #expect(abs(row.before.standardisedDifference! - difference / variance.squareRoot()) < 1e-12, "\(denominator)")
      #expect(row.kind == .binary && row.before.varianceRatio == nil)
      #expect(abs(row.before.largestDistributionDifference! - difference) < 1e-12)
    }
    let all = try #require(try table([.numeric("x", x)], weights: [1, 1, 1, 1, 1, 1, 0], .all)["x"])
    // Σx = 14, Σx² = 36: variance (36 − 28)/6.
    #expect(abs(all.after!.standardisedDifference! - (2.0 / 3) / (8.0 / 6).squareRoot()) < 1e-12)
  }

  @Test func `a factor has a row for each level, equal to that of its column of 0 and 1`() throws {
    let factor = ModelMatrix.Term.factor("f", codes: [0, 1, 2, 0, 0, 1, 1], levels: ["p", "q", "r"], reference: 0)
    let weights = [1, 1, 1, 0.5, 1.5, 2, 0]
    let rows = try table([factor], weights: weights).rows
    #expect(rows.map(\.name) == ["fp", "fq", "fr"])
    for (level, row) in rows.enumerated() {
      let column = [0, 1, 2, 0, 0, 1, 1].map { $0 == level ? 1.0 : 0 }
      let plain = try #require(try table([.numeric("c", column)], weights: weights)["c"])
      #expect(row.before == plain.before && row.after == plain.after)
    }
  }

  @Test func `squares and products have rows, but not those that tell nothing new`() throws {
    let binary = ModelMatrix.Term.numeric("b", [1, 1, 0, 1, 0, 0, 0])
    let names = try table([.numeric("x", x), binary], interactions: true).rows.map(\.name)
    #expect(names == ["x", "b", "x²", "x * b"])
  }

  @Test func `pairs and sets have an average distance`() throws {
    let units = try MatchingUnits(treated: [true, true, false, false], score: [0.2, 0.8, 0.3, 0.6])
    let sample = try NearestNeighbourMatching().match(units)
    let age = ModelMatrix.Term.numeric("age", [20, 40, 30, 70])
    let row = try #require(try BalanceTable(sample, covariates: [age])["age"])
    // Pairs 20–30 and 40–70: 20 on average, over √200.
    #expect(abs(row.after!.standardisedPairDistance! - 20 / 200.0.squareRoot()) < 1e-12)
    let town = ModelMatrix.Term.factor("town", codes: [0, 0, 0, 0], levels: ["a"], reference: nil)
    let exact = try ExactMatching(covariates: ["town"]).match(
      MatchingUnits(treated: units.treated, covariates: [town, age]))
    let all = try #require(try BalanceTable(exact, covariates: [age])["age"])
    // All four pairs: 10, 50, 10, 30.
    #expect(abs(all.after!.standardisedPairDistance! - 25 / 200.0.squareRoot()) < 1e-12)
  }

  @Test func `constant columns and single units give limits, not NaN`() throws {
    let rows = try BalanceTable(
      treated: [true, false], covariates: [.numeric("c", [5, 5]), .numeric("x", [1, 3])], weights: [1, 1],
      settings: BalanceSettings(denominator: .pooled)
    ).rows
    #expect(rows[0].before.standardisedDifference == 0 && rows[0].before.varianceRatio == nil)
    #expect(rows[1].before.standardisedDifference == nil && rows[1].before.largestDistributionDifference == nil)
    let apart = try table([.numeric("x", [1, 1, 1, 2, 2, 2, 2])])
    #expect(apart.rows[0].before.standardisedDifference == nil)
    #expect(apart.rows[0].before.largestDistributionDifference == 1)
  }

  @Test func `weights must leave someone in both groups`() throws {
    #expect(throws: StatisticsError.weightsSumToZero) {
      try table([.numeric("x", x)], weights: [1, 1, 1, 0, 0, 0, 0])
    }
    #expect(throws: StatisticsError.negativeWeight(index: 1)) {
      try table([.numeric("x", x)], weights: [1, -1, 1, 1, 1, 1, 1])
    }
    #expect(throws: StatisticsError.oneGroupOnly(variable: "treated")) {
      try BalanceTable(
        treated: [true, true], covariates: [], settings: BalanceSettings(denominator: .treated))
    }
  }

  @Test func `overlap is the area that two histograms share`() throws {
    let overlap = try Overlap(
      score: [0, 0.5, 1, 0.5, 0.52, 0.3], treated: [true, true, true, false, false, false])
    // Bins 0, 10, 19 of the treated, 10, 10, 6 of the controls: one third is shared.
    #expect(abs(overlap.coefficient - 1.0 / 3) < 1e-12)
    #expect(overlap.treated.outside == 2 && overlap.control.outside == 0)
  }

  @Test func `neither the order of rows, nor scale, nor threads change the balance`() throws {
    var generator = CounterGenerator(seed: 3)
    let n = 5000
    let x = (0..<n).map { _ in (20 * generator.normal()).rounded() / 4 }
    let treated = x.map { generator.uniform() < 1 / (1 + 1 / (1 + abs($0))) }
    let weights = x.map { _ in generator.uniform() }
    func row(_ x: [Double], _ treated: [Bool], _ weights: [Double]) throws -> BalanceRow {
      try BalanceTable(
        treated: treated, covariates: [.numeric("x", x)], weights: weights, settings: .init(denominator: .pooled)
      ).rows[0]
    }
    let usual = try row(x, treated, weights)
    let one = try WorkSharing.$threads.withValue(1) { try row(x, treated, weights) }
    #expect(usual == one)
    let order = generator.permutation(of: n)
    let shuffled = try row(
      x.permuted(by: order), treated.permuted(by: order), weights.permuted(by: order))
    let scaled = try row(x.map { 1e12 * $0 + 3e11 }, treated, weights)
    for other in [shuffled, scaled] {
      let (a, b) = (usual.after!, other.after!)
      #expect(abs(a.standardisedDifference! - b.standardisedDifference!) < 1e-9)
      #expect(abs(a.varianceRatio! - b.varianceRatio!) < 1e-9)
      #expect(abs(a.averageDistributionDifference! - b.averageDistributionDifference!) < 1e-9)
      #expect(abs(a.largestDistributionDifference! - b.largestDistributionDifference!) < 1e-9)
    }
  }
}
