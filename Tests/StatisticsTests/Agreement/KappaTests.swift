import NumericalMethods
import TestSupport
import Testing

@testable import Statistics

@Suite("Kappa") struct KappaTests {
  private static let weights: [AgreementWeights] = [.nominal, .linear, .quadratic]
  /// statsmodels 0.15.0, cohens_kappa: value, error, error under 0 of two tables for each kind of weights.
  private static let reference: [[[Double]]] = [
    [
      [0.49152542372881347, 0.05100181557607786, 0.051978936356595444],
      [0.4736842105263158, 0.054432309177641525, 0.05469634129164873],
      [0.4545454545454546, 0.06645368159107812, 0.06735866746488249],
    ],
    [
      [0.7142857142857142, 0.08003037617176731, 0.08446567336714556],
      [0.7409040793825798, 0.08398702631436362, 0.10526092044993263],
      [0.7473586654309545, 0.11010838165665447, 0.14580762604798495],
    ],
  ]
  private static let tables = [
    Matrix([[88, 14, 18], [10, 40, 10], [2, 6, 12]]),
    Matrix([[11, 3, 1, 0], [1, 9, 0, 0], [0, 1, 10, 2], [2, 0, 0, 7]]),
  ]

  @Test("of Cohen agrees with statsmodels", arguments: 0..<2, 0..<3) func cohen(_ table: Int, _ weight: Int) throws {
    let kappa = try CohenKappa(table: Self.tables[table], weights: Self.weights[weight])
    let expected = Self.reference[table][weight]
    #expect(isClose(kappa.estimate.value, expected[0], relative: 1e-13))
    #expect(isClose(kappa.estimate.standardError!, expected[1], relative: 1e-13))
    #expect(isClose(kappa.nullStandardError!, expected[2], relative: 1e-13))
    if weight == 0 { #expect(isClose(kappa.maximum!, [0.8305084745762712, 0.9142857142857144][table])) }
  }

  /// Agreement on 20 + 15 of 50, margins 25 and 25 against 30 and 20: pₒ = 0.7, pₑ = 0.5, κ = 0.4.
  @Test("of Cohen for fifty grant proposals worked by hand") func worked() throws {
    var (first, second): ([Int?], [Int?]) = ([], [])
    for (pair, count) in [((0, 0), 20), ((0, 1), 5), ((1, 0), 10), ((1, 1), 15)] {
      first += [Int?](repeating: pair.0, count: count)
      second += [Int?](repeating: pair.1, count: count)
    }
    let kappa = try CohenKappa(first: first + [nil, 1], second: second + [0, nil])
    #expect(isClose(kappa.observedAgreement, 0.7) && isClose(kappa.expectedAgreement, 0.5))
    #expect(isClose(kappa.estimate.value, 0.4))
    #expect(kappa.missing == 2 && kappa.estimate.count == 50)
  }

  @Test("of Cohen does not mind the order of raters, subjects or nominal names", arguments: 0..<10)
  func invariance(_ seed: Int) throws {
    var generator = CounterGenerator(seed: UInt64(seed))
    let first = (0..<60).map { _ in generator.index(below: 4) }
    let second = first.map { generator.uniform() < 0.6 ? $0 : generator.index(below: 4) }
    for weights in Self.weights {
      let kappa = try CohenKappa(first: first, second: second, categories: 4, weights: weights)
      let swapped = try CohenKappa(first: second.reversed(), second: first.reversed(), categories: 4, weights: weights)
      #expect(isClose(kappa.estimate.value, swapped.estimate.value, relative: 1e-12))
      #expect(isClose(kappa.estimate.standardError!, swapped.estimate.standardError!, relative: 1e-12))
    }
    let names = [2, 0, 3, 1]
    let renamed = try CohenKappa(first: first.map { names[$0] }, second: second.map { names[$0] }, categories: 4)
    #expect(
      isClose(try CohenKappa(first: first, second: second, categories: 4).estimate.value, renamed.estimate.value))
    let identity = (0..<4).map { i in (0..<4).map { $0 == i ? 1.0 : 0 } }
    let custom = try CohenKappa(first: first, second: second, categories: 4, weights: .custom(identity))
    #expect(custom.estimate == (try CohenKappa(first: first, second: second, categories: 4)).estimate)
  }

  @Test("of Cohen has limits at full agreement and refuses a single category") func limits() throws {
    let full = try CohenKappa(first: [0, 1, 2, 1], second: [0, 1, 2, 1], weights: .quadratic)
    #expect(full.estimate.value == 1 && full.estimate.standardError! < 1e-8)
    #expect(full.estimate.interval.upper == 1)
    #expect(throws: StatisticsError.constant(variable: "the category given by both raters")) {
      try CohenKappa(first: [1, 1], second: [1, 1])
    }
    #expect(throws: StatisticsError.noObservations) { try CohenKappa(first: [nil, 1], second: [0, nil]) }
    #expect(throws: StatisticsError.noObservations) { try CohenKappa(first: [], second: []) }
    #expect(throws: StatisticsError.unknownLevel(variable: "ratings of the second rater", index: 0, levels: 2)) {
      try CohenKappa(first: [1], second: [2], categories: 2)
    }
    #expect(throws: StatisticsError.self) { try CohenKappa(first: [1, 0], second: [0, 0], weights: .custom([[1]])) }
    #expect(throws: StatisticsError.negativeWeight(index: 1)) { try CohenKappa(table: Matrix([[1, 2], [-1, 3]])) }
  }

  @Test("of Cohen covers the true value in 95 % of samples") func coverage() throws {
    var covered = 0
    for draw in 0..<2000 {
      var generator = CounterGenerator(seed: 12, stream: UInt64(draw))
      let first = (0..<200).map { _ in generator.uniform() < 0.3 ? 0 : generator.uniform() < 0.5 ? 1 : 2 }
      // The second repeats the first with probability 0.6, else draws from the same shares: κ = 0.6.
      let second = first.map { code in
        generator.uniform() < 0.6 ? code : generator.uniform() < 0.3 ? 0 : generator.uniform() < 0.5 ? 1 : 2
      }
      let interval = try CohenKappa(first: first, second: second).estimate.interval
      if interval.lower! <= 0.6, interval.upper! >= 0.6 { covered += 1 }
    }
    #expect((1860...1940).contains(covered), "\(covered)")
  }

  /// The ten subjects and fourteen raters that many texts use.
  private static let fourteen = Matrix([
    [0, 0, 0, 0, 14], [0, 2, 6, 4, 2], [0, 0, 3, 5, 6], [0, 3, 9, 2, 0], [2, 2, 8, 1, 1], [7, 7, 0, 0, 0],
    [3, 2, 6, 3, 0], [2, 5, 3, 2, 2], [6, 5, 2, 1, 0], [0, 2, 2, 3, 7],
  ])

  @Test("of Fleiss agrees with statsmodels and with its definition") func fleiss() throws {
    let kappa = try FleissKappa(counts: Self.fourteen)
    #expect(isClose(kappa.estimate.value, 0.20993070442195522, relative: 1e-14))
    #expect(
      isClose(kappa.observedAgreement, 0.37802197802197803) && isClose(kappa.expectedAgreement, 0.21275510204081632))
    #expect(kappa.raters == 14 && kappa.pValue < 1e-9)
    // The whole is the mean of the categories, weighted by share·(1 − share).
    var (sum, weights) = (0.0, 0.0)
    for category in kappa.categories {
      let weight = category.share * (1 - category.share)
      sum += weight * category.kappa!
      weights += weight
    }
    #expect(isClose(sum / weights, kappa.estimate.value, relative: 1e-12))
    #expect(kappa.estimate.interval.lower! < kappa.estimate.value)
  }

  @Test("of Fleiss for two raters is near Krippendorff's alpha, which corrects for small samples") func twoRaters()
    throws
  {
    let first = [0, 1, 2, 1, 0, 2, 2, 1, 0, 0]
    let second = [0, 1, 2, 2, 0, 2, 1, 1, 0, 1]
    var counts = Matrix(rows: 10, columns: 3)
    for i in 0..<10 {
      counts[i, first[i]] += 1
      counts[i, second[i]] += 1
    }
    let kappa = try FleissKappa(counts: counts).estimate.value
    let alpha = try KrippendorffAlpha(ratings: [first.map(Double.init), second.map(Double.init)], metric: .nominal)
    // α = 1 − (1 − κ)(n − 1)/n with n = 20 values.
    #expect(isClose(alpha.value, 1 - (1 - kappa) * 19 / 20, relative: 1e-12))
  }

  @Test("of Fleiss refuses unequal numbers of raters and one category") func fleissRefusals() throws {
    #expect(throws: StatisticsError.lengthsDiffer(array: "ratings of subject 1", expected: 2, found: 3)) {
      try FleissKappa(counts: Matrix([[1, 1], [2, 1]]))
    }
    #expect(throws: StatisticsError.constant(variable: "the category given by all raters")) {
      try FleissKappa(counts: Matrix([[2, 0], [2, 0]]))
    }
    #expect(throws: StatisticsError.tooFewGroups(found: 1)) { try FleissKappa(counts: Matrix([[1, 0], [0, 1]])) }
    #expect(throws: StatisticsError.noObservations) { try FleissKappa(counts: Matrix(rows: 0, columns: 0)) }
    #expect(throws: StatisticsError.self) { try FleissKappa(counts: Matrix([[1.5, 0.5], [1, 1]])) }
    #expect(throws: StatisticsError.self) { try CohenKappa(table: Matrix([[1e300, 1], [1, 1e300]])) }
    #expect(try FleissKappa(counts: Matrix([[1, 1]])).estimate.standardError == nil)
  }

  @Test func identifiersAreNotCategories() {
    let codes = (0..<3000).map { Optional($0) }
    #expect(throws: StatisticsError.self) { try CohenKappa(first: codes, second: codes) }
    #expect(throws: StatisticsError.self) { try CohenKappa(first: [0, Int.max], second: [0, 1]) }
  }
}
