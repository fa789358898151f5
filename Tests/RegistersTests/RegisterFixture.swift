import DataModels
import Foundation
import Primitives
import Storage
import Tables
import TestSupport

@testable import Registers
@testable import Submissions

/// A small model with a name that goes to the vault, a key of three fields, and every type of field.
func fixtureModel(
  version: String = "1", scope: String = "programme", id: String = "small", extra: String = "",
  visitKey: String = "[number, on]"
) -> DataModel {
  let yaml = """
    meedoen: data-model/1
    id: \(id)
    version: "\(version)"
    title: {en: Small, nl: Klein}
    identifier-scope: \(scope)
    code-lists:
      kind: {codes: {work: {en: Work, nl: Werk}, education: {en: Education, nl: Opleiding}}}
      goal: {codes: [work, language, health]}
    records:
      person:
        is: person
        purpose: test
        key: [number]
        fields:
          number: {type: text, privacy: identifier, required: yes, label: Number}
          Name: {type: text, privacy: direct, label: Name}
          born: {type: year, privacy: quasi, label: Born}
          since: {type: month, label: Since}
          goals: {type: list, list: goal, label: Goals}
          note: {type: text, label: Note}
    \(extra)
      activity:
        is: spell
        of: person
        from: from
        to: to
        purpose: test
        key: [number, kind, from]
        fields:
          kind: {type: code, list: kind, required: yes, label: Kind}
          number: {type: text, privacy: identifier, required: yes, label: Number}
          from: {type: date, required: yes, label: From}
          to: {type: date, label: To}
          hours: {type: number, label: Hours}
          days: {type: integer, label: Days}
      visit:
        is: event
        of: person
        at: on
        purpose: test
        key: \(visitKey)
        fields:
          number: {type: text, privacy: identifier, required: yes, label: Number}
          on: {type: date, required: yes, label: Day}
          order: {type: integer, required: yes, label: Order}
    """
  return try! DataModel(yaml: yaml, file: "small.yml")
}

func day(_ iso: String) -> CalendarDate { CalendarDate(iso: iso)! }
func date(_ iso: String) -> Value { .date(day(iso)) }

/// Rows of one record that carry the same fields.
struct SentRows {
  var record: String
  var fields: [String]
  var rows: [[Value]]
}

/// An accepted return without a review, for what a review has no say in. Its file spells out the rows, so that
/// different returns have different fingerprints.
func submission(
  _ model: DataModel, from provider: String = "north", about period: String = "2024-01", on received: String,
  findings: [Finding] = [], held: [HeldRow] = [], _ sent: SentRows...
) -> AcceptedSubmission {
  submission(model, from: provider, about: period, on: received, findings: findings, held: held, sent)
}

func submission(
  _ model: DataModel, from provider: String, about period: String, on received: String, findings: [Finding] = [],
  held: [HeldRow] = [],
  _ sent: [SentRows]
) -> AcceptedSubmission {
  let records = sent.map { each in
    let record = model.record(each.record)!
    let order = each.fields.indices.sorted { record.index(of: each.fields[$0])! < record.index(of: each.fields[$1])! }
    return AcceptedRows(
      recordIndex: model.index(ofRecord: each.record)!,
      fieldIndices: order.map { record.index(of: each.fields[$0])! },
      values: each.rows.flatMap { row in order.map { row[$0] } })
  }
  let text = sent.map { each in
    "\(each.record)\n\(each.fields)\n"
      + each.rows.map { $0.map(\.canonicalText).joined(separator: ";") }.joined(separator: "\n")
  }
  let file = ProviderReturn.File(name: "\(period).csv", content: Data(text.joined(separator: "\n\n").utf8))
  return AcceptedSubmission(
    source: ProviderReturn(
      provider: provider, period: CalendarMonth(iso: period)!, receivedOn: day(received), files: [file]),
    model: (model.id, model.version), records: records.sorted { $0.recordIndex < $1.recordIndex }, findings: findings,
    held: held,
    summary: ReviewSummary(
      records: sent.map { .init(record: $0.record, rows: $0.rows.count, accepted: $0.rows.count, held: 0) }))
}

func persons(_ rows: [Value]...) -> SentRows { SentRows(record: "person", fields: ["number", "born"], rows: rows) }

func visits(_ rows: [Value]...) -> SentRows {
  SentRows(record: "visit", fields: ["number", "on", "order"], rows: rows)
}

/// Runs `body` with a new register in a folder that is removed afterwards; in memory where the system has such a folder,
/// because a register waits for the disk at every append and these tests make hundreds of registers.
func withRegister<Result>(
  _ model: DataModel = fixtureModel(), keys: RegisterKeys? = nil, _ body: (Register) throws -> Result
) throws -> Result {
  let memory = URL(fileURLWithPath: "/dev/shm")
  let parent =
    FileManager.default.isWritableFile(atPath: memory.path) ? memory : FileManager.default.temporaryDirectory
  let folder = parent.appendingPathComponent("register-test-\(UUID().uuidString)")
  defer { try? FileManager.default.removeItem(at: folder) }
  return try body(try Register.create(in: folder, model: model, keys: keys))
}

extension RegisterSnapshot {
  /// The rows of a record as texts, fields joined by `|`, in order.
  func lines(_ record: String) -> [String] {
    let table = records[model.index(ofRecord: record)!].table
    return (0..<table.rowCount).map { row in table.columns.map { $0[row].canonicalText }.joined(separator: "|") }
  }

  /// The same without the pseudonym in the person's field.
  func linesWithoutPerson(_ record: String) -> [String] {
    let table = records[model.index(ofRecord: record)!].table
    return (0..<table.rowCount).map { row in
      zip(table.names, table.columns).filter { $0.0 != model.personField }.map { $0.1[row].canonicalText }
        .joined(separator: "|")
    }
  }
}

extension SubmissionReceipt {
  func counts(_ record: String) -> String {
    guard let counts = records.first(where: { $0.record == record }) else { return "none" }
    return "\(counts.rows) rows: \(counts.new) new, \(counts.changed) changed, \(counts.unchanged) unchanged, "
      + "\(counts.superseded) superseded; \(counts.waiting) waiting"
  }
}

/// The files of a register, opened as somebody would who goes round it.
func rawDatabase(of folder: URL) throws -> Database {
  try Database(
    Register.registerFile(folder), schema: .register,
    attached: [.init(name: "vault", file: Register.vaultFile(folder), schema: .vault)], for: .write)
}
