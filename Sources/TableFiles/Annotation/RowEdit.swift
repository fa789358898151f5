import Foundation

/// Edits the rows of a worksheet: gives marked cells their colour and writes the added columns.
struct RowEdit {
  /// What becomes of one cell of a row.
  private struct Item {
    var column: Int
    var colour: WorkbookSheet.Mark.Colour?
    /// What an added cell holds; nil for a cell of the sender.
    var content: Content?

    enum Content {
      case number(Int)
      case text(String)
    }
  }

  private let sheet: WorkbookAnnotation.Sheet
  private let columns: SheetColumns
  private let prefix: String
  private let marks: [WorkbookAnnotation.Mark]
  private let added: Set<Int>
  private var nextMark = 0

  init(sheet: WorkbookAnnotation.Sheet, columns: SheetColumns, prefix: String) {
    self.sheet = sheet
    self.columns = columns
    self.prefix = prefix
    marks = sheet.marks.sorted { $0.address < $1.address }
    added = Set(sheet.columns.map(\.column))
  }

  /// Reads up to and including the close of the cells.
  consuming func run(_ scanner: inout MarkupScanner, _ editor: inout MarkupEditor, _ styles: inout StyleBook) {
    var edit = self
    var number = 0
    while let tag = scanner.next() {
      if tag.kind == .close { return }
      number = scanner.number("r", of: tag) ?? number + 1
      edit.row(number, tag, &scanner, &editor, &styles)
    }
  }

  private mutating func items(of row: Int) -> [Item] {
    var items: [Item] = []
    while nextMark < marks.count, marks[nextMark].address.row < row { nextMark += 1 }
    while nextMark < marks.count, marks[nextMark].address.row == row {
      items.append(Item(column: marks[nextMark].address.column, colour: marks[nextMark].colour, content: nil))
      nextMark += 1
    }
    for column in sheet.columns {
      let content: Item.Content
      if row == sheet.headerRow {
        content = .text(column.header)
      } else if let value = column.values[row] {
        content = .number(value)
      } else {
        continue
      }
      if let place = items.firstIndex(where: { $0.column == column.column }) {
        items[place].content = content
      } else {
        let place = items.firstIndex { $0.column > column.column } ?? items.endIndex
        items.insert(Item(column: column.column, colour: nil, content: content), at: place)
      }
    }
    return items
  }

  private mutating func row(
    _ number: Int, _ tag: MarkupScanner.Tag, _ scanner: inout MarkupScanner, _ editor: inout MarkupEditor,
    _ styles: inout StyleBook
  ) {
    let items = items(of: number)
    guard !items.isEmpty || number >= sheet.headerRow else {
      _ = scanner.skip(tag)
      return
    }
    // The span is a hint about the columns in use, and would be wrong.
    if let (_, whole) = scanner.attribute("spans", of: tag) {
      editor.copy(upTo: whole.lowerBound)
      editor.leaveOut(upTo: whole.upperBound)
    }
    let rowStyle = scanner.number("s", of: tag)
    var next = 0
    if tag.kind == .empty {
      guard !items.isEmpty else { return }
      editor.copy(upTo: tag.attributes.upperBound)
      editor.write(">")
      editor.leaveOut(upTo: tag.range.upperBound)
      for item in items { write(item, number, rowStyle, &editor, &styles) }
      editor.write("</\(prefix)row>")
      return
    }
    var column = -1
    while let cell = scanner.next() {
      if cell.kind == .close {
        guard scanner.isNamed("row", cell) else { continue }
        if next < items.count {
          editor.copy(upTo: cell.range.lowerBound)
          for item in items[next...] { write(item, number, rowStyle, &editor, &styles) }
        }
        return
      }
      guard scanner.isNamed("c", cell) else { continue }
      column = scanner.attribute("r", of: cell).map { Self.column(scanner.text, $0.value) } ?? column + 1
      if next < items.count, items[next].column < column {
        editor.copy(upTo: cell.range.lowerBound)
        while next < items.count, items[next].column < column {
          write(items[next], number, rowStyle, &editor, &styles)
          next += 1
        }
      }
      let item = next < items.count && items[next].column == column ? items[next] : nil
      if item != nil { next += 1 }
      if added.contains(column) {
        editor.copy(upTo: cell.range.lowerBound)
        editor.leaveOut(upTo: scanner.skip(cell))
        if let item { write(item, number, rowStyle, &editor, &styles) }
      } else {
        restyle(cell, item?.colour, scanner, &editor, &styles)
      }
    }
  }

  /// Gives a cell of the sender the colour of its mark, or takes the colour of an earlier mark away.
  private func restyle(
    _ cell: MarkupScanner.Tag, _ colour: WorkbookSheet.Mark.Colour?, _ scanner: MarkupScanner,
    _ editor: inout MarkupEditor, _ styles: inout StyleBook
  ) {
    let style = scanner.attribute("s", of: cell)
    let base = scanner.number("s", of: cell) ?? 0
    guard colour != nil || styles.isMarked(base) else { return }
    let format = styles.format(like: base, colour)
    if let style {
      editor.copy(upTo: style.value.lowerBound)
      editor.write(format)
      editor.leaveOut(upTo: style.value.upperBound)
    } else {
      editor.copy(upTo: cell.attributes.upperBound)
      editor.write(" s=\"\(format)\"")
    }
  }

  /// Writes a cell that was not there.
  private func write(
    _ item: Item, _ row: Int, _ rowStyle: Int?, _ editor: inout MarkupEditor, _ styles: inout StyleBook
  ) {
    editor.write("<\(prefix)c r=\"")
    editor.write(CellAddress.columnLetters(item.column))
    editor.write(row)
    var style = item.content == nil ? rowStyle ?? columns.style(of: item.column) : 0
    if let colour = item.colour { style = styles.format(like: style, colour) }
    editor.write("\" s=\"")
    editor.write(style)
    switch item.content {
    case nil: editor.write("\"/>")
    case .number(let number):
      editor.write("\"><\(prefix)v>")
      editor.write(number)
      editor.write("</\(prefix)v></\(prefix)c>")
    case .text(let text):
      editor.write("\" t=\"inlineStr\"><\(prefix)is><\(prefix)t>")
      editor.write(MarkupEditor.cellText(text))
      editor.write("</\(prefix)t></\(prefix)is></\(prefix)c>")
    }
  }

  /// The column of an address such as `B7`, from 0.
  private static func column(_ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Int {
    var column = 0
    for byte in text[range] {
      guard (0x41...0x5A).contains(byte) else { break }
      column = column * 26 + Int(byte) - 0x40
    }
    return column - 1
  }
}
