import Primitives

/// The course of a discussion about a finding: asked, answered, closed. A pure state machine.
public struct Discussion: Hashable, Sendable {
  public enum State: String, Hashable, Codable, Sendable, CaseIterable {
    /// Somebody asked something, and nobody answered yet.
    case open
    case answered
    case closed

    public var label: LocalizedText {
      switch self {
      case .open: LocalizedText("open", nl: "open")
      case .answered: LocalizedText("answered", nl: "beantwoord")
      case .closed: LocalizedText("closed", nl: "gesloten")
      }
    }
  }

  public enum Event: String, Hashable, Codable, Sendable, CaseIterable { case ask, answer, close }

  /// An event that this state has no place for.
  public struct Refusal: Error, Hashable, Sendable {
    /// nil when nothing was said yet.
    public let state: State?
    public let event: Event
  }

  /// nil when nothing was said yet.
  public private(set) var state: State?

  public init(_ state: State? = nil) { self.state = state }

  /// Goes to the next state. A question opens a discussion again that was closed.
  public mutating func handle(_ event: Event) throws(Refusal) {
    switch (state, event) {
    case (nil, .ask), (.open, .ask), (.answered, .ask), (.closed, .ask): state = .open
    case (.open, .answer), (.answered, .answer): state = .answered
    case (.open, .close), (.answered, .close): state = .closed
    case (nil, .answer), (nil, .close), (.closed, .answer), (.closed, .close):
      throw Refusal(state: state, event: event)
    }
  }
}
