import Foundation
import Primitives
import Statistics
import TestSupport
import Testing

@Suite struct CumulativeIncidenceTests {
  /// Five people: cause 1 at 1; causes 1 and 2 at 2; censored at 2; cause 2 at 4. At 1 n=5; at 2 n=4; at 4 n=1.
  @Test func tiedCausesAreTakenTogether() throws {
    let followUp = try FollowUp(exit: [1, 2, 2, 2, 4], cause: [1, 1, 2, 0, 2], causes: 2)
    let curve = try CumulativeIncidence(followUp)
    #expect(curve.times == [1, 2, 4] && curve.atRisk == [5, 4, 1])
    #expect(curve.events == [[1, 1, 0], [0, 1, 1]])
    let expected = [[0.2, 0.4, 0.4], [0, 0.2, 0.6]]
    for (found, expected) in zip(curve.incidence, expected) {
      for (found, expected) in zip(found, expected) { #expect(isClose(found, expected)) }
    }
    #expect(isClose(curve.survival[1], 0.4) && curve.survival[2] == 0)
    // At 1 a share of 5: √(0.2·0.8/5).
    #expect(isClose(curve.standardErrors[0][0], 0.032.squareRoot()))
    #expect(curve.standardErrors[1][0] == 0)
    // Delta method for cause 1. At 1: g = 1, 1·1/25. At 2: 0.04 (1 − (0.4 − 0.2)/0.8)² + 0.64/16, cause 2 adds nothing.
    let delta = try CumulativeIncidence(followUp, variance: .countingProcess)
    #expect(isClose(delta.standardErrors[0][0], 0.2))
    #expect(isClose(delta.standardErrors[0][1], (0.04 * 0.75 * 0.75 + 0.04).squareRoot()))
  }

  @Test func itIsAStepFunction() throws {
    let followUp = try FollowUp(exit: [1, 2, 3, 5], cause: [1, 0, 2, 0], causes: 2)
    let curve = try CumulativeIncidence(followUp)
    #expect([0, 0.9, 1, 2.9].map { curve.estimate(of: 1, at: $0)?.value } == [0, 0, 0.25, 0.25])
    #expect([2.9, 3, 5].map { curve.estimate(of: 2, at: $0)?.value } == [0, 0.375, 0.375])
    #expect(curve.estimate(of: 1, at: 5.1) == nil && curve.estimate(of: 1, at: -1) == nil)
    #expect(curve.survivalEstimate(at: 3)?.value == 0.375)
    #expect(curve.survivalEstimate(at: 0.5)?.value == 1)
    #expect(curve.estimate(of: 2, at: 1)?.standardError == 0)
    #expect(curve.estimate(of: 2, at: 1)?.interval.upper == nil)
    #expect(curve.intervals(of: 1).count == 2)
    #expect(curve.estimate(of: 1, at: 1)?.count == 4)
  }

  @Test func aCauseThatNeverHappensStaysAtZero() throws {
    let followUp = try FollowUp(exit: [1, 2, 3], cause: [1, 1, 0], causes: 3)
    for variance in [CurveVariance.countingProcess, .infinitesimalJackknife] {
      let curve = try CumulativeIncidence(followUp, variance: variance)
      #expect(curve.incidence[2] == [0, 0] && curve.standardErrors[2] == [0, 0])
    }
    let nothing = try CumulativeIncidence(try FollowUp(exit: [1, 2], cause: [0, 0], causes: 2))
    #expect(nothing.times.isEmpty && nothing.estimate(of: 2, at: 1)?.value == 0)
  }

  @Test func everyoneWithAnEventAtOnceIsAnAnswer() throws {
    let followUp = try FollowUp(exit: [4, 4, 4, 4], cause: [1, 1, 1, 2], causes: 2)
    for variance in [CurveVariance.countingProcess, .infinitesimalJackknife] {
      let curve = try CumulativeIncidence(followUp, variance: variance)
      #expect(curve.incidence == [[0.75], [0.25]])
      #expect(curve.standardErrors[0][0].isFinite)
    }
    #expect(
      isClose(try CumulativeIncidence(followUp).standardErrors[0][0], (0.75 * 0.25 / 4).squareRoot()))
  }

  @Test func theCountingProcessFormulaRefusesWeightsAndClusters() throws {
    let expected = StatisticsError.notSupported(
      method: "the counting-process variance of cumulative incidence", input: "weights or clusters")
    for followUp in [
      try FollowUp(exit: [1, 2], cause: [1, 0], weight: [1, 1]),
      try FollowUp(exit: [1, 2], cause: [1, 0], cluster: [1, 1]),
    ] {
      #expect(throws: expected) { _ = try CumulativeIncidence(followUp, variance: .countingProcess) }
    }
  }

  /// Hazards 0.06 and 0.04 per month, censoring 0.03: at 10 months F₁ = 0.6 (1 − 1/e).
  @Test func theIntervalCoversTheTruthAsOftenAsItSays() throws {
    let truth = 0.6 * (1 - exp(-1.0))
    var random = SeededGenerator(seed: 20_240)
    var covered = [0, 0]
    let draws = 1500
    for _ in 0..<draws {
      var exit: [Double] = []
      var cause: [Int] = []
      for _ in 0..<120 {
        let event = -log(1 - random.uniform()) / 0.1
        let censoring = -log(1 - random.uniform()) / 0.03
        exit.append(min(event, censoring))
        cause.append(censoring < event ? 0 : random.uniform() < 0.6 ? 1 : 2)
      }
      let followUp = try FollowUp(exit: exit, cause: cause, causes: 2)
      for (position, variance) in [CurveVariance.infinitesimalJackknife, .countingProcess].enumerated() {
        let interval = try #require(
          CumulativeIncidence(followUp, variance: variance).estimate(of: 1, at: 10)?.interval)
        if interval.lower! <= truth, truth <= interval.upper! { covered[position] += 1 }
      }
    }
    for count in covered { #expect((0.93...0.97).contains(Double(count) / Double(draws)), "\(count) of \(draws)") }
  }
}
