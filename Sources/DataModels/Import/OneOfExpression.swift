/// The one form of expression that the published format uses: `one_of(field, ['a', 'b'])`.
struct OneOfExpression: Equatable {
  let field: String
  let values: [String]

  /// Nil for any other form.
  init?(_ text: String) {
    let text = trimmed(text)
    guard text.hasPrefix("one_of("), text.hasSuffix(")") else { return nil }
    let inside = text.dropFirst("one_of(".count).dropLast()
    guard let comma = inside.firstIndex(of: ",") else { return nil }
    field = trimmed(String(inside[..<comma]))
    let list = trimmed(String(inside[inside.index(after: comma)...]))
    guard isIdentifier(field), list.hasPrefix("["), list.hasSuffix("]"),
      let values = Self.quotedValues(list.dropFirst().dropLast()), !values.isEmpty
    else { return nil }
    self.values = values
  }

  /// Texts in single or double quotation marks with commas between; nil when there is anything else.
  private static func quotedValues(_ text: Substring) -> [String]? {
    var values: [String] = []
    var rest = text.drop(while: \.isWhitespace)
    while let quote = rest.first {
      guard quote == "'" || quote == "\"", let end = rest.dropFirst().firstIndex(of: quote) else { return nil }
      let value = rest[rest.index(after: rest.startIndex)..<end]
      guard !value.contains("\\") else { return nil }
      values.append(String(value))
      rest = rest[rest.index(after: end)...].drop(while: \.isWhitespace)
      guard let comma = rest.first else { break }
      guard comma == "," else { return nil }
      rest = rest.dropFirst().drop(while: \.isWhitespace)
      if rest.isEmpty { return nil }
    }
    return values
  }
}
