import Foundation
import Primitives

/// The cells of one worksheet that hold anything, as they stand in its part.
struct SheetPart: XMLPartHandler {
  struct Cell {
    var column: Int
    var value: RawCell
  }

  struct Row {
    var number: Int
    var isHidden: Bool
    var cells: [Cell]
  }

  private enum CellType { case number, shared, inline, text, boolean, error, isoDate }

  private let file: String
  private let sheet: String
  private let limits: ReadingLimits
  private let texts: [String]
  private let formats: [NumberFormat]
  private let countsFrom1904: Bool

  private(set) var rows: [Row] = []
  private(set) var hiddenColumns: [ClosedRange<Int>] = []
  private(set) var mergedRanges: [String] = []
  private(set) var notes = NoteCollector()
  /// Cells kept so far, in this and earlier sheets.
  private(set) var cellCount: Int

  private var row = Row(number: 0, isHidden: false, cells: [])
  private var column = -1
  private var type = CellType.number
  private var format = NumberFormat.general
  private var hasFormula = false
  private var isInsideValue = false
  private var isInsideInline = false
  private var value: [UInt8] = []
  private var collector = TextCollector()

  init(
    file: String, sheet: String, limits: ReadingLimits, texts: [String], formats: [NumberFormat],
    countsFrom1904: Bool, cellCount: Int
  ) {
    self.file = file
    self.sheet = sheet
    self.limits = limits
    self.texts = texts
    self.formats = formats
    self.countsFrom1904 = countsFrom1904
    self.cellCount = cellCount
  }

  mutating func start(_ name: XMLName, _ attributes: XMLAttributes) throws(TableFileError) {
    switch name {
    case "c": try startCell(attributes)
    case "v": isInsideValue = true
    case "row": try startRow(attributes)
    case "f": hasFormula = true
    case "is": isInsideInline = true
    case "t", "rPh": if isInsideInline { collector.start(name) }
    case "col":
      guard attributes.isTrue("hidden"), let first = attributes["min"].flatMap({ Int($0) }),
        let last = attributes["max"].flatMap({ Int($0) }), 1 <= first, first <= last
      else { return }
      hiddenColumns.append(first - 1...last - 1)
    case "mergeCell": if let range = attributes["ref"] { mergedRanges.append(range) }
    default: break
    }
  }

  mutating func text(_ bytes: UnsafeBufferPointer<UInt8>) {
    if isInsideValue {
      value.append(contentsOf: bytes)
    } else if isInsideInline {
      collector.add(bytes)
    }
  }

  mutating func end(_ name: XMLName) throws(TableFileError) {
    switch name {
    case "c": try endCell()
    case "v": isInsideValue = false
    case "row": if !row.cells.isEmpty { rows.append(row) }
    case "is": isInsideInline = false
    case "t", "rPh": if isInsideInline { collector.end(name) }
    default: break
    }
  }

  // MARK: Rows and cells

  private func invalidCell() -> TableFileError {
    let place = column >= 0 && row.number > 0 ? CellAddress(column: column, row: row.number).a1 : "\(row.number)"
    return .damaged(file: file, part: "\(sheet)!\(place)", line: nil, damage: .invalidCell)
  }

  /// A row without a number follows the one before.
  private mutating func startRow(_ attributes: XMLAttributes) throws(TableFileError) {
    let previous = row.number
    column = -1
    row = Row(number: previous + 1, isHidden: attributes.isTrue("hidden"), cells: [])
    if let text = attributes["r"] {
      guard let number = Int(text), number > previous, number <= 1_048_576 else { throw invalidCell() }
      row.number = number
    }
  }

  /// A cell without an address follows the one before.
  private mutating func startCell(_ attributes: XMLAttributes) throws(TableFileError) {
    let previous = column
    column += 1
    if let address = attributes.bytes("r") {
      guard let place = Self.address(address), place.row == row.number, place.column > previous else {
        throw invalidCell()
      }
      column = place.column
    }
    guard column < limits.columns else {
      throw .tooManyColumns(file: file, sheet: sheet, count: column + 1, limit: limits.columns)
    }
    type =
      switch attributes.word("t") {
      case nil, "n"?: .number
      case "s"?: .shared
      case "inlineStr"?: .inline
      case "str"?: .text
      case "b"?: .boolean
      case "e"?: .error
      case "d"?: .isoDate
      default: throw invalidCell()
      }
    format = .general
    if let style = attributes.bytes("s"), formats.indices.contains(strtol(style, nil, 10)) {
      format = formats[strtol(style, nil, 10)]
    }
    hasFormula = false
    value.removeAll(keepingCapacity: true)
    collector.clear()
  }

  /// `B7` without making a string: there may be millions.
  private static func address(_ text: UnsafePointer<CChar>) -> (column: Int, row: Int)? {
    var byte = text
    var column = 0
    while byte.pointee >= 0x41, byte.pointee <= 0x5A, column < 1 << 20 {
      column = column * 26 + Int(byte.pointee) - 0x40
      byte += 1
    }
    var row = 0
    while byte.pointee >= 0x30, byte.pointee <= 0x39, row < 1 << 30 {
      row = row * 10 + Int(byte.pointee) - 0x30
      byte += 1
    }
    return byte.pointee == 0 && column > 0 && row > 0 ? (column - 1, row) : nil
  }

  private mutating func endCell() throws(TableFileError) {
    let cell = try makeCell()
    if hasFormula {
      notes.add(cell == .empty ? .formulaWithoutValue : .formulaValueUsed, row: row.number, column: column)
    }
    guard cell != .empty else { return }
    cellCount += 1
    guard cellCount <= limits.cells else { throw .tooManyCells(file: file, sheet: sheet, limit: limits.cells) }
    row.cells.append(Cell(column: column, value: cell))
  }

  private mutating func makeCell() throws(TableFileError) -> RawCell {
    switch type {
    case .inline: return Self.text(collector.text)
    case .text: return Self.text(TextCollector.unescaped(value))
    case .error: return value.isEmpty ? .empty : .error(String(decoding: value, as: UTF8.self))
    case _ where value.allSatisfy({ $0 == 0x20 || $0 == 0x0A || $0 == 0x0D || $0 == 0x09 }): return .empty
    case .boolean:
      switch value {
      case [0x31], Array("true".utf8): return .boolean(true)
      case [0x30], Array("false".utf8): return .boolean(false)
      default: throw invalidCell()
      }
    case .shared:
      guard let index = Int(String(decoding: value, as: UTF8.self)) else { throw invalidCell() }
      guard texts.indices.contains(index) else {
        let place = "\(sheet)!\(CellAddress(column: column, row: row.number).a1)"
        throw .damaged(file: file, part: place, line: nil, damage: .danglingReference)
      }
      return Self.text(texts[index])
    case .isoDate:
      let text = String(decoding: value, as: UTF8.self)
      guard let date = CalendarDate(iso: text.prefix(10)) else { return .text(text) }
      let time = text.dropFirst(10)
      if time.contains(where: { ("1"..."9").contains($0) }) {
        notes.add(.timeOfDayLeftOut, row: row.number, column: column)
      }
      return .date(date)
    case .number:
      guard let number = Double(String(decoding: value, as: UTF8.self)), number.isFinite else { throw invalidCell() }
      return typed(number)
    }
  }

  private static func text(_ text: String) -> RawCell { text.isEmpty ? .empty : .text(text) }

  private mutating func typed(_ number: Double) -> RawCell {
    switch format {
    case .general: return .number(number)
    case .padded(let digits):
      if number == number.rounded(), number >= 0, RawCell.number(number).text.utf8.count < digits {
        notes.add(.leadingZerosOnlyShown, row: row.number, column: column)
      }
      return .number(number)
    case .time where number < 1:
      notes.add(.timeWithoutDate, row: row.number, column: column)
      return .number(number)
    case .time, .date, .dateAndTime:
      guard let (date, hasTime) = SerialDate.date(number, countsFrom1904: countsFrom1904) else {
        notes.add(.impossibleDate, row: row.number, column: column)
        return .number(number)
      }
      if format == .time {
        notes.add(.timeWithoutDate, row: row.number, column: column)
        return .number(number)
      }
      if hasTime { notes.add(.timeOfDayLeftOut, row: row.number, column: column) }
      return .date(date)
    }
  }
}
