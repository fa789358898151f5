import Foundation

/// What stands behind the cells of a worksheet, as far as an annotation has to know it.
struct SheetOutline {
  /// Ranges that already have a list to choose from, or another check.
  private(set) var validated: [String] = []
  private(set) var validationCount = 0
  /// The relationship of the drawing that holds the notes.
  private(set) var notesRelationship: String?

  /// Nil when there are no cells, or the part is not UTF-8.
  init?(_ part: [UInt8]) {
    guard Self.isPlain(part), let start = Self.endOfCells(part) else { return nil }
    part.withUnsafeBufferPointer { bytes in read(bytes, from: start) }
  }

  private mutating func read(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) {
    var scanner = MarkupScanner(bytes, in: start..<bytes.count)
    while let tag = scanner.next() {
      if tag.kind != .close {
        if scanner.isNamed("dataValidation", tag) {
          // Those of the extension have their range in an element of its own.
          if let range = scanner.value("sqref", of: tag) {
            validated.append(range)
            validationCount += 1
          }
        } else if scanner.isNamed("sqref", tag) {
          let content = tag.range.upperBound
          let end = scanner.skip(tag)
          validated.append(scanner.string(content..<max(content, end)))
        } else if scanner.isNamed("legacyDrawing", tag) {
          notesRelationship = scanner.value("id", of: tag, anyPrefix: true)
        }
      }
    }
  }

  /// Whether one of the checks that are there touches a column.
  func isValidated(_ column: Int) -> Bool {
    validated.contains { ranges in
      ranges.split(whereSeparator: { $0 == " " || $0 == "<" }).contains { range in
        let ends = range.split(separator: ":").compactMap { CellAddress(a1: $0)?.column }
        guard let first = ends.first, let last = ends.last else { return false }
        return (min(first, last)...max(first, last)).contains(column)
      }
    }
  }

  /// UTF-8 without a document type: what an edit by bytes can be made in. The declaration may name no other encoding.
  static func isPlain(_ part: [UInt8]) -> Bool {
    guard let first = part.first(where: { $0 != 0xEF && $0 != 0xBB && $0 != 0xBF }), first == 0x3C else { return false }
    let head = String(decoding: part.prefix(200), as: UTF8.self)
    guard head.contains("<?xml"), let name = head.firstMatch(of: /encoding\s*=\s*["']([^"']*)["']/)?.1 else {
      return true
    }
    return name.lowercased() == "utf-8" || name.lowercased() == "us-ascii"
  }

  /// Where `</sheetData>` begins. A `<` of the text itself is always escaped, so the last one is the real one.
  private static func endOfCells(_ part: [UInt8]) -> Int? {
    let word = Array("sheetData".utf8)
    var place = part.count - word.count - 1
    while place > 1 {
      if part[place] == word[0], part[place..<place + word.count].elementsEqual(word) {
        var start = place - 1
        while start > 0, part[start] != 0x3C, part[start] != 0x3E, place - start < 40 { start -= 1 }
        if part[start] == 0x3C, part[start + 1] == 0x2F { return start }
      }
      place -= 1
    }
    return nil
  }
}
