import Primitives

/// Writes the text of a definition line by line.
struct ModelText {
  private(set) var text = ""

  mutating func line(_ depth: Int, _ content: String) {
    text += String(repeating: "  ", count: depth) + content + "\n"
  }

  mutating func blank() { text += "\n" }

  /// A text as a YAML scalar: bare when it is made of plain words, in quotation marks otherwise.
  static func scalar(_ text: String) -> String {
    let words = ["yes", "no", "true", "false", "null", "on", "off", "y", "n"]
    let isPlain =
      text.utf8.first.map { ($0 | 0x20) >= 0x61 && ($0 | 0x20) <= 0x7A } == true && text.utf8.last != 0x20
      && !words.contains(text.lowercased()) && !text.contains("  ")
      && text.utf8.allSatisfy { byte in
        (0x30...0x39).contains(byte) || ((byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A) || byte == 0x5F || byte == 0x2D
          || byte == 0x20
      }
    return isPlain ? text : quoted(text)
  }

  static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case _ where scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value):
        let digits = String(scalar.value, radix: 16, uppercase: true)
        result += "\\x" + (digits.count == 1 ? "0" : "") + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }

  /// `{en: …}`, with `nl: …` when there is one.
  static func localized(_ text: LocalizedText) -> String {
    let dutch = text.dutch.map { ", nl: \(scalar($0))" } ?? ""
    return "{en: \(scalar(text.english))\(dutch)}"
  }
}
