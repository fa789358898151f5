import Primitives

/// What one cell of a file holds, before anybody decides what it means.
///
/// A cell of a CSV file has no type: it is `text` or `empty`. A cell of a workbook has the type the workbook gives it.
public enum RawCell: Hashable, Sendable {
  case empty
  case text(String)
  case number(Double)
  case date(CalendarDate)
  case boolean(Bool)
  /// The result of a formula that failed, as the spreadsheet shows it: `#REF!`, `#DIV/0!`, `#N/A`.
  case error(String)

  /// The cell as a person reads it: `12` and not `12.0`, dates as `2016-03-31`, `TRUE` and `FALSE`.
  ///
  /// Numbers have the fewest digits that give the same number back; whole numbers of 10^15 and more have an exponent.
  public var text: String {
    switch self {
    case .empty: ""
    case .text(let text), .error(let text): text
    case .number(let number): number == number.rounded() && abs(number) < 1e15 ? String(Int(number)) : String(number)
    case .date(let date): date.iso
    case .boolean(let value): value ? "TRUE" : "FALSE"
    }
  }

  /// Whether nothing can be seen: empty, or white space only (non-breaking spaces included).
  public var isBlank: Bool {
    switch self {
    case .empty: true
    case .text(let text):
      // Most texts begin with a sign of ASCII.
      if let first = text.utf8.first, (0x21..<0x7F).contains(first) {
        false
      } else {
        text.unicodeScalars.allSatisfy(\.properties.isWhitespace)
      }
    default: false
    }
  }
}
