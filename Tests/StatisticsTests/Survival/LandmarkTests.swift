import Statistics
import Testing

@Suite struct LandmarkTests {
  @Test func onlyThoseStillThereStay() throws {
    let followUp = try FollowUp(
      entry: [0, 0, 0, 5, 2], exit: [3, 4, 9, 8, 6], cause: [1, 0, 2, 1, 1], causes: 2, weight: [1, 2, 3, 4, 5])
    let landmark = try followUp.landmarked(at: 4, horizon: 7)
    #expect(landmark.rows == [2, 4])
    #expect(landmark.followUp.exit == [3, 2] && landmark.followUp.cause == [0, 1])
    #expect(landmark.followUp.entry == nil && landmark.followUp.weight == [3, 5])
    let kept = try followUp.landmarked(at: 4, resetsTime: false).followUp
    #expect(kept.entry == [4, 4] && kept.exit == [9, 6] && kept.cause == [2, 1])
  }

  /// Person 7 changes at 3, so the second row describes them at 4; their event comes in the third.
  @Test func severalRowsBecomeOne() throws {
    let followUp = try FollowUp(entry: [0, 3, 5, 0], exit: [3, 5, 8, 10], cause: [0, 0, 1, 0])
    let landmark = try followUp.landmarked(at: 4, person: [7, 7, 7, 8])
    #expect(landmark.rows == [1, 3])
    #expect(landmark.followUp.exit == [4, 6] && landmark.followUp.cause == [1, 0])
  }

  @Test func impossibleLandmarksAreRefused() throws {
    let followUp = try FollowUp(exit: [1, 2], cause: [1, 0])
    #expect(throws: StatisticsError.noObservations) { _ = try followUp.landmarked(at: 2) }
    #expect(throws: StatisticsError.setting(name: "the landmark", reason: "choose a time that is zero or later")) {
      _ = try followUp.landmarked(at: -1)
    }
    #expect(throws: StatisticsError.setting(name: "the horizon", reason: "choose a time after the landmark")) {
      _ = try followUp.landmarked(at: 1, horizon: 1)
    }
  }
}
