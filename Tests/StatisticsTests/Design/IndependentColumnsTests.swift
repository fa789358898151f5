import NumericalMethods
import Testing

@testable import Statistics

@Suite("Independent columns") struct IndependentColumnsTests {
  /// Columns (1,1,1,1), (1,0,0,1), their sum, zeros, and (0,1,0,0).
  private let products = Matrix(columns: [
    [1.0, 1, 1, 1], [1, 0, 0, 1], [2, 1, 1, 2], [0, 0, 0, 0], [0, 1, 0, 0],
  ]).crossProduct

  @Test("are those that earlier ones do not add up to") func sums() {
    #expect(independentColumns(of: products, tolerance: 1e-10) == [0, 1, 4])
    #expect(independentColumns(of: Matrix(rows: 0, columns: 0), tolerance: 1e-10).isEmpty)
  }

  @Test("are judged by a reference where one is given") func reference() {
    // Of the last column's square 1 − 1/4 − 1/4 = 1/2 is left: half of its own, a thousandth of 500.
    #expect(independentColumns(of: products, tolerance: 0.4) == [0, 1, 4])
    #expect(independentColumns(of: products, tolerance: 0.4, reference: [4, 2, 10, 0, 500]) == [0, 1])
    #expect(independentColumns(of: products, tolerance: 1e-4, reference: [4, 2, 10, 0, 500]) == [0, 1, 4])
  }

  @Test("do not include what is not a number") func notFinite() {
    var broken = products
    broken[4, 4] = .infinity
    #expect(independentColumns(of: broken, tolerance: 1e-10) == [0, 1])
    broken[4, 4] = .nan
    #expect(independentColumns(of: broken, tolerance: 1e-10) == [0, 1])
  }
}
