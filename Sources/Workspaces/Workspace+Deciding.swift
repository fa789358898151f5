import DataModels
import Fingerprints
import Foundation
import Primitives
import Registers
import Submissions
import TableFiles

/// A decision as it is printed and written as JSON.
public struct DecisionItem: Encodable, Sendable {
  public let kind: Decision.Kind
  public let decidedOn: CalendarDate
  /// The day on which it was entered; null where that was not kept.
  public let enteredOn: CalendarDate?
  public let by: String
  public let reason: DecisionReason?
  public let note: String?
  /// The return that it is about, if it is about one.
  public let fingerprint: Fingerprint?
  /// A pseudonym.
  public let person: String?
  public let provider: String?
  /// What was answered, the state of a discussion, or the cell that was corrected.
  public let detail: String?
  /// The number of the finding in the return, if it is about one.
  public var finding: Int? = nil

  init(
    _ decision: Decision, about finding: Register.FindingPlace? = nil, enteredOn entered: CalendarDate? = nil
  ) {
    kind = decision.kind
    enteredOn = entered
    decidedOn = decision.decidedOn
    by = decision.actor.shown()
    reason = decision.reason
    note = decision.note?.shown(atMost: DecisionRefusal.longestNote)
    var (fingerprint, person, provider, detail): (Fingerprint?, String?, String?, String?) = (nil, nil, nil, nil)
    switch decision.matter {
    case .confirmation: (fingerprint, detail) = (finding?.fingerprint, finding?.words)
    case .withdrawal(let of), .restoration(let of), .signature(let of): fingerprint = of
    case .absence(let who, let sender, let answer): (person, provider, detail) = (who, sender, answer.rawValue)
    case .correction(let by, let record, let field): (fingerprint, detail) = (by, "\(record).\(field)")
    case .remark(_, let state): (fingerprint, detail) = (finding?.fingerprint, state.rawValue)
    }
    self.finding = finding?.number
    (self.fingerprint, self.person, self.provider, self.detail) = (fingerprint, person, provider, detail)
  }
}

/// Decisions of one command, or all of a workspace.
public struct DecisionList: Encodable, Sendable {
  public let schema = "meedoen-decisions/1"
  public let decisions: [DecisionItem]
  /// Whether somebody was answered about who is in the provider's latest return.
  public var isStillSent = false

  init(
    _ decisions: [Decision], about places: [String: Register.FindingPlace] = [:],
    entered: [Fingerprint: CalendarDate] = [:]
  ) {
    self.decisions = decisions.map { decision in
      let day = entered[decision.fingerprint]
      return switch decision.matter {
      case .confirmation(let mark), .remark(let mark, _):
        DecisionItem(decision, about: places[mark], enteredOn: day)
      default: DecisionItem(decision, enteredOn: day)
      }
    }
  }
}

/// The findings of a stored return, with what was decided about them.
public struct FindingList: Encodable, Sendable {
  public struct Item: Encodable, Sendable {
    public let number: Int
    public let code: FindingCode
    public let severity: Severity
    public let place: FindingPlace
    public let record: String?
    public let field: String?
    public let value: String?
    public let count: Int
    public let message: String
    public let confirmation: DecisionItem?
    public let discussion: Discussion.State?
    public let remarks: [DecisionItem]
  }

  public let schema = "meedoen-findings/1"
  public let fingerprint: Fingerprint
  public let findings: [Item]
}

/// The people whom a return no longer has.
public struct AbsenceList: Encodable, Sendable {
  public struct Item: Encodable, Sendable {
    /// A pseudonym.
    public let person: String
    /// The person's number, when it was asked for.
    public let number: String?
    public let isOpen: Bool
    public let answer: DecisionItem?
  }

  public let schema = "meedoen-missing-people/1"
  public let fingerprint: Fingerprint
  /// Whether returns of this model hold changes only, so that nobody can be missing.
  public let returnsHoldChanges: Bool
  /// The whole return that is answered for: a part is laid over it. null for a part with no whole return about its month.
  public let whole: Fingerprint?
  public let people: [Item]
}

/// What became of the correction of a cell.
public struct CorrectionResult: Encodable, Sendable {
  public let schema = "meedoen-correction/1"
  public let record: String
  public let field: String
  public let period: CalendarMonth
  public let receivedOn: CalendarDate
  public let dryRun: Bool
  /// Of the return that the correction is; null when it was only tried.
  public let fingerprint: Fingerprint?
  public let outcome: SubmissionReceipt.Outcome?
  /// What the rules say of the row as it would be.
  public let findings: [CheckResult.Item]
}

/// One of the things that can be decided about a whole return.
public enum ReturnDecision: String, Sendable, CaseIterable { case withdraw, restore, sign }

extension Workspace {
  /// Withdraws, restores or signs a return.
  public func decide(
    _ what: ReturnDecision, about text: String, _ making: DecisionMaking, today: CalendarDate
  ) throws(WorkspaceError) -> DecisionList {
    let register = try register()
    try checkDay(making, today, register)
    let fingerprint = try returnFingerprint(text, register)
    try allow(
      what == .sign ? .signReturns : .sendReturns, by: .named(making.actor, on: making.day),
      provider: try provider(of: fingerprint, register))
    return try taken(
      [
        try storeTask { () throws(RegisterError) in
          switch what {
          case .withdraw: try register.withdraw(fingerprint, making)
          case .restore: try register.restore(fingerprint, making)
          case .sign: try register.sign(fingerprint, making)
          }
        }
      ], register)
  }

  /// Every decision until a day.
  public func decisions(asKnownOn day: CalendarDate?) throws(WorkspaceError) -> DecisionList {
    let register = try registerForReading()
    return try storeTask { () throws(RegisterError) in
      DecisionList(
        try register.decisionsAsTaken(asKnownOn: day), about: try register.findingPlaces(),
        entered: try register.daysOfEntry())
    }
  }

  // MARK: Findings

  /// The findings of a stored return.
  ///
  /// - Parameter openOnly: only those to confirm that were not confirmed, and those that are being discussed.
  public func findings(
    of text: String, openOnly: Bool = false, language: Language
  ) throws(WorkspaceError) -> FindingList {
    let register = try registerForReading()
    let fingerprint = try returnFingerprint(text, register)
    let found = try storeTask { () throws(RegisterError) in try register.markedFindings(of: fingerprint) }
    let shown = found.filter { each in
      guard openOnly else { return true }
      let isAsked = each.finding.severity == .confirm && each.confirmation == nil
      return isAsked || (each.discussion.state ?? .closed) != .closed
    }
    return FindingList(
      fingerprint: fingerprint,
      findings: shown.map { each in
        let finding = each.finding
        return FindingList.Item(
          number: each.number, code: finding.code, severity: finding.severity, place: finding.place,
          record: finding.record, field: finding.field, value: finding.value, count: finding.count,
          message: finding.message[language], confirmation: each.confirmation.map { DecisionItem($0) },
          discussion: each.discussion.state, remarks: each.remarks.map { DecisionItem($0) })
      })
  }

  /// Confirms findings of a return.
  ///
  /// - Parameters:
  ///   - numbers: of findings; empty for every one to confirm that has this code and field.
  ///   - code: only findings with this code, when no numbers are given.
  ///   - field: only findings about this field (`field` or `record.field`).
  public func confirm(
    _ numbers: [Int], code: String? = nil, field: String? = nil, of text: String, _ making: DecisionMaking,
    today: CalendarDate
  ) throws(WorkspaceError) -> DecisionList {
    let register = try register()
    try checkDay(making, today, register)
    let fingerprint = try returnFingerprint(text, register)
    try allow(
      .sendReturns, by: .named(making.actor, on: making.day), provider: try provider(of: fingerprint, register))
    return try storeTask { () throws(RegisterError) in
      var chosen = numbers
      if chosen.isEmpty {
        chosen = try register.markedFindings(of: fingerprint).filter { each in
          let finding = each.finding
          guard finding.severity == .confirm, each.confirmation == nil else { return false }
          let name = [finding.record, finding.field].compactMap { $0 }.joined(separator: ".")
          return (code == nil || finding.code.rawValue == code?.uppercased())
            && (field == nil || finding.field == field || name == field)
        }.map(\.number)
      }
      return DecisionList(
        try register.confirm(chosen, of: fingerprint, making), about: try register.findingPlaces(in: fingerprint),
        entered: try register.daysOfEntry())
    }
  }

  /// Says something about a finding: asks, answers, or closes the discussion.
  public func discuss(
    _ number: Int, of text: String, _ event: Discussion.Event, _ making: DecisionMaking, today: CalendarDate
  ) throws(WorkspaceError) -> DecisionList {
    let register = try register()
    try checkDay(making, today, register)
    let fingerprint = try returnFingerprint(text, register)
    try allow(
      .discussFindings, by: .named(making.actor, on: making.day), provider: try provider(of: fingerprint, register))
    return try storeTask { () throws(RegisterError) in
      DecisionList(
        [try register.discuss(number, of: fingerprint, event, making)],
        about: try register.findingPlaces(in: fingerprint),
        entered: try register.daysOfEntry())
    }
  }

  // MARK: People

  /// The people of the return before this one whom this one no longer has.
  ///
  /// - Parameter stamp: who looks, for the audit trail, when numbers are shown.
  public func missingPeople(
    in text: String, showsNumbers: Bool, by stamp: AuditStamp? = nil
  ) throws(WorkspaceError) -> AbsenceList {
    let register = showsNumbers ? try register() : try registerForReading()
    let fingerprint = try returnFingerprint(text, register)
    let reader =
      showsNumbers
      ? try allow(
        .readNumbers, by: stamp ?? .unnamed(on: CalendarDate(daysSinceEpoch: 0)),
        provider: try provider(of: fingerprint, register)) : nil
    return try storeTask { () throws(RegisterError) in
      let absences = try register.absences(in: fingerprint)
      if let reader {
        try register.noteReading(of: absences.map(\.person), for: "submission missing --numbers", by: reader)
      }
      let people = try absences.map { (absence) throws(RegisterError) in
        AbsenceList.Item(
          person: absence.person, number: showsNumbers ? try register.identity(of: absence.person)?.value.shown() : nil,
          isOpen: absence.isOpen, answer: absence.answer.map { DecisionItem($0) })
      }
      return AbsenceList(
        fingerprint: fingerprint, returnsHoldChanges: model.returnsHold == .changes,
        whole: try register.wholeReturn(under: fingerprint), people: people)
    }
  }

  /// Remembers what a provider says about somebody whom it no longer sends.
  public func answer(
    _ answer: AbsenceAnswer, about person: String, provider: String, _ making: DecisionMaking, today: CalendarDate
  ) throws(WorkspaceError) -> DecisionList {
    try allow(.sendReturns, by: .named(making.actor, on: making.day), provider: provider)
    let register = try register()
    try checkDay(making, today, register)
    return try storeTask { () throws(RegisterError) in
      var list = DecisionList(
        [try register.answer(answer, about: person, provider: provider, making)],
        entered: try register.daysOfEntry())
      if answer != .enteredInError { list.isStillSent = try register.isStillSent(person, by: provider) }
      return list
    }
  }

  /// The pseudonym of somebody who is named by number.
  public func pseudonym(ofPerson number: String, provider: String) throws(WorkspaceError) -> String {
    let register = try register()
    return try storeTask { () throws(RegisterError) in
      try register.pseudonym(ofPerson: number, provider: provider)
    }
  }

  // MARK: Cells

  /// Puts one cell right. The row as it would be is looked over by the same rules as a return; when it would be held,
  /// nothing changes.
  public func correct(
    _ cell: CellAddressInRegister, to value: String, _ making: DecisionMaking, isDryRun: Bool, today: CalendarDate,
    language: Language
  ) throws(WorkspaceError) -> CorrectionResult {
    var (register, model, cell) = (try register(), model, cell)
    try checkDay(making, today, register)
    var row = try storeTask { () throws(RegisterError) in try register.row(of: cell) }
    try allow(.sendReturns, by: .named(making.actor, on: making.day), provider: row.provider)
    try checkEntry(about: row.period, on: making.day, place: "--on", register, making.stamp)
    let version = versions.model(for: row.period)
    if version.fingerprint != model.fingerprint {
      // It is put right in the terms of its month, as the return was checked.
      (register, model, cell) = (try self.register(for: row.period), version, cell.inTerms(of: version))
      let address = cell
      row = try storeTask { () throws(RegisterError) in try register.row(of: address) }
    }
    let address = cell
    guard making.day >= row.decidedOn else { throw .decisionRefused(.tooEarly(making.day, earliest: row.decidedOn)) }
    var cells = row.cells
    cells[row.header.firstIndex(of: cell.field)!] = value
    let csv = [row.header, cells].map { $0.map(quotedForCSV).joined(separator: ",") }.joined(separator: "\r\n")
    // The return that it follows is part of its name, so that a value can be corrected to and fro.
    let file = ProviderReturn.File(
      name: "\(cell.record).correction-\(row.decidedBy.hex.prefix(8)).csv", content: Data((csv + "\r\n").utf8))
    let source = ProviderReturn(provider: row.provider, period: row.period, receivedOn: making.day, files: [file])
    let sheets = try ReturnFiles.sheets(of: [file]).sheets
    let known = try storeTask { () throws(RegisterError) in
      try register.knownRecords(
        for: model.personNumbers(in: sheets), provider: row.provider, records: model.recordsThatRulesConsult)
    }
    let review = model.review(sheets, known: known)
    let check = CheckResult(review, language: language)
    guard review.summary.held == 0, review.summary.accepted == 1 else {
      throw .correctionHeld(
        check.findings.filter { $0.severity >= .error }.map {
          "\($0.code.rawValue): \($0.message)" + ($0.fix.map { " \($0)" } ?? "")
        })
    }
    let receipt =
      isDryRun
      ? nil
      : try storeTask { () throws(RegisterError) in
        try register.correct(
          review.accept(as: source, carryingOnly: address.field), of: address, after: row.decidedBy, making)
      }
    return CorrectionResult(
      record: cell.record, field: cell.field, period: row.period, receivedOn: making.day, dryRun: isDryRun,
      fingerprint: receipt?.fingerprint, outcome: receipt?.outcome, findings: check.findings)
  }

  private func taken(_ decisions: [Decision], _ register: Register) throws(WorkspaceError) -> DecisionList {
    DecisionList(decisions, entered: try storeTask { () throws(RegisterError) in try register.daysOfEntry() })
  }

  private func checkDay(
    _ making: DecisionMaking, _ today: CalendarDate, _ register: Register
  ) throws(WorkspaceError) {
    // Invented returns lie ahead of today, and so do decisions about them.
    guard making.day <= today || settings.isSynthetic else {
      throw .receivedInFuture(place: "--on", receivedOn: making.day, today: today)
    }
    try checkEntry(about: nil, on: making.day, place: "--on", register, making.stamp)
  }
}

extension CellAddressInRegister {
  /// The same cell under the name that its field has in another version.
  fileprivate func inTerms(of model: DataModel) -> CellAddressInRegister {
    guard let record = model.record(record), record.field(field) == nil,
      let other = record.fields.first(where: { $0.replaces.contains { $0.field == field } })
    else { return self }
    var cell = self
    cell.field = other.id
    return cell
  }
}

private func quotedForCSV(_ cell: String) -> String {
  "\"" + cell.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
}
