import Foundation
import NumericalMethods
import Primitives
import Statistics
import Testing

@Suite("Chained equations")
struct ChainedEquationsTests {
  private struct Sample {
    var a: [Double]
    var b: [Double?]
    var c: [Int32?]
    var k: [Int32?]

    /// Values missing at random given a.
    init(seed: UInt64, count: Int) {
      var generator = CounterGenerator(seed: seed)
      a = (0..<count).map { _ in generator.normal() }
      (b, c, k) = ([], [], [])
      for x in a {
        let value = 0.5 * x + generator.normal()
        let odds = { (eta: Double) in 1 / (1 + exp(-eta)) }
        let flag: Int32 = generator.uniform() < odds(0.5 * x - 0.3 * value) ? 1 : 0
        let score = x + value + generator.normal()
        b.append(generator.uniform() < odds(-1 + x) ? nil : value)
        c.append(generator.uniform() < odds(-1 + 0.7 * x) ? nil : flag)
        k.append(generator.uniform() < odds(-1.3 - 0.5 * x) ? nil : (score < -1 ? 0 : score < 1 ? 1 : 2))
      }
    }

    func variables(_ method: IncompleteVariable.Method? = nil) -> [IncompleteVariable] {
      [
        IncompleteVariable("a", .numbers(a.map { $0 })), IncompleteVariable("b", .numbers(b), method: method),
        IncompleteVariable("c", .categories(c, levels: ["no", "yes"])),
        IncompleteVariable("k", .categories(k, levels: ["low", "middle", "high"])),
      ]
    }
  }

  @Test("A cancelled task stops within a chain")
  func cancelled() async throws {
    let variables = Sample(seed: 5, count: 60).variables()
    let task = Task.detached {
      try ChainedEquations(imputations: 2, iterations: 1_000_000, seed: 1).impute(variables)
    }
    try await Task.sleep(for: .milliseconds(50))
    task.cancel()
    await #expect(throws: StatisticsError.cancelled) { _ = try await task.value }
  }

  @Test("Observed values stay, missing ones are filled, and matching takes only values that were seen")
  func filled() throws {
    let sample = Sample(seed: 1, count: 200)
    let made = try ChainedEquations(imputations: 3, iterations: 4, seed: 7).impute(sample.variables())
    let seen = Set(sample.b.compactMap { $0 })
    #expect(made.count == 3)
    #expect(made.missing["b"] == sample.b.filter { $0 == nil }.count)
    for set in made.sets {
      guard case .numbers(_, let b) = set[1], case .categories(_, let k, _) = set[3] else {
        Issue.record("the variables keep their order and kind")
        return
      }
      #expect(b.indices.allSatisfy { sample.b[$0] == nil ? seen.contains(b[$0]) : b[$0] == sample.b[$0] })
      #expect(k.indices.allSatisfy { sample.k[$0] == nil || k[$0] == sample.k[$0] })
    }
    #expect(made.sets[0] != made.sets[1])
    #expect(made.traces["b"]?.count == 3)
    #expect(made.traces["b"]?[0].count == 4)
  }

  @Test("A seed gives the same values on one thread and on two; another seed gives others")
  func seeds() throws {
    let sample = Sample(seed: 2, count: 150)
    let settings = ChainedEquations(imputations: 4, iterations: 2, seed: 11)
    let one = try WorkSharing.$threads.withValue(1) { try settings.impute(sample.variables()).sets }
    let two = try WorkSharing.$threads.withValue(2) { try settings.impute(sample.variables()).sets }
    #expect(one == two)
    var other = settings
    other.seed = 12
    #expect(try other.impute(sample.variables()).sets != one)
  }

  @Test("A category that is separated is drawn with Firth's penalty")
  func separated() throws {
    let x = (0..<60).map { Double($0) }
    let codes: [Int32?] = (0..<60).map { $0 % 5 == 0 ? nil : ($0 < 30 ? 0 : 1) }
    let made = try ChainedEquations(imputations: 2, iterations: 1, seed: 1).impute([
      IncompleteVariable("x", .numbers(x.map { $0 })), IncompleteVariable("y", .categories(codes, levels: ["n", "y"])),
    ])
    guard case .categories(_, let filled, _) = made.sets[0][1] else { return }
    #expect(filled[0] == 0)
    #expect(filled[55] == 1)
  }

  @Test("Input that has no answer is refused by name")
  func refused() throws {
    let settings = ChainedEquations(imputations: 2, iterations: 1, seed: 1)
    let fine = IncompleteVariable("a", .numbers([1, 2, nil]))
    #expect(throws: StatisticsError.noObservations) { try settings.impute([]) }
    #expect(throws: StatisticsError.noObservations) {
      try settings.impute([fine, IncompleteVariable("b", .numbers([nil, nil, nil]))])
    }
    #expect(throws: StatisticsError.lengthsDiffer(array: "b", expected: 3, found: 1)) {
      try settings.impute([fine, IncompleteVariable("b", .numbers([1]))])
    }
    #expect(throws: StatisticsError.notFinite(array: "b", index: 1)) {
      try settings.impute([fine, IncompleteVariable("b", .numbers([1, .infinity, 2]))])
    }
    #expect(throws: StatisticsError.unknownLevel(variable: "c", index: 0, levels: 2)) {
      try settings.impute([fine, IncompleteVariable("c", .categories([5, 0, 1], levels: ["n", "y"]))])
    }
    #expect(throws: StatisticsError.tooFewObservations(found: 2, needed: 3)) {
      try settings.impute([fine, IncompleteVariable("b", .numbers([1, 5, 2]))])
    }
    var named = settings
    named.predictors = ["a": ["w"]]
    #expect(throws: StatisticsError.unknownVariable(name: "w", known: ["a"])) { try named.impute([fine]) }
  }

  /// 2,000 samples of 100 with about a third of one variable missing at random.
  @Test("Pooled intervals hold their level, and the mean is without bias, where complete rows alone are biased")
  func coverage() throws {
    let draws = 2000
    let results = WorkSharing.map(draws) { draw -> (Bool, Double, Double)? in
      var generator = CounterGenerator(seed: 99, stream: UInt64(draw))
      let a = (0..<100).map { _ in generator.normal() }
      let whole = a.map { 0.8 * $0 + 0.6 * generator.normal() }
      let b = zip(a, whole).map { generator.uniform() < 1 / (1 + exp(1 - 2 * $0)) ? nil : $1 }
      let settings = ChainedEquations(imputations: 5, iterations: 1, seed: UInt64(draw))
      guard
        let made = try? settings.impute([
          IncompleteVariable("a", .numbers(a.map { $0 })), IncompleteVariable("b", .numbers(b), method: .normal),
        ])
      else { return nil }
      let fits = made.sets.map { set -> CoefficientEstimates in
        guard case .numbers(_, let values) = set[1] else { preconditionFailure() }
        let mean = values.reduce(0, +) / 100
        let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 99 / 100
        return CoefficientEstimates(
          names: ["mean"], values: [mean], covariance: Matrix(rows: 1, columns: 1, elements: [variance]),
          degreesOfFreedom: 99, convention: LocalizedText("mean", nl: "gemiddelde"), observations: 100)
      }
      guard let estimate = try? PooledEstimates(fits).estimates.estimate(0) else { return nil }
      let seen = b.compactMap { $0 }
      return (
        estimate.interval.lower! <= 0 && estimate.interval.upper! >= 0, estimate.value,
        seen.reduce(0, +) / Double(seen.count)
      )
    }
    let found = results.compactMap { $0 }
    #expect(found.count == draws)
    let covered = Double(found.filter(\.0).count) / Double(draws)
    #expect(covered > 0.93 && covered < 0.97, "\(covered)")
    #expect(abs(found.reduce(0) { $0 + $1.1 } / Double(draws)) < 0.015)
    #expect(found.reduce(0) { $0 + $1.2 } / Double(draws) < -0.2)
  }
}
