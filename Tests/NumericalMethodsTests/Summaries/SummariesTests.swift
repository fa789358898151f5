import Testing

@testable import NumericalMethods

@Suite("Summaries") struct SummariesTests {
  @Test("keep their digits far from 0") func far() {
    let values = [1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16]
    #expect(mean(of: values) == 1e9 + 10)
    #expect(variance(of: values) == 30)
  }

  @Test("have no value without enough values") func few() {
    #expect(mean(of: []).isNaN && variance(of: [1]).isNaN && quantile(ofAscending: [], 0.5).isNaN)
    #expect(mean(of: [.infinity, 1]) == .infinity)
  }

  @Test("interpolate quantiles as R does") func quantiles() {
    let values = [1.0, 2, 4, 8]
    #expect([0, 0.1, 0.5, 0.75, 1].map { quantile(ofAscending: values, $0) } == [1, 1.3, 3, 5, 8])
    #expect(quantile(ofAscending: [3], 0.4) == 3)
    // (11 − 1)·0.29 = 2.9 and 10·0.58 = 5.8 after the first.
    let tens = (0...10).map { Double($0 * 10) }
    #expect(abs(quantile(ofAscending: tens, 0.29) - 29) < 1e-12 && abs(quantile(ofAscending: tens, 0.58) - 58) < 1e-12)
  }

  @Test("take a place within rounding of a whole number as whole") func fuzz() {
    // 10·(0.1 + 0.2) is 3.0000000000000004: the fourth of eleven. 5·(0.1 + 0.7) is 3.9999999999999996: the fifth of six.
    let values = [0.0, 1, 2, 3, 1e9, 1e9, 1e9, 2e9, 3e9, 3e9, 3e9]
    #expect(10 * (0.1 + 0.2) > 3 && quantile(ofAscending: values, 0.1 + 0.2) == 3)
    #expect(5 * (0.1 + 0.7) < 4 && quantile(ofAscending: Array(values.prefix(6)), 0.1 + 0.7) == 1e9)
    // A place that is not that near is between its neighbours.
    #expect(quantile(ofAscending: values, 0.3 + 1e-12) > 3)
  }
}
