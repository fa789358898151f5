import DataModels
import Primitives
import TableFiles

/// How one sheet is read against a model: which columns make which records.
public struct SheetLayout: Hashable, Sendable {
  /// The columns of one instance of a record in each row.
  public struct Group: Hashable, Sendable {
    public let record: Int
    /// What follows the field names in the headers of this group (`_6month`); empty for none.
    public let suffix: String
    /// For each field of the record, the position of its cell in a row; nil when the sheet has no column for it.
    public var positions: [Int?]
  }

  public enum Kind: String, Codable, Sendable {
    /// Each row is one instance of one record.
    case oneRecord
    /// Each row can hold instances of several records.
    case wide
    /// Nothing of the sheet is read.
    case notRecognised
  }

  public var kind: Kind
  public var groups: [Group]
}

/// The name of a header or field as it is compared: trimmed, without invisible characters, lower case, blanks and
/// hyphens as underscores.
func comparable(_ name: String) -> String {
  let text = name.withoutInvisibleCharacters.trimmingWhitespace
  return String(text.lowercased().map { $0 == " " || $0 == "-" || $0 == "\u{A0}" ? "_" : $0 })
}

extension StringProtocol {
  /// Without white space, non-breaking spaces and byte-order marks at both ends.
  var trimmingWhitespace: String {
    let scalars = unicodeScalars
    // Most cells begin and end with a sign of ASCII, which needs no look into the tables of Unicode.
    if let first = scalars.first, let last = scalars.last, (0x21..<0x7F).contains(first.value),
      (0x21..<0x7F).contains(last.value)
    {
      return String(self)
    }
    func isBlank(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.isWhitespace || scalar == "\u{FEFF}" }
    guard let first = scalars.first, let last = scalars.last else { return "" }
    if !isBlank(first), !isBlank(last) { return String(self) }
    guard let start = scalars.firstIndex(where: { !isBlank($0) }) else { return "" }
    let end = scalars.lastIndex { !isBlank($0) }!
    return String(String.UnicodeScalarView(scalars[start...end]))
  }
}
