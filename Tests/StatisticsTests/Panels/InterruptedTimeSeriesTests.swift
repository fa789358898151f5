import Foundation
import Statistics
import TestSupport
import Testing

@Suite("Interrupted time series")
struct InterruptedTimeSeriesTests {
  private let time = Array(1...40)

  /// A level that jumps by 3 and a slope that steepens by 0.5 at time 25, with smooth disturbances.
  private var outcome: [Double] {
    time.map { time in
      let t = Double(time)
      let after = time >= 25 ? 1.0 : 0
      return 20 + 0.4 * t + 3 * after + 0.5 * (t - 25) * after + 2 * sin(t * 1.3) + cos(t * t * 0.7)
        + 1.5 * sin(t / 2.5)
    }
  }

  private func expect(_ found: [Double?], _ expected: [Double], location: SourceLocation = #_sourceLocation) {
    #expect(found.count == expected.count)
    for (value, wanted) in zip(found, expected) {
      #expect(
        isClose((value ?? .nan) / wanted, 1, relative: 1e-7), "\(value ?? .nan) \(wanted)", sourceLocation: location)
    }
  }

  @Test("A series without disturbances is taken apart exactly")
  func exact() throws {
    let exact = time.map { 5 + 2 * Double($0) + ($0 >= 21 ? 7 + 3 * Double($0 - 21) : 0) }
    let found = try InterruptedTimeSeries(
      outcome: exact, time: time, interruptions: [21], settings: .init(errors: .independent))
    #expect(found.estimates.names == ["(Intercept)", "trend", "level@21", "slope@21"])
    for (value, wanted) in zip(found.estimates.values, [7.0, 2, 7, 3]) { #expect(isClose(value, wanted)) }
    #expect(isClose(found.points[39].counterfactual.value, 85))
    #expect(isClose(found.points[39].effect!.value, 64))
    #expect(found.points[19].effect == nil)
    // 20 times: levels 20 · 7, slopes 3 · (0 + … + 19).
    #expect(isClose(found.cumulativeEffect.value, 710))
    #expect(isClose(found.averageEffect.value, 35.5))
  }

  @Test("Coefficients, Newey-West errors and tests agree with statsmodels")
  func peers() throws {
    let ordinary = try InterruptedTimeSeries(
      outcome: outcome, time: time, interruptions: [25], settings: .init(errors: .independent))
    expect(
      ordinary.estimates.values, [21.340579520548463, 0.372072992220698, 1.615415942437835, 0.669998676693129])
    expect(
      ordinary.estimates.standardErrors,
      [0.6580233361280974, 0.049023472877814, 1.058610811502214, 0.10262608214766032])
    #expect(isClose(ordinary.durbinWatson, 1.2015619021455293))
    let first = try ordinary.breuschGodfrey()
    #expect(isClose(first.statistic, 5.512169886676808))
    #expect(isClose(first.pValue, 0.018884603986232852))
    #expect(isClose(try ordinary.breuschGodfrey(order: 2).statistic, 12.897190753662429))
    let robust = try InterruptedTimeSeries(
      outcome: outcome, time: time, interruptions: [25],
      settings: .init(errors: .neweyWest(NeweyWest(lag: 3))))
    expect(
      robust.estimates.standardErrors,
      [0.6730401595255451, 0.049057079058669635, 1.1158645484023362, 0.0869332455874897])
    expect([robust.cumulativeEffect.value], [106.24649628218083])
    expect([robust.cumulativeEffect.standardError], [18.65289863023639])
  }

  @Test("First-order autoregression agrees with an iteration written out in numpy")
  func autoregression() throws {
    let prais = try InterruptedTimeSeries(
      outcome: outcome, time: time, interruptions: [25], settings: .init(errors: .autoregressive(.praisWinsten)))
    expect([prais.autocorrelation], [0.3979643735471891])
    expect(
      prais.estimates.values, [21.673832280381724, 0.34285075238018514, 2.2741998853736876, 0.6752013718840963])
    expect(
      prais.estimates.standardErrors,
      [0.9398232018369612, 0.06843067468350258, 1.333730325288922, 0.14506524451882788])
    let cochrane = try InterruptedTimeSeries(
      outcome: outcome, time: time, interruptions: [25], settings: .init(errors: .autoregressive(.cochraneOrcutt)))
    expect([cochrane.autocorrelation], [0.37927803293346435])
    expect(
      cochrane.estimates.standardErrors,
      [1.0825292781310893, 0.0754494620645386, 1.3166934129530194, 0.14517694676953308])
  }

  @Test("A season that repeats is taken out by indicators and by harmonics")
  func seasons() throws {
    let seasonal = time.map { 3 + Double($0) + 2 * cos(2 * Double.pi * Double($0 % 4) / 4) + ($0 >= 21 ? 5.0 : 0) }
    for seasonality in [
      InterruptedTimeSeries.Seasonality.indicators(length: 4), .harmonics(length: 4, pairs: 1),
    ] {
      let found = try InterruptedTimeSeries(
        outcome: seasonal, time: time, interruptions: [21],
        settings: .init(errors: .independent, seasonality: seasonality, changesSlope: false))
      #expect(isClose(found.estimates.values[2], 5))
      #expect(isClose(found.averageEffect.value, 5))
    }
  }

  @Test("What cannot be fitted is refused with a reason")
  func refusals() {
    #expect(throws: StatisticsError.self) {
      try InterruptedTimeSeries(outcome: [1, 2, 3, 4], time: [1, 2, 4, 5], interruptions: [4])
    }
    #expect(throws: StatisticsError.self) {
      try InterruptedTimeSeries(outcome: outcome, time: time, interruptions: [])
    }
    #expect(throws: StatisticsError.self) {
      try InterruptedTimeSeries(outcome: outcome, time: time, interruptions: [40])
    }
    #expect(throws: StatisticsError.self) {
      try InterruptedTimeSeries(outcome: [1, 2, 4, 5], time: [1, 2, 3, 4], interruptions: [3])
    }
    #expect(throws: StatisticsError.notFinite(array: "outcome", index: 3)) {
      try InterruptedTimeSeries(
        outcome: time.map { $0 == 4 ? .nan : Double($0) }, time: time, interruptions: [25])
    }
  }
}
