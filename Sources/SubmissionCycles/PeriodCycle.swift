import Primitives

/// How far a period is.
public enum CycleState: String, Codable, CaseIterable, Sendable {
  /// It has not begun: nothing can be sent yet.
  case upcoming
  /// Returns are expected.
  case open
  /// The due day has passed; who has not sent anything is late.
  case late
  /// All may see it. Returns are still taken in, as corrections.
  case released
  /// Nothing about it is taken in any more.
  case locked
  /// It was locked, and is open again for a while, for a reason.
  case reopened
}

/// What can happen to a period.
public enum CycleEvent: String, Codable, CaseIterable, Sendable {
  /// It begins: by the calendar, or by hand for the first one.
  case open
  /// A return about it comes in.
  case receive
  /// The day after the due day begins.
  case duePassed = "due-passed"
  /// By the calendar when the model names a day, or by hand.
  case release
  case lock
  case reopen
  /// The day until which it was open again has passed.
  case reopeningEnded = "reopening-ended"
}

/// What is to be done because of an event.
public enum CycleAction: String, Codable, CaseIterable, Sendable {
  /// Tell the providers that returns are expected.
  case announce
  /// Take the return in: it is in time.
  case takeIn = "take-in"
  /// Take it in, and note that it is late.
  case takeInLate = "take-in-late"
  /// Take it in, and note that it corrects what all have seen.
  case takeInCorrection = "take-in-correction"
  /// Take it in, and note that it restates a period that was locked.
  case takeInRestatement = "take-in-restatement"
  /// Remind those who have sent nothing.
  case remind
  /// Show the period to all.
  case publish
  /// Take nothing in from now on.
  case freeze
  /// Tell who may send again, and until when.
  case announceReopening = "announce-reopening"
}

/// An event that does not happen in a state.
public struct CycleTransitionError: Error, Hashable, Sendable {
  public let state: CycleState
  public let event: CycleEvent

  public init(state: CycleState, event: CycleEvent) {
    self.state = state
    self.event = event
  }
}

/// The life of one period: a pure state machine. Reading, writing and the clock are elsewhere.
public struct PeriodCycle: Hashable, Sendable {
  public private(set) var state: CycleState

  public init(state: CycleState = .upcoming) { self.state = state }

  /// Moves on, and says what is to be done; throws where the event does not happen in this state, which stays.
  @discardableResult
  public mutating func handle(_ event: CycleEvent) throws(CycleTransitionError) -> CycleAction {
    switch (state, event) {
    case (.upcoming, .open): return go(.open, .announce)
    case (.open, .receive): return .takeIn
    case (.open, .duePassed): return go(.late, .remind)
    case (.open, .release), (.late, .release): return go(.released, .publish)
    case (.late, .receive): return .takeInLate
    case (.released, .receive): return .takeInCorrection
    // Released before the due day: who sends nothing is reminded all the same.
    case (.released, .duePassed): return .remind
    case (.released, .lock), (.reopened, .lock), (.reopened, .reopeningEnded): return go(.locked, .freeze)
    case (.locked, .reopen): return go(.reopened, .announceReopening)
    case (.reopened, .receive): return .takeInRestatement
    case (.upcoming, _), (.open, _), (.late, _), (.released, _), (.locked, _), (.reopened, _):
      throw CycleTransitionError(state: state, event: event)
    }
  }

  private mutating func go(_ next: CycleState, _ action: CycleAction) -> CycleAction {
    state = next
    return action
  }
}
