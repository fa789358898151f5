import Foundation
import Primitives

extension EstimationResult {
  /// The result as JSON: keys in the order of the method, numbers with the digits that give the same number back (17
  /// at most), `null` where a quantity is not defined.
  public func json(_ language: Language) -> String {
    var writer = JSONText(language: language)
    writer.open("{")
    writer.key("schema")
    writer.text("meedoen-estimate/1")
    writer.key("method")
    writer.text(method)
    writer.key("title")
    writer.text(title[language])
    writer.key("rows")
    writer.open("{")
    for (key, count) in [
      ("read", rows.read), ("filtered", rows.filtered), ("missing", rows.missing), ("used", rows.used),
    ] {
      writer.key(key)
      writer.raw(String(count))
    }
    writer.close("}")
    writer.key("results")
    writer.group(items)
    let assumptions = EstimationAssumption.of(method).map { [$0] } ?? []
    for (key, sentences) in [("assumptions", assumptions), ("conventions", conventions), ("warnings", warnings)] {
      writer.key(key)
      writer.list(sentences.map { $0[language] }) { $0.text($1) }
    }
    writer.close("}")
    return writer.output
  }
}

/// Writes JSON with keys in the order they are given; a codable dictionary would sort them.
private struct JSONText {
  let language: Language
  private(set) var output = ""
  private var depth = 0
  private var isFirst = true
  private var followsKey = false

  init(language: Language) { self.language = language }

  private mutating func begin() {
    if followsKey {
      followsKey = false
      return
    }
    guard depth > 0 else { return }
    output += (isFirst ? "" : ",") + "\n" + String(repeating: "  ", count: depth)
    isFirst = false
  }

  mutating func open(_ bracket: String) {
    begin()
    output += bracket
    depth += 1
    isFirst = true
  }

  mutating func close(_ bracket: String) {
    depth -= 1
    if !isFirst { output += "\n" + String(repeating: "  ", count: depth) }
    output += bracket
    isFirst = false
  }

  mutating func key(_ key: String) {
    begin()
    output += Self.quoted(key) + ": "
    followsKey = true
  }

  mutating func raw(_ text: String) {
    begin()
    output += text
  }

  mutating func text(_ text: String) { raw(Self.quoted(text)) }

  mutating func number(_ number: Double?) {
    guard let number, number.isFinite else { return raw("null") }
    raw(number == number.rounded() && abs(number) < 1e15 ? String(Int(number)) : String(number))
  }

  mutating func list<Element>(_ elements: [Element], _ write: (inout JSONText, Element) -> Void) {
    open("[")
    for element in elements { write(&self, element) }
    close("]")
  }

  mutating func group(_ items: [ResultItem]) {
    open("{")
    for item in items {
      key(item.key)
      value(item.value)
    }
    close("}")
  }

  mutating func value(_ value: ResultValue) {
    switch value {
    case .number(let number): self.number(number)
    case .whole(let count): raw(String(count))
    case .text(let text): self.text(text)
    case .flag(let flag): raw(flag ? "true" : "false")
    case .numbers(let numbers): list(numbers) { $0.number($1) }
    case .texts(let texts): list(texts) { $0.text($1) }
    case .group(let items): group(items)
    case .table(let table): list(Array(0..<table.rowCount)) { $0.row($1, of: table) }
    }
  }

  /// A row on one line.
  private mutating func row(_ row: Int, of table: ResultTable) {
    var line = JSONText(language: language)
    line.output = "{"
    for (place, column) in table.columns.enumerated() {
      line.output += (place == 0 ? " " : ", ") + Self.quoted(column.key) + ": "
      switch column.values {
      case .numbers(let numbers): line.number(numbers[row])
      case .wholes(let wholes): line.output += String(wholes[row])
      case .texts(let texts): line.output += Self.quoted(texts[row])
      case .sentences(let sentences): line.output += Self.quoted(sentences[row][language])
      }
    }
    raw(line.output + " }")
  }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case _
      where scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) || (0x2028...0x2029).contains(scalar.value):
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
