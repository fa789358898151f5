import DataModels
import Foundation
import Primitives
import TableFiles

extension Review {
  /// The rows that are held, as they were sent, each with its codes, its messages and what to do: to be corrected and
  /// sent back as it is.
  ///
  /// What could be read only because of other cells of its column, such as a day-month order, is written as it was read:
  /// those cells may not be in the file.
  ///
  /// There is one sheet for each sheet with held rows, in their order. It is named after the record, so that it is read
  /// as it was; a wide sheet keeps its own name. Rows of sheets that were not recognised are not among them.
  public func heldRowSheets(_ language: Language) -> [WorkbookSheet] {
    var result: [WorkbookSheet] = []
    var names: Set<String> = []
    let bySheet = Dictionary(grouping: batches.indices, by: { batches[$0].sheet })
    let reasons = reasonsByPlace
    for (s, sheet) in sheets.enumerated() {
      let own = bySheet[s] ?? []
      var held: Set<Int32> = []
      for b in own {
        let batch = batches[b]
        for row in 0..<batch.rowCount where batch.isHeld[row] && !batch.isRepeated[row] {
          held.insert(batch.sheetRows[row])
        }
      }
      if held.isEmpty { continue }
      let records = Set(own.map { batches[$0].record })
      let isOneRecord = records.count == 1 && own.allSatisfy { batches[$0].suffix.isEmpty }
      let name = sheetName(isOneRecord ? model.records[records.first!].id : nil, sheet, &names)
      let rows: [[RawCell]] = held.sorted().map { position in
        let row = sheet.rows[Int(position)]
        let places =
          reasons[Place(file: sheet.file, sheet: sheet.sheet, row: row.number)] ?? reasons[
            Place(file: sheet.file, sheet: sheet.sheet, row: nil)] ?? []
        let found = places.map { findings[$0] }
        return settledCells(of: row, at: position, in: own) + [
          .number(Double(row.number)),
          .text(orderedUnique(found.map(\.code.rawValue)).joined(separator: ", ")),
          .text(orderedUnique(found.map { $0.told(language) }).joined(separator: " ")),
          .text(orderedUnique(found.compactMap { $0.fix?[language] }).joined(separator: " ")),
        ]
          + (statuses.isEmpty
            ? []
            : [.text(orderedUnique(places.compactMap { statuses[$0]?.words[language] }).joined(separator: "; "))])
      }
      var file = WorkbookSheet(
        name: name,
        headers: sheet.headers.map(\.name) + [
          AddedContent.rowIdentifier, AddedContent.code, AddedContent.message, AddedContent.fix,
        ] + (statuses.isEmpty ? [] : [AddedContent.status]), rows: rows)
      var places: [Int: Int] = [:]
      for (place, position) in held.sorted().enumerated() { places[sheet.rows[Int(position)].number] = place }
      for finding in findings
      where finding.severity == .error && !finding.isPending && finding.place.file == sheet.file
        && finding.place.sheet == sheet.sheet
      {
        guard let cell = finding.place.cell.flatMap({ CellAddress(a1: $0) }), let place = places[cell.row],
          let column = sheet.headers.firstIndex(where: { $0.column == cell.column })
        else { continue }
        file.marks[CellAddress(column: column, row: place + 2)] = WorkbookSheet.Mark(.red)
      }
      file.hasFilter = true
      result.append(file)
    }
    return result
  }

  /// The held rows as text, for a spreadsheet or a program.
  ///
  /// - Returns: nil when there are none, or when they are of several sheets: a text file holds one table.
  public func heldRowText(_ language: Language) -> Data? {
    let sheets = heldRowSheets(language)
    guard sheets.count == 1 else { return nil }
    let writer = CSVWriter(hasByteOrderMark: true)
    return writer.data(
      headers: sheets[0].headers, rows: sheets[0].rows.lazy.map { $0.map(\.unmistakableText.guardedAgainstFormulas) })
  }

  /// The cells of a row, with the readings that depended on their columns.
  private func settledCells(of row: RawRow, at position: Int32, in own: [Int]) -> [RawCell] {
    var cells = row.cells
    for b in own {
      let batch = batches[b]
      guard let index = batch.sheetRows.firstIndex(of: position) else { continue }
      for (field, place) in batch.positions.enumerated() {
        guard let place, case .text(let text) = row.cells[place] else { continue }
        let trimmed = text.withoutInvisibleCharacters.trimmingWhitespace
        switch batch.value(index, field) {
        case .date(let date) where CalendarDate(iso: trimmed) == nil: cells[place] = .text(date.iso)
        case .number(let number) where DecimalMarks().areUnclear(in: trimmed): cells[place] = .number(number)
        default: break
        }
      }
    }
    return cells
  }

  struct Place: Hashable {
    let file: String
    let sheet: String?
    let row: Int?
  }

  /// The findings that hold rows, by row; those about a whole sheet under no row.
  private var reasonsByPlace: [Place: [Int]] {
    var reasons: [Place: [Int]] = [:]
    for (index, finding) in findings.enumerated() where finding.severity >= .error && !finding.isPending {
      let isHeader = finding.severity == .setup
      let place = Place(
        file: finding.place.file, sheet: finding.place.sheet, row: isHeader ? nil : finding.place.row)
      reasons[place, default: []].append(index)
    }
    return reasons
  }

  /// At most 31 characters, without those that a sheet's name cannot have, and not in use.
  private func sheetName(_ record: String?, _ sheet: RawSheet, _ taken: inout Set<String>) -> String {
    var name = record ?? sheet.sheet ?? sheet.file
    if record == nil, sheet.sheet == nil, let point = name.lastIndex(of: "."), point != name.startIndex {
      name = String(name[..<point])
    }
    return SheetName.free(name, &taken)
  }
}

/// Names that sheets of a workbook may have.
enum SheetName {
  static func free(_ wanted: String, _ taken: inout Set<String>) -> String {
    let plain = wanted.unicodeScalars.map { scalar in
      "[]:*?/\\'".unicodeScalars.contains(scalar) || scalar.properties.generalCategory == .control
        ? "_" : Character(scalar)
    }
    let stem = plain.isEmpty ? "sheet" : String(plain)
    var number = 1
    while true {
      let ending = number == 1 ? "" : "_\(number)"
      var name = stem
      while name.utf16.count + ending.utf16.count > 31 { name.removeLast() }
      name += ending
      if taken.insert(name.lowercased()).inserted { return name }
      number += 1
    }
  }
}

extension Finding {
  /// The message, with the column it is about.
  func told(_ language: Language) -> String {
    guard let field, place.row != nil else { return message[language] }
    return "\(field): \(message[language])"
  }
}

extension RawCell {
  /// The text of the cell; that of a number with three decimals gets a nought more, so that nobody takes its point for
  /// thousands.
  fileprivate var unmistakableText: String {
    guard case .number = self, DecimalMarks().areUnclear(in: text) else { return text }
    return text + "0"
  }
}
