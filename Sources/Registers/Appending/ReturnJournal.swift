import DataModels
import Fingerprints
import Foundation
import Primitives
import Storage
import Submissions

/// Writes down that a return came in: who sent it, what was in it, what the review found.
struct ReturnJournal {
  private let connection: Connection

  init(_ connection: Connection) { self.connection = connection }

  /// Adds the return with its findings; gives the register's number for it.
  func add(_ accepted: AcceptedSubmission, fingerprint: Fingerprint, model: DataModel) throws -> Int {
    let statement = try connection.statement(
      "INSERT INTO main.returns (fingerprint, provider, period, model_version, summary) VALUES (?, ?, ?, ?, ?)")
    statement.bind(fingerprint.hex, at: 0)
    statement.bind(accepted.source.provider, at: 1)
    statement.bind(accepted.source.period.iso, at: 2)
    statement.bind(accepted.model.version, at: 3)
    statement.bind(try Self.json(accepted.summary), at: 4)
    try statement.run()
    let id = Int(connection.lastInsertedRow)
    try add(accepted.findings, to: id, model: model)
    try add(accepted.held, to: id)
    return id
  }

  /// Adds that a return is a part only.
  func addPart(_ id: Int) throws {
    let statement = try connection.statement("INSERT INTO main.partial_returns (return) VALUES (?)")
    statement.bind(id, at: 0)
    try statement.run()
  }

  /// Adds whose rows were held, under pseudonyms.
  func add(
    _ held: [HeldKey], to id: Int, provider: String, model: DataModel, keys: RegisterKeys,
    besides erased: inout ErasedPeople
  ) throws {
    let statement = try connection.statement(
      "INSERT OR IGNORE INTO main.held_keys (return, record, pseudonym, key) VALUES (?, ?, ?, ?)")
    for row in held where !erased.contains(number: row.number) {
      let record = model.records[row.recordIndex]
      let places = RecordTable(record, model: model).keyPositions
      let rest = row.rest.map { rest in
        zip(places, rest).map { place, value in
          let field = record.fields[place]
          return StoredKind(field) == .token
            ? keys.pseudonym(
              of: value.canonicalText, field: "\(record.id).\(field.id)", provider: provider, model: model)
            : value.canonicalText
        }
      }
      statement.bind(id, at: 0)
      statement.bind(record.id, at: 1)
      statement.bind(keys.pseudonym(ofPerson: row.number, provider: provider, model: model), at: 2)
      statement.bind(try rest.map { try Self.json($0) } ?? "", at: 3)
      try statement.run()
    }
  }

  func addReceipt(of id: Int, on day: CalendarDate, enteredOn entered: CalendarDate) throws {
    let statement = try connection.statement(
      "INSERT OR IGNORE INTO main.receipts (return, received_on, entered_on) VALUES (?, ?, ?)")
    statement.bind(id, at: 0)
    statement.bind(day.iso, at: 1)
    statement.bind(entered.iso, at: 2)
    try statement.run()
  }

  /// Keeps a file as it was received: its name and fingerprint in the register, its sealed bytes in the vault.
  func keep(_ file: ProviderReturn.File, sealed: Data, of id: Int, _ fingerprint: Fingerprint) throws {
    let entry = try connection.statement(
      "INSERT INTO main.files (return, name, fingerprint, size) VALUES (?, ?, ?, ?)")
    entry.bind(id, at: 0)
    entry.bind(file.name, at: 1)
    entry.bind(file.fingerprint.hex, at: 2)
    entry.bind(file.content.count, at: 3)
    try entry.run()
    let content = try connection.statement(
      "INSERT OR IGNORE INTO vault.files (return, name, sealed) VALUES (?, ?, ?)")
    content.bind(fingerprint.hex, at: 0)
    content.bind(file.name, at: 1)
    content.bind(sealed, at: 2)
    try content.run()
  }

  /// - Parameter first: the place of the first of them among the findings of the return.
  func add(_ findings: [Finding], to id: Int, model: DataModel, from first: Int = 0) throws {
    // A finding as text takes longer than its row.
    let contents = try inParts(findings.count, size: 256) { range in
      let encoder = Self.encoder
      return try range.map {
        String(decoding: try encoder.encode(KeptFinding(findings[$0], model: model)), as: UTF8.self)
      }
    }
    let statement = try connection.statement(
      "INSERT INTO main.findings (return, position, code, severity, count, content) VALUES (?, ?, ?, ?, ?, ?)")
    for (position, finding) in findings.enumerated() {
      statement.bind(id, at: 0)
      statement.bind(first + position, at: 1)
      statement.bind(finding.code.rawValue, at: 2)
      statement.bind(finding.severity.rawValue, at: 3)
      statement.bind(finding.count, at: 4)
      statement.bind(contents[position], at: 5)
      try statement.run()
    }
  }

  private func add(_ rows: [HeldRow], to id: Int) throws {
    let statement = try connection.statement(
      "INSERT INTO main.held_rows (return, file, sheet, row, record, codes) VALUES (?, ?, ?, ?, ?, ?)")
    for row in rows {
      statement.bind(id, at: 0)
      statement.bind(row.file, at: 1)
      statement.bind(row.sheet ?? "", at: 2)
      statement.bind(row.row, at: 3)
      statement.bind(row.record, at: 4)
      statement.bind(row.codes.map(\.rawValue).joined(separator: " "), at: 5)
      try statement.run()
    }
  }

  /// Keeps the marks by which findings are known again in other returns.
  func addMarks(
    of findings: [Finding], to id: Int, provider: String, model: DataModel, keys: RegisterKeys, from first: Int = 0
  ) throws {
    let statement = try connection.statement("INSERT INTO main.finding_marks (return, position, mark) VALUES (?, ?, ?)")
    let marks = try inParts(findings.count, size: 1024) { range in
      range.map { keys.mark(of: findings[$0], provider: provider, model: model) }
    }
    for (position, mark) in marks.enumerated() {
      statement.bind(id, at: 0)
      statement.bind(first + position, at: 1)
      statement.bind(mark, at: 2)
      try statement.run()
    }
  }

  private static var encoder: JSONEncoder {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return encoder
  }

  static func json(_ value: some Encodable) throws -> String {
    String(decoding: try encoder.encode(value), as: UTF8.self)
  }
}

/// A finding as the register keeps it: all but the key of its row, the headers of its columns, which can be anything
/// that somebody typed, and the value of a field that identifies.
public struct KeptFinding: Hashable, Codable, Sendable {
  public let code: FindingCode
  public let severity: Severity
  public let isPending: Bool
  public let place: FindingPlace
  public let record: String?
  public let field: String?
  public let rule: String?
  public let value: String?
  public let message: LocalizedText
  public let fix: LocalizedText?
  public let count: Int

  init(_ finding: Finding, model: DataModel) {
    code = finding.code
    severity = finding.severity
    isPending = finding.isPending
    var place = finding.place
    place.header = nil
    self.place = place
    record = finding.record
    field = finding.field
    rule = finding.rule
    let privacy = finding.record.flatMap { model.record($0) }.flatMap { record in finding.field.flatMap(record.field) }
    // Where the field is not known, neither is whether its value identifies.
    value = privacy.map { !$0.privacy.isIdentifying } == true ? finding.value : nil
    let page = finding.code.explanation
    message = finding.quotesHeader ? page.title : finding.message
    fix = finding.quotesHeader ? page.text : finding.fix
    count = finding.count
  }

  /// The same finding with another value, and the catalogue's words for what it said.
  init(_ finding: KeptFinding, value: String?, text: FindingExplanation) {
    code = finding.code
    severity = finding.severity
    isPending = finding.isPending
    place = finding.place
    record = finding.record
    field = finding.field
    rule = finding.rule
    self.value = value
    message = text.title
    fix = text.text
    count = finding.count
  }
}
