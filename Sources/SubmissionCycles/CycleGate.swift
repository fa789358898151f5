import DataModels
import Primitives

/// What may still be entered, and for which day: what was released or locked stays as it was known.
///
/// Everything that is entered has two days: the day for which it counts, which is said, and the day on which it is
/// entered, which is that of the clock. A day of release or of locking is *settled*: what was known on it, and on any day
/// before, never changes again. So what is entered later has to count from a later day. Months that were not released
/// yet can be loaded with the days on which they were received.
public struct CycleGate: Sendable {
  /// What is known of the returns about one month.
  public struct MonthReceived: Hashable, Sendable {
    public let month: CalendarMonth
    /// The first day on which one of them was entered; nil where that was not kept.
    public let enteredOn: CalendarDate?

    public init(_ month: CalendarMonth, enteredOn: CalendarDate?) {
      self.month = month
      self.enteredOn = enteredOn
    }
  }

  /// A day that is settled, and the period because of which.
  public struct Settled: Hashable, Sendable {
    public let day: CalendarDate
    public let period: CyclePeriod
    public let isLocked: Bool
  }

  public let cycle: SubmissionCycle
  private let decisions: [CycleDecision]
  private let received: [MonthReceived]

  /// - Parameter decisions: all of them, in the order in which they were taken.
  public init(cycle: SubmissionCycle, decisions: [CycleDecision], received: [MonthReceived]) {
    self.cycle = cycle
    self.decisions = decisions
    self.received = received
  }

  /// The last settled day, as seen on a day of entry; nil when nothing was released or locked yet.
  ///
  /// A decision settles its day. The calendar settles a day only where the register was there to see it: a release when
  /// something about the period had been entered by that day, the end of a reopening when the reopening had.
  public func lastSettled(seenOn today: CalendarDate) -> Settled? {
    func period(_ month: CalendarMonth) -> CyclePeriod { CyclePeriod(containing: month, every: cycle.every) }
    var last: Settled?
    func settle(_ day: CalendarDate, _ month: CalendarMonth, isLocked: Bool) {
      guard last.map({ $0.day < day || ($0.day == day && isLocked) }) ?? true else { return }
      last = Settled(day: day, period: period(month), isLocked: isLocked)
    }
    for (index, decision) in decisions.enumerated() {
      switch decision.kind {
      case .release, .lock: settle(decision.day, decision.period, isLocked: decision.kind == .lock)
      case .open: break
      case .reopen:
        guard let until = decision.until, let entered = decision.enteredOn else { continue }
        let end = until.adding(days: 1)
        let isOverruled = decisions[(index + 1)...].contains { $0.period == decision.period && $0.day <= until }
        if end <= today, entered < end, !isOverruled { settle(end, decision.period, isLocked: true) }
      }
    }
    for each in received {
      guard let entered = each.enteredOn, let release = cycle.releaseOn(period(each.month)) else { continue }
      if release <= today, entered <= release { settle(release, each.month, isLocked: false) }
    }
    return last
  }

  /// Refuses a day that is settled.
  ///
  /// - Parameters:
  ///   - day: from which it is to count.
  ///   - today: the day of entry. What is entered on a settled day itself may count for it: the day is not over.
  public func checkDay(_ day: CalendarDate, enteredOn today: CalendarDate) throws(CycleError) {
    guard let settled = lastSettled(seenOn: max(today, day)) else { return }
    guard day < settled.day || (day == settled.day && today > settled.day) else { return }
    throw .settled(period: settled.period, day: day, since: settled.day, isLocked: settled.isLocked, place: nil)
  }

  /// Refuses a change of what was sent about a month whose period is locked, on the day from which it is to count or as it
  /// stands after the last decision.
  public func checkChange(aboutMonth month: CalendarMonth, on day: CalendarDate) throws(CycleError) {
    guard let last = decisions.map(\.day).max() else { return }
    func book(_ day: CalendarDate) -> CycleBook {
      CycleBook(
        cycle: cycle, decisions: decisions,
        returns: [CycleReturn(provider: "", month: month, receivedOn: month.firstDay)], asKnownOn: day)
    }
    _ = try book(day).receive(aboutMonth: month)
    // What was locked stays as it was known, also for what would count from before that day and is entered after it.
    let later = book(max(day, last))
    let status = later.status(of: later.period(containing: month))
    if let locked = status.lockedOn, day < locked { throw .locked(period: status.period, since: locked) }
  }
}
