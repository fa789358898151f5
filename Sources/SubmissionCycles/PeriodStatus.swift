import Primitives

/// One period, as it is known on a day.
public struct PeriodStatus: Sendable {
  public let period: CyclePeriod
  public internal(set) var state: CycleState = .upcoming
  public let dueOn: CalendarDate
  /// The day on which the calendar releases it.
  public let releaseOn: CalendarDate?
  /// The day on which it was released, by the calendar or by hand.
  public private(set) var releasedOn: CalendarDate?
  /// The day on which it was (last) locked.
  public private(set) var lockedOn: CalendarDate?
  /// Every time it was opened again: by whom, why, until when.
  public private(set) var reopenings: [CycleDecision] = []
  /// The decisions that counted, in their order.
  public private(set) var decisions: [CycleDecision] = []
  public internal(set) var providers: [Provider] = []

  init(period: CyclePeriod, dueOn: CalendarDate, releaseOn: CalendarDate?) {
    self.period = period
    self.dueOn = dueOn
    self.releaseOn = releaseOn
  }

  mutating func note(_ event: CycleEvent, on day: CalendarDate, _ decision: CycleDecision?) {
    if let decision { decisions.append(decision) }
    switch event {
    case .release: releasedOn = day
    case .lock, .reopeningEnded: lockedOn = day
    case .reopen: if let decision { reopenings.append(decision) }
    case .open, .receive, .duePassed: break
    }
  }

  public func count(_ standing: Standing) -> Int { providers.count { $0.standing == standing } }

  /// Where a provider stands in a period.
  public enum Standing: String, Codable, CaseIterable, Sendable {
    /// Nothing came yet, and there is time.
    case expected
    case inTime = "in-time"
    case late
    /// Nothing came, and the due day has passed.
    case missing
  }

  /// What one provider sent about the period.
  public struct Provider: Hashable, Codable, Sendable {
    public let provider: String
    public let standing: Standing
    /// The day of the first return about the period.
    public let firstReceivedOn: CalendarDate?
    public let lastReceivedOn: CalendarDate?
    /// Days from the due day to the first return, or to the day of the book when there is none; 0 in time.
    public let daysLate: Int
    public let returns: Int
    /// Rows read, taken in and held, of all of its returns about the period.
    public let rows: Int
    public let accepted: Int
    public let held: Int
  }
}

/// How one provider kept to the cycle, over the periods whose due day has passed.
public struct ProviderPunctuality: Hashable, Codable, Sendable {
  public let provider: String
  /// Periods about which a return was due.
  public private(set) var due = 0
  public private(set) var inTime = 0
  public private(set) var late = 0
  public private(set) var missing = 0
  /// Days late on average, of the returns that were late; nil when none was.
  public var averageDaysLate: Double? { late == 0 ? nil : Double(daysLate) / Double(late) }
  /// Of rows read, those held; nil when none was read.
  public var heldShare: Double? { rows == 0 ? nil : Double(held) / Double(rows) }
  /// Of returns due, those that came: how complete they are.
  public var completeness: Double? { due == 0 ? nil : Double(inTime + late) / Double(due) }
  /// Of returns due, those that came in time.
  public var timeliness: Double? { due == 0 ? nil : Double(inTime) / Double(due) }
  public private(set) var rows = 0
  public private(set) var held = 0
  private var daysLate = 0

  init(provider: String) { self.provider = provider }

  mutating func add(_ status: PeriodStatus.Provider, isDue: Bool) {
    rows += status.rows
    held += status.held
    // A return before the due day counts when that day has passed, so that all providers are counted alike.
    guard isDue else { return }
    due += 1
    switch status.standing {
    case .inTime: inTime += 1
    case .late:
      late += 1
      daysLate += status.daysLate
    case .missing, .expected: missing += 1
    }
  }
}

extension CycleBook {
  /// How every provider kept to the cycle, by name.
  public func punctuality(of statuses: [PeriodStatus]) -> [ProviderPunctuality] {
    var found: [String: ProviderPunctuality] = [:]
    for status in statuses {
      for provider in status.providers {
        found[provider.provider, default: ProviderPunctuality(provider: provider.provider)]
          .add(provider, isDue: day > status.dueOn)
      }
    }
    return found.values.sorted { $0.provider < $1.provider }
  }
}
