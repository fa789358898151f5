/// Finds the row of the headers among the first rows of a sheet.
///
/// It is the first row that is not blank, unless that row is a title: up to ten rows with exactly one filled cell are
/// titles when the row after them has more, most of its cells are not numbers, and most rows below it have more than
/// one cell too. A list of one column has therefore no title.
enum HeaderSearch {
  /// What counts about one row that is not blank.
  struct Row {
    var filled: Int
    var numeric: Int
  }

  /// The rows to look at.
  static let sampleSize = 40

  /// The position of the header row in `rows`, the first rows that are not blank. 0 also when `rows` is empty.
  static func headerPosition(in rows: [Row]) -> Int {
    guard let position = rows.firstIndex(where: { $0.filled > 1 }), (1...10).contains(position) else { return 0 }
    let header = rows[position]
    guard header.numeric * 2 < header.filled else { return 0 }
    let below = rows[(position + 1)...]
    return below.count { $0.filled > 1 } * 2 >= below.count ? position : 0
  }

  /// Notes about the names of the columns.
  static func addNotes(on headers: [RawHeader], to notes: inout NoteCollector) {
    var seen: Set<Substring> = []
    for header in headers {
      let name = trimmed(header.name)
      if name.isEmpty {
        notes.add(.blankHeader, column: header.column)
      } else if !seen.insert(name).inserted {
        notes.add(.duplicateHeader, column: header.column, arguments: [String(name)])
      }
    }
  }

  static func trimmed(_ text: String) -> Substring {
    var rest = text[...]
    while rest.first?.isWhitespace == true { rest.removeFirst() }
    while rest.last?.isWhitespace == true { rest.removeLast() }
    return rest
  }
}

/// Whether a text looks like a number: digits, with a sign and one decimal point or comma at most.
func looksLikeNumber(_ text: some Sequence<UInt8>) -> Bool {
  var digits = 0
  var marks = 0
  for (position, byte) in text.enumerated() {
    switch byte {
    case 0x30...0x39: digits += 1
    case 0x2B, 0x2D: if position != 0 { return false }
    case 0x2C, 0x2E:
      marks += 1
      if marks > 1 { return false }
    default: return false
    }
  }
  return digits > 0
}
