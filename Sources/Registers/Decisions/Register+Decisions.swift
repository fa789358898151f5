import DataModels
import Fingerprints
import Primitives
import Storage
import Submissions

/// Who decides, when and why.
public struct DecisionMaking: Hashable, Sendable {
  public var actor: String
  public var day: CalendarDate
  public var reason: DecisionReason?
  public var note: String?
  /// Who enters it, in what role and when; nil for a program that nobody works with, which enters it on its day.
  public var stamp: AuditStamp?

  public init(
    by actor: String, on day: CalendarDate, reason: DecisionReason? = nil, note: String? = nil,
    stamp: AuditStamp? = nil
  ) {
    self.actor = actor
    self.day = day
    self.reason = reason
    self.note = note
    self.stamp = stamp
  }
}

extension Register {
  /// Every decision that was taken until a day, by day; a decision stands behind the one that it follows.
  public func decisions(asKnownOn day: CalendarDate? = nil) throws(RegisterError) -> [Decision] {
    try registerFailures {
      try database.read { try DecisionBook(Decision.Kind.allCases, asKnownOn: day, $0).decisions }
    }
  }

  /// The day on which each decision was entered; without those of before that was kept.
  public func daysOfEntry() throws(RegisterError) -> [Fingerprint: CalendarDate] {
    try registerFailures {
      try database.read { connection in
        let statement = try connection.statement(
          "SELECT fingerprint, entered_on FROM main.decisions WHERE entered_on IS NOT NULL")
        var days: [Fingerprint: CalendarDate] = [:]
        while try statement.step() {
          guard let fingerprint = Fingerprint(hex: statement.text(at: 0)!),
            let day = CalendarDate(iso: statement.text(at: 1)!)
          else { throw RegisterError.damagedValue(record: "decisions", field: "entered_on") }
          days[fingerprint] = day
        }
        return days
      }
    }
  }

  // MARK: Returns

  /// Lets a return no longer count from a day on. It stays, and days before show it.
  @discardableResult
  public func withdraw(_ fingerprint: Fingerprint, _ making: DecisionMaking) throws(RegisterError) -> Decision {
    try decide(by: making.stamp) { connection in
      let (received, current) = try standing(of: fingerprint, connection)
      if case .withdrawal = current?.matter { throw RegisterError.decisionRefused(.alreadyWithdrawn(fingerprint)) }
      return (making.decision(.withdrawal(of: fingerprint), follows: current), max(received, current?.decidedOn))
    }
  }

  /// Lets a return count again that was withdrawn.
  @discardableResult
  public func restore(_ fingerprint: Fingerprint, _ making: DecisionMaking) throws(RegisterError) -> Decision {
    try decide(by: making.stamp) { connection in
      let (received, current) = try standing(of: fingerprint, connection)
      guard case .withdrawal = current?.matter else { throw RegisterError.decisionRefused(.notWithdrawn(fingerprint)) }
      return (making.decision(.restoration(of: fingerprint), follows: current), max(received, current?.decidedOn))
    }
  }

  /// Remembers who answers for a return.
  @discardableResult
  public func sign(_ fingerprint: Fingerprint, _ making: DecisionMaking) throws(RegisterError) -> Decision {
    try decide(by: making.stamp) { connection in
      let (received, current) = try standing(of: fingerprint, connection)
      if case .withdrawal = current?.matter { throw RegisterError.decisionRefused(.alreadyWithdrawn(fingerprint)) }
      return (making.decision(.signature(of: fingerprint), follows: nil), received)
    }
  }

  private func standing(
    of fingerprint: Fingerprint, _ connection: Connection
  ) throws -> (received: CalendarDate, current: Decision?) {
    let id = try number(of: fingerprint, connection)
    let received = try connection.text("SELECT MIN(received_on) FROM main.receipts WHERE return = \(id)")
    let book = try DecisionBook([.withdrawal, .restoration], connection)
    return (
      received.flatMap { CalendarDate(iso: $0) } ?? CalendarDate(daysSinceEpoch: 0),
      book.inForce["return \(fingerprint.hex)"]
    )
  }

  // MARK: Findings

  /// A finding of a return to be decided about, with what was decided before.
  public struct MarkedFinding: Hashable, Sendable {
    /// Its number in the return, from 1.
    public let number: Int
    public let finding: KeptFinding
    /// nil in a return taken in before findings had marks.
    public let mark: String?
    public let confirmation: Decision?
    /// What was said about it, here and in earlier returns.
    public let remarks: [Decision]

    public var discussion: Discussion {
      guard case .remark(_, let state) = remarks.last?.matter else { return Discussion() }
      return Discussion(state)
    }
  }

  /// The findings of a return with their numbers, and what was decided about them until a day.
  public func markedFindings(
    of fingerprint: Fingerprint, asKnownOn day: CalendarDate? = nil
  ) throws(RegisterError) -> [MarkedFinding] {
    let findings = try findings(of: fingerprint)
    return try registerFailures {
      try database.read { connection in
        let id = try number(of: fingerprint, connection)
        let book = try DecisionBook([.confirmation, .remark], asKnownOn: day, connection)
        let inForce = book.inForce
        let remarks = Dictionary(grouping: book.decisions.filter { $0.kind == .remark }, by: \.subject)
        var marks: [Int: String] = [:]
        let statement = try connection.statement("SELECT position, mark FROM main.finding_marks WHERE return = ?")
        statement.bind(id, at: 0)
        while try statement.step() { marks[statement.integer(at: 0)] = statement.text(at: 1)! }
        return findings.enumerated().map { position, finding in
          let mark = marks[position]
          return MarkedFinding(
            number: position + 1, finding: finding, mark: mark,
            confirmation: mark.flatMap { inForce["finding \($0)"] },
            remarks: mark.flatMap { remarks["remark \($0)"] } ?? [])
        }
      }
    }
  }

  /// Confirms findings of a return by their numbers: they are right as they are, and are not asked about again.
  @discardableResult
  public func confirm(
    _ numbers: [Int], of fingerprint: Fingerprint, _ making: DecisionMaking
  ) throws(RegisterError) -> [Decision] {
    let findings = try markedFindings(of: fingerprint)
    return try registerFailures {
      var decisions: [Decision] = []
      for number in numbers {
        let (finding, mark) = try marked(number, findings, fingerprint)
        guard finding.finding.severity == .confirm else {
          throw RegisterError.decisionRefused(.nothingToConfirm(number))
        }
        let decision = making.decision(.confirmation(mark: mark), follows: finding.confirmation)
        // Two findings can have one mark, and the same confirmation again says nothing new.
        let isSame =
          finding.confirmation.map { ($0.reason, $0.note, $0.actor) == (making.reason, making.note, making.actor) }
          == true
        if !isSame, !decisions.contains(decision) { decisions.append(decision) }
      }
      return try database.write { connection in
        let (received, _) = try standing(of: fingerprint, connection)
        for decision in decisions {
          try DecisionWriter(register: self, connection: connection).add(
            decision, by: making.stamp, notBefore: received)
        }
        return decisions
      }
    }
  }

  /// What was confirmed of a provider's findings before, by their places in the list.
  public func confirmations(
    of findings: [Finding], provider: String, asKnownOn day: CalendarDate? = nil
  ) throws(RegisterError) -> [Int: Decision] {
    try registerFailures {
      let keys = try requireKeys()
      return try database.read { connection in
        let inForce = try DecisionBook([.confirmation], asKnownOn: day, connection).inForce
        guard !inForce.isEmpty else { return [:] }
        var found: [Int: Decision] = [:]
        for (place, finding) in findings.enumerated() where finding.severity == .confirm {
          found[place] = inForce["finding \(keys.mark(of: finding, provider: provider, model: model))"]
        }
        return found
      }
    }
  }

  /// Asks, answers or closes the discussion about a finding; nothing is said without words.
  @discardableResult
  public func discuss(
    _ number: Int, of fingerprint: Fingerprint, _ event: Discussion.Event, _ making: DecisionMaking
  ) throws(RegisterError) -> Decision {
    let findings = try markedFindings(of: fingerprint)
    return try decide(by: making.stamp) { connection in
      let (finding, mark) = try marked(number, findings, fingerprint)
      var discussion = finding.discussion
      do throws(Discussion.Refusal) {
        try discussion.handle(event)
      } catch {
        throw RegisterError.decisionRefused(.discussion(error))
      }
      let (received, _) = try standing(of: fingerprint, connection)
      return (
        making.decision(.remark(mark: mark, state: discussion.state!), follows: finding.remarks.last),
        max(received, finding.remarks.last?.decidedOn)
      )
    }
  }

  private func marked(
    _ number: Int, _ findings: [MarkedFinding], _ fingerprint: Fingerprint
  ) throws -> (MarkedFinding, String) {
    guard findings.indices.contains(number - 1) else {
      throw RegisterError.decisionRefused(.unknownFinding(number, of: findings.count))
    }
    guard let mark = findings[number - 1].mark else {
      throw RegisterError.decisionRefused(.findingsWithoutMarks(fingerprint))
    }
    return (findings[number - 1], mark)
  }

  // MARK: Taking a decision

  /// Takes one decision in a transaction: `body` gives it, and the day before which it cannot be.
  func decide(
    by stamp: AuditStamp?, _ body: (Connection) throws -> (Decision, CalendarDate?)
  ) throws(RegisterError) -> Decision {
    try registerFailures {
      try database.write { connection in
        let (decision, earliest) = try body(connection)
        try DecisionWriter(register: self, connection: connection).add(decision, by: stamp, notBefore: earliest)
        return decision
      }
    }
  }
}

extension DecisionMaking {
  func decision(_ matter: Decision.Matter, follows earlier: Decision?) -> Decision {
    Decision(matter, on: day, by: actor, reason: reason, note: note, follows: earlier?.fingerprint)
  }
}

/// The later of a day and one that may not be there.
func max(_ day: CalendarDate, _ other: CalendarDate?) -> CalendarDate { other.map { Swift.max(day, $0) } ?? day }
