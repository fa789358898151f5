import Foundation

extension Language {
  var locale: Locale { Locale(identifier: self == .dutch ? "nl_NL" : "en_GB") }

  /// A number in the language's own form: `1,234.5` or `1.234,5`.
  public func number(_ value: Double, decimals: Int = 0) -> String {
    value.formatted(.number.precision(.fractionLength(decimals)).locale(locale))
  }

  public func number(_ value: Int) -> String { value.formatted(.number.locale(locale)) }

  /// A date in words: `14 June 2019` or `14 juni 2019`.
  public func date(_ date: CalendarDate) -> String {
    let (year, month, day) = date.parts
    return "\(day) \(monthNames[month - 1]) \(year)"
  }

  /// A month in words: `June 2019` or `juni 2019`.
  public func month(_ month: CalendarMonth) -> String {
    "\(monthNames[month.parts.month - 1]) \(month.parts.year)"
  }

  /// Items as a sentence names them: `a, b and c` or `a, b en c`.
  public func list(_ items: [String]) -> String {
    guard let last = items.last else { return "" }
    let word = self == .dutch ? "en" : "and"
    return items.count == 1 ? last : items.dropLast().joined(separator: ", ") + " \(word) " + last
  }

  private var monthNames: [String] {
    switch self {
    case .english:
      [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
      ]
    case .dutch:
      [
        "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november",
        "december",
      ]
    }
  }
}
