import SubmissionCycles
import Testing

/// The whole state machine: what every event does in every state.
@Suite struct PeriodCycleTests {
  /// What happens: where it leads and what is to be done. Pairs that are not here are refused.
  static let table: [CycleState: [CycleEvent: (CycleState, CycleAction)]] = [
    .upcoming: [.open: (.open, .announce)],
    .open: [
      .receive: (.open, .takeIn), .duePassed: (.late, .remind), .release: (.released, .publish),
    ],
    .late: [.receive: (.late, .takeInLate), .release: (.released, .publish)],
    .released: [
      .receive: (.released, .takeInCorrection), .duePassed: (.released, .remind), .lock: (.locked, .freeze),
    ],
    .locked: [.reopen: (.reopened, .announceReopening)],
    .reopened: [
      .receive: (.reopened, .takeInRestatement), .lock: (.locked, .freeze), .reopeningEnded: (.locked, .freeze),
    ],
  ]

  @Test(arguments: CycleState.allCases, CycleEvent.allCases)
  func everyPairOfStateAndEventDoesWhatTheTableSays(_ state: CycleState, _ event: CycleEvent) {
    var cycle = PeriodCycle(state: state)
    if let (next, action) = Self.table[state]?[event] {
      let done = try? cycle.handle(event)
      #expect(done == action)
      #expect(cycle.state == next)
    } else {
      #expect(throws: CycleTransitionError(state: state, event: event)) { try cycle.handle(event) }
      #expect(cycle.state == state, "a refused event changes nothing")
    }
  }

  @Test func everyStateCanBeReachedFromTheFirst() {
    var reached: Set<CycleState> = [.upcoming]
    while true {
      let next = Set(reached.flatMap { Self.table[$0]!.values.map(\.0) }).union(reached)
      if next == reached { break }
      reached = next
    }
    #expect(reached == Set(CycleState.allCases))
  }
}
