/// The sheets that an annotation adds, as parts of a workbook.
enum OverviewSheet {
  /// Excel takes no more links on one sheet.
  private static let linkLimit = 60_000

  private static let head = """
    <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
    <worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" \
    xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">
    """

  /// The overview: lines, a blank row, and a table with a filter whose heading stays in view.
  ///
  /// Rows beyond the last that a sheet can have are left out; whoever makes the overview says so in its lines.
  static func part(
    _ overview: WorkbookAnnotation.Overview, marker: String, styles: inout StyleBook
  ) -> PackedPart? {
    guard let packer = PartPacker() else { return nil }
    let headerRow = overview.lines.count + 2
    let width = overview.headers.count
    let last = CellAddress.columnLetters(max(width - 1, 0))
    let shown = min(overview.rowCount, WorkbookWriter.maximumRows - headerRow)
    let letters = overview.headers.indices.map(CellAddress.columnLetters)
    var text = head
    text +=
      "<sheetPr><pageSetUpPr fitToPage=\"1\"/></sheetPr><sheetViews><sheetView tabSelected=\"1\" workbookViewId=\"0\">"
    text +=
      "<pane ySplit=\"\(headerRow)\" topLeftCell=\"A\(headerRow + 1)\" activePane=\"bottomLeft\" state=\"frozen\"/>"
    text += "<selection pane=\"bottomLeft\" activeCell=\"A\(headerRow + 1)\" sqref=\"A\(headerRow + 1)\"/>"
    text += "</sheetView></sheetViews><cols>"
    for (column, size) in overview.widths.enumerated() {
      text += "<col min=\"\(column + 1)\" max=\"\(column + 1)\" width=\"\(size)\" customWidth=\"1\"/>"
    }
    text +=
      "<col min=\"\(width + 1)\" max=\"\(width + 1)\" width=\"9\" hidden=\"1\" customWidth=\"1\"/></cols><sheetData>"
    for (index, line) in overview.lines.enumerated() {
      text += "<row r=\"\(index + 1)\">" + cell(0, index + 1, line) + "</row>"
    }
    text += "<row r=\"\(headerRow)\">"
    let headStyle = styles.wrappedFormat(.blue)
    let plainStyle = styles.wrappedFormat(nil)
    for (column, header) in (overview.headers + [marker]).enumerated() {
      text += cell(column, headerRow, header, style: headStyle)
    }
    text += "</row>"
    var part = Array(text.utf8)
    var links: [(CellAddress, String)] = []
    for index in 0..<shown {
      let row = overview.row(index)
      let number = headerRow + 1 + index
      let lines = height(of: row, overview.widths)
      let digits = String(number)
      part.append(
        contentsOf: "<row r=\"\(digits)\"\(lines > 1 ? " ht=\"\(lines * 15)\" customHeight=\"1\">" : ">")".utf8)
      for (column, content) in row.enumerated() {
        switch content {
        case .text(let text): if !text.isEmpty { write(text, letters[column], digits, plainStyle, &part) }
        case .coloured(let text, let colour):
          write(text, letters[column], digits, styles.wrappedFormat(colour), &part)
        case .place(let sheet, let address):
          write(address.a1, letters[column], digits, plainStyle, &part)
          if links.count < linkLimit {
            let name = sheet.replacing("'", with: "''")
            links.append((CellAddress(column: column, row: number), "'\(name)'!\(address.a1)"))
          }
        }
      }
      part.append(contentsOf: "</row>".utf8)
      if part.count > 1 << 20 {
        packer.add(part)
        part.removeAll(keepingCapacity: true)
      }
    }
    text = "</sheetData><autoFilter ref=\"A\(headerRow):\(last)\(headerRow + max(shown, 1))\"/>"
    if !links.isEmpty {
      text += "<hyperlinks>"
      for (address, target) in links {
        text += "<hyperlink ref=\"\(address.a1)\" location=\"\(MarkupEditor.escaped(target))\"/>"
      }
      text += "</hyperlinks>"
    }
    text += "<pageMargins left=\"0.5\" right=\"0.5\" top=\"0.6\" bottom=\"0.6\" header=\"0.3\" footer=\"0.3\"/>"
    text += "<pageSetup paperSize=\"9\" orientation=\"landscape\" fitToHeight=\"0\"/></worksheet>"
    part.append(contentsOf: text.utf8)
    packer.add(part)
    return packer.finish()
  }

  /// A cell in the short form in which the result of a formula stands, for there may be millions. What begins or ends
  /// with a blank, or has lines, needs the long form.
  private static func write(_ text: String, _ letters: String, _ row: String, _ style: Int, _ part: inout [UInt8]) {
    let isLong = text.utf8.count > WorkbookWriter.maximumTextLength / 2
    let content = MarkupEditor.cellText(isLong ? String(text.prefix(WorkbookWriter.maximumTextLength / 2)) : text)
    let keepsBlanks =
      content.utf8.first.map { $0 <= 0x20 } == true || content.utf8.last.map { $0 <= 0x20 } == true
      || content.utf8.contains { $0 < 0x20 }
    part.append(contentsOf: "<c r=\"".utf8)
    part.append(contentsOf: letters.utf8)
    part.append(contentsOf: row.utf8)
    part.append(contentsOf: "\" s=\"".utf8)
    part.append(contentsOf: String(style).utf8)
    part.append(
      contentsOf: (keepsBlanks ? "\" t=\"inlineStr\"><is><t xml:space=\"preserve\">" : "\" t=\"str\"><v>").utf8)
    part.append(contentsOf: content.utf8)
    part.append(contentsOf: (keepsBlanks ? "</t></is></c>" : "</v></c>").utf8)
  }

  /// The lines that the longest text of a row takes: not every program makes room for them by itself.
  private static func height(of row: [WorkbookAnnotation.Overview.Cell], _ widths: [Int]) -> Int {
    var lines = 1
    for (cell, width) in zip(row, widths) {
      if case .text(let text) = cell, text.utf8.count > width {
        lines = max(lines, (text.unicodeScalars.count + width - 1) / width)
      }
    }
    return min(lines, 12)
  }

  /// The hidden sheet of the lists that are too long for a cell's own list: one column each, from the second on.
  static func part(lists: [(name: String, values: [String])], marker: String) -> [UInt8] {
    var text = head + "<sheetData>"
    for row in 0...(lists.map(\.values.count).max() ?? 0) {
      text += "<row r=\"\(row + 1)\">"
      if row == 0 { text += cell(0, 1, marker) }
      for (index, list) in lists.enumerated() {
        if row == 0 {
          text += cell(index + 1, 1, list.name)
        } else if row <= list.values.count {
          text += cell(index + 1, row + 1, list.values[row - 1])
        }
      }
      text += "</row>"
    }
    return Array((text + "</sheetData></worksheet>").utf8)
  }

  private static func cell(_ column: Int, _ row: Int, _ text: String, style: Int = 0) -> String {
    let format = style == 0 ? "" : " s=\"\(style)\""
    // A cell takes no more characters than this.
    let content = MarkupEditor.cellText(String(text.prefix(WorkbookWriter.maximumTextLength / 2)))
    return "<c r=\"\(CellAddress.columnLetters(column))\(row)\"\(format) t=\"inlineStr\">"
      + "<is><t xml:space=\"preserve\">\(content)</t></is></c>"
  }
}
