import DataModels
import Primitives

/// Values that people write where they have none.
enum StandIn {
  private static let texts: Set<String> = [
    "?", "??", "???", "-", "--", "---", ".", "..", "...", "x", "xx", "xxx", "n/a", "n.a.", "n.a", "na", "#n/a", "n/b",
    "nvt", "n.v.t.", "n.v.t", "nb", "n.b.", "unknown", "not known", "not applicable", "no data", "tbc", "tbd", "t.b.c.",
    "t.b.d.", "to be confirmed", "to follow", "volgt", "volgt nog", "onbekend", "niet bekend", "niet van toepassing",
    "geen gegevens", "weet niet", "don't know", "dont know", "null", "nan", "nil", "none given", "missing",
  ]
  /// The first days of calendars in programs, and the last that they can write.
  private static let days: Set<String> = [
    "1899-12-30", "1899-12-31", "1900-01-01", "1904-01-01", "9999-12-31", "1900-01", "1904-01", "9999-12", "1900",
    "1904", "9999", "1111",
  ]

  static func stands(for value: Value) -> Bool {
    switch value {
    case .text(let text):
      // The longest has 19 letters; most texts need no more than this look.
      text.utf8.count <= 20 && texts.contains(text.lowercased())
    case .date, .month, .year: days.contains(value.canonicalText)
    default: false
    }
  }
}

extension StringProtocol {
  /// Whether a word mixes Latin letters with Cyrillic or Greek ones, which look alike and are others.
  var mixesAlphabets: Bool {
    if utf8.allSatisfy({ $0 < 0x80 }) { return false }
    var latin = false
    var other = false
    for scalar in unicodeScalars {
      switch scalar.value {
      case 0x41...0x5A, 0x61...0x7A: latin = true
      case 0x370...0x3FF, 0x400...0x52F: if scalar.properties.isAlphabetic { other = true }
      case 0x20, 0x2C, 0x2F, 0x3B: (latin, other) = (false, false)
      default: break
      }
      if latin, other { return true }
    }
    return false
  }
}
