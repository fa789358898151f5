import Primitives
import Statistics
import TestSupport
import Testing

/// Worked examples solved by hand, properties and degenerate input.
@Suite struct KaplanMeierTests {
  /// Times 2, 3+, 3, 5+, 7, 7: at 2 n=6 d=1, at 3 n=5 d=1 (the censored one still counts), at 7 n=2 d=2.
  @Test func tiedEventsComeBeforeCensorings() throws {
    let followUp = try FollowUp(exit: [2, 3, 3, 5, 7, 7], cause: [1, 0, 1, 0, 1, 1])
    let curve = try KaplanMeier(followUp, confidence: Confidence(transform: .plain))
    #expect(curve.times == [2, 3, 7])
    #expect(curve.atRisk == [6, 5, 2])
    #expect(curve.events == [1, 1, 2])
    #expect(isClose(curve.survival[0], 5.0 / 6) && isClose(curve.survival[1], 2.0 / 3))
    #expect(curve.survival[2] == 0)
    // Greenwood: S² (1/(6·5) + 1/(5·4)) = (4/9)(1/12) = 1/27.
    #expect(isClose(curve.standardErrors[1]!, (1.0 / 27).squareRoot()))
    #expect(curve.standardErrors[2] == nil && curve.intervals[2].upper == nil)
    // Area to 6: 2 + 5/6 + 3·2/3 = 4 5/6; after 2 it is 17/6, after 3 it is 2.
    let mean = try RestrictedMean(followUp, until: 6).estimate
    #expect(isClose(mean.value, 29.0 / 6))
    let variance = (17.0 / 6) * (17.0 / 6) / 30 + 4.0 / 20
    #expect(isClose(mean.standardError!, variance.squareRoot()))
    // Beyond the last follow-up nothing changes when the curve is 0.
    #expect(isClose(try RestrictedMean(followUp, until: 9).estimate.value, 4 + 5.0 / 6 + 2.0 / 3))
    #expect(curve.estimate(at: 100)?.value == 0)
  }

  /// A enters at 0 and has the event at 4; B enters at 1, event at 3; C enters at 3, event at 6; D from 0, censored at
  /// 4.
  @Test func whoEntersLateCountsAfterwardsOnly() throws {
    let followUp = try FollowUp(entry: [0, 1, 3, 0], exit: [4, 3, 6, 4], cause: [1, 1, 1, 0])
    let curve = try KaplanMeier(followUp)
    #expect(curve.times == [3, 4, 6])
    #expect(curve.atRisk == [3, 3, 1])
    #expect(isClose(curve.survival[0], 2.0 / 3) && isClose(curve.survival[1], 4.0 / 9) && curve.survival[2] == 0)
    let hazard = try NelsonAalen(followUp, scale: .plain)
    #expect(isClose(hazard.cumulativeHazard[2], 1.0 / 3 + 1.0 / 3 + 1))
    #expect(isClose(hazard.standardErrors[1], (2.0 / 9).squareRoot()))
    #expect(hazard.estimate(at: 2)?.value == 0)
    #expect(hazard.estimate(at: 7) == nil)
  }

  @Test func anEventAtTimeZeroCounts() throws {
    for followUp in [
      try FollowUp(exit: [0, 1, 2, 3], cause: [1, 0, 1, 0]),
      try FollowUp(entry: [0, 0, 0, 0], exit: [0, 1, 2, 3], cause: [1, 0, 1, 0]),
    ] {
      let curve = try KaplanMeier(followUp)
      #expect(curve.atRisk == [4, 2])
      #expect(curve.estimate(at: 0)?.value == 0.75)
      #expect(curve.estimate(at: 2)?.value == 0.375)
    }
  }

  /// Four people, events at 1 and 2, censored at 3 and 4: S is 0.75, then 0.5 from 2 on.
  @Test func aFlatStretchAtTheQuantileGivesItsMiddle() throws {
    let curve = try KaplanMeier(try FollowUp(exit: [1, 2, 3, 4], cause: [1, 1, 0, 0]))
    let quantiles = try curve.quantiles([0.1, 0.25, 0.4, 0.5, 0.75])
    #expect(quantiles.map(\.time) == [1, 1.5, 2, 3, nil])
    for wrong in [0, 1, -0.5, .nan] {
      #expect(throws: StatisticsError.notAProbability(name: "the quantile's probability")) {
        _ = try curve.quantiles([wrong])
      }
    }
  }

  @Test func nothingIsKnownAfterTheLastFollowUp() throws {
    let followUp = try FollowUp(exit: [1, 2, 3], cause: [1, 0, 0])
    let curve = try KaplanMeier(followUp)
    #expect(curve.estimate(at: 3)?.value == 2.0 / 3)
    #expect(curve.estimate(at: 3.1) == nil)
    #expect(curve.estimate(at: -1) == nil)
    #expect(curve.estimate(at: .nan) == nil)
    for horizon in [3.1, 0, -1, .nan, .infinity] {
      #expect(throws: StatisticsError.beyondFollowUp(name: "the horizon of the restricted mean")) {
        _ = try RestrictedMean(followUp, until: horizon)
      }
    }
  }

  @Test func withoutEventsTheCurveStaysAtOne() throws {
    let followUp = try FollowUp(exit: [1, 2], cause: [0, 0])
    let curve = try KaplanMeier(followUp, confidence: Confidence(transform: .plain))
    #expect(curve.times.isEmpty && curve.estimate(at: 2)?.value == 1)
    #expect(curve.estimate(at: 2)?.interval.lower == 1)
    #expect(try KaplanMeier(followUp).estimate(at: 2)?.interval.lower == nil)
    #expect(try curve.quantiles([0.5])[0].time == nil)
    let mean = try RestrictedMean(followUp, until: 2).estimate
    #expect(mean.value == 2 && mean.standardError == 0)
    #expect(try NelsonAalen(followUp).estimate(at: 1)?.value == 0)
  }

  @Test func oneEventOfOnePersonIsAnAnswer() throws {
    let followUp = try FollowUp(exit: [5], cause: [1])
    for variance in [CurveVariance.countingProcess, .infinitesimalJackknife] {
      let curve = try KaplanMeier(followUp, variance: variance)
      #expect(curve.survival == [0])
      #expect(curve.standardErrors[0] == (variance == .countingProcess ? nil : 0))
      #expect(try RestrictedMean(followUp, until: 5, variance: variance).estimate.value == 5)
      #expect(try NelsonAalen(followUp, variance: variance).cumulativeHazard == [1])
    }
  }

  @Test(arguments: [0, 1, -0.1, 1.5, Double.nan]) func theLevelIsAProbability(_ level: Double) throws {
    let followUp = try FollowUp(exit: [5], cause: [1])
    let expected = StatisticsError.notAProbability(name: "the confidence level")
    #expect(throws: expected) { _ = try KaplanMeier(followUp, confidence: Confidence(level: level)) }
    #expect(throws: expected) { _ = try NelsonAalen(followUp, level: level) }
    #expect(throws: expected) { _ = try RestrictedMean(followUp, until: 5, level: level) }
    #expect(throws: expected) { _ = try CumulativeIncidence(followUp, confidence: Confidence(level: level)) }
  }

  @Test func limitsStayProbabilitiesAndNeverBecomeNotANumber() throws {
    for transform in ConfidenceTransform.allCases {
      for seed in 1...20 {
        let data = RandomFollowUp(seed: UInt64(seed), count: 3 + seed)
        let curve = try KaplanMeier(
          data.followUp(), confidence: Confidence(level: 0.999, transform: transform),
          variance: seed.isMultiple(of: 2) ? .countingProcess : .infinitesimalJackknife)
        for (survival, interval) in zip(curve.survival, curve.intervals) {
          if let lower = interval.lower, let upper = interval.upper {
            #expect(lower >= 0 && lower <= survival + 1e-12 && survival <= upper + 1e-12 && upper <= 1)
          }
        }
      }
    }
  }
}
