import Foundation

/// Copies an XML text piece by piece, with some pieces left out and others written between.
struct MarkupEditor {
  let text: UnsafeBufferPointer<UInt8>
  private(set) var output: [UInt8] = []
  /// The place up to which the text was copied or left out.
  private(set) var position = 0

  init(_ text: UnsafeBufferPointer<UInt8>) {
    self.text = text
    output.reserveCapacity(text.count + text.count / 4 + 1024)
  }

  mutating func copy(upTo place: Int) {
    guard place > position else { return }
    output.append(contentsOf: UnsafeBufferPointer(rebasing: text[position..<place]))
    position = place
  }

  mutating func leaveOut(upTo place: Int) { position = max(position, place) }

  mutating func write(_ markup: String) { output.append(contentsOf: markup.utf8) }

  mutating func write(_ number: Int) {
    var digits: [UInt8] = []
    var rest = number.magnitude
    repeat {
      digits.append(UInt8(0x30 + rest % 10))
      rest /= 10
    } while rest > 0
    if number < 0 { output.append(0x2D) }
    output.append(contentsOf: digits.reversed())
  }

  /// Everything that is left, and with it the edited text.
  consuming func finish() -> [UInt8] {
    copy(upTo: text.count)
    return output
  }

  /// Text as it may stand between tags and in quoted attributes.
  static func escaped(_ text: String) -> String {
    // Most text needs nothing; 0xEF begins the characters that XML does not allow.
    let isPlain = text.utf8.allSatisfy { byte in
      byte >= 0x20 && byte != 0x26 && byte != 0x3C && byte != 0x3E && byte != 0x22 && byte != 0xEF
    }
    if isPlain { return text }
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "\t", "\n", " ": result.unicodeScalars.append(scalar)
      // What XML 1.0 does not allow, as ECMA-376 part 1, 22.9.2.19 (ST_Xstring) writes it.
      case "\u{0}"..."\u{1F}", "\u{FFFE}", "\u{FFFF}":
        let digits = String(scalar.value, radix: 16, uppercase: true)
        result += "_x" + String(repeating: "0", count: 4 - digits.count) + digits + "_"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// The text of a cell: escaped, and what looks like an escape of a character protected.
  static func cellText(_ text: String) -> String {
    // Names of fields have underscores too, and the search below takes longer than all the rest.
    var previous: UInt8 = 0
    let mayBeEscape = text.utf8.contains { byte in
      defer { previous = byte }
      return byte == 0x78 && previous == 0x5F
    }
    guard mayBeEscape else { return escaped(text) }
    return escaped(text.replacing(/_(?=x[0-9A-Fa-f]{4}_)/, with: "_x005F_"))
  }
}
