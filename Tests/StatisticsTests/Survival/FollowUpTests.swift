import Statistics
import Testing

@Suite struct FollowUpTests {
  @Test func faultsAreNamedWithTheirPlace() {
    let faults: [(StatisticsError, () throws -> FollowUp)] = [
      (.noObservations, { try FollowUp(exit: [], cause: []) }),
      (.lengthsDiffer(array: "cause", expected: 2, found: 1), { try FollowUp(exit: [1, 2], cause: [0]) }),
      (
        .lengthsDiffer(array: "entry", expected: 1, found: 2), { try FollowUp(entry: [0, 0], exit: [1], cause: [0]) }
      ),
      (
        .lengthsDiffer(array: "weight", expected: 1, found: 0), { try FollowUp(exit: [1], cause: [0], weight: []) }
      ),
      (
        .lengthsDiffer(array: "cluster", expected: 1, found: 2),
        { try FollowUp(exit: [1], cause: [0], cluster: [1, 2]) }
      ),
      (.notFinite(array: "exit", index: 1), { try FollowUp(exit: [1, .nan], cause: [0, 0]) }),
      (.notFinite(array: "entry", index: 0), { try FollowUp(entry: [.infinity], exit: [1], cause: [0]) }),
      (.notFinite(array: "weight", index: 0), { try FollowUp(exit: [1], cause: [0], weight: [.nan]) }),
      (.negativeTime(array: "exit", index: 0), { try FollowUp(exit: [-1], cause: [0]) }),
      (.exitNotAfterEntry(index: 1), { try FollowUp(entry: [0, 3], exit: [0, 3], cause: [1, 1]) }),
      (.exitNotAfterEntry(index: 0), { try FollowUp(entry: [4], exit: [3], cause: [1]) }),
      (.negativeWeight(index: 1), { try FollowUp(exit: [1, 1], cause: [0, 1], weight: [1, -1]) }),
      (.weightsSumToZero, { try FollowUp(exit: [1, 1], cause: [0, 1], weight: [0, 0]) }),
      (.unknownCause(index: 1, causes: 1), { try FollowUp(exit: [1, 1], cause: [1, 2]) }),
      (.unknownCause(index: 0, causes: 3), { try FollowUp(exit: [1], cause: [-1], causes: 3) }),
    ]
    for (expected, make) in faults { #expect(throws: expected) { _ = try make() } }
  }

  @Test func messagesSayWhatWhereAndWhatToDo() {
    #expect(
      StatisticsError.exitNotAfterEntry(index: 4).description
        == "exit[4] is not after entry[4]; only an entry and exit both at time 0 may be equal")
    #expect(
      StatisticsError.lengthsDiffer(array: "cause", expected: 3, found: 2).description
        == "cause has 2 elements where 3 are needed; give each observation one")
    #expect(
      StatisticsError.unknownCause(index: 7, causes: 2).description
        == "cause[7] is not one of 0 (censored) to 2; declare the number of causes or correct it")
  }

  @Test func splittingKeepsEveryRowInItsGroup() throws {
    let followUp = try FollowUp(
      entry: [0, 1, 0, 0], exit: [1, 2, 3, 4], cause: [0, 1, 1, 0], weight: [1, 2, 0, 3], cluster: [5, 5, 6, 7])
    let parts = try followUp.split(by: [0, 2, 1, 0], groups: 4)
    #expect(parts[0]?.exit == [1, 4] && parts[0]?.cluster == [5, 7] && parts[0]?.weight == [1, 3])
    // A group whose rows all count nothing says nothing.
    #expect(parts[1] == nil)
    #expect(parts[2]?.entry == [1] && parts[2]?.cause == [1])
    #expect(parts[3] == nil)
    #expect(throws: StatisticsError.unknownGroup(index: 3, groups: 2)) {
      _ = try followUp.split(by: [0, 1, 0, 2], groups: 2)
    }
    #expect(throws: StatisticsError.lengthsDiffer(array: "group", expected: 4, found: 1)) {
      _ = try followUp.split(by: [0], groups: 2)
    }
  }

  /// Three enter at 0, two at 2; one leaves at 2, one at 3, three at 5.
  @Test func theNumberAtRiskExcludesWhoEntersAndIncludesWhoLeaves() throws {
    let followUp = try FollowUp(entry: [0, 0, 0, 2, 2], exit: [2, 3, 5, 5, 5], cause: [1, 0, 0, 1, 0])
    let atRisk = try KaplanMeier(followUp).numberAtRisk
    #expect([0, 1, 2, 2.5, 3, 4, 5, 6].map { atRisk(at: $0) } == [3, 3, 3, 4, 4, 3, 3, 0])
    #expect(atRisk.lastExit == 5)
  }
}
