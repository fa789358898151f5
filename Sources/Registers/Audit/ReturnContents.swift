import DataModels
import Fingerprints
import Primitives
import Storage

/// Everything that the register holds of one return, in one fingerprint: what it said of itself, its files, its
/// findings and held rows, and its rows in their order; of a copy, whose rows it has. Days of receipt are not among it.
struct ReturnContents {
  /// Of the return as it was sent.
  let fingerprint: Fingerprint
  /// Of what the register holds of it now.
  let contents: Fingerprint

  /// - Parameter rows: for each record that the return has rows of, their fingerprint as they were written.
  static func of(return id: Int, rows: [String: Fingerprint], _ connection: Connection) throws -> ReturnContents {
    guard let contents = try read(connection, only: (id, rows))[id] else {
      throw RegisterError.damagedValue(record: "returns", field: "fingerprint")
    }
    return contents
  }

  /// By the register's number for the return.
  static func all(_ connection: Connection) throws -> [Int: ReturnContents] { try read(connection, only: nil) }

  private static func read(
    _ connection: Connection, only: (id: Int, rows: [String: Fingerprint])?
  ) throws -> [Int: ReturnContents] {
    func rows(_ sql: String, key: String, order: String) throws -> Statement {
      let statement = try connection.statement(
        sql + (only == nil ? "" : " WHERE \(key) = ?") + (order.isEmpty ? "" : " ORDER BY \(order)"))
      if let only { statement.bind(only.id, at: 0) }
      return statement
    }
    var parts: [Int: [String]] = [:]
    let returns = try rows(
      "SELECT id, fingerprint, provider, period, model_version, summary FROM main.returns", key: "id", order: "")
    while try returns.step() { parts[returns.integer(at: 0)] = (1...5).map { returns.text(at: $0)! } }
    let files = try rows(
      "SELECT return, name, fingerprint FROM main.files", key: "return", order: "return, name")
    while try files.step() { parts[files.integer(at: 0)]?.append("\(files.text(at: 1)!) \(files.text(at: 2)!)") }
    let findings = try rows(
      "SELECT return, content FROM main.findings", key: "return", order: "return, position")
    while try findings.step() { parts[findings.integer(at: 0)]?.append(findings.text(at: 1)!) }
    let held = try rows(
      "SELECT return, file, sheet, row, record, codes FROM main.held_rows", key: "return",
      order: "return, file, sheet, row, record")
    while try held.step() {
      parts[held.integer(at: 0)]?.append((1...5).map { held.text(at: $0)! }.joined(separator: "\t"))
    }
    let extents = try rows("SELECT return FROM main.partial_returns", key: "return", order: "return")
    while try extents.step() { parts[extents.integer(at: 0)]?.append("part") }
    let keys = try rows(
      "SELECT return, record, pseudonym, key FROM main.held_keys", key: "return",
      order: "return, record, pseudonym, key")
    while try keys.step() {
      parts[keys.integer(at: 0)]?.append((1...3).map { keys.text(at: $0)! }.joined(separator: "\t"))
    }
    let copies = try rows(
      "SELECT c.return, r.fingerprint FROM main.return_copies c JOIN main.returns r ON r.id = c.rows_of",
      key: "c.return", order: "")
    while try copies.step() { parts[copies.integer(at: 0)]?.append("rows of \(copies.text(at: 1)!)") }
    if let only {
      for (record, fingerprint) in only.rows.sorted(by: { $0.key < $1.key }) {
        parts[only.id]?.append("\(record) \(fingerprint.hex)")
      }
    } else {
      let people = try PseudonymBook(connection)
      for (record, kinds) in try StoredFields(connection).kinds.sorted(by: { $0.key < $1.key }) {
        let stored = try StoredRows(record: record, fields: kinds.keys.sorted(), connection)
        for (id, fingerprint) in try stored.fingerprints(people: people) {
          parts[id]?.append("\(record) \(fingerprint.hex)")
        }
      }
    }
    return try parts.mapValues { parts in
      guard let fingerprint = Fingerprint(hex: parts[0]) else {
        throw RegisterError.damagedValue(record: "returns", field: "fingerprint")
      }
      var bytes = HashedBytes()
      bytes.add("meedoen return 1")
      bytes.add(parts.count)
      for part in parts { bytes.add(part) }
      return ReturnContents(fingerprint: fingerprint, contents: bytes.finish())
    }
  }
}

/// The pseudonyms of people by the register's number.
struct PseudonymBook {
  private var names: [String] = []

  init(_ connection: Connection) throws {
    names = Array(repeating: "", count: (try connection.integer("SELECT MAX(id) FROM main.people") ?? 0) + 1)
    let statement = try connection.statement("SELECT id, pseudonym FROM main.people")
    while try statement.step() { names[statement.integer(at: 0)] = statement.text(at: 1)! }
  }

  /// Empty for somebody whom the register does not have.
  func pseudonym(of person: Int) -> String { names.indices.contains(person) ? names[person] : "" }
}
