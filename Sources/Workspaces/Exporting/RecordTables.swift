import DataModels
import Fingerprints
import Primitives
import Registers
import Submissions
import TableFiles
import Tables

/// Makes tables to pass on of people's records: without identifying fields, and with pseudonyms of their own.
///
/// The person's number becomes a pseudonym under the key of the export, so that it fits nothing that others hold. Every
/// other field that identifies is left out. People stand in the order of the new pseudonyms: in the order of the
/// register, a row's place would tell who it is.
struct RecordTables {
  let model: DataModel
  let key: PseudonymKey
  let language: Language
  /// Places of the wanted records in the model.
  let records: [Int]

  /// The fields that are left out, as `record.field`.
  var leftOut: [String] {
    records.flatMap { r in
      let record = model.records[r]
      return record.fields.indices.filter { !isKept($0, of: record) }.map { "\(record.id).\(record.fields[$0].id)" }
    }
  }

  private func isKept(_ field: Int, of record: RecordDefinition) -> Bool {
    record.fields[field].id == model.personField || !record.fields[field].privacy.isIdentifying
  }

  /// Of 20 characters, or as many as the model lets the person's number have, so that what is exported can be checked
  /// against the model again. With twelve characters (60 bits) two of a million people meet once in two million exports.
  private func pseudonym(of person: String) -> String {
    let whole = key.pseudonym(of: person, in: ["meedoen", "export", model.id])
    guard let limit = model.person.field(model.personField)?.maximumLength, limit >= 12 else { return whole }
    return String(whole.prefix(limit))
  }

  /// The records of everybody in a snapshot.
  func tables(of snapshot: RegisterSnapshot) -> [DescribedTable] {
    let names = snapshot.people.map(pseudonym)
    let order = names.indices.sorted { names[$0] < names[$1] }
    let tables = records.map { r in
      let rows = snapshot.records[r]
      let selection = order.flatMap { Int(rows.starts[$0])..<Int(rows.starts[$0 + 1]) }
      let people = order.flatMap { person in
        [String](repeating: names[person], count: Int(rows.starts[person + 1] - rows.starts[person]))
      }
      return table(of: r, people: people) { field in rows.table.columns[field].selecting(selection) }
    }
    return connected(tables)
  }

  /// The rows of a return that can be taken in; a record that was not sent has a table without rows.
  func tables(of rows: [AcceptedRows]) -> [DescribedTable] {
    let tables = records.map { r in
      let record = model.records[r]
      let parts = rows.filter { $0.recordIndex == r }
      let personField = record.index(of: model.personField)!
      var places: [(part: Int, row: Int, name: String)] = []
      for (part, rows) in parts.enumerated() {
        guard let position = rows.fieldIndices.firstIndex(of: personField) else { continue }
        for row in 0..<rows.rowCount {
          places.append((part, row, pseudonym(of: rows.value(row: row, position: position).canonicalText)))
        }
      }
      places.sort { ($0.name, $0.part, $0.row) < ($1.name, $1.part, $1.row) }
      return table(of: r, people: places.map(\.name)) { field in
        var column = ColumnBuilder(Self.builder(record.fields[field].type))
        for place in places {
          let part = parts[place.part]
          let position = part.fieldIndices.firstIndex(of: field)
          column.append(position.map { part.value(row: place.row, position: $0) } ?? .missing)
        }
        return column.finish()
      }
    }
    return connected(tables)
  }

  private static func builder(_ type: FieldType) -> ColumnBuilder.Kind {
    switch type {
    case .text: .texts
    case .code: .categories
    case .integer, .year: .integers
    case .number: .numbers
    case .date: .dates
    case .month: .months
    case .list: .lists
    }
  }

  // MARK: Description

  private func table(of r: Int, people: [String], column: (Int) -> Column) -> DescribedTable {
    let record = model.records[r]
    var columns: [DescribedTable.Column] = []
    var values: [Column] = []
    for f in record.fields.indices where isKept(f, of: record) {
      let isPerson = record.fields[f].id == model.personField
      let made = isPerson ? Column.texts(people) : column(f)
      columns.append(describe(record.fields[f], isPerson: isPerson, values: made))
      values.append(made)
    }
    var table = DescribedTable(
      name: record.id, title: record.title[language], help: record.help?[language], columns: columns,
      table: Table(names: columns.map(\.name), columns: values))
    let kept = Set(columns.map(\.name))
    if record.key.allSatisfy(kept.contains), isKey(record.key.map { table.table[$0]! }) { table.key = record.key }
    return table
  }

  /// Says that tables refer to that of people, where they do: files that were checked may be about others too.
  private func connected(_ tables: [DescribedTable]) -> [DescribedTable] {
    let person = model.personField
    guard let people = tables.first(where: { $0.name == model.person.id }), people.key == [person],
      let names = people.table[person]
    else { return tables }
    let known = Set((0..<names.count).map { names[$0] })
    return tables.map { table in
      var table = table
      if table.name != people.name, let column = table.table[person],
        (0..<column.count).allSatisfy({ known.contains(column[$0]) })
      {
        table.reference = .init(columns: [person], table: people.name, tableColumns: [person])
      }
      return table
    }
  }

  /// Whether columns are full and tell rows apart, as in a register always, and in files that complement each other not.
  private func isKey(_ columns: [Column]) -> Bool {
    guard columns.allSatisfy(isFull) else { return false }
    let count = columns.first?.count ?? 0
    return Set((0..<count).map { row in columns.map { $0[row] } }).count == count
  }

  private func describe(_ field: Field, isPerson: Bool, values: Column) -> DescribedTable.Column {
    let list = field.type.codeList.flatMap(model.codeList)
    var codes = list?.codes.map { DescribedTable.Code($0.code, label: $0.label[language]) } ?? []
    if case .categories(let column) = values, list != nil {
      // A code of an earlier version of the list is still what was recorded.
      let known = Set(codes.map(\.code))
      codes += Set(column.codes).filter { $0 >= 0 }.sorted().map { column.levels[Int($0)] }
        .filter { !known.contains($0) }.map { DescribedTable.Code($0, label: list?.label(of: $0)?[language] ?? $0) }
    }
    let label = field.label[language] + (field.unit.map { " (\($0))" } ?? "")
    var column = DescribedTable.Column(
      field.id, kind(field.type), label: isPerson ? pseudonymLabel : label,
      help: isPerson ? nil : field.help?[language],
      codes: codes)
    column.isOrdered = list?.isOrdered ?? false
    column.isRequired = field.isRequired && isFull(values)
    return column
  }

  private var pseudonymLabel: String {
    language == .dutch ? "Pseudoniem van de persoon, van deze export" : "Pseudonym of the person, of this export"
  }

  private func kind(_ type: FieldType) -> DescribedTable.Column.Kind {
    switch type {
    case .text: .text
    case .code: .code
    case .integer: .integer
    case .number: .number
    case .date: .date
    case .month: .month
    case .year: .year
    case .list: .list
    }
  }

  private func isFull(_ column: Column) -> Bool { (0..<column.count).allSatisfy { !column[$0].isMissing } }
}
