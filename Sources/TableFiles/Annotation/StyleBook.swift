import Foundation

/// The styles of a workbook with, for each that a marked cell has, the same one filled with the colour of the mark.
struct StyleBook {
  private let text: [UInt8]
  /// Where each `xf` of the cell formats stands.
  private var formats: [Range<Int>] = []
  private var fillCount = 0
  private var fillsCount: Range<Int>?
  private var formatsCount: Range<Int>?
  private var fillsEnd = 0
  private var formatsEnd = 0
  private var prefix = ""
  /// Formats that an earlier annotation filled.
  private var markedFormats: Set<Int> = []

  private struct Key: Hashable {
    let base: Int
    /// nil for the format without a mark.
    let colour: WorkbookSheet.Mark.Colour?
    var isWrapped = false
  }
  private var added: [Key: Int] = [:]
  private var order: [Key] = []

  /// Nil when the part is not of the usual form, so that nothing can be added to it.
  init?(_ text: [UInt8]) {
    self.text = text
    let isUsual = text.withUnsafeBufferPointer { bytes in read(bytes) }
    guard isUsual else { return nil }
  }

  private mutating func read(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    var scanner = MarkupScanner(bytes)
    var section = ""
    var fillStart = 0
    var markedFills: Set<Int> = []
    while let tag = scanner.next() {
      if tag.kind == .open, scanner.isNamed("styleSheet", tag) { prefix = scanner.prefix(of: tag) }
      if tag.kind == .open, section.isEmpty {
        if scanner.isNamed("fills", tag) {
          section = "fills"
          fillsCount = scanner.attribute("count", of: tag)?.value
        } else if scanner.isNamed("cellXfs", tag) {
          section = "cellXfs"
          formatsCount = scanner.attribute("count", of: tag)?.value
        }
      } else if section == "fills" {
        if scanner.isNamed("fill", tag) {
          switch tag.kind {
          case .open: fillStart = tag.range.upperBound
          case .close:
            if Self.isMark(scanner.string(fillStart..<tag.range.lowerBound)) { markedFills.insert(fillCount) }
            fillCount += 1
          case .empty: fillCount += 1
          }
        } else if tag.kind == .close, scanner.isNamed("fills", tag) {
          fillsEnd = tag.range.lowerBound
          section = ""
        }
      } else if section == "cellXfs" {
        if tag.kind != .close, scanner.isNamed("xf", tag) {
          if let fill = scanner.number("fillId", of: tag), markedFills.contains(fill) {
            markedFormats.insert(formats.count)
          }
          formats.append(tag.range.lowerBound..<scanner.skip(tag))
        } else if tag.kind == .close {
          formatsEnd = tag.range.lowerBound
          section = ""
        }
      }
    }
    return fillsEnd > 0 && formatsEnd > fillsEnd && !formats.isEmpty
  }

  private static func isMark(_ fill: String) -> Bool {
    let fill = fill.uppercased()
    return WorkbookSheet.Mark.Colour.allCases.contains { fill.contains("RGB=\"FF\($0.hex)\"") }
  }

  /// Whether an earlier annotation gave this format its colour.
  func isMarked(_ format: Int) -> Bool { markedFormats.contains(format) }

  /// The format like another one with the colour of a mark, or without any when there is none.
  mutating func format(like base: Int, _ colour: WorkbookSheet.Mark.Colour?) -> Int {
    number(of: Key(base: formats.indices.contains(base) ? base : 0, colour: colour))
  }

  /// A format for text in several lines, that starts at the top of its cell.
  mutating func wrappedFormat(_ colour: WorkbookSheet.Mark.Colour?) -> Int {
    number(of: Key(base: 0, colour: colour, isWrapped: true))
  }

  private mutating func number(of key: Key) -> Int {
    if let known = added[key] { return known }
    let new = formats.count + order.count
    added[key] = new
    order.append(key)
    return new
  }

  /// The part with the formats that were asked for.
  func finish() -> [UInt8] {
    guard !order.isEmpty else { return text }
    let colours = WorkbookSheet.Mark.Colour.allCases
    return text.withUnsafeBufferPointer { bytes in
      var editor = MarkupEditor(bytes)
      if let fillsCount {
        editor.copy(upTo: fillsCount.lowerBound)
        editor.write(fillCount + colours.count)
        editor.leaveOut(upTo: fillsCount.upperBound)
      }
      editor.copy(upTo: fillsEnd)
      for colour in colours {
        editor.write(
          "<\(prefix)fill><\(prefix)patternFill patternType=\"solid\"><\(prefix)fgColor rgb=\"FF\(colour.hex)\"/>"
            + "<\(prefix)bgColor indexed=\"64\"/></\(prefix)patternFill></\(prefix)fill>")
      }
      if let formatsCount {
        editor.copy(upTo: formatsCount.lowerBound)
        editor.write(formats.count + order.count)
        editor.leaveOut(upTo: formatsCount.upperBound)
      }
      editor.copy(upTo: formatsEnd)
      for key in order {
        let fill = key.colour.flatMap { colours.firstIndex(of: $0) }.map { fillCount + $0 } ?? 0
        editor.write(key.isWrapped ? wrapped(fill) : filled(formats[key.base], fill, bytes))
      }
      return editor.finish()
    }
  }

  private func wrapped(_ fill: Int) -> String {
    "<\(prefix)xf numFmtId=\"0\" fontId=\"0\" fillId=\"\(fill)\" borderId=\"0\" xfId=\"0\" applyFill=\"1\" "
      + "applyAlignment=\"1\"><\(prefix)alignment vertical=\"top\" wrapText=\"1\"/></\(prefix)xf>"
  }

  /// An `xf` with another fill.
  private func filled(_ range: Range<Int>, _ fill: Int, _ bytes: UnsafeBufferPointer<UInt8>) -> String {
    var scanner = MarkupScanner(bytes, in: range)
    guard let tag = scanner.next() else { return "" }
    var head = scanner.string(tag.range.lowerBound..<tag.attributes.upperBound)
    for name: StaticString in ["fillId", "applyFill"] {
      if let (_, whole) = scanner.attribute(name, of: tag) {
        head = head.replacing(scanner.string(whole), with: "")
      }
    }
    return head + " fillId=\"\(fill)\" applyFill=\"1\"" + scanner.string(tag.attributes.upperBound..<range.upperBound)
  }
}

extension WorkbookSheet.Mark.Colour {
  var hex: String {
    let digits = String(rawValue, radix: 16, uppercase: true)
    return String(repeating: "0", count: 6 - digits.count) + digits
  }
}
