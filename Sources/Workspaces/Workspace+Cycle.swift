import DataModels
import Foundation
import Primitives
import Registers
import SubmissionCycles
import Submissions

extension Workspace {
  /// The day that it is at a moment where the programme is: in the time zone of its cycle.
  public func day(at moment: Date) throws(WorkspaceError) -> CalendarDate { try cycle().day(at: moment) }

  /// How the cycle stands on a day.
  public func cycleOverview(
    asKnownOn day: CalendarDate, provider: String? = nil
  ) throws(WorkspaceError) -> CycleOverview {
    let register = try registerForReading()
    let book = try cycleBook(register, asKnownOn: day)
    let statuses = book.periods.map { book.status(of: $0) }
    let expected = try expectedOutcomes(register, asKnownOn: day).filter { provider == nil || $0.provider == provider }
    let punctuality = book.punctuality(of: statuses).filter { provider == nil || $0.provider == provider }
    return CycleOverview(
      title: settings.title, asKnownOn: day, cycle: book.cycle, periods: statuses.map(CycleOverview.Period.init),
      providers: punctuality.map(CycleOverview.Provider.init), expected: expected,
      gaps: gaps(statuses, expected, provider))
  }

  /// Takes a decision about a period, and keeps it.
  ///
  /// - Parameters:
  ///   - month: any month of the period.
  ///   - today: the latest day from which it can count.
  ///   - stamp: who enters it, for the audit trail.
  public func decide(
    _ kind: CycleDecision.Kind, _ month: CalendarMonth, on day: CalendarDate, today: CalendarDate, by name: String,
    reason: String? = nil, until: CalendarDate? = nil, isDryRun: Bool = false, stamp: AuditStamp? = nil
  ) throws(WorkspaceError) -> CycleDecided {
    try allow(.decideCycle, by: .named(name, on: day))
    let register = try register()
    let book = try cycleBook(register, asKnownOn: day, allDecisions: true)
    let period = book.period(containing: month)
    let decision = CycleDecision(
      kind, period.first, on: day, by: try ProviderName.checked(name, place: "--by"), reason: reason, until: until)
    guard day <= today || settings.isSynthetic else {
      throw .cycleRefused(.inFuture(period: period, day: day, today: today))
    }
    do throws(CycleError) {
      try book.check(decision)
    } catch {
      throw .cycleRefused(error)
    }
    let before = book.status(of: period).state
    if !isDryRun { try storeTask { () throws(RegisterError) in try register.append(decision, by: stamp) } }
    var machine = PeriodCycle(state: before)
    _ = try? machine.handle(kind.event)
    return CycleDecided(period: period.name, decision: decision, before: before, after: machine.state)
  }

  /// Refuses a return about a period that takes nothing in any more, or one that would change what was shown.
  func checkTakenIn(_ item: PendingReturn, _ register: Register, _ stamp: AuditStamp?) throws(WorkspaceError) {
    try checkEntry(about: item.period, on: item.receivedOn, place: item.place, register, stamp)
  }

  /// Refuses what the cycle does not let in any more, with the place where its day was said.
  func checkEntry(
    about month: CalendarMonth?, on day: CalendarDate, place: String, _ register: Register, _ stamp: AuditStamp?
  ) throws(WorkspaceError) {
    do throws(RegisterError) {
      try register.checkEntry(about: month, on: day, by: stamp)
    } catch .cycleRefused(let error) {
      throw .cycleRefused(error.at(place))
    } catch {
      throw .storeNotUsable(error)
    }
  }

  func cycle() throws(WorkspaceError) -> SubmissionCycle {
    guard let cycle = model.cycle else { throw .cycleRefused(.noCycle(model: model.id)) }
    return cycle
  }

  /// - Parameters:
  ///   - allDecisions: also decisions that count from a later day, for checking a new one against.
  ///   - pending: a return that is not taken in yet.
  func cycleBook(
    _ register: Register, asKnownOn day: CalendarDate, allDecisions: Bool = false, with pending: CycleReturn? = nil
  ) throws(WorkspaceError) -> CycleBook {
    let cycle = try cycle()
    return try storeTask { () throws(RegisterError) in
      let decisions = try register.cycleDecisions(asKnownOn: allDecisions ? nil : day)
      let known = allDecisions ? max(day, decisions.map(\.day).max() ?? day) : day
      return CycleBook(
        cycle: cycle, decisions: decisions,
        // Parts are laid over a whole return; by themselves they are not what was asked for.
        returns: try register.returns(asKnownOn: known).filter { $0.extent == .whole }.map {
          CycleReturn(
            provider: $0.provider, month: $0.period, receivedOn: $0.receivedOn, rows: $0.summary.rows,
            accepted: $0.summary.accepted, held: $0.summary.held)
        } + [pending].compactMap(\.self),
        providers: settings.providers.map { ExpectedProvider(name: $0.name, from: $0.from, until: $0.until) },
        asKnownOn: known)
    }
  }

  private func expectedOutcomes(
    _ register: Register, asKnownOn day: CalendarDate
  ) throws(WorkspaceError) -> [CycleOverview.Expected] {
    guard !model.expectations.isEmpty else { return [] }
    return try storeTask { () throws(RegisterError) in
      let snapshot = try register.snapshot(asKnownOn: day)
      let providers = try register.providersOfPeople(asKnownOn: day)
      return model.expectations.flatMap { expectation in
        var counts: [String: [ExpectedOutcome.Standing: Int]] = [:]
        for (index, name) in snapshot.people.enumerated() {
          for outcome in expectation.outcomes(of: snapshot.person(index), in: model, on: day) {
            counts[providers[name] ?? "", default: [:]][outcome.standing, default: 0] += 1
          }
        }
        return counts.keys.sorted().map {
          CycleOverview.Expected(
            expectation: expectation.id, title: expectation.title, provider: $0, counts: counts[$0]!)
        }
      }
    }
  }

  private func gaps(
    _ statuses: [PeriodStatus], _ expected: [CycleOverview.Expected], _ provider: String?
  ) -> [CycleOverview.Gap] {
    var gaps: [CycleOverview.Gap] = []
    for item in expected {
      guard let count = item.counts[.overdue], count > 0 else { continue }
      let isRepeated = model.expectations.first { $0.id == item.expectation }?.isRepeated == true
      gaps.append(
        CycleOverview.Gap(
          code: isRepeated ? .nothingHeard : .expectedOverdue, provider: item.provider, period: nil,
          expectation: item.expectation,
          count: count))
    }
    for status in statuses {
      for item in status.providers where item.standing == .missing && (provider == nil || item.provider == provider) {
        gaps.append(
          CycleOverview.Gap(
            code: .returnMissing, provider: item.provider, period: status.period.name, expectation: nil, count: 1))
      }
    }
    return gaps
  }
}
