import DataModels
import Primitives

/// All that is known about the cycle on a day: what was decided by then, and what was received.
///
/// The state of a period is a function of the set of decisions and of the day: events of the calendar and decisions are
/// taken in the order of their days, the calendar first, decisions of one day in the order in which they were taken. One
/// that does not apply any more in its place is passed over.
public struct CycleBook: Sendable {
  public let cycle: SubmissionCycle
  /// As known on this day.
  public let day: CalendarDate
  private let decisions: [CyclePeriod: [CycleDecision]]
  private let returns: [CyclePeriod: [CycleReturn]]
  private let providers: [ExpectedProvider]
  /// The first period of the cycle: the first that was opened or that a return is about; nil when there is neither.
  public let start: CyclePeriod?

  /// - Parameters:
  ///   - decisions: in the order in which they were taken; those after `day` count for nothing.
  ///   - returns: those received after `day` count for nothing.
  ///   - providers: who is expected to send; when empty, everybody from the first period about which they sent.
  public init(
    cycle: SubmissionCycle, decisions: [CycleDecision], returns: [CycleReturn], providers: [ExpectedProvider] = [],
    asKnownOn day: CalendarDate
  ) {
    self.cycle = cycle
    self.day = day
    let decisions = decisions.filter { $0.day <= day }
    let returns = returns.filter { $0.receivedOn <= day }
    func period(_ month: CalendarMonth) -> CyclePeriod { CyclePeriod(containing: month, every: cycle.every) }
    self.decisions = Dictionary(grouping: decisions) { period($0.period) }
    self.returns = Dictionary(grouping: returns) { period($0.month) }
    start = (decisions.filter { $0.kind == .open }.map { period($0.period) } + returns.map { period($0.month) }).min()
    if providers.isEmpty {
      let own = Dictionary(grouping: returns, by: \.provider)
      self.providers = own.keys.sorted().map { ExpectedProvider(name: $0, from: own[$0]!.map(\.month).min()) }
    } else {
      self.providers = providers.sorted { $0.name < $1.name }
    }
  }

  /// The periods that have begun, in order; also those to come that were opened by hand.
  public var periods: [CyclePeriod] {
    guard let start else { return [] }
    var periods: [CyclePeriod] = []
    var period = start
    while period.first.firstDay <= day {
      periods.append(period)
      period = period.next
    }
    return periods
  }

  public func period(containing month: CalendarMonth) -> CyclePeriod {
    CyclePeriod(containing: month, every: cycle.every)
  }

  /// What is known of one period.
  public func status(of period: CyclePeriod) -> PeriodStatus {
    var machine = PeriodCycle()
    var status = PeriodStatus(period: period, dueOn: cycle.dueOn(period), releaseOn: cycle.releaseOn(period))
    var steps: [(day: CalendarDate, event: CycleEvent, decision: CycleDecision?)] = []
    if let start, start <= period { steps.append((period.first.firstDay, .open, nil)) }
    steps.append((status.dueOn.adding(days: 1), .duePassed, nil))
    if let release = status.releaseOn { steps.append((release, .release, nil)) }
    let taken = (decisions[period] ?? []).map { (day: $0.day, event: $0.kind.event, decision: Optional($0)) }
    // A stable order: the calendar before decisions of the same day, those as they were taken.
    var queue = (steps + taken).enumerated().sorted { ($0.element.day, $0.offset) < ($1.element.day, $1.offset) }
      .map(\.element)
    while !queue.isEmpty {
      let step = queue.removeFirst()
      guard step.day <= day, (try? machine.handle(step.event)) != nil else { continue }
      status.note(step.event, on: step.day, step.decision)
      if step.event == .reopen, let until = step.decision?.until {
        let ending = (day: until.adding(days: 1), event: CycleEvent.reopeningEnded, decision: CycleDecision?.none)
        queue.insert(ending, at: queue.firstIndex { $0.day >= ending.day } ?? queue.endIndex)
      }
    }
    status.state = machine.state
    status.providers = standings(of: period, status)
    return status
  }

  /// What taking a decision would lead to; throws where it does not apply.
  public func check(_ decision: CycleDecision) throws(CycleError) {
    let period = period(containing: decision.period)
    if let last = (decisions[period] ?? []).map(\.day).max(), decision.day < last {
      throw .earlierThanLast(period: period, day: decision.day, last: last)
    }
    if decision.kind == .reopen {
      guard let reason = decision.reason, !reason.isEmpty else { throw .reasonMissing(period: period) }
      guard let until = decision.until, until >= decision.day else { throw .endMissing(period: period) }
    }
    if decision.kind == .open, decision.day < period.first.firstDay {
      throw .notBegun(period: period, from: period.first.firstDay)
    }
    let status = status(of: period)
    var machine = PeriodCycle(state: status.state)
    do throws(CycleTransitionError) {
      try machine.handle(decision.kind.event)
    } catch {
      throw .doesNotApply(period: period, state: error.state, decision: decision.kind)
    }
  }

  /// What becomes of a return about a month that is received on the day of the book; throws when its period is locked.
  public func receive(aboutMonth month: CalendarMonth) throws(CycleError) -> CycleAction {
    let status = status(of: period(containing: month))
    // The first return of all begins the cycle.
    var machine = PeriodCycle(state: status.state == .upcoming ? .open : status.state)
    if status.state == .upcoming, day > status.dueOn { machine = PeriodCycle(state: .late) }
    do throws(CycleTransitionError) {
      return try machine.handle(.receive)
    } catch {
      throw .locked(period: status.period, since: status.lockedOn ?? day)
    }
  }

  private func standings(of period: CyclePeriod, _ status: PeriodStatus) -> [PeriodStatus.Provider] {
    let own = Dictionary(grouping: returns[period] ?? [], by: \.provider)
    let names = Set(own.keys).union(
      providers.filter { ($0.from ?? period.first) <= period.last && ($0.until ?? period.last) >= period.first }
        .map(\.name))
    return names.sorted().map { name in
      let sent = (own[name] ?? []).sorted { $0.receivedOn < $1.receivedOn }
      let first = sent.first?.receivedOn
      let standing: PeriodStatus.Standing =
        if let first { first <= status.dueOn ? .inTime : .late } else { day > status.dueOn ? .missing : .expected }
      return PeriodStatus.Provider(
        provider: name, standing: standing, firstReceivedOn: first, lastReceivedOn: sent.last?.receivedOn,
        daysLate: max(0, (first ?? day).days(since: status.dueOn)), returns: sent.count,
        rows: sent.reduce(0) { $0 + $1.rows }, accepted: sent.reduce(0) { $0 + $1.accepted },
        held: sent.reduce(0) { $0 + $1.held })
    }
  }
}
