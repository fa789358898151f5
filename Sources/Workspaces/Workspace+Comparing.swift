import DataModels
import Fingerprints
import Foundation
import Primitives
import Registers
import Reports
import Studies
import Submissions

/// What a return changes, as it is printed and written as JSON.
public struct ComparisonResult: Encodable, Sendable {
  public struct Row: Encodable, Sendable {
    public let record: String
    public let change: ReturnComparison.Change
    /// A pseudonym.
    public let person: String
    /// The person's number, when it was asked for.
    public let number: String?
    public let key: [String]
    public let cells: [ReturnComparison.Cell]
  }

  public let schema = "meedoen-diff/1"
  /// The return; null for one that is not taken in.
  public let fingerprint: Fingerprint?
  /// The return before it, of the same provider; null for a first one.
  public let previous: Fingerprint?
  public let added: Int
  public let changed: Int
  public let changedCells: Int
  public let unchanged: Int
  /// In the return before it and not in this one. Nothing of it is removed.
  public let removed: Int
  /// In the return before it, sent again, and held.
  public let held: Int
  public let newPeople: Int
  /// Pseudonyms of people of the return before it who are not in this one.
  public let absentPeople: [String]
  /// Whether nothing that is known changes.
  public let noChanges: Bool
  /// Whether it says the same as the return before it, whatever its bytes.
  public let saysTheSame: Bool
  public let records: [ReturnComparison.Record]
  /// Empty where only the counts were asked for: `meedoen diff` has them.
  public let rows: [Row]

  init(
    _ comparison: ReturnComparison, fingerprint: Fingerprint?, previous: Fingerprint?, numbers: [String: String] = [:],
    showsRows: Bool = true
  ) {
    self.fingerprint = fingerprint
    self.previous = previous
    added = comparison.count(.added)
    changed = comparison.count(.changed)
    changedCells = comparison.changedCells
    unchanged = comparison.unchanged
    removed = comparison.count(.removed)
    held = comparison.count(.held)
    newPeople = comparison.newPeople
    absentPeople = comparison.absentPeople
    noChanges = comparison.isWithoutChanges
    saysTheSame = comparison.saysTheSame
    records = comparison.records
    rows = (showsRows ? comparison.rows : []).map { row in
      Row(
        record: row.record, change: row.change, person: row.person, number: numbers[row.person], key: row.key,
        cells: row.cells.map { cell in
          ReturnComparison.Cell(
            field: cell.field, old: cell.old?.shown(), new: cell.new?.shown(), isHidden: cell.isHidden,
            isOverruled: cell.isOverruled)
        })
    }
  }
}

/// What a study tells without and with a return, so that whoever signs knows what they sign. All numbers are protected,
/// as in a report.
public struct StudyEffect: Encodable, Sendable {
  public struct Result: Encodable, Sendable {
    public let sentence: String
    /// null where it cannot be told.
    public let before: String?
    public let after: String?
    public var isChanged: Bool { before != after }

    enum CodingKeys: String, CodingKey { case sentence, before, after, changed }

    public func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(sentence, forKey: .sentence)
      try container.encode(before, forKey: .before)
      try container.encode(after, forKey: .after)
      try container.encode(isChanged, forKey: .changed)
    }
  }

  public let plan: String
  public let title: String
  public let dataBefore: Fingerprint
  public let dataAfter: Fingerprint
  /// Why there is no result without, or with, the return; null where there is one.
  public let withoutResultBefore: String?
  public let withoutResultAfter: String?
  public let results: [Result]
}

extension Workspace {
  /// What a stored return changed; or how it differs from another.
  ///
  /// - Parameters:
  ///   - text: the beginning of the return's fingerprint.
  ///   - other: that of another return; nil for everything that was known before it.
  ///   - showsNumbers: whether people are named by their numbers too, for which the vault is opened.
  ///   - stamp: who looks, for the audit trail, when numbers are shown.
  public func comparison(
    of text: String, with other: String? = nil, showsNumbers: Bool = false, by stamp: AuditStamp? = nil
  ) throws(WorkspaceError) -> ComparisonResult {
    let register = showsNumbers ? try register() : try registerForReading()
    let fingerprint = try returnFingerprint(text, register)
    let base: Fingerprint?
    if let other { base = try returnFingerprint(other, register) } else { base = nil }
    let found = try storeTask { () throws(RegisterError) in try register.comparison(of: fingerprint, with: base) }
    return ComparisonResult(
      found.comparison, fingerprint: fingerprint, previous: found.previous,
      numbers: showsNumbers
        ? try numbers(
          of: found.comparison, register, for: "diff --numbers",
          by: stamp ?? .unnamed(on: CalendarDate(daysSinceEpoch: 0)),
          provider: try provider(of: fingerprint, register)) : [:])
  }

  /// Who sent a return.
  func provider(of fingerprint: Fingerprint, _ register: Register) throws(WorkspaceError) -> String? {
    try storeTask { () throws(RegisterError) in
      try register.returns(includingWithdrawn: true).first { $0.fingerprint == fingerprint }?.provider
    }
  }

  /// The numbers of the people of a comparison, from the vault; the audit trail says first who reads them.
  func numbers(
    of comparison: ReturnComparison, _ register: Register, for command: String, by stamp: AuditStamp,
    provider: String?
  ) throws(WorkspaceError) -> [String: String] {
    let stamp = try allow(.readNumbers, by: stamp, provider: provider)
    return try storeTask { () throws(RegisterError) in
      var numbers: [String: String] = [:]
      let people = Set(comparison.rows.map(\.person)).union(comparison.absentPeople)
      try register.noteReading(of: people.sorted(), for: command, by: stamp)
      for person in people {
        numbers[person] = try register.identity(of: person)?.value.shown()
      }
      return numbers
    }
  }

  /// The return whose fingerprint begins with a text, in which the point of its short form may stand.
  func returnFingerprint(_ text: String, _ register: Register) throws(WorkspaceError) -> Fingerprint {
    let digits = text.lowercased().filter { $0 != "·" && $0 != "." }
    let all = try storeTask { () throws(RegisterError) in try register.returns(includingWithdrawn: true) }
    let found = digits.count < 4 ? [] : all.filter { $0.fingerprint.hex.hasPrefix(digits) }
    guard found.count == 1 else { throw .returnNotFound(text.shown(), matches: found.count) }
    return found[0].fingerprint
  }

  /// What a study tells without and with a return.
  func effect(
    of snapshots: (before: RegisterSnapshot, after: RegisterSnapshot), on plan: StudyPlan, codeVersion: String,
    language: Language
  ) -> StudyEffect {
    let before = keyFindings(plan, snapshots.before, codeVersion, language)
    let after = keyFindings(plan, snapshots.after, codeVersion, language)
    var sentences: [String] = []
    for (sentence, _) in before.found + after.found where !sentences.contains(sentence) { sentences.append(sentence) }
    func value(_ sentence: String, _ found: [(sentence: String, value: String)]) -> String? {
      found.first { $0.sentence == sentence }?.value
    }
    return StudyEffect(
      plan: plan.id, title: plan.title[language], dataBefore: snapshots.before.fingerprint,
      dataAfter: snapshots.after.fingerprint, withoutResultBefore: before.reason, withoutResultAfter: after.reason,
      results: sentences.map {
        StudyEffect.Result(sentence: $0, before: value($0, before.found), after: value($0, after.found))
      })
  }

  /// The key findings of a study, each as what it is about and its number; or why there are none.
  private func keyFindings(
    _ plan: StudyPlan, _ snapshot: RegisterSnapshot, _ codeVersion: String, _ language: Language
  ) -> (found: [(sentence: String, value: String)], reason: String?) {
    do throws(StudyError) {
      let study = try Study(plan: plan, snapshot: snapshot, codeVersion: codeVersion).run()
        .disclosed(plan.report.policy)
      let report = Report(
        study: study,
        settings: StudyReportSettings(
          organisation: LocalizedText(settings.title), isSynthetic: settings.isSynthetic, rebuildCommand: ""),
        quality: nil)
      return (
        report.keyFindings.map { finding in
          let note = finding.note.map { " (\($0[language].filter { $0 != "*" }))" } ?? ""
          return (finding.sentence[language].filter { $0 != "*" }, finding.value[language] + note)
        }, nil
      )
    } catch {
      return ([], error.message[language])
    }
  }
}
