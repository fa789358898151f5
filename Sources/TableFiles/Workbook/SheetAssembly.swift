/// Makes a table with headers and aligned rows of the loose cells of a worksheet.
enum SheetAssembly {
  static func sheet(
    of part: SheetPart, named sheet: WorkbookPart.Sheet, file: String, limits: ReadingLimits
  ) throws(TableFileError) -> RawSheet {
    var notes = part.notes
    let rows = part.rows.filter { row in row.cells.contains { !$0.value.isBlank } }
    guard !rows.isEmpty else {
      return RawSheet(
        file: file, sheet: sheet.name, isHidden: sheet.isHidden, headerRow: nil, headers: [], rows: [],
        notes: notes.notes)
    }
    let position = HeaderSearch.headerPosition(in: rows.prefix(HeaderSearch.sampleSize).map(headerRow))
    for row in rows[..<position] { notes.add(.titleRowSkipped, row: row.number) }
    let header = rows[position]
    let data = rows[(position + 1)...]
    let headers = makeHeaders(header, data)
    HeaderSearch.addNotes(on: headers, to: &notes)
    guard data.count <= limits.cells / max(headers.count, 1) else {
      throw .tooManyCells(file: file, sheet: sheet.name, limit: limits.cells)
    }

    let result = makeRows(data, headers)
    addNotes(on: part, header: header, data: data, headers: headers, to: &notes)
    addNumbersAsText(in: result, headers: headers, to: &notes)
    if sheet.isHidden { notes.add(.hiddenSheet) }
    return RawSheet(
      file: file, sheet: sheet.name, isHidden: sheet.isHidden, headerRow: header.number, headers: headers,
      rows: result, notes: notes.notes)
  }

  private static func headerRow(_ row: SheetPart.Row) -> HeaderSearch.Row {
    let filled = row.cells.filter { !$0.value.isBlank }
    let numeric = filled.count { cell in
      switch cell.value {
      case .number, .date, .boolean, .error: true
      case .text(let text): looksLikeNumber(text.utf8)
      case .empty: false
      }
    }
    return HeaderSearch.Row(filled: filled.count, numeric: numeric)
  }

  /// The columns with a name or data; a blank name is empty.
  private static func makeHeaders(_ header: SheetPart.Row, _ data: ArraySlice<SheetPart.Row>) -> [RawHeader] {
    var names: [Int: String] = [:]
    for cell in header.cells where !cell.value.isBlank { names[cell.column] = cell.value.text }
    for row in data {
      for cell in row.cells where names[cell.column] == nil && !cell.value.isBlank { names[cell.column] = "" }
    }
    return names.map { RawHeader(name: $1, column: $0) }.sorted { $0.column < $1.column }
  }

  private static func makeRows(_ data: ArraySlice<SheetPart.Row>, _ headers: [RawHeader]) -> [RawRow] {
    let width = (headers.last?.column ?? -1) + 1
    var positions = [Int](repeating: -1, count: width)
    for (position, header) in headers.enumerated() { positions[header.column] = position }
    return data.map { row in
      var cells = [RawCell](repeating: .empty, count: headers.count)
      for cell in row.cells where cell.column < width && positions[cell.column] >= 0 {
        cells[positions[cell.column]] = cell.value
      }
      return RawRow(number: row.number, cells: cells)
    }
  }

  private static func addNotes(
    on part: SheetPart, header: SheetPart.Row, data: ArraySlice<SheetPart.Row>, headers: [RawHeader],
    to notes: inout NoteCollector
  ) {
    var expected = header.number + 1
    for row in data {
      if row.number > expected { notes.add(.blankRowSkipped, rows: expected..<row.number) }
      expected = row.number + 1
      if row.isHidden { notes.add(.hiddenRow, row: row.number) }
    }
    for columns in part.hiddenColumns {
      for header in headers where columns.contains(header.column) { notes.add(.hiddenColumn, column: header.column) }
    }
    if !part.mergedRanges.isEmpty { notes.add(.mergedCells, arguments: part.mergedRanges) }
  }

  /// Only a column that also holds numbers is suspect: in a column of codes, digits are as good as letters.
  private static func addNumbersAsText(in rows: [RawRow], headers: [RawHeader], to notes: inout NoteCollector) {
    for (position, header) in headers.enumerated() {
      var hasNumber = false
      var suspects: [Int] = []
      for row in rows {
        switch row.cells[position] {
        case .number: hasNumber = true
        case .text(let text) where looksLikeNumber(text.utf8): suspects.append(row.number)
        default: break
        }
      }
      guard hasNumber else { continue }
      for row in suspects { notes.add(.numberStoredAsText, row: row, column: header.column) }
    }
  }
}
