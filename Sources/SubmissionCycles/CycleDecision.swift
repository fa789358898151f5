import Primitives

/// What somebody decided about a period, on which day and why. Decisions are added and never changed.
public struct CycleDecision: Hashable, Codable, Sendable {
  public enum Kind: String, Codable, CaseIterable, Sendable {
    case open, release, lock, reopen

    public var event: CycleEvent {
      switch self {
      case .open: .open
      case .release: .release
      case .lock: .lock
      case .reopen: .reopen
      }
    }
  }

  public let kind: Kind
  /// The first month of the period.
  public let period: CalendarMonth
  /// The day from which it counts.
  public let day: CalendarDate
  /// Who decided.
  public let by: String
  public let reason: String?
  /// The last day on which a reopened period is open.
  public let until: CalendarDate?
  /// The day on which it was entered; nil where that was not kept.
  public let enteredOn: CalendarDate?

  public init(
    _ kind: Kind, _ period: CalendarMonth, on day: CalendarDate, by: String, reason: String? = nil,
    until: CalendarDate? = nil, enteredOn: CalendarDate? = nil
  ) {
    self.kind = kind
    self.period = period
    self.day = day
    self.by = by
    self.reason = reason
    self.until = until
    self.enteredOn = enteredOn
  }
}

/// A return, as far as the cycle is concerned.
public struct CycleReturn: Hashable, Sendable {
  public let provider: String
  public let month: CalendarMonth
  public let receivedOn: CalendarDate
  public let rows: Int
  public let accepted: Int
  public let held: Int

  public init(
    provider: String, month: CalendarMonth, receivedOn: CalendarDate, rows: Int = 0, accepted: Int = 0, held: Int = 0
  ) {
    self.provider = provider
    self.month = month
    self.receivedOn = receivedOn
    self.rows = rows
    self.accepted = accepted
    self.held = held
  }
}

/// From and until when a provider takes part; both ends included, open where nil.
public struct ExpectedProvider: Hashable, Sendable {
  public let name: String
  public let from: CalendarMonth?
  public let until: CalendarMonth?

  public init(name: String, from: CalendarMonth? = nil, until: CalendarMonth? = nil) {
    self.name = name
    self.from = from
    self.until = until
  }
}
