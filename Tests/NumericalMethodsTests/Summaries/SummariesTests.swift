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
  }
}
