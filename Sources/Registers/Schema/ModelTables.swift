import DataModels
import Storage

/// The tables of the model's records: one row for each row of a return, with a column for each field.
///
/// The person's number has no column of its own: the row says which person it is of. Columns of fields that a version of
/// the model no longer has stay.
struct ModelTables {
  let model: DataModel

  init(_ model: DataModel) { self.model = model }

  /// Refuses a model under which stored rows would mean something else.
  func check(_ connection: Connection) throws {
    let stored = try StoredFields(connection)
    for record in model.records {
      if let key = stored.keys[record.id], key != record.key {
        throw RegisterError.keyChanged(record: record.id, stored: key, given: record.key)
      }
      for field in record.fields {
        let kind = StoredKind(field)
        if let known = stored.kinds[record.id]?[field.id], known != kind {
          throw RegisterError.fieldChanged(
            record: record.id, field: field.id, stored: known.rawValue, given: kind.rawValue)
        }
        for source in field.replaces {
          guard let known = stored.kinds[record.id]?[source.field], !kind.reads(known) else { continue }
          throw RegisterError.fieldChanged(
            record: record.id, field: source.field, stored: known.rawValue, given: kind.rawValue)
        }
      }
    }
  }

  func isUpToDate(_ connection: Connection) throws -> Bool {
    let stored = try StoredFields(connection)
    return model.records.allSatisfy { record in
      record.fields.allSatisfy { stored.kinds[record.id]?[$0.id] != nil }
    }
  }

  /// Makes the tables and columns that are not there yet.
  func bringUpToDate(_ connection: Connection) throws {
    let stored = try StoredFields(connection)
    let addField = try connection.statement("INSERT INTO record_fields (record, field, kind) VALUES (?, ?, ?)")
    for record in model.records {
      let table = RecordTable(record, model: model)
      if stored.kinds[record.id] == nil { try create(table, connection) }
      for field in record.fields where stored.kinds[record.id]?[field.id] == nil {
        if stored.kinds[record.id] != nil, field.id != model.personField {
          try connection.execute(
            "ALTER TABLE main.\(table.quotedName) ADD COLUMN \(sqlName(field.id)) \(StoredKind(field).sqlType)")
        }
        addField.bind(record.id, at: 0)
        addField.bind(field.id, at: 1)
        addField.bind(StoredKind(field).rawValue, at: 2)
        try addField.run()
      }
    }
  }

  private func create(_ table: RecordTable, _ connection: Connection) throws {
    let columns = table.columnFields.map { ", \(sqlName($0.id)) \(StoredKind($0).sqlType)" }.joined()
    try connection.execute(
      """
      CREATE TABLE main.\(table.quotedName) (
        _row INTEGER PRIMARY KEY, _return INTEGER NOT NULL REFERENCES returns (id),
        _person INTEGER NOT NULL REFERENCES people (id), _layout INTEGER NOT NULL REFERENCES layouts (id)\(columns));
      CREATE INDEX main."\(table.name) by key" ON \(table.quotedName) (\(table.keyColumns.joined(separator: ", ")));
      \(Schema.appendOnly(table: table.name))
      """)
    let statement = try connection.statement("INSERT INTO record_keys (record, fields) VALUES (?, ?)")
    statement.bind(table.record.id, at: 0)
    statement.bind(table.record.key.joined(separator: ","), at: 1)
    try statement.run()
  }
}

/// The names of one record's table and columns.
struct RecordTable {
  let record: RecordDefinition
  let name: String
  /// The place of the person's number among the fields.
  let personPosition: Int

  init(_ record: RecordDefinition, model: DataModel) {
    self.record = record
    name = Self.name(ofRecord: record.id)
    personPosition = record.index(of: model.personField)!
  }

  var quotedName: String { "\"\(name)\"" }
  static func name(ofRecord id: String) -> String { "record " + sqlText(id) }
  /// The fields that have a column.
  var columnFields: [Field] { record.fields.indices.filter { $0 != personPosition }.map { record.fields[$0] } }
  /// The places of the key's fields other than the person's number.
  var keyPositions: [Int] { record.keyIndices.filter { $0 != personPosition } }
  /// What tells rows apart: the person, then the rest of the key.
  var keyColumns: [String] { ["_person"] + keyPositions.map { sqlName(record.fields[$0].id) } }
}

/// The records, keys and fields that the register has columns of, from whichever version of the model.
struct StoredFields {
  var keys: [String: [String]] = [:]
  /// By record and field.
  var kinds: [String: [String: StoredKind]] = [:]

  init(_ connection: Connection) throws {
    let keyRows = try connection.statement("SELECT record, fields FROM record_keys")
    while try keyRows.step() {
      keys[keyRows.text(at: 0)!] = keyRows.text(at: 1)!.split(separator: ",").map(String.init)
    }
    let fieldRows = try connection.statement("SELECT record, field, kind FROM record_fields")
    while try fieldRows.step() {
      kinds[fieldRows.text(at: 0)!, default: [:]][fieldRows.text(at: 1)!] = StoredKind(rawValue: fieldRows.text(at: 2)!)
    }
  }
}

/// A column's name in quotation marks.
func sqlName(_ id: String) -> String { "\"\(sqlText(id))\"" }

/// An id as SQLite's names go: they differ in more than case, so a capital has a mark before it. Ids start with a
/// letter, so they never meet the register's own columns, which start with `_`.
func sqlText(_ id: String) -> String {
  String(id.flatMap { $0.isUppercase ? ["$", $0] : [$0] })
}
