import Foundation
import Statistics
import Testing

/// Input of which nothing, or only a limit, can be said.
@Suite struct MatchingDegenerateTests {
  let tied = try! MatchingUnits(
    treated: [true, true, false, false, false], score: [0.5, 0.5, 0.5, 0.5, 0.5],
    covariates: [.numeric("x", [1, 1, 1, 1, 1])])

  @Test func `there must be both groups, and numbers that are numbers`() {
    #expect(throws: StatisticsError.noObservations) { try MatchingUnits(treated: []) }
    #expect(throws: StatisticsError.oneGroupOnly(variable: "treated")) { try MatchingUnits(treated: [false, false]) }
    #expect(throws: StatisticsError.notFinite(array: "score", index: 1)) {
      try MatchingUnits(treated: [true, false], score: [0.1, .infinity])
    }
    #expect(throws: StatisticsError.lengthsDiffer(array: "score", expected: 2, found: 1)) {
      try MatchingUnits(treated: [true, false], score: [0.1])
    }
  }

  @Test func `nobody within the caliper is an error that says so`() throws {
    let units = try MatchingUnits(
      treated: [true, false, false], score: [0.9, 0.1, 0.2], covariates: [.numeric("x", [1, 2, 3])])
    let error = StatisticsError.noMatches(method: "nearest-neighbour matching")
    #expect(throws: error) { try NearestNeighbourMatching(caliper: .own(0.1)).match(units) }
    #expect(throws: StatisticsError.noMatches(method: "exact matching")) { try ExactMatching().match(units) }
    #expect(throws: StatisticsError.noMatches(method: "full matching")) {
      try FullMatching(caliper: .own(0.1)).match(units)
    }
    #expect(throws: StatisticsError.noMatches(method: "optimal pair matching")) {
      try OptimalPairMatching(caliper: .own(0.1)).match(units)
    }
    #expect(throws: StatisticsError.noMatches(method: "the matching estimator")) {
      try AbadieImbens(caliper: 0.01).effect(on: [1, 2, 3], among: units)
    }
    #expect("\(error)".contains("nobody comparable"))
  }

  @Test func `settings that cannot be are refused`() throws {
    func refuses(_ name: String, _ body: () throws -> Void) {
      do {
        try body()
        Issue.record("\(name) was not refused")
      } catch StatisticsError.setting(let found, _) {
        #expect(found == name)
      } catch {
        Issue.record("\(name): \(error)")
      }
    }
    refuses("estimand") { _ = try NearestNeighbourMatching(estimand: .all).match(tied) }
    refuses("ratio") { _ = try NearestNeighbourMatching(ratio: 1.5).match(tied) }
    refuses("reuse") { _ = try NearestNeighbourMatching(reuse: .atMost(0)).match(tied) }
    refuses("the caliper on the score") { _ = try NearestNeighbourMatching(caliper: .own(-1)).match(tied) }
    refuses("exactly") { _ = try NearestNeighbourMatching(exactly: ["y"]).match(tied) }
    refuses("covariateCalipers") { _ = try NearestNeighbourMatching(covariateCalipers: ["y": .own(1)]).match(tied) }
    refuses("classes") { _ = try Subclassification(classes: 1).match(tied) }
    refuses("omittedShare") { _ = try FullMatching(omittedShare: 1).match(tied) }
    refuses("neighbours") { _ = try AbadieImbens(neighbours: 0).effect(on: [1, 2, 3, 4, 5], among: tied) }
    refuses("varianceNeighbours") {
      _ = try AbadieImbens(varianceNeighbours: 2).effect(on: [1, 2, 3, 4, 5], among: tied)
    }
    refuses("the cutpoints of x") {
      _ = try CoarsenedExactMatching(coarsenings: ["x": .cutpoints([.nan])]).match(tied)
    }
    #expect(throws: StatisticsError.notSupported(method: "nearest-neighbour matching", input: "units without a score"))
    {
      try NearestNeighbourMatching().match(MatchingUnits(treated: [true, false]))
    }
    #expect(throws: StatisticsError.tooFewObservations(found: 2, needed: 3)) {
      try Subclassification(classes: 3).match(
        MatchingUnits(treated: [true, true, false, false, false], score: [0.1, 0.9, 0.2, 0.5, 0.8]))
    }
  }

  @Test func `when all are the same everybody can be matched, and ties are told`() throws {
    let sample = try NearestNeighbourMatching().match(tied)
    #expect(sample.matches!.count == 2 && sample.tiedUnits == 2)
    #expect(sample.matches!.totalDistance == 0)
    #expect(try NearestNeighbourMatching(distance: .covariates(.mahalanobis, [])).match(tied).matches!.count == 2)
    #expect(try NearestNeighbourMatching(caliper: .standardDeviations(0.2)).match(tied).matches!.count == 2)
    #expect(try FullMatching().match(tied).sets!.allSatisfy { $0 >= 0 })
    #expect(try OptimalPairMatching().match(tied).matches!.count == 2)
    #expect(try CoarsenedExactMatching().match(tied).setCount == 1)
    let effect = try AbadieImbens().effect(on: [1, 3, 1, 2, 3], among: tied)
    #expect(effect.estimate.value == 0)
    let balance = try BalanceTable(sample, covariates: tied.covariates, score: tied.score)
    #expect(balance.largestStandardisedDifference == 0)
  }

  @Test func `columns that depend on each other do not harm the distance`() throws {
    let x = [1.0, 2, 3, 4, 5, 6, 7, 8]
    let treated = [true, false, true, false, true, false, false, false]
    let once = try MatchingUnits(treated: treated, covariates: [.numeric("x", x)])
    let twice = try MatchingUnits(
      treated: treated, covariates: [.numeric("x", x), .numeric("y", x.map { 1e12 * $0 })])
    for kind in CovariateDistance.allCases where kind != .euclidean {
      let a = try NearestNeighbourMatching(distance: .covariates(kind, [])).match(once)
      let b = try NearestNeighbourMatching(distance: .covariates(kind, [])).match(twice)
      #expect(a.matches!.count == 3 && b.matches!.count == 3)
    }
  }

  @Test func `fewer controls than treated leaves treated units over`() throws {
    let units = try MatchingUnits(
      treated: [true, true, true, false], score: [0.3, 0.5, 0.9, 0.52])
    #expect(try NearestNeighbourMatching().match(units).sizes.unmatched.treated == 2)
    let optimal = try OptimalPairMatching().match(units)
    #expect(optimal.sets == [-1, 0, -1, 0])
  }

  @Test func `numbers near the largest that there are end in an answer or an error, never in NaN`() throws {
    let huge = 1.7e308
    let x = [huge, -huge, huge / 2, -huge / 3, 1, 0]
    let treated = [true, true, false, false, false, true]
    let units = try MatchingUnits(treated: treated, score: x, covariates: [.numeric("x", x)])
    #expect(try NearestNeighbourMatching().match(units).matches!.count == 3)
    for kind in CovariateDistance.allCases {
      _ = try? NearestNeighbourMatching(distance: .covariates(kind, [])).match(units)
      _ = try? OptimalPairMatching(distance: .covariates(kind, [])).match(units)
    }
    #expect(throws: StatisticsError.self) { try OptimalPairMatching().match(units) }
    #expect(throws: StatisticsError.self) { try FullMatching().match(units) }
    for usual in [Coarsening.sturges, .scott, .freedmanDiaconis, .quantiles(3), .classes(4)] {
      if let sample = try? CoarsenedExactMatching(usual: usual).match(units) {
        #expect(sample.weights.allSatisfy { $0.isFinite })
      }
    }
    _ = try? Subclassification(classes: 2).match(units)
    #expect(throws: StatisticsError.self) { try AbadieImbens().effect(on: x, among: units) }
    #expect(throws: StatisticsError.self) {
      try BalanceTable(
        treated: [true, true, false, false], covariates: [.numeric("x", [huge, huge, 1, 2])],
        settings: BalanceSettings(denominator: .treated))
    }
    // At 10¹² all is well.
    let large = try MatchingUnits(treated: treated, score: [3e12, 1e12, 2e12, 1.1e12, 0, 2.9e12])
    #expect(try OptimalPairMatching().match(large).matches!.count == 3)
    #expect(try FullMatching().match(large).sets!.allSatisfy { $0 >= 0 })
  }

  @Test func `numbers of partners beyond reason are refused`() throws {
    for body in [
      { _ = try NearestNeighbourMatching(ratio: 1e300).match(tied) },
      { _ = try NearestNeighbourMatching(ratio: 2, ratioLimits: .init(most: .max)).match(tied) },
      { _ = try OptimalPairMatching(ratio: .infinity).match(tied) },
      { _ = try FullMatching(least: 1e300).match(tied) },
      { _ = try FullMatching(most: 1e-300).match(tied) },
      { _ = try FullMatching(least: 4).match(tied) },
      { _ = try Subclassification(classes: .max).match(tied) },
      { _ = try CoarsenedExactMatching(usual: .classes(.max)).match(tied) },
    ] as [() throws -> Void] {
      do {
        try body()
        Issue.record("was not refused")
      } catch {
        #expect(error is StatisticsError)
      }
    }
    #expect(try FullMatching(most: 1e300).match(tied).sets!.allSatisfy { $0 >= 0 })
    #expect(try NearestNeighbourMatching(reuse: .atMost(.max)).match(tied).sets == nil)
  }

  @Test func `settings can be written down and read back`() throws {
    func returns<Method: Codable & Equatable>(_ method: Method) throws {
      #expect(try JSONDecoder().decode(Method.self, from: JSONEncoder().encode(method)) == method)
    }
    try returns(
      NearestNeighbourMatching(
        distance: .covariates(.mahalanobis, ["x"]), ratio: 2, reuse: .atMost(3), order: .closest,
        caliper: .standardDeviations(0.2), covariateCalipers: ["x": .own(1)], ties: .drawn, seed: 7))
    try returns(OptimalPairMatching(ratio: 2.5, ratioLimits: .init(most: 4)))
    try returns(FullMatching(least: 0.5, most: 3, omittedShare: 0.1))
    try returns(CoarsenedExactMatching(coarsenings: ["x": .cutpoints([1, 2]), "f": .groups([["a", "b"]])]))
    try returns(ExactMatching(covariates: ["x"]))
    try returns(Subclassification(shares: [0.25, 0.5]))
    try returns(AbadieImbens(metric: .mahalanobis, exactly: ["x"]))
  }

  @Test func `a factor with one level has nothing to match on`() throws {
    let units = try MatchingUnits(
      treated: (0..<30).map { $0 < 10 },
      covariates: [.factor("x", codes: [Int32](repeating: 0, count: 30), levels: ["a"], reference: 0)])
    let outcome = (0..<30).map(Double.init)
    #expect(throws: StatisticsError.constant(variable: "what is matched on")) {
      try AbadieImbens().effect(on: outcome, among: units)
    }
    // Greedy matching takes whom it finds, all being equally near.
    #expect(try NearestNeighbourMatching(distance: .covariates(.mahalanobis, [])).match(units).setCount == 10)
  }

  @Test func `more ties than can be kept are refused before memory is`() throws {
    let n = 40_000
    let units = try MatchingUnits(treated: (0..<n).map { $0 % 2 == 0 }, score: [Double](repeating: 0.5, count: n))
    let outcome = (0..<n).map { Double($0 % 7) }
    let error = #expect(throws: StatisticsError.self) { try AbadieImbens().effect(on: outcome, among: units) }
    #expect(error.map { "\($0)" }?.contains("so many ties") ?? false)
  }

  @Test func `a cancelled task stops looking for neighbours`() async throws {
    let units = try MatchingUnits(treated: (0..<4000).map { $0 % 2 == 0 }, score: (0..<4000).map { Double($0) })
    let stopped = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      return try AbadieImbens().effect(on: units.score!, among: units)
    }
    await #expect(throws: StatisticsError.cancelled) { _ = try await stopped.value }
  }

  @Test func `numbers of classes beyond reason are refused`() throws {
    let units = try MatchingUnits(
      treated: [true, false, false], score: [0.1, 0.2, 0.3], covariates: [.numeric("x", [1, 2, 3])])
    #expect(throws: StatisticsError.self) {
      try CoarsenedExactMatching(coarsenings: ["x": .quantiles(Int.max)]).match(units)
    }
    #expect(throws: StatisticsError.self) { try Subclassification(classes: 2, least: Int.max).match(units) }
  }
}
