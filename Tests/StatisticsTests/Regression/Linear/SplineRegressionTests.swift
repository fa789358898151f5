import Foundation
import NumericalMethods
import Statistics
import TestSupport
import Testing

/// Knots, spline columns, factors and interactions against R 4.2.2 with Hmisc 5.0 (`rcspline.eval`) and `lm`.
struct SplineRegressionTests {
  private let rows = Array(0..<150)
  private var a: [Double] { rows.map { pow(Double(($0 * 37) % 151), 1.5) / 10 } }

  private func expect(_ found: [Double], _ expected: [Double], location: SourceLocation = #_sourceLocation) {
    #expect(found.count == expected.count, sourceLocation: location)
    for (found, expected) in zip(found, expected) {
      #expect(isClose(found, expected, relative: 1e-10), "\(found) for \(expected)", sourceLocation: location)
    }
  }

  @Test func knotsLieAtHarrellsQuantiles() throws {
    let expected: [[Double]] = [
      [5.75235955152836, 64.3045561299742, 157.03043212324],
      [2.0368480196685, 37.6607606370797, 95.31289349424, 170.197358833617],
      [2.0368480196685, 26.2289446711715, 64.3045561299741, 112.27595354588, 170.197358833617],
      [
        2.0368480196685, 20.0631179980352, 47.7483923446564, 82.4250366079006, 124.500566613871, 170.197358833617,
      ],
      [
        0.722894191624432, 14.2787002115149, 36.3235732756631, 64.3045561299742, 97.1515150858141, 135.887870732771,
        176.911749357679,
      ],
    ]
    for (place, knots) in expected.enumerated() {
      expect(try SplineKnots.atQuantiles(of: a, count: place + 3), knots)
    }
  }

  @Test func knotsOfAVariableWithManyZerosOfFewRowsAndOfFewValues() throws {
    let zeros = a.map { max($0 - 40, 0) }
    expect(
      try SplineKnots.atQuantiles(of: zeros, count: 3), [0.78909167902615, 63.7742667458715, 136.412471214481])
    expect(
      try SplineKnots.atQuantiles(of: zeros, count: 5),
      [0.78909167902615, 7.23417001904104, 43.3274304592186, 87.2865317811055, 136.412471214481])
    expect(
      try SplineKnots.atQuantiles(of: Array(a.prefix(60)), count: 4),
      [3.16227766016838, 37.454347239336, 95.6155786756125, 169.212529086944])
    expect(try SplineKnots.atQuantiles(of: rows.map { Double(($0 * 7) % 6) }, count: 4), [1, 2, 3, 4])
    #expect(throws: StatisticsError.knotsNotAscending(variable: "x")) {
      try SplineKnots.atQuantiles(of: rows.map { Double($0 % 2) }, count: 3, variable: "x")
    }
  }

  @Test func columnsAreHarrells() throws {
    let x: [Double] = [-1, 0.5, 2, 3.25, 4.75, 9]
    let design = try ModelMatrix(rowCount: 6, terms: [.spline("x", x, knots: [0, 2, 3, 5])])
    #expect(design.names == ["x", "x'", "x''"])
    expect(design.column(0), x)
    expect(design.column(1), [0, 0.005, 0.32, 1.3715625, 3.7509375, 11.4])
    expect(design.column(2), [0, 0, 0, 0.0771875, 0.5103125, 2.04])
  }

  @Test func splineFactorAndInteractionsTogether() throws {
    let d = rows.map { ($0 * 7) % 6 }
    let a = a
    let y = rows.map { a[$0] * 0.3 + Double(d[$0] * 2) + Double(($0 * $0 * 7 + 3 * $0) % 17 - 8) }
    let z = ModelMatrix.Term.numeric("z", rows.map { Double($0 % 10) / 3 })
    let factor = ModelMatrix.Term.factor(
      "fac", codes: rows.map { Int32($0 % 3) }, levels: ["a", "b", "c"], reference: 0)
    let knots = try SplineKnots.atQuantiles(of: a, count: 4)
    let model = try LinearRegression(
      ModelMatrix(
        rowCount: 150, terms: [.intercept, .spline("a", a, knots: knots), factor, z, .product(factor, z)]), response: y)
    expect(
      model.coefficients,
      [
        1.94414080529769, 0.281068114075347, 0.127222080588316, -0.272977296570926, 6.27125380557929,
        3.32103322299495, 1.03433897172064, -2.86943362146494, 0.442983534668776,
      ])
    expect(
      try model.estimates().standardErrors.map { $0! },
      [
        2.02123728316942, 0.0604832661489381, 0.319262504583699, 0.61907388738348, 2.3517324514636,
        2.34639436955363, 0.931683242097528, 1.32323357740184, 1.3196393010438,
      ])
    // All levels of a factor times a number and times a second factor.
    let every = ModelMatrix.Term.factor(
      "fac", codes: rows.map { Int32($0 % 3) }, levels: ["a", "b", "c"], reference: nil)
    let odd = ModelMatrix.Term.factor("odd", codes: d.map { Int32($0 % 2) }, levels: ["0", "1"], reference: 0)
    let crossed = try LinearRegression(
      ModelMatrix(
        rowCount: 150,
        terms: [.intercept, factor, .product(every, .numeric("a", a)), .product(every, odd)]), response: y)
    #expect(crossed.names.suffix(3) == ["faca:odd1", "facb:odd1", "facc:odd1"])
    expect(
      crossed.coefficients,
      [
        0.838064840953596, 7.32211103343317, 2.88200263712105, 0.290897667877013, 0.297570072662649,
        0.302493320835926, 5.8469765892518, -5.84477276456158, 6.35078513017253,
      ])
  }
}
