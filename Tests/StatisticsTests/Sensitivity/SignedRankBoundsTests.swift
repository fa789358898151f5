import NumericalMethods
import TestSupport
import Testing

@testable import Statistics

@Suite("Rosenbaum bounds") struct SignedRankBoundsTests {
  private let differences = [1.2, -0.4, 3.3, 2.1, 0.9, -1.7, 2.2, 0.3, 5.1, -0.2, 1.9, 0.8]

  @Test("without hidden bias are the signed-rank test of R's wilcox.test") func noBias() throws {
    let normal = try SignedRankBounds(differences: differences)
    #expect(normal.statistic == 67)
    #expect(isClose(try normal.bound(gamma: 1).upper, 0.014028062074621801, relative: 1e-14))
    let exact = try SignedRankBounds(differences: differences, method: .exact)
    #expect(isClose(try exact.bound(gamma: 1).upper, 0.013427734375, relative: 1e-14))
    let twoSided = try SignedRankBounds(differences: differences, alternative: .twoSided, method: .exact)
    #expect(isClose(try twoSided.bound(gamma: 1).upper, 0.02685546875, relative: 1e-14))
    let tied = try SignedRankBounds(differences: [1, 1, -1, 2, 2, 3, -3, 4, 0, 0])
    #expect(isClose(try tied.bound(gamma: 1).upper, 0.090097207615817909, relative: 1e-13))
    #expect(tied.nonZeroPairs == 8 && tied.pairs == 10)
  }

  /// Three pairs, all positive: T = 6 is reached only when all are positive, so p = (Γ/(1 + Γ))³.
  @Test("of three positive pairs are the cube of the largest probability") func threePairs() throws {
    let bounds = try SignedRankBounds(differences: [1, 2, 3], method: .exact)
    #expect(isClose(try bounds.bound(gamma: 1).upper, 1.0 / 8, relative: 1e-14))
    #expect(isClose(try bounds.bound(gamma: 3).upper, 27.0 / 64, relative: 1e-14))
    #expect(isClose(try bounds.bound(gamma: 3).lower, 1.0 / 64, relative: 1e-14))
  }

  @Test("are those of listing every pattern of signs", arguments: 0..<10) func enumeration(_ seed: Int) throws {
    var generator = CounterGenerator(seed: UInt64(seed))
    let values = (0..<8).map { _ in Double(generator.index(below: 9) - 3) }
    guard values.contains(where: { $0 != 0 }) else { return }
    let gamma = 1 + 2 * generator.uniform()
    let bounds = try SignedRankBounds(differences: values, method: .exact)
    let ranks = NumericalMethods.ranks(of: values.filter { $0 != 0 }.map { abs($0) })
    let most = gamma / (1 + gamma)
    var upper = 0.0
    for pattern in 0..<(1 << ranks.count) {
      var sum = 0.0
      var probability = 1.0
      for i in ranks.indices {
        let positive = pattern >> i & 1 == 1
        probability *= positive ? most : 1 - most
        if positive { sum += ranks[i] }
      }
      if sum >= bounds.statistic { upper += probability }
    }
    #expect(isClose(try bounds.bound(gamma: gamma).upper, upper, relative: 1e-12))
  }

  @Test("widen with the bias, mirror with the sign and stay near the exact ones", arguments: 0..<10)
  func properties(_ seed: Int) throws {
    var generator = CounterGenerator(seed: UInt64(seed), stream: 2)
    let values = (0..<60).map { _ in generator.normal() + 0.5 }
    let normal = try SignedRankBounds(differences: values)
    let mirrored = try SignedRankBounds(differences: values.map(-), alternative: .less)
    let exact = try SignedRankBounds(differences: values, method: .exact)
    var previous = 0.0
    for gamma in [1, 1.2, 1.7, 2.5, 6] {
      let bound = try normal.bound(gamma: gamma)
      #expect(bound.lower <= bound.upper && bound.upper >= previous)
      previous = bound.upper
      #expect(isClose(try mirrored.bound(gamma: gamma).upper, bound.upper, relative: 1e-12))
      #expect(abs(try exact.bound(gamma: gamma).upper - bound.upper) < 0.02)
    }
    if let withstood = try normal.withstoodGamma() {
      #expect(isClose(try normal.bound(gamma: withstood).upper, 0.05, relative: 1e-9))
    }
  }

  @Test("refuse what has no answer") func refusals() throws {
    #expect(throws: StatisticsError.noObservations) { try SignedRankBounds(differences: []) }
    #expect(throws: StatisticsError.constant(variable: "differences")) { try SignedRankBounds(differences: [0, 0]) }
    #expect(throws: StatisticsError.notFinite(array: "differences", index: 1)) {
      try SignedRankBounds(differences: [1, .nan])
    }
    #expect(throws: StatisticsError.self) { try SignedRankBounds(differences: [1]).bound(gamma: 0.9) }
    #expect(throws: StatisticsError.noObservations) { try McNemarBounds(treatedOnly: 0, controlOnly: 0) }
    #expect(throws: StatisticsError.self) { try McNemarBounds(treatedOnly: -1, controlOnly: 0) }
    #expect(try SignedRankBounds(differences: [-1, -2, -3]).withstoodGamma() == nil)
  }

  @Test("of McNemar's test are binomial tails") func mcNemar() throws {
    // 2 discordant pairs, both treated: p = (Γ/(1 + Γ))².
    let bounds = try McNemarBounds(treatedOnly: 2, controlOnly: 0)
    #expect(isClose(try bounds.bound(gamma: 1).upper, 0.25))
    #expect(isClose(try bounds.bound(gamma: 3).upper, 0.5625))
    #expect(isClose(try bounds.bound(gamma: 3).lower, 0.0625))
    let mirrored = try McNemarBounds(treatedOnly: 0, controlOnly: 2, alternative: .less)
    #expect(isClose(try mirrored.bound(gamma: 3).upper, 0.5625))
    #expect(try #require(try McNemarBounds(treatedOnly: 110, controlOnly: 12).withstoodGamma()) > 5)
  }
}
