/// A calendar month, such as March 2016.
///
/// Months are read and written in the years 1…9999. Adding may lead beyond them; it stops at the ends of what can be
/// counted and never fails.
public struct CalendarMonth: Hashable, Comparable, Sendable {
  /// Months since January of the year 0.
  public var index: Int32

  public init(index: Int32) { self.index = index }

  /// The month with these parts, or nil when `month` is outside 1…12 or `year` outside 1…9999.
  public init?(year: Int, month: Int) {
    guard (1...9999).contains(year), (1...12).contains(month) else { return nil }
    index = Int32(year * 12 + month - 1)
  }

  /// Reads exactly `YYYY-MM`; nil for anything else.
  public init?(iso text: some StringProtocol) {
    let utf8 = Array(text.utf8)
    guard utf8.count == 7, utf8[4] == 0x2D, let year = decimal(utf8[0..<4]), let month = decimal(utf8[5..<7]) else {
      return nil
    }
    self.init(year: year, month: month)
  }

  /// Year and month (1…12).
  public var parts: (year: Int, month: Int) { (year, Int(index) - 12 * year + 1) }
  public var year: Int { Int(index >= 0 ? index / 12 : (index + 1) / 12 - 1) }

  /// `YYYY-MM`.
  public var iso: String { "\(padded(parts.year, 4))-\(padded(parts.month, 2))" }

  public var firstDay: CalendarDate { CalendarDate(uncheckedYear: parts.year, month: parts.month, day: 1) }
  public var lastDay: CalendarDate { adding(months: 1).firstDay.adding(days: -1) }

  /// So many months later, or earlier; the outermost month that can be counted where that lies beyond it.
  public func adding(months: Int) -> CalendarMonth { CalendarMonth(index: saturatingSum(index, months)) }

  /// Months from `other` to this month; negative when this month is earlier.
  public func months(since other: CalendarMonth) -> Int { Int(index) - Int(other.index) }

  public static func < (a: CalendarMonth, b: CalendarMonth) -> Bool { a.index < b.index }

  static func dayCount(year: Int, month: Int) -> Int {
    switch month {
    case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}

extension CalendarMonth: Codable, CustomStringConvertible {
  public var description: String { iso }

  public init(from decoder: any Decoder) throws {
    let text = try decoder.singleValueContainer().decode(String.self)
    guard let month = CalendarMonth(iso: text) else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "not a month in the form 2016-03"))
    }
    self = month
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(iso)
  }
}
