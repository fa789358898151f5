import Testing

@testable import Statistics

@Suite struct QuadraticFormTests {
  @Test func theQuadraticFormRefusesASingularMatrix() {
    #expect(quadraticForm([1, 2], [[2, 0], [0, 4]]) == 1.5)
    #expect(quadraticForm([1, 2], [[2, 2], [2, 2]]) == nil)
    #expect(quadraticForm([1], [[0]]) == nil)
    #expect(abs(quadraticForm([1, 1], [[2, 1], [1, 2]])! - 2.0 / 3) < 1e-15)
  }
}
