import NumericalMethods
import TestSupport
import Testing

@testable import Statistics

@Suite("Multiple testing") struct MultipleTestingTests {
  private static let pValues = [0.01, 0.02, 0.03, 0.04, 0.05, 0.2, 0.9, 0.01, 0.0003]
  /// R 4.2.2, p.adjust, with 9 and with 14 comparisons.
  private static let expected: [(MultipleTesting, [Double], [Double])] = [
    (
      .bonferroni, [0.09, 0.18, 0.27, 0.36, 0.45, 1, 1, 0.09, 0.0027],
      [0.14, 0.28, 0.42, 0.56, 0.7, 1, 1, 0.14, 0.0042]
    ),
    (
      .holm, [0.08, 0.12, 0.15, 0.16, 0.16, 0.4, 0.9, 0.08, 0.0027],
      [0.13, 0.22, 0.3, 0.36, 0.4, 1, 1, 0.13, 0.0042]
    ),
    (
      .hochberg, [0.07, 0.12, 0.15, 0.15, 0.15, 0.4, 0.9, 0.07, 0.0027],
      [0.12, 0.22, 0.3, 0.36, 0.4, 1, 1, 0.12, 0.0042]
    ),
    (
      .hommel, [0.07, 0.08333333333333333, 0.1, 0.12, 0.15, 0.4, 0.9, 0.07, 0.0027],
      [0.12, 0.18, 0.24, 0.32, 0.4, 1, 1, 0.12, 0.0042]
    ),
    (
      .benjaminiHochberg, [0.03, 0.045, 0.054, 0.06, 0.06428571428571429, 0.225, 0.9, 0.03, 0.0027],
      [0.04666666666666667, 0.07, 0.084, 0.09333333333333334, 0.1, 0.35, 1, 0.04666666666666667, 0.0042]
    ),
    (
      .benjaminiYekutieli,
      [
        0.08486904761904762, 0.1273035714285715, 0.1527642857142857, 0.1697380952380952, 0.1818622448979592,
        0.6365178571428572, 1, 0.08486904761904762, 0.007638214285714286,
      ],
      [
        0.1517395752395752, 0.2276093628593629, 0.2731312354312354, 0.3034791504791505, 0.3251562326562327, 1, 1,
        0.1517395752395752, 0.01365656177156177,
      ]
    ),
  ]

  @Test("adjusts as R does", arguments: 0..<expected.count) func agreesWithR(_ number: Int) throws {
    let (method, own, more) = Self.expected[number]
    for (found, expected) in zip(try method.adjusted(Self.pValues), own) { #expect(isClose(found, expected)) }
    for (found, expected) in zip(try method.adjusted(Self.pValues, comparisons: 14), more) {
      #expect(isClose(found, expected))
    }
  }

  @Test("keeps the order, never lowers a p-value, and does not mind the order of the tests", arguments: 0..<10)
  func properties(_ seed: Int) throws {
    var generator = CounterGenerator(seed: UInt64(seed))
    let values = (0..<1 + generator.index(below: 25)).map { _ in generator.uniform() * generator.uniform() }
    let order = generator.permutation(of: values.count)
    for method in MultipleTesting.allCases {
      let adjusted = try method.adjusted(values)
      for (raw, corrected) in zip(values, adjusted) { #expect(corrected >= raw && corrected <= 1) }
      #expect(try method.adjusted(values.permuted(by: order)) == adjusted.permuted(by: order))
      for (i, j) in zip(order, order.dropFirst()) where values[Int(i)] < values[Int(j)] {
        #expect(adjusted[Int(i)] <= adjusted[Int(j)])
      }
    }
    let hommel = try MultipleTesting.hommel.adjusted(values)
    let hochberg = try MultipleTesting.hochberg.adjusted(values)
    let holm = try MultipleTesting.holm.adjusted(values)
    for i in values.indices { #expect(hommel[i] <= hochberg[i] + 1e-15 && hochberg[i] <= holm[i] + 1e-15) }
  }

  @Test("holds the chance of any false finding and the share of false findings") func errorRates() throws {
    var anyFalse = 0
    var shares = 0.0
    for draw in 0..<2000 {
      var generator = CounterGenerator(seed: 4, stream: UInt64(draw))
      // Five effects of three standard errors among fifteen of none.
      let values = (0..<20).map { Normal.standard.upperTail(generator.normal() + ($0 < 5 ? 3 : 0)) }
      if try MultipleTesting.holm.adjusted(values)[5...].contains(where: { $0 <= 0.05 }) { anyFalse += 1 }
      let found = try MultipleTesting.benjaminiHochberg.adjusted(values).enumerated().filter { $0.element <= 0.05 }
      if !found.isEmpty { shares += Double(found.count { $0.offset >= 5 }) / Double(found.count) }
    }
    #expect(anyFalse <= 100 + 20)
    // The expected share is 0.05 · 15/20.
    #expect(abs(shares / 2000 - 0.0375) < 0.01)
  }

  @Test("refuses what is not a probability") func refusals() throws {
    #expect(throws: StatisticsError.self) { try MultipleTesting.holm.adjusted([0.1, 1.2]) }
    #expect(throws: StatisticsError.notFinite(array: "p-values", index: 0)) {
      try MultipleTesting.holm.adjusted([.nan])
    }
    #expect(throws: StatisticsError.self) { try MultipleTesting.holm.adjusted([0.1, 0.2], comparisons: 1) }
    #expect(try MultipleTesting.holm.adjusted([]).isEmpty)
    #expect(try MultipleTesting.hommel.adjusted([0.3]) == [0.3])
  }
}
