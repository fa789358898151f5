import DataModels
import Primitives
import TableFiles

/// The rows of one record from one sheet, read as values.
struct RecordBatch {
  let record: Int
  /// The place of the sheet in the return.
  let sheet: Int
  let suffix: String
  /// For each field, the position of its cell in the sheet's rows.
  let positions: [Int?]
  /// Row after row, one value per field of the record.
  var values: [Value] = []
  /// The places of the rows in the sheet.
  var sheetRows: [Int32] = []
  /// Rows with an error are held.
  var isHeld: [Bool] = []
  /// Rows that say the same as another row are left out.
  var isRepeated: [Bool] = []
  /// Cells that could not be read: `row * fieldCount + field`. Further checks of them would say nothing new.
  var unreadable: Set<Int> = []

  let fieldCount: Int
  var rowCount: Int { sheetRows.count }

  func value(_ row: Int, _ field: Int) -> Value { values[row * fieldCount + field] }
}

/// Turns the cells of a sheet into batches, with a finding for each cell that cannot be read.
struct BatchReader {
  let model: DataModel
  let sheets: [RawSheet]
  /// The order of day and month that the sender says its dates have.
  var dates: DateOrder? = nil

  func batches(of sheetIndex: Int, _ layout: SheetLayout, _ findings: inout [Finding]) -> [RecordBatch] {
    layout.groups.map { group in
      batch(group, sheetIndex, isWide: layout.kind == .wide, &findings)
    }
  }

  private func batch(
    _ group: SheetLayout.Group, _ sheetIndex: Int, isWide: Bool, _ findings: inout [Finding]
  ) -> RecordBatch {
    let sheet = sheets[sheetIndex]
    let record = model.records[group.record]
    var batch = RecordBatch(
      record: group.record, sheet: sheetIndex, suffix: group.suffix, positions: group.positions,
      fieldCount: record.fields.count)
    let personPlace = record.index(of: model.personField)!
    let own = group.positions.indices.filter { $0 != personPlace && group.positions[$0] != nil }
    let readers: [CellReader?] = record.fields.indices.map { f in
      guard let position = group.positions[f] else { return nil }
      let field = record.fields[f]
      let shown = field.type == .date ? dateOrder(sheet, position) : nil
      let order = field.type == .date ? dates ?? shown : nil
      if let order, shown != nil || hasUnclearDates(sheet, position) {
        findings.append(
          Finding(
            code: .dayMonthYear, severity: .notice, place: place(sheet, nil, position), record: record.id,
            field: field.id,
            message: message(order, field, isSaid: dates != nil),
            fix: LocalizedText("Nothing needs to be done.", nl: "U hoeft niets te doen.")))
      }
      return CellReader(
        field: field, isKey: record.keyIndices.contains(f), modelName: model.id,
        codeList: field.type.codeList.flatMap(model.codeList), dateOrder: order,
        decimalMarks: field.type == .number || field.type == .integer
          ? DecimalMarks(sheet, column: position) : .both)
    }
    var cleaned = [Int](repeating: 0, count: record.fields.count)
    batch.values.reserveCapacity(sheet.rows.count * record.fields.count)
    for (r, row) in sheet.rows.enumerated() {
      let filled = own.contains { !row.cells[group.positions[$0]!].isBlank }
      if !filled, isWide || row.cells.allSatisfy(\.isBlank) { continue }
      let index = batch.rowCount
      batch.sheetRows.append(Int32(r))
      batch.isHeld.append(false)
      batch.isRepeated.append(false)
      for f in record.fields.indices {
        guard let reader = readers[f], let position = group.positions[f] else {
          batch.values.append(.missing)
          continue
        }
        if reader.cleans(row.cells[position]) { cleaned[f] += 1 }
        switch reader.read(row.cells[position]) {
        case .value(let value): batch.values.append(value)
        case .problem(let code, let message, let fix):
          batch.values.append(.missing)
          batch.unreadable.insert(index * batch.fieldCount + f)
          batch.isHeld[index] = true
          let field = record.fields[f]
          findings.append(
            Finding(
              code: code, severity: .error, place: place(sheet, row, position), record: record.id, field: field.id,
              rule: "\(record.id).\(field.id).\(code == .notInList || code == .mangledCode ? "list" : "type")",
              value: field.privacy.isIdentifying ? nil : row.cells[position].text.shown(), message: message, fix: fix))
        }
      }
    }
    for (f, count) in cleaned.enumerated() where count > 0 {
      findings.append(invisibleCharacters(record, record.fields[f], count, place(sheet, nil, group.positions[f])))
    }
    return batch
  }

  private func invisibleCharacters(
    _ record: RecordDefinition, _ field: Field, _ count: Int, _ place: FindingPlace
  ) -> Finding {
    Finding(
      code: .invisibleCharacters, severity: .notice, place: place, record: record.id, field: field.id,
      message: LocalizedText(
        "Invisible characters were taken out of \(count) \(count == 1 ? "cell" : "cells") of “\(field.id)”.",
        nl: "Uit \(count) \(count == 1 ? "cel" : "cellen") van “\(field.id)” zijn onzichtbare tekens weggehaald."),
      fix: LocalizedText("Nothing needs to be done.", nl: "U hoeft niets te doen."), count: count)
  }

  private func message(_ order: DateOrder, _ field: Field, isSaid: Bool) -> LocalizedText {
    let english = order == .dayMonth ? "day-month-year" : "month-day-year"
    let dutch = order == .dayMonth ? "dag-maand-jaar" : "maand-dag-jaar"
    return LocalizedText(
      "The dates of “\(field.id)” were read as \(english)\(isSaid ? ", as the sender says they are" : "").",
      nl: "De datums van “\(field.id)” zijn gelezen als \(dutch)\(isSaid ? ", zoals de afzender zegt" : "").")
  }

  /// Whether a column has dates that are written with the year last.
  private func hasUnclearDates(_ sheet: RawSheet, _ position: Int) -> Bool {
    sheet.rows.contains { row in
      guard case .text(let text) = row.cells[position] else { return false }
      return dayMonthYear(text.withoutInvisibleCharacters.trimmingWhitespace) != nil
    }
  }

  /// Day-month-year, when some dates of the column are possible in no other way and none contradicts it.
  private func dateOrder(_ sheet: RawSheet, _ position: Int) -> DateOrder? {
    var proof = false
    for row in sheet.rows {
      guard case .text(let text) = row.cells[position],
        let (day, month, _) = dayMonthYear(text.withoutInvisibleCharacters.trimmingWhitespace)
      else { continue }
      if month > 12 { return nil }
      if day > 12 { proof = true }
    }
    return proof ? .dayMonth : nil
  }

  func place(_ sheet: RawSheet, _ row: RawRow?, _ position: Int?) -> FindingPlace {
    FindingPlace(
      file: sheet.file, sheet: sheet.sheet, row: row?.number,
      column: position.map { CellAddress.columnLetters(sheet.headers[$0].column) },
      header: position.map { sheet.headers[$0].name.shown() })
  }
}
