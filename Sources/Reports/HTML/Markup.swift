import Charts

/// Text made safe for a page.
enum Markup {
  /// Text that is safe between tags and in quoted attributes, as in charts.
  static func escaped(_ text: String) -> String { Charts.escaped(text) }

  /// Escaped text in which pairs of `**` become emphasis and pairs of backticks become code. A mark without its pair is
  /// a mark. A ratio such as `1 : 50` stays on one line.
  static func inline(_ text: String) -> String {
    var result = ""
    var rest = text.replacing(/([0-9]) : ([0-9])/) { "\($0.1)\u{A0}:\u{A0}\($0.2)" }[...]
    while let start = rest.firstIndex(where: { $0 == "*" || $0 == "`" }) {
      let mark = rest[start...].hasPrefix("**") ? "**" : rest[start] == "`" ? "`" : nil
      guard let mark else {
        let next = rest.index(after: start)
        result += escaped(String(rest[..<next]))
        rest = rest[next...]
        continue
      }
      let inner = rest.index(start, offsetBy: mark.count)
      guard let end = rest[inner...].firstRange(of: mark)?.lowerBound, end > inner else {
        result += escaped(String(rest[..<inner]))
        rest = rest[inner...]
        continue
      }
      let tag = mark == "`" ? "code" : "strong"
      result += "\(escaped(String(rest[..<start])))<\(tag)>\(escaped(String(rest[inner..<end])))</\(tag)>"
      rest = rest[rest.index(end, offsetBy: mark.count)...]
    }
    return result + escaped(String(rest))
  }

  /// Text without the marks of emphasis and code, for a title or an attribute.
  static func plain(_ text: String) -> String {
    text.replacing("**", with: "").replacing("`", with: "")
  }

  /// The letters, digits and hyphens of a label, for an identifier.
  static func identifier(_ label: String) -> String {
    let kept = label.unicodeScalars.map { scalar in
      scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)) ? Character(scalar) : "-"
    }
    return String(kept)
  }
}
