import DataModels
import Fingerprints
import Primitives
import Storage

/// How a fingerprint of a register's history is taken. One that was noted down is compared with one of its version.
public enum HistoryVersion: Int, CaseIterable, Sendable {
  /// Returns, days of receipt, and rows as they stand; no decisions.
  case returnsOnly = 1
  /// Decisions about returns, links and periods as well; rows in whatever order they stand.
  case decisionsToo = 2
}

extension Register {
  /// The fingerprint of everything that was ever appended or decided: each return, its days of receipt, and each of its
  /// rows; each decision about returns, findings, people, links and periods.
  ///
  /// Equal for the same returns and decisions on the same days, in whatever order they came and however often the returns
  /// did. What was removed by law is not among it.
  public func historyFingerprint(_ version: HistoryVersion = .decisionsToo) throws(RegisterError) -> Fingerprint {
    try registerFailures {
      try database.read { connection in
        var parts: [Int: [String]] = [:]
        let returns = try connection.statement("SELECT id, fingerprint, provider, period, summary FROM main.returns")
        while try returns.step() {
          parts[returns.integer(at: 0)] = (1...4).map { returns.text(at: $0)! }
        }
        let receipts = try connection.statement(
          "SELECT return, received_on FROM main.receipts ORDER BY return, received_on")
        while try receipts.step() { parts[receipts.integer(at: 0)]?.append(receipts.text(at: 1)!) }
        let people = try PseudonymBook(connection)
        let order = try ReturnOrder(connection)
        for (record, kinds) in try StoredFields(connection).kinds.sorted(by: { $0.key < $1.key }) {
          let rows = try StoredRows(record: record, fields: kinds.keys.sorted(), connection)
          let fingerprints = try rows.fingerprints(people: people, inOrder: version == .returnsOnly)
          for id in parts.keys {
            guard let fingerprint = fingerprints[order.holder(of: id)] else { continue }
            parts[id]!.append("\(record) \(fingerprint.hex)")
          }
        }
        var bytes = HashedBytes()
        bytes.add("meedoen history \(version.rawValue)")
        for part in parts.values.sorted(by: { $0[0] < $1[0] }) {
          bytes.add(part.count)
          for text in part { bytes.add(text) }
        }
        if version == .decisionsToo { try addDecisions(to: &bytes, connection) }
        return bytes.finish()
      }
    }
  }

  /// Decisions as sets: the numbers that the register gave them have no part in it.
  private func addDecisions(to bytes: inout HashedBytes, _ connection: Connection) throws {
    let sources = [
      ("decisions", ["fingerprint"]),
      ("link_decisions", ["first", "second", "kind", "decided_on", "decided_by", "reason", "probability"]),
      ("cycle_decisions", ["kind", "period", "day", "by", "reason", "until"]),
    ]
    for (table, columns) in sources {
      let names = columns.map { "\"\($0)\"" }.joined(separator: ", ")
      let rows = try connection.statement("SELECT \(names) FROM main.\(table) ORDER BY \(names)")
      bytes.add(table)
      bytes.add(try connection.integer("SELECT COUNT(*) FROM main.\(table)") ?? 0)
      while try rows.step() {
        for column in columns.indices {
          bytes.add(type: rows.isNull(at: column) ? 0 : 1)
          bytes.add(rows.text(at: column) ?? "")
        }
      }
    }
  }
}

/// The rows of one record as they are stored, with fields of whichever version of the model.
struct StoredRows {
  let statement: Statement
  /// For each layout, its fields' names as one text and the columns of their values.
  private var layouts: [Int: (names: String, columns: [Int])] = [:]

  init(record: String, fields: [String], _ connection: Connection) throws {
    // The person's number has no column.
    let table = RecordTable.name(ofRecord: record)
    var stored: Set<String> = []
    let book = try connection.statement("SELECT name FROM pragma_table_info(?, 'main')")
    book.bind(table, at: 0)
    while try book.step() { stored.insert(book.text(at: 0)!) }
    let names = fields.filter { stored.contains(sqlText($0)) }
    let columns = ["_return", "_layout", "_person"] + names.map { sqlName($0) }
    statement = try connection.statement(
      "SELECT \(columns.joined(separator: ", ")) FROM main.\"\(table)\" ORDER BY _row")
    let layoutRows = try connection.statement("SELECT id, fields FROM main.layouts WHERE record = ?")
    layoutRows.bind(record, at: 0)
    while try layoutRows.step() {
      let carried = layoutRows.text(at: 1)!
      layouts[layoutRows.integer(at: 0)] = (
        carried, carried.split(separator: ",").compactMap { field in names.firstIndex { $0 == field }.map { $0 + 3 } }
      )
    }
  }

  /// For each return that rows of the record stand under, the fingerprint of those rows.
  ///
  /// - Parameter inOrder: whether it matters how they stand.
  func fingerprints(people: PseudonymBook, inOrder: Bool = true) throws -> [Int: Fingerprint] {
    var found: [Int: Fingerprint] = [:]
    var current: Int?
    let piece = inOrder ? 1 << 16 : Int.max
    var bytes = HashedBytes(inPiecesOf: piece)
    var digests: [ShortDigest] = []
    // A return is added in one transaction, so its rows stand together.
    while try statement.step() {
      let id = statement.integer(at: 0)
      if id != current {
        if let current { found[current] = inOrder ? bytes.finish() : Fingerprint(ofUnordered: digests) }
        bytes = HashedBytes(inPiecesOf: piece)
        digests.removeAll(keepingCapacity: true)
        current = id
      }
      add(people, to: &bytes)
      if !inOrder { digests.append(bytes.takeDigest()) }
    }
    if let current { found[current] = inOrder ? bytes.finish() : Fingerprint(ofUnordered: digests) }
    return found
  }

  /// Adds the row at hand: its layout, its person, and each value that it carries.
  private func add(_ people: PseudonymBook, to bytes: inout HashedBytes) {
    let (names, columns) = layouts[statement.integer(at: 1)] ?? ("", [])
    bytes.add(names)
    bytes.add(people.pseudonym(of: statement.integer(at: 2)))
    for column in columns {
      let type = statement.type(at: column)
      bytes.add(type: type.rawValue)
      switch type {
      case .null: break
      case .integer: bytes.add(statement.integer(at: column))
      case .double: bytes.add(statement.double(at: column))
      case .text, .data: bytes.add(statement.utf8(at: column))
      }
    }
  }
}
