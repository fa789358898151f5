/// A day in the proleptic Gregorian calendar, without time or time zone.
///
/// Stored as the number of days since 1970-01-01, so comparing and subtracting dates is integer arithmetic.
/// The conversions follow Howard Hinnant's `days_from_civil` and `civil_from_days` ("chrono-Compatible Low-Level
/// Date Algorithms", 2013).
///
/// Dates are read and written in the years 1…9999. Adding may lead beyond them, where the calendar goes on; it stops at
/// the ends of what can be counted, some 5.8 million years away, and never fails.
public struct CalendarDate: Hashable, Comparable, Sendable {
  /// Days since 1970-01-01; negative before it.
  public var daysSinceEpoch: Int32

  /// 1 January of the year 1, the first day that can be written.
  public static var earliest: CalendarDate { CalendarDate(daysSinceEpoch: -719_162) }
  /// 31 December of the year 9999, the last day that can be written.
  public static var latest: CalendarDate { CalendarDate(daysSinceEpoch: 2_932_896) }

  public init(daysSinceEpoch: Int32) { self.daysSinceEpoch = daysSinceEpoch }

  /// The date with these parts, or nil when the calendar has no such day or the year is outside 1…9999.
  public init?(year: Int, month: Int, day: Int) {
    guard (1...9999).contains(year), (1...12).contains(month), day >= 1,
      day <= CalendarMonth.dayCount(year: year, month: month)
    else { return nil }
    self.init(uncheckedYear: year, month: month, day: day)
  }

  init(uncheckedYear year: Int, month: Int, day: Int) {
    let shifted = month <= 2 ? year - 1 : year
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    daysSinceEpoch = Int32(clamping: era * 146_097 + dayOfEra - 719_468)
  }

  /// Reads exactly `YYYY-MM-DD`; nil for anything else, a day that does not exist included.
  public init?(iso text: some StringProtocol) {
    let utf8 = Array(text.utf8)
    guard utf8.count == 10, utf8[4] == 0x2D, utf8[7] == 0x2D else { return nil }
    guard let year = decimal(utf8[0..<4]), let month = decimal(utf8[5..<7]), let day = decimal(utf8[8..<10]) else {
      return nil
    }
    self.init(year: year, month: month, day: day)
  }

  /// Year, month (1…12) and day of the month (1…31).
  public var parts: (year: Int, month: Int, day: Int) {
    let z = Int(daysSinceEpoch) + 719_468
    let era = (z >= 0 ? z : z - 146_096) / 146_097
    let dayOfEra = z - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let mp = (5 * dayOfYear + 2) / 153
    let month = mp < 10 ? mp + 3 : mp - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * mp + 2) / 5 + 1)
  }

  public var year: Int { parts.year }
  public var month: CalendarMonth {
    let (year, month, _) = parts
    return CalendarMonth(index: Int32(year * 12 + month - 1))
  }

  /// `YYYY-MM-DD`.
  public var iso: String {
    let (year, month, day) = parts
    return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
  }

  /// So many days later, or earlier; the outermost day that can be counted where that lies beyond it.
  public func adding(days: Int) -> CalendarDate {
    CalendarDate(daysSinceEpoch: saturatingSum(daysSinceEpoch, days))
  }

  /// The same day of a later (or earlier) month; the month's last day where the day does not exist there
  /// (31 January + 1 month = 28 or 29 February); the outermost day that can be counted where that lies beyond it.
  public func adding(months: Int) -> CalendarDate {
    let (_, _, day) = parts
    let target = month.adding(months: months)
    let (year, month) = target.parts
    return CalendarDate(
      uncheckedYear: year, month: month, day: min(day, CalendarMonth.dayCount(year: year, month: month)))
  }

  /// Days from `other` to this date; negative when this date is earlier.
  public func days(since other: CalendarDate) -> Int { Int(daysSinceEpoch) - Int(other.daysSinceEpoch) }

  /// Whole months from `other` to this date, rounded towards the earlier month: 0 until the same day of the next
  /// month, negative before `other`.
  public func completedMonths(since other: CalendarDate) -> Int {
    let months = Int(month.index) - Int(other.month.index)
    return other.adding(months: months) > self ? months - 1 : months
  }

  public static func < (a: CalendarDate, b: CalendarDate) -> Bool { a.daysSinceEpoch < b.daysSinceEpoch }
}

extension CalendarDate: Codable, CustomStringConvertible {
  public var description: String { iso }

  public init(from decoder: any Decoder) throws {
    let text = try decoder.singleValueContainer().decode(String.self)
    guard let date = CalendarDate(iso: text) else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "not a date in the form 2016-03-31"))
    }
    self = date
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(iso)
  }
}

/// The sum, or the end of the range that it lies beyond.
func saturatingSum(_ count: Int32, _ change: Int) -> Int32 {
  let (sum, overflows) = Int(count).addingReportingOverflow(change)
  return overflows ? (change > 0 ? .max : .min) : Int32(clamping: sum)
}

func decimal(_ digits: some Sequence<UInt8>) -> Int? {
  var value = 0
  for digit in digits {
    guard digit >= 0x30, digit <= 0x39 else { return nil }
    value = value * 10 + Int(digit - 0x30)
  }
  return value
}

func padded(_ number: Int, _ width: Int) -> String {
  let digits = String(number)
  return digits.count >= width ? digits : String(repeating: "0", count: width - digits.count) + digits
}
