/// One value as it was recorded: typed, with missing as a value that one can ask for.
///
/// A code is text here; which codes exist is the data model's knowledge.
public enum Value: Hashable, Sendable {
  case missing
  case text(String)
  case integer(Int)
  case number(Double)
  case date(CalendarDate)
  case month(CalendarMonth)
  /// A calendar year, with the precision of a year when compared with dates.
  case year(Int)
  case list([String])

  public var isMissing: Bool {
    if case .missing = self { true } else { false }
  }

  /// The value in its one canonical spelling: ISO dates, shortest round-trip numbers, list items joined by `, `
  /// (an item that holds a comma or a quotation mark is quoted as in CSV); empty when missing.
  public var canonicalText: String {
    switch self {
    case .missing: ""
    case .text(let text): text
    case .integer(let integer): String(integer)
    case .number(let number): number == number.rounded() && abs(number) < 1e15 ? String(Int(number)) : String(number)
    case .date(let date): date.iso
    case .month(let month): month.iso
    case .year(let year): String(year)
    case .list(let items):
      items.map { item in
        item.contains(",") || item.contains("\"")
          ? "\"" + item.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\"" : item
      }.joined(separator: ", ")
    }
  }
}
