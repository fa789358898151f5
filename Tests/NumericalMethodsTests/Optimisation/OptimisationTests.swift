import Foundation
import TestSupport
import Testing

@testable import NumericalMethods

@Suite("Optimisation") struct OptimisationTests {
  @Test("finds where a function crosses zero") func roots() throws {
    #expect(isClose(try findRoot(in: 0...2) { $0 * $0 - 2 }, 2.0.squareRoot(), relative: 1e-15))
    #expect(isClose(try findRoot(in: -3...5) { exp($0) - 2 }, 0.693147180559945309, relative: 1e-15))
    #expect(try findRoot(in: 0...1) { $0 } == 0)
    #expect(try findRoot(in: -1...0) { $0 } == 0)
    // A triple root at which interpolation misleads, and a step.
    #expect(abs(try findRoot(in: -1...3, tolerance: 1e-9) { ($0 - 1) * ($0 - 1) * ($0 - 1) } - 1) < 1e-9)
    #expect(isClose(try findRoot(in: 0...10) { $0 < 3 ? -1 : 1 }, 3, relative: 1e-15))
    #expect(isClose(try findRoot(in: 1e-300...1) { log($0) + 500 }, exp(-500), relative: 1e-12))
  }

  @Test("refuses an interval without a crossing, and NaN") func refusals() {
    #expect(throws: NumericalMethodsError.rootNotBracketed(lower: 1, upper: 2)) { try findRoot(in: 1...2) { $0 } }
    #expect(throws: NumericalMethodsError.notFinite(method: "root finding")) {
      try findRoot(in: -1...2) { $0 > -1 && $0 < 2 ? .nan : $0 }
    }
    #expect(throws: NumericalMethodsError.notFinite(method: "L-BFGS")) {
      try minimiseLBFGS(from: [0]) { _, _ in .nan }
    }
  }

  /// Rosenbrock's valley in many dimensions, the minimum at 1, 1, …
  private func valley(_ x: [Double], _ gradient: inout [Double]) -> Double {
    var value = 0.0
    for i in gradient.indices { gradient[i] = 0 }
    for i in 0..<x.count - 1 {
      let a = x[i + 1] - x[i] * x[i]
      let b = 1 - x[i]
      value += 100 * a * a + b * b
      gradient[i] += -400 * a * x[i] - 2 * b
      gradient[i + 1] += 200 * a
    }
    return value
  }

  @Test("walks down a curved valley by L-BFGS", arguments: [2, 10, 50]) func lbfgs(_ size: Int) throws {
    let start = (0..<size).map { $0.isMultiple(of: 2) ? -1.2 : 1.0 }
    let minimum = try minimiseLBFGS(from: start, maximumIterations: 3000) { valley($0, &$1) }
    for coordinate in minimum.point { #expect(abs(coordinate - 1) < 1e-6) }
  }

  @Test("steps back from where the function is not defined") func domain() throws {
    let minimum = try minimiseLBFGS(from: [1e-3]) { x, gradient in
      guard x[0] > 0 else { return .nan }
      gradient[0] = 1 - 2 / x[0]
      return x[0] - 2 * log(x[0])
    }
    #expect(isClose(minimum.point[0], 2, relative: 1e-8))
  }

  @Test("minimises by Newton's method, also from where the Hessian is not positive definite") func newton() throws {
    for start in [[-1.2, 1], [0, 1.5]] {
      let minimum = try minimiseNewton(from: start) { x in
        let a = x[1] - x[0] * x[0]
        let b = 1 - x[0]
        return (
          100 * a * a + b * b, [-400 * a * x[0] - 2 * b, 200 * a],
          Matrix([[1200 * x[0] * x[0] - 400 * x[1] + 2, -400 * x[0]], [-400 * x[0], 200]])
        )
      }
      #expect(abs(minimum.point[0] - 1) < 1e-5 && abs(minimum.point[1] - 1) < 1e-5)
    }
  }

  @Test("solves equations by Newton's method") func equations() throws {
    // x² + y² = 4 and e^x + y = 1 meet at (−1.816264, 0.837368).
    let root = try findRootNewton(from: [-1, 1]) { x in
      ([x[0] * x[0] + x[1] * x[1] - 4, exp(x[0]) + x[1] - 1], Matrix([[2 * x[0], 2 * x[1]], [exp(x[0]), 1]]))
    }
    #expect(isClose(root[0], -1.816264, relative: 1e-6))
    #expect(isClose(root[1], 0.837368, relative: 1e-6))
    #expect(isClose(root[0] * root[0] + root[1] * root[1], 4, relative: 1e-14))
    #expect(isClose(exp(root[0]) + root[1], 1, relative: 1e-14))
    #expect(throws: NumericalMethodsError.notFinite(method: "Newton's method")) {
      try findRootNewton(from: [1]) { _ in ([1], Matrix([[0]])) }
    }
  }
}
