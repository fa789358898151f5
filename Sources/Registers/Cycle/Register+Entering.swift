import DataModels
import Foundation
import Primitives
import Storage
import SubmissionCycles

extension CycleGate {
  /// The gate of a register as it is in the transaction at hand; nil when its model has no cycle.
  init?(_ model: DataModel, _ connection: Connection) throws {
    guard let cycle = model.cycle else { return nil }
    let statement = try connection.statement(
      """
      SELECT r.period, MIN(c.entered_on) FROM main.returns r JOIN main.receipts c ON c.return = r.id
      GROUP BY r.period ORDER BY r.period
      """)
    var received: [MonthReceived] = []
    while try statement.step() {
      guard let month = CalendarMonth(iso: statement.text(at: 0)!) else {
        throw RegisterError.damagedValue(record: "returns", field: "period")
      }
      received.append(MonthReceived(month, enteredOn: statement.text(at: 1).flatMap { CalendarDate(iso: $0) }))
    }
    self.init(cycle: cycle, decisions: try Register.cycleDecisions(connection, asKnownOn: nil), received: received)
  }
}

extension Register {
  /// Refuses what would change a locked period, or a day that a release or a lock has settled. ``CycleGate`` says how.
  ///
  /// - Parameters:
  ///   - month: that it is about; nil when it is about no month.
  ///   - day: from which it would count.
  ///   - stamp: who enters it, when; nil for a program that nobody works with, which enters it on that day.
  public func checkEntry(
    about month: CalendarMonth?, on day: CalendarDate, by stamp: AuditStamp?
  ) throws(RegisterError) {
    try registerFailures {
      guard model.cycle != nil else { return }
      try database.read { try checkEntry(about: month, on: day, by: stamp, $0) }
    }
  }

  func checkEntry(
    about month: CalendarMonth?, on day: CalendarDate, by stamp: AuditStamp?, _ connection: Connection
  ) throws {
    guard let gate = try CycleGate(model, connection) else { return }
    do throws(CycleError) {
      if let month { try gate.checkChange(aboutMonth: month, on: day) }
      try gate.checkDay(day, enteredOn: entryDay(of: stamp, on: day))
    } catch {
      throw RegisterError.cycleRefused(error)
    }
  }

  /// The day on which something is entered: that of the stamp, where the programme is.
  func entryDay(of stamp: AuditStamp?, on day: CalendarDate) -> CalendarDate {
    guard let stamp else { return day }
    if let cycle = model.cycle { return cycle.day(at: stamp.moment) }
    return CalendarDate(
      daysSinceEpoch: Int32(clamping: Int((stamp.moment.timeIntervalSince1970 / 86_400).rounded(.down))))
  }
}
