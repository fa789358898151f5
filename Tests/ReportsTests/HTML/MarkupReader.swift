/// Reads a page into its elements, to test structure. Fails on anything that is not closed in order.
struct MarkupReader {
  struct Element: Equatable {
    var name: String
    var attributes: [String: String]
    /// The names of the elements around it, outermost first.
    var path: [String]
    /// Its text, with that of the elements in it.
    var text = ""
  }

  struct Malformed: Error, CustomStringConvertible {
    var description: String
  }

  private(set) var elements: [Element] = []

  private static let void: Set = ["meta", "link", "br", "hr", "img", "input"]

  init(_ page: String) throws {
    var open: [Int] = []
    var rest = page[...]
    while let start = rest.firstIndex(of: "<") {
      let text = String(rest[..<start])
      for index in open { elements[index].text += text }
      guard let end = rest[start...].firstIndex(of: ">") else { throw Malformed(description: "a tag is not closed") }
      let tag = rest[rest.index(after: start)..<end]
      rest = rest[rest.index(after: end)...]
      if tag.hasPrefix("!") { continue }
      if tag.hasPrefix("/") {
        guard let last = open.popLast(), elements[last].name == tag.dropFirst() else {
          throw Malformed(description: "</\(tag.dropFirst())> closes something else")
        }
        continue
      }
      let isEmpty = tag.hasSuffix("/")
      let element = try Self.element(isEmpty ? tag.dropLast() : tag, path: open.map { elements[$0].name })
      elements.append(element)
      if element.name == "style" {
        guard let close = rest.firstRange(of: "</style>") else { throw Malformed(description: "style is not closed") }
        elements[elements.count - 1].text = String(rest[..<close.lowerBound])
        rest = rest[close.upperBound...]
      } else if !isEmpty, !Self.void.contains(element.name) {
        open.append(elements.count - 1)
      }
    }
    if let last = open.last { throw Malformed(description: "<\(elements[last].name)> is never closed") }
  }

  private static func element(_ tag: Substring, path: [String]) throws -> Element {
    let name = tag.prefix { !$0.isWhitespace }
    var attributes: [String: String] = [:]
    var rest = tag[name.endIndex...]
    while let match = rest.firstMatch(of: /^\s+([A-Za-z:-]+)(?:="([^"<]*)")?/) {
      guard attributes.updateValue(String(match.2 ?? ""), forKey: String(match.1)) == nil else {
        throw Malformed(description: "<\(name)> has \(match.1) twice")
      }
      rest = rest[match.range.upperBound...]
    }
    guard rest.allSatisfy(\.isWhitespace) else { throw Malformed(description: "<\(tag)> cannot be read") }
    return Element(name: String(name), attributes: attributes, path: path)
  }

  func all(_ name: String) -> [Element] { elements.filter { $0.name == name } }
}
