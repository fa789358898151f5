import NumericalMethods
import TestSupport
import Testing

@testable import Statistics

@Suite("Krippendorff's alpha") struct KrippendorffAlphaTests {
  /// The twelve units and four observers of Krippendorff's "Computing Krippendorff's alpha-reliability" (2011).
  private static let published: [[Double?]] = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, nil, nil, nil], [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, nil, 3],
    [nil, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, nil], [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, nil],
  ]

  /// Five coders, forty units, half-unit values, every fifth missing: by rule, so that a peer can make the same.
  private static let byRule: [[Double?]] = (0..<5).map { c in
    (0..<40).map { u in
      if (7 * c + 3 * u).isMultiple(of: 5) { return nil }
      return Double((u * u + (c * u) % 3 + ((u + c).isMultiple(of: 7) ? 1 : 0)) % 7) / 2
    }
  }

  /// PyPI krippendorff 0.8, both data sets.
  private static let reference: [AgreementMetric: [Double]] = [
    .nominal: [0.743421052631579, 0.3232526881720431], .ordinal: [0.8153875037548814, 0.7260044831750379],
    .interval: [0.8491071428571428, 0.7185003347467083], .ratio: [0.7974027747116121, 0.5831896712744888],
  ]

  @Test("agrees with the published values and a peer", arguments: AgreementMetric.allCases)
  func agrees(_ metric: AgreementMetric) throws {
    let published = try KrippendorffAlpha(ratings: Self.published, metric: metric)
    #expect(isClose(published.value, Self.reference[metric]![0], relative: 1e-13))
    #expect(published.pairableUnits == 11 && published.pairableValues == 40)
    let byRule = try KrippendorffAlpha(ratings: Self.byRule, metric: metric)
    #expect(isClose(byRule.value, Self.reference[metric]![1], relative: 1e-13))
  }

  /// Two coders, units 0 0 | 0 1 | 1 1: coincidences 2, 1, 1, 2; Dₒ = 2/6, Dₑ = 2·3·3/30, α = 1 − (1/3)/(3/5) = 4/9.
  @Test("of three units worked by hand") func worked() throws {
    let alpha = try KrippendorffAlpha(ratings: [[0, 0, 1], [0, 1, 1]], metric: .nominal)
    #expect(isClose(alpha.value, 4.0 / 9, relative: 1e-15))
    #expect(alpha.coincidences == Matrix([[2, 1], [1, 2]]))
  }

  @Test("does not mind coders' or units' order, nor the scale that the metric ignores", arguments: 0..<8)
  func invariance(_ seed: Int) throws {
    var generator = CounterGenerator(seed: UInt64(seed))
    let ratings: [[Double?]] = (0..<4).map { _ in
      (0..<25).map { unit in
        generator.uniform() < 0.2 ? nil : Double(unit % 4 + generator.index(below: 2) + 1)
      }
    }
    let order = generator.permutation(of: 25)
    for metric in AgreementMetric.allCases {
      let alpha = try KrippendorffAlpha(ratings: ratings, metric: metric).value
      let shuffled = ratings.reversed().map { $0.permuted(by: order) }
      #expect(isClose(try KrippendorffAlpha(ratings: shuffled, metric: metric).value, alpha, relative: 1e-12))
      let rescaled = ratings.map { row in row.map { value in value.map { Self.rescaled($0, metric) } } }
      #expect(isClose(try KrippendorffAlpha(ratings: rescaled, metric: metric).value, alpha, relative: 1e-9))
    }
  }

  /// The value after a change that its scale does not see.
  private static func rescaled(_ value: Double, _ metric: AgreementMetric) -> Double {
    switch metric {
    case .nominal: [0, 7, -2, 9, 1, 4, 3][Int(value)]
    case .ordinal: value * value * value
    case .interval: 3 * value - 100
    case .ratio: 1e6 * value
    }
  }

  @Test("is 1 for full agreement, about 0 for chance, and below 0 for opposition") func meaning() throws {
    #expect(try KrippendorffAlpha(ratings: [[1, 2, 3], [1, 2, 3]], metric: .interval).value == 1)
    #expect(try KrippendorffAlpha(ratings: [[1, 2, 1, 2], [2, 1, 2, 1]], metric: .nominal).value < 0)
    var generator = CounterGenerator(seed: 6)
    let chance: [[Double?]] = (0..<3).map { _ in (0..<4000).map { _ in Double(generator.index(below: 5)) } }
    for metric in AgreementMetric.allCases {
      #expect(abs(try KrippendorffAlpha(ratings: chance, metric: metric).value) < 0.04)
    }
  }

  @Test("has an interval that does not depend on threads and covers the long-run value") func interval() throws {
    func ratings(_ stream: UInt64, units: Int) -> [[Double?]] {
      var generator = CounterGenerator(seed: 15, stream: stream)
      let truth = (0..<units).map { _ in generator.index(below: 4) }
      return (0..<3).map { _ in
        truth.map { Double(generator.uniform() < 0.7 ? $0 : generator.index(below: 4)) }
      }
    }
    let small = try KrippendorffAlpha(ratings: ratings(1, units: 60), metric: .nominal)
    let estimate = try small.estimate(draws: 400, seed: 3)
    #expect(estimate == (try WorkSharing.$threads.withValue(1) { try small.estimate(draws: 400, seed: 3) }))
    #expect(estimate.interval.lower! < small.value && estimate.interval.upper! > small.value)
    // Each coder repeats the truth in 0.7 of the cases: two agree beyond chance in 0.49.
    var covered = 0
    for stream in 0..<300 as Range<UInt64> {
      let alpha = try KrippendorffAlpha(ratings: ratings(stream, units: 120), metric: .nominal)
      let interval = try alpha.estimate(draws: 199, seed: 5).interval
      if interval.lower! <= 0.49, interval.upper! >= 0.49 { covered += 1 }
    }
    #expect(covered >= 273 && covered <= 295, "\(covered)")
  }

  @Test("hears a cancellation between the values of a ratio scale") func cancelled() async throws {
    let ratings = [(0..<3000).map { Double($0) }, (0..<3000).map { Double($0) + 0.5 }]
    let stopped = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      return try KrippendorffAlpha(ratings: ratings, metric: .ratio)
    }
    await #expect(throws: StatisticsError.cancelled) { _ = try await stopped.value }
  }

  @Test("refuses what has no value") func refusals() throws {
    #expect(throws: StatisticsError.noObservations) { try KrippendorffAlpha(ratings: [], metric: .nominal) }
    #expect(throws: StatisticsError.noObservations) {
      try KrippendorffAlpha(ratings: [[1, nil], [nil, 2]], metric: .nominal)
    }
    #expect(throws: StatisticsError.constant(variable: "the value given by all coders")) {
      try KrippendorffAlpha(ratings: [[1, 1], [1, 1]], metric: .ordinal)
    }
    #expect(throws: StatisticsError.self) { try KrippendorffAlpha(ratings: [[1, -1], [1, 2]], metric: .ratio) }
    #expect(throws: StatisticsError.notFinite(array: "ratings of coder 1", index: 0)) {
      try KrippendorffAlpha(ratings: [[1, 2], [.infinity, 2]], metric: .interval)
    }
    #expect(throws: StatisticsError.lengthsDiffer(array: "ratings of coder 1", expected: 2, found: 1)) {
      try KrippendorffAlpha(ratings: [[1, 2], [1]], metric: .interval)
    }
    #expect(throws: StatisticsError.self) { try KrippendorffAlpha(ratings: [[1e300, 1], [1, 1]], metric: .interval) }
    #expect(
      isClose(
        try KrippendorffAlpha(ratings: [[1e12, 3e12, 2e12], [1e12, 3e12, 3e12]], metric: .interval).value,
        try KrippendorffAlpha(ratings: [[1, 3, 2], [1, 3, 3]], metric: .interval).value))
    let certain = try KrippendorffAlpha(ratings: [[1, 2, 1], [1, 2, 1]], metric: .nominal).estimate(draws: 50, seed: 1)
    #expect(certain.interval.lower == 1 && certain.standardError == 0)
  }
}
