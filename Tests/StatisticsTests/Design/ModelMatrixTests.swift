import NumericalMethods
import Statistics
import TestSupport
import Testing

@Suite("Design matrices")
struct ModelMatrixTests {
  private let age = [20.0, 30, 45, 60, 33]
  private let codes: [Int32] = [0, 2, 1, 2, 0]

  private var design: ModelMatrix {
    get throws {
      try ModelMatrix(
        rowCount: 5,
        terms: [
          .intercept, .numeric("age", age), .factor("race", codes: codes, levels: ["a", "b", "c"], reference: 0),
          .product(.numeric("age", age), .factor("race", codes: codes, levels: ["a", "b", "c"], reference: 0)),
          .spline("age", age, knots: [25, 35, 50]),
        ])
    }
  }

  @Test("Columns are named and coded as in R")
  func naming() throws {
    let design = try design
    #expect(
      design.names == ["(Intercept)", "age", "raceb", "racec", "age:raceb", "age:racec", "age", "age'"])
    let matrix = design.materialised()
    #expect(matrix.row(1) == [1, 30, 0, 1, 0, 30, 30, 0.2])
    #expect(matrix.row(2).prefix(7) == [1, 45, 1, 0, 45, 0, 45])
    #expect(design.column(5) == [0, 30, 0, 60, 0])
    #expect(design.columns(ofTerm: 2) == [2, 3])
  }

  @Test("A restricted spline is linear beyond its outer knots")
  func spline() throws {
    let points = [60.0, 70, 80]
    let design = try ModelMatrix(rowCount: 3, terms: [.spline("x", points, knots: [1, 20, 40, 50])])
    for c in 0..<3 {
      let column = design.column(c)
      #expect(isClose(column[1] - column[0], column[2] - column[1], relative: 1e-12))
    }
  }

  @Test("Products equal those of the matrix laid out", arguments: [10, 5000])
  func products(count: Int) throws {
    var generator = SeededValues(seed: 7)
    let x = (0..<count).map { _ in generator.next() }
    let codes = (0..<count).map { _ in Int32(generator.next() * 3) }
    let weights = (0..<count).map { _ in generator.next() - 0.2 }
    let design = try ModelMatrix(
      rowCount: count,
      terms: [
        .intercept, .numeric("x", x), .factor("f", codes: codes, levels: ["a", "b", "c"], reference: 1),
        .product(.numeric("x", x), .factor("f", codes: codes, levels: ["a", "b", "c"], reference: nil)),
        .product(
          .factor("g", codes: codes.reversed(), levels: ["a", "b", "c"], reference: 0),
          .factor("f", codes: codes, levels: ["a", "b", "c"], reference: 2)),
        .spline("x", x, knots: [0.2, 0.5, 0.8]),
      ])
    for matrix in [design, design.selecting(columns: [0, 2, 5, 6, 8, 11])] {
      let dense = matrix.materialised()
      let scaled = Matrix(columns: (0..<dense.columns).map { zip(dense.column($0), weights).map { $0 * $1 } })
      close(matrix.crossProducts(weights: weights), dense.transposedTimes(scaled))
      close(matrix.crossProducts(), dense.crossProduct)
      let coefficients = (0..<dense.columns).map { Double($0) - 1.5 }
      close(matrix.linearPredictor(coefficients), dense * coefficients)
      close(matrix.transposedTimes(x), dense.transposedTimes(x))
      let positive = weights.map(abs)
      let triangle = matrix.selecting(columns: [0, 1]).triangular(response: x, weights: positive)
      close(triangle.r.crossProduct, matrix.selecting(columns: [0, 1]).crossProducts(weights: positive))
    }
  }

  @Test("A faulty variable is refused with its name and row")
  func faults() {
    #expect(throws: StatisticsError.notFinite(array: "age", index: 1)) {
      try ModelMatrix([("age", [1, .infinity])])
    }
    #expect(throws: StatisticsError.lengthsDiffer(array: "b", expected: 2, found: 1)) {
      try ModelMatrix([("a", [1, 2]), ("b", [1])])
    }
    #expect(throws: StatisticsError.unknownLevel(variable: "f", index: 0, levels: 1)) {
      try ModelMatrix(rowCount: 1, terms: [.factor("f", codes: [1], levels: ["a"], reference: nil)])
    }
    #expect(throws: StatisticsError.knotsNotAscending(variable: "x")) {
      try ModelMatrix(rowCount: 1, terms: [.spline("x", [1], knots: [1, 1, 2])])
    }
    #expect(throws: StatisticsError.noColumns) { try ModelMatrix([]) }
  }

  private func close(_ a: Matrix, _ b: Matrix) { close(a.elements, b.elements) }

  private func close(_ a: [Double], _ b: [Double]) {
    #expect(a.count == b.count)
    for (x, y) in zip(a, b) { #expect(abs(x - y) <= 1e-9 * max(1, abs(y))) }
  }
}

private struct SeededValues {
  private var generator: CounterGenerator

  init(seed: UInt64) { generator = CounterGenerator(seed: seed, stream: 0) }

  mutating func next() -> Double { generator.uniform() }
}
