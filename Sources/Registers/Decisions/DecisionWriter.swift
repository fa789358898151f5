import DataModels
import Fingerprints
import Primitives
import Storage

/// Looks a decision over and adds it.
struct DecisionWriter {
  let register: Register
  let connection: Connection

  /// Adds a decision; the same one again changes nothing.
  ///
  /// - Parameters:
  ///   - stamp: who enters it, when; nil for a program that nobody works with, which enters it on its day.
  ///   - notBefore: the day that the decision cannot precede.
  func add(_ decision: Decision, by stamp: AuditStamp?, notBefore: CalendarDate? = nil) throws {
    try check(decision, notBefore: notBefore)
    try register.checkEntry(about: try monthChanged(by: decision), on: decision.decidedOn, by: stamp, connection)
    let statement = try connection.statement(
      """
      INSERT OR IGNORE INTO main.decisions (fingerprint, kind, subject, decided_on, content, entered_on)
      VALUES (?, ?, ?, ?, ?, ?)
      """)
    statement.bind(decision.fingerprint.hex, at: 0)
    statement.bind(decision.kind.rawValue, at: 1)
    statement.bind(decision.subject, at: 2)
    statement.bind(decision.decidedOn.iso, at: 3)
    statement.bind(decision.canonicalJSON, at: 4)
    statement.bind(register.entryDay(of: stamp, on: decision.decidedOn).iso, at: 5)
    try statement.run()
    try AuditBook(connection).add(
      .decisionTaken, try subject(of: decision),
      by: (stamp ?? .named(decision.actor, on: decision.decidedOn)).because(decision.kind.rawValue),
      on: decision.decidedOn)
  }

  /// The month whose figures a decision changes; nil when it changes none of one month.
  private func monthChanged(by decision: Decision) throws -> CalendarMonth? {
    switch decision.matter {
    case .withdrawal(let fingerprint), .restoration(let fingerprint), .correction(let fingerprint, _, _):
      try connection.text("SELECT period FROM main.returns WHERE fingerprint = ?", [fingerprint.hex])
        .flatMap { CalendarMonth(iso: $0) }
    case .confirmation, .absence, .remark, .signature: nil
    }
  }

  /// What the audit trail calls the matter of a decision; a person by a mark, as everywhere in it.
  private func subject(of decision: Decision) throws -> AuditSubject {
    switch decision.matter {
    case .confirmation(let mark), .remark(let mark, _): return AuditSubject(.finding, mark)
    case .withdrawal(let fingerprint), .restoration(let fingerprint), .signature(let fingerprint),
      .correction(let fingerprint, _, _):
      return AuditSubject(.return, fingerprint.hex)
    case .absence(let person, _, _):
      return AuditSubject(.person, try register.requireKeys().mark(ofPerson: person))
    }
  }

  private func check(_ decision: Decision, notBefore: CalendarDate?) throws {
    func refuse(_ refusal: DecisionRefusal) -> RegisterError { .decisionRefused(refusal) }
    func isPlain(_ text: String) -> Bool {
      !text.unicodeScalars.contains { $0.properties.generalCategory == .control }
    }
    guard !decision.actor.isEmpty, decision.actor.count <= 100, isPlain(decision.actor) else {
      throw refuse(.actorNeeded)
    }
    let reasons = DecisionReason.reasons(for: decision.kind)
    if case .absence(_, _, let answer) = decision.matter {
      guard let reason = decision.reason, DecisionReason.reasons(for: answer).contains(reason) else {
        throw refuse(.reasonNeededFor(answer))
      }
    } else if !reasons.isEmpty {
      guard let reason = decision.reason, reasons.contains(reason) else { throw refuse(.reasonNeeded(decision.kind)) }
    }
    let note = decision.note ?? ""
    if note.isEmpty, decision.reason == .other || decision.kind == .remark { throw refuse(.noteNeeded) }
    guard note.count <= DecisionRefusal.longestNote, isPlain(note) else { throw refuse(.noteRefused) }
    if try namesPerson(note) { throw refuse(.noteNamesPerson) }
    if let notBefore, decision.decidedOn < notBefore {
      throw refuse(.tooEarly(decision.decidedOn, earliest: notBefore))
    }
  }

  /// Whether a word of a note is the number of somebody in the register: notes are kept outside the vault.
  private func namesPerson(_ note: String) throws -> Bool {
    guard !note.isEmpty else { return false }
    let keys = try register.requireKeys()
    var providers = [""]
    if register.model.identifierScope == .provider {
      let statement = try connection.statement("SELECT DISTINCT provider FROM main.returns")
      while try statement.step() { providers.append(statement.text(at: 0)!) }
    }
    let find = try connection.statement("SELECT 1 FROM main.people WHERE pseudonym = ?")
    for word in note.split(whereSeparator: { $0.isWhitespace || ",;:()\"“”‘’".contains($0) }) {
      for number in [String(word), String(word.drop { ".!?".contains($0) }.trimmingEnd(".!?"))] {
        for provider in providers {
          find.bind(keys.pseudonym(ofPerson: number, provider: provider, model: register.model), at: 0)
          let isKnown = try find.step()
          find.reset()
          if isKnown { return true }
        }
      }
    }
    return false
  }
}

extension Substring {
  fileprivate func trimmingEnd(_ characters: String) -> Substring {
    var text = self
    while let last = text.last, characters.contains(last) { text.removeLast() }
    return text
  }
}
