import NumericalMethods
import Statistics
import TestSupport
import Testing

struct AbsorbedRegressionTests {
  /// n rows of an invented panel: unit, period, two columns, a factor and a response; some rows are missing.
  struct Rows {
    var unit: [Int] = []
    var period: [Int] = []
    var x: [Double] = []
    var kind: [Int32] = []
    var weight: [Double] = []
    var y: [Double] = []

    init(units: Int, periods: Int, keep: Double, seed: UInt64) {
      var random = CounterGenerator(seed: seed, stream: 0)
      for unit in 0..<units {
        let own = random.normal()
        for period in 0..<periods where random.uniform() < keep {
          let kind = Int32(random.index(below: 4))
          let x = random.normal() + own + Double(period) / 3
          self.unit.append(unit)
          self.period.append(period)
          self.x.append(x)
          self.kind.append(kind)
          weight.append(0.5 + random.uniform())
          y.append(0.7 * x + 2 * own + Double(period * period) / 9 + 0.4 * Double(kind % 3) + random.normal())
        }
      }
    }

    var count: Int { y.count }

    func factor(_ name: String, _ codes: [Int]) -> ModelMatrix.Term {
      let levels = (codes.max() ?? 0) + 1
      return .factor(name, codes: codes.map { Int32($0) }, levels: (0..<levels).map(String.init), reference: 0)
    }

    func design() throws -> ModelMatrix {
      try ModelMatrix(
        rowCount: count,
        terms: [.numeric("x", x), .factor("kind", codes: kind, levels: ["a", "b", "c", "d"], reference: 0)])
    }

    /// The same model with a dummy for each level.
    func withDummies() throws -> ModelMatrix {
      try design().appending([.intercept, factor("unit", unit), factor("period", period)])
    }
  }

  /// Two ways with so many levels that alternating projections are used.
  @Test func aCancelledTaskStopsTheProjections() async throws {
    var random = CounterGenerator(seed: 4, stream: 0)
    let count = 6000
    let ways = [1700, 1600].map { levels in Clusters(labels: (0..<count).map { _ in random.index(below: levels) }) }
    let x = (0..<count).map { _ in random.normal() }
    let y = (0..<count).map { _ in random.normal() }
    let design = try ModelMatrix([("x", x)])
    let stopped = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      return try AbsorbedRegression(design, response: y, absorbing: ways)
    }
    await #expect(throws: StatisticsError.cancelled) { _ = try await stopped.value }
  }

  private func expectSame(_ found: AbsorbedRegression, _ dummies: LinearRegression, relative: Double = 1e-9) {
    for (i, name) in found.names.enumerated() {
      #expect(isClose(found.coefficients[i], dummies[name]!, relative: relative), "\(name)")
    }
    for i in found.residuals.indices {
      #expect(abs(found.residuals[i] - dummies.residuals[i]) < relative * 10)
    }
    #expect(isClose(found.residualSumOfSquares, dummies.residualSumOfSquares, relative: relative))
  }

  @Test func coefficientsAreThoseOfDummies() throws {
    for seed in 1...4 {
      let rows = Rows(units: 30, periods: 7, keep: seed % 2 == 0 ? 1 : 0.6, seed: UInt64(seed))
      let weights = seed > 2 ? rows.weight : nil
      let absorbed = try AbsorbedRegression(
        rows.design(), response: rows.y, absorbing: [Clusters(labels: rows.period), Clusters(labels: rows.unit)],
        weights: weights)
      let dummies = try LinearRegression(rows.withDummies(), response: rows.y, weights: weights)
      expectSame(absorbed, dummies)
      #expect(isClose(absorbed.rSquared!, try dummies.fit().rSquared ?? 0) || weights != nil)
    }
  }

  @Test func errorsAreThoseOfDummiesUnderEveryConvention() throws {
    let rows = Rows(units: 25, periods: 6, keep: 0.7, seed: 9)
    let (unit, period) = (Clusters(labels: rows.unit), Clusters(labels: rows.period))
    let region = Clusters(labels: rows.unit.map { $0 / 5 })
    for weights in [nil, rows.weight] {
      let absorbed = try AbsorbedRegression(
        rows.design(), response: rows.y, absorbing: [unit, period], weights: weights)
      let dummies = try LinearRegression(rows.withDummies(), response: rows.y, weights: weights)
      let cases: [(CovarianceConvention, [Clusters])] = [
        (.classical, []), (.hc0, []), (.hc1, []), (.clustered(.cr0), [unit]), (.clustered(.cr1), [unit]),
        (.clustered(.cr1), [region]), (.clustered(.cr1), [period]), (.clustered(.cr1), [unit, period]),
        (.clustered(.cr1SmallestCount), [unit, period]), (.clustered(.cr1WhiteIntersection), [region, period]),
      ]
      for (convention, clusters) in cases {
        let found = try absorbed.estimates(convention, clusters: clusters, counting: .all)
        let expected = try dummies.estimates(convention, clusters: clusters)
        for (i, name) in found.names.enumerated() {
          let j = expected.position(name)!
          #expect(
            isClose(found.covariance[i, i], expected.covariance[j, j], relative: 1e-9), "\(name) \(convention)")
          #expect(abs(found.covariance[0, i] - expected.covariance[expected.position("x")!, j]) < 1e-10)
        }
      }
    }
  }

  @Test func manyLevelsInBothWaysAreProjectedToTheSameResult() throws {
    var random = CounterGenerator(seed: 4, stream: 1)
    let n = 3000
    let first = (0..<n).map { _ in random.index(below: 400) }
    let second = (0..<n).map { _ in random.index(below: 300) }
    let third = (0..<n).map { _ in random.index(below: 5) }
    let x = first.map { Double($0 % 7) + random.normal() }
    let y = x.indices.map { 0.5 * x[$0] + Double(first[$0] % 11) + Double(second[$0] % 5) + random.normal() }
    let design = try ModelMatrix(intercept: false, [("x", x)])
    let ways = [Clusters(labels: first), Clusters(labels: second), Clusters(labels: third)]
    let projected = AlternatingProjectionsCheck(ways)
    let absorbed = try AbsorbedRegression(design, response: y, absorbing: ways)
    // Of the residuals nothing is left in any level, and they are at right angles to the column.
    projected.expectFree(absorbed.residuals)
    let dummies = try LinearRegression(
      design.appending([
        .intercept, .factor("a", codes: ways[0].codes, levels: (0..<ways[0].count).map(String.init), reference: 0),
        .factor("b", codes: ways[1].codes, levels: (0..<ways[1].count).map(String.init), reference: 0),
        .factor("c", codes: ways[2].codes, levels: (0..<ways[2].count).map(String.init), reference: 0),
      ]), response: y)
    #expect(isClose(absorbed.coefficients[0], dummies["x"]!, relative: 1e-9))
    let found = try absorbed.estimates(.hc1, counting: .reghdfe)
    #expect(isClose(found.standardErrors[0]!, try dummies.estimates(.hc1).standardErrors[0]!, relative: 1e-9))
  }

  /// Whether residuals sum to zero in each level.
  private struct AlternatingProjectionsCheck {
    let ways: [Clusters]
    init(_ ways: [Clusters]) { self.ways = ways }
    func expectFree(_ residuals: [Double]) {
      for way in ways {
        var sums = [Double](repeating: 0, count: way.count)
        for (i, code) in way.codes.enumerated() { sums[Int(code)] += residuals[i] }
        #expect(sums.allSatisfy { abs($0) < 1e-8 })
      }
    }
  }

  @Test func columnsThatTheEffectsExplainAreNamed() throws {
    let rows = Rows(units: 12, periods: 5, keep: 1, seed: 2)
    let design = try ModelMatrix([
      ("x", rows.x), ("of the unit", rows.unit.map { Double($0 * $0) }), ("twice x", rows.x.map { 2 * $0 }),
      ("of the period", rows.period.map { Double($0) }),
    ])
    let absorbed = try AbsorbedRegression(
      design, response: rows.y, absorbing: [Clusters(labels: rows.unit), Clusters(labels: rows.period)])
    #expect(absorbed.names == ["x"])
    #expect(absorbed.aliased == ["of the unit", "twice x", "of the period"])
    #expect(throws: StatisticsError.self) {
      try AbsorbedRegression(
        ModelMatrix([("of the unit", rows.unit.map { Double($0) })]), response: rows.y,
        absorbing: [Clusters(labels: rows.unit)])
    }
  }

  /// Two persons, two months, worked by hand: within persons x moves by 1 and 3, y by 2 and 4; without months
  /// β = (1·2 + 3·4)/(1 + 9) = 1.4; with months, differences around their means −1, 1 and −1, 1: β = 1.
  @Test func twoPersonsInTwoMonthsByHand() throws {
    let design = try ModelMatrix(intercept: false, [("x", [0, 1, 5, 8])])
    let person = Clusters(labels: [1, 1, 2, 2])
    let month = Clusters(labels: [1, 2, 1, 2])
    let y: [Double] = [10, 12, 0, 4]
    let one = try AbsorbedRegression(design, response: y, absorbing: [person])
    #expect(isClose(one.coefficients[0], 1.4))
    let two = try AbsorbedRegression(design, response: y, absorbing: [person, month])
    #expect(isClose(two.coefficients[0], 1))
    #expect(two.residualSumOfSquares < 1e-20)
    #expect(throws: StatisticsError.tooFewObservations(found: 4, needed: 5)) { try two.estimates() }
  }

  @Test func singletonsAreLeftOutAgainAndAgain() throws {
    // Row 3 is alone in its unit; without it row 2 is alone in its period.
    let unit = Clusters(labels: [1, 1, 1, 2, 1, 3, 3, 3])
    let period = Clusters(labels: [1, 2, 3, 3, 1, 1, 2, 2])
    let x: [Double] = [1, 4, 2, 5, 3, 7, 1, 2]
    let design = try ModelMatrix(intercept: false, [("x", x)])
    let y: [Double] = [3, 1, 4, 1, 5, 9, 2, 6]
    let all = try AbsorbedRegression(design, response: y, absorbing: [unit, period])
    let some = try AbsorbedRegression(design, response: y, absorbing: [unit, period], dropsSingletons: true)
    #expect(some.rows == [0, 1, 4, 5, 6, 7])
    #expect(isClose(all.coefficients[0], some.coefficients[0]))
    #expect(some.observations == 6)
  }

  @Test func oneThreadAndTwoGiveTheSameBits() throws {
    let rows = Rows(units: 3000, periods: 8, keep: 0.8, seed: 5)
    let effects = [Clusters(labels: rows.unit), Clusters(labels: rows.period)]
    let fit = { () throws -> (AbsorbedRegression, CoefficientEstimates) in
      let model = try AbsorbedRegression(rows.design(), response: rows.y, absorbing: effects)
      return (model, try model.estimates(.clustered(.cr1), clusters: [effects[0]]))
    }
    let two = try fit()
    let one = try WorkSharing.$threads.withValue(1) { try fit() }
    #expect(one.0.coefficients == two.0.coefficients)
    #expect(one.1.covariance == two.1.covariance)
  }

  @Test func degreesOfFreedomCountNestedEffectsAsNamed() throws {
    let unit = Clusters(labels: (0..<24).map { $0 / 4 })
    let period = Clusters(labels: (0..<24).map { $0 % 4 })
    var random = CounterGenerator(seed: 1, stream: 0)
    let x = (0..<24).map { _ in random.normal() }
    let design = try ModelMatrix(intercept: false, [("x", x)])
    let model = try AbsorbedRegression(design, response: x.map { $0 + random.normal() }, absorbing: [unit, period])
    #expect(model.parameters(.all) == 1 + 6 + 3)
    #expect(model.parameters(.fixest) == 1 + 6 + 3)
    #expect(model.parameters(.fixest, clusters: [unit]) == 1 + 1 + 3)
    #expect(model.parameters(.fixest, clusters: [unit, period]) == 1 + 1)
    #expect(model.parameters(.none) == 1)
    // Two halves that share no period: one more level is redundant, which only exact counting sees.
    let halves = Clusters(labels: (0..<24).map { $0 < 12 ? $0 % 2 : 2 + $0 % 2 })
    let parted = try AbsorbedRegression(design, response: x.map { $0 + random.normal() }, absorbing: [unit, halves])
    #expect(parted.parameters(.fixest) == 1 + 6 + 3)
    #expect(parted.parameters(.reghdfe) == 1 + 6 + 2)
  }
}
