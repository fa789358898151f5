import TableFiles

/// Which marks of a column can only be decimal, so that a number such as `1.250` can be read at all.
///
/// `1.250` is one and a quarter, or one thousand two hundred and fifty. It is decimal when another number of the column
/// has the same mark where no thousands have one (`12.5`, `0.125`, `1250.125`); otherwise nobody can know.
struct DecimalMarks: Equatable {
  var comma = false
  var point = false

  static let both = DecimalMarks(comma: true, point: true)

  init(comma: Bool = false, point: Bool = false) {
    self.comma = comma
    self.point = point
  }

  /// What the text cells of a column show.
  init(_ sheet: RawSheet, column position: Int) {
    for row in sheet.rows {
      guard case .text(let text) = row.cells[position],
        let number = MarkedNumber(text.withoutInvisibleCharacters.trimmingWhitespace), !number.mayBeThousands
      else { continue }
      if number.isComma { comma = true } else { point = true }
      if comma, point { return }
    }
  }

  /// Whether a text could be two numbers.
  func areUnclear(in text: String) -> Bool {
    guard let number = MarkedNumber(text), number.mayBeThousands else { return false }
    return number.isComma ? !comma : !point
  }
}

/// A number with one point or comma in it.
private struct MarkedNumber {
  let isComma: Bool
  /// Whether one to three digits, the first no zero, stand before the mark, and three after it.
  let mayBeThousands: Bool

  init?(_ text: String) {
    var before = 0
    var after = 0
    var startsWithZero = false
    var mark: UInt8?
    for (place, byte) in text.utf8.enumerated() {
      switch byte {
      case 0x2B, 0x2D:
        guard place == 0 else { return nil }
      case 0x30...0x39:
        if mark != nil {
          after += 1
        } else {
          if before == 0 { startsWithZero = byte == 0x30 }
          before += 1
        }
      case 0x2C, 0x2E:
        guard mark == nil else { return nil }
        mark = byte
      default: return nil
      }
    }
    guard let mark, after > 0 else { return nil }
    isComma = mark == 0x2C
    mayBeThousands = (1...3).contains(before) && !startsWithZero && after == 3
  }
}
