import NumericalMethods
import TestSupport
import Testing

@testable import Statistics

@Suite("Funnel plots") struct FunnelPlotTests {
  /// Two people, target ½: counts 0, 1, 2 with ¼, ½, ¼. At 0.5 below: the count 1 passes 0.5 with 0.25 of its 0.5 to
  /// spare, so the limit is (1 − 0.5)/2. At 0.9: the count 2, with 0.1 of its 0.25 to spare: (2 − 0.4)/2.
  @Test("have exact limits interpolated between counts") func interpolation() throws {
    let funnel = try FunnelPlot(events: [1], sizes: [2], measure: .proportion, target: 0.5)
    let limits = try funnel.limits(size: 2, level: 0.8)
    #expect(isClose(limits.upper, (2 - 0.4) / 2, relative: 1e-14))
    // At 0.1 below: the count 0, with 0.15 of its 0.25 to spare, is below 0.
    #expect(limits.lower == 0)
  }

  @Test("hold providers within limits as often as they say") func calibration() throws {
    var generator = CounterGenerator(seed: 10)
    let sizes = (0..<2000).map { _ in Double(50 + generator.index(below: 400)) }
    let events = sizes.map { size in (0..<Int(size)).count { _ in generator.uniform() < 0.3 } }
    let funnel = try FunnelPlot(events: events, sizes: sizes, measure: .proportion)
    #expect(abs(funnel.target - 0.3) < 0.003)
    var outside = 0
    for i in sizes.indices {
      let limits = try funnel.limits(size: sizes[i], level: 0.95)
      let value = funnel.units[i].value
      if value < limits.lower || value > limits.upper { outside += 1 }
    }
    #expect((60...140).contains(outside), "\(outside)")
    #expect((70...130).contains(funnel.units.count { $0.pValue < 0.05 }))
    let more = try FunnelPlot(
      events: events, sizes: sizes, measure: .proportion, overdispersion: .multiplicative(winsorised: 0))
    #expect(abs(more.dispersion! - 1) < 0.12)
  }

  @Test("are wide for the small, narrow for the large, and wider for a higher level") func shape() throws {
    for measure in FunnelPlot.Measure.allCases {
      let funnel = try FunnelPlot(events: [30, 12], sizes: [100, 60], measure: measure, target: 0.25)
      var previous = 1.0
      for size in [5.0, 20, 80, 320, 10_000] {
        let limits = try funnel.limits(size: size, level: 0.95)
        #expect(limits.lower <= 0.25 && limits.upper >= 0.25 && limits.upper - limits.lower < previous)
        previous = limits.upper - limits.lower
        let wide = try funnel.limits(size: size, level: 0.998)
        #expect(wide.lower <= limits.lower && wide.upper >= limits.upper)
      }
    }
  }

  /// z-scores −3, −1, 1, 3 of four providers of equal size: φ = 20/4 = 5. With τ²: (20 − 3)/(Σw − Σw²/Σw), w = 1/s².
  @Test("widen by the overdispersion worked by hand") func overdispersion() throws {
    // Rate target 1, size 100: s = 0.1; events 70, 90, 110, 130.
    let events = [70, 90, 110, 130]
    let sizes = [Double](repeating: 100, count: 4)
    let times = try FunnelPlot(
      events: events, sizes: sizes, measure: .rate, target: 1, overdispersion: .multiplicative(winsorised: 0))
    #expect(isClose(times.dispersion!, 5) && isClose(times.factor, 5) && times.betweenVariance == 0)
    #expect(isClose(times.units[3].deviate, 3 / 5.0.squareRoot()))
    let plus = try FunnelPlot(
      events: events, sizes: sizes, measure: .rate, target: 1, overdispersion: .additive(winsorised: 0))
    #expect(isClose(plus.betweenVariance, 17.0 / 300) && plus.factor == 1)
    let z = 1.959963984540054
    #expect(isClose(try plus.limits(size: 100, level: 0.95).upper, 1 + z * (0.01 + 17.0 / 300).squareRoot()))
    let drawnIn = try FunnelPlot(
      events: events, sizes: sizes, measure: .rate, target: 1, overdispersion: .multiplicative(winsorised: 0.1))
    // The 10 % quantiles of R: ∓2.4.
    #expect(isClose(drawnIn.dispersion!, (2 * 2.4 * 2.4 + 2) / 4))
    let calm = try FunnelPlot(
      events: [100, 100, 101], sizes: [100, 100, 100], measure: .rate, target: 1,
      overdispersion: .additive(winsorised: 0))
    #expect(calm.betweenVariance == 0)
  }

  @Test("refuse what has no target") func refusals() {
    func funnel(_ events: [Int], _ sizes: [Double], _ measure: FunnelPlot.Measure = .proportion) throws -> FunnelPlot {
      try FunnelPlot(events: events, sizes: sizes, measure: measure)
    }
    #expect(throws: StatisticsError.noObservations) { try funnel([], []) }
    #expect(throws: StatisticsError.self) { try funnel([0, 0], [5, 5]) }
    #expect(throws: StatisticsError.self) { try funnel([5, 5], [5, 5]) }
    #expect(throws: StatisticsError.self) { try funnel([6], [5]) }
    #expect(throws: StatisticsError.self) { try funnel([1], [0], .rate) }
    #expect(throws: StatisticsError.self) { try funnel([1], [1e19]) }
    #expect(throws: StatisticsError.lengthsDiffer(array: "sizes", expected: 1, found: 2)) { try funnel([1], [2, 3]) }
    #expect(throws: StatisticsError.self) {
      try FunnelPlot(events: [1], sizes: [4], measure: .proportion, overdispersion: .additive(winsorised: 0.5))
    }
  }
}
