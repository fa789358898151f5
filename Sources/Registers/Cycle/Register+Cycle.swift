import Primitives
import Storage
import SubmissionCycles

extension Register {
  /// What was decided about the periods of the cycle, in the order in which it was decided.
  ///
  /// - Parameter day: only what counted by then; nil for all.
  public func cycleDecisions(asKnownOn day: CalendarDate? = nil) throws(RegisterError) -> [CycleDecision] {
    try registerFailures {
      try database.read { try Self.cycleDecisions($0, asKnownOn: day) }
    }
  }

  static func cycleDecisions(_ connection: Connection, asKnownOn day: CalendarDate?) throws -> [CycleDecision] {
    let statement = try connection.statement(
      "SELECT kind, period, day, by, reason, until, entered_on FROM main.cycle_decisions WHERE day <= ? ORDER BY id")
    statement.bind(day?.iso ?? "9999-12-31", at: 0)
    var decisions: [CycleDecision] = []
    while try statement.step() {
      guard let kind = CycleDecision.Kind(rawValue: statement.text(at: 0)!),
        let period = CalendarMonth(iso: statement.text(at: 1)!), let day = CalendarDate(iso: statement.text(at: 2)!)
      else { throw RegisterError.damagedValue(record: "cycle_decisions", field: "kind") }
      decisions.append(
        CycleDecision(
          kind, period, on: day, by: statement.text(at: 3)!, reason: statement.text(at: 4),
          until: statement.text(at: 5).flatMap { CalendarDate(iso: $0) },
          enteredOn: statement.text(at: 6).flatMap { CalendarDate(iso: $0) }))
    }
    return decisions
  }

  /// Adds a decision that was checked against the book of the cycle.
  ///
  /// - Parameter stamp: who enters it, when; nil for a program that nobody works with, which enters it on its day.
  public func append(_ decision: CycleDecision, by stamp: AuditStamp? = nil) throws(RegisterError) {
    try registerFailures {
      _ = try requireKeys()
      try database.write { connection in
        let statement = try connection.statement(
          """
          INSERT INTO main.cycle_decisions (kind, period, day, by, reason, until, entered_on)
          VALUES (?, ?, ?, ?, ?, ?, ?)
          """)
        statement.bind(decision.kind.rawValue, at: 0)
        statement.bind(decision.period.iso, at: 1)
        statement.bind(decision.day.iso, at: 2)
        statement.bind(decision.by, at: 3)
        if let reason = decision.reason { statement.bind(reason, at: 4) } else { statement.bindNull(at: 4) }
        if let until = decision.until { statement.bind(until.iso, at: 5) } else { statement.bindNull(at: 5) }
        statement.bind(entryDay(of: stamp, on: decision.day).iso, at: 6)
        try statement.run()
        try AuditBook(connection).add(
          .cycleChanged, AuditSubject(.period, decision.period.iso),
          by: (stamp ?? .named(decision.by, on: decision.day)).because(decision.reason ?? decision.kind.rawValue),
          on: decision.day)
      }
    }
  }
}
