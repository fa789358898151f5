import DataModels
import Fingerprints
import Primitives
import Storage

extension Register {
  /// The fingerprint of everything that was ever appended: each return, its days of receipt, and each of its rows.
  ///
  /// Equal for the same returns on the same days, in whatever order and however often they were appended.
  public func historyFingerprint() throws(RegisterError) -> Fingerprint {
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
        var people = try PseudonymBook(connection, all: true)
        for (record, kinds) in try StoredFields(connection).kinds.sorted(by: { $0.key < $1.key }) {
          let rows = try StoredRows(record: record, fields: kinds.keys.sorted(), connection)
          for (id, fingerprint) in try rows.fingerprints(people: &people) {
            parts[id, default: []].append("\(record) \(fingerprint.hex)")
          }
        }
        var bytes = HashedBytes()
        bytes.add("meedoen history 1")
        for part in parts.values.sorted(by: { $0[0] < $1[0] }) {
          bytes.add(part.count)
          for text in part { bytes.add(text) }
        }
        return bytes.finish()
      }
    }
  }
}

/// The rows of one record as they are stored, with fields of whichever version of the model.
struct StoredRows {
  let statement: Statement
  /// For each layout, its fields' names as one text and the columns of their values.
  private var layouts: [Int: (names: String, columns: [Int])] = [:]

  /// - Parameter row: those after this row only.
  init(record: String, fields: [String], after row: Int = 0, _ connection: Connection) throws {
    // The person's number has no column.
    let table = RecordTable.name(ofRecord: record)
    var stored: Set<String> = []
    let book = try connection.statement("SELECT name FROM pragma_table_info(?, 'main')")
    book.bind(table, at: 0)
    while try book.step() { stored.insert(book.text(at: 0)!) }
    let names = fields.filter { stored.contains(sqlText($0)) }
    let columns = ["_return", "_layout", "_person"] + names.map { sqlName($0) }
    statement = try connection.statement(
      "SELECT \(columns.joined(separator: ", ")) FROM main.\"\(table)\" WHERE _row > ? ORDER BY _row")
    statement.bind(row, at: 0)
    let layoutRows = try connection.statement("SELECT id, fields FROM main.layouts WHERE record = ?")
    layoutRows.bind(record, at: 0)
    while try layoutRows.step() {
      let carried = layoutRows.text(at: 1)!
      layouts[layoutRows.integer(at: 0)] = (
        carried, carried.split(separator: ",").compactMap { field in names.firstIndex { $0 == field }.map { $0 + 3 } }
      )
    }
  }

  /// For each return that has rows of the record, the fingerprint of those rows in their order.
  func fingerprints(people: inout PseudonymBook) throws -> [Int: Fingerprint] {
    var found: [Int: Fingerprint] = [:]
    var current: Int?
    var bytes = HashedBytes()
    // A return is added in one transaction, so its rows stand together.
    while try statement.step() {
      let id = statement.integer(at: 0)
      if id != current {
        if let current { found[current] = bytes.finish() }
        bytes = HashedBytes()
        current = id
      }
      let (names, columns) = layouts[statement.integer(at: 1)] ?? ("", [])
      bytes.add(names)
      bytes.add(try people.pseudonym(of: statement.integer(at: 2)))
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
    if let current { found[current] = bytes.finish() }
    return found
  }
}
