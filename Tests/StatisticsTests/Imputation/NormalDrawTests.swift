import NumericalMethods
import TestSupport
import Testing

@testable import Statistics

/// Draws of coefficients from a normal distribution.
@Suite struct NormalDrawTests {
  @Test func `a covariance that is singular to rounding still gives draws with its variances`() throws {
    // The third is the sum of the first two.
    let root = Matrix([[1, 0], [0.5, 2], [1.5, 2]])
    let covariance = root.timesTransposed(root)
    var generator = CounterGenerator(seed: 8)
    var sums = Matrix(rows: 3, columns: 3)
    let draws = 4000
    for _ in 0..<draws {
      let draw = try drawNormal([10, 20, 30], covariance, scale: 1, &generator)
      let deviation = [draw[0] - 10, draw[1] - 20, draw[2] - 30]
      #expect(abs(deviation[2] - deviation[0] - deviation[1]) < 1e-6)
      for r in 0..<3 { for c in 0..<3 { sums[r, c] += deviation[r] * deviation[c] / Double(draws) } }
    }
    for r in 0..<3 { for c in 0..<3 { #expect(abs(sums[r, c] - covariance[r, c]) < 0.3) } }
  }

  @Test func `a coefficient without variance stays where it is`() throws {
    var generator = CounterGenerator(seed: 8)
    let draw = try drawNormal([1, 2], Matrix([[4, 0], [0, 0]]), scale: 1, &generator)
    #expect(draw[0] != 1 && draw[1] == 2)
  }

  @Test func `nothing is drawn from what is no covariance`() {
    for matrix in [Matrix([[1, 2], [2, 1]]), Matrix([[1, 0], [0, -1]]), Matrix([[1, .nan], [.nan, 1]])] {
      var generator = CounterGenerator(seed: 8)
      #expect(throws: StatisticsError.negativeVariance(of: "a combination of coefficients")) {
        try drawNormal([1, 2], matrix, scale: 1, &generator)
      }
    }
  }
}
