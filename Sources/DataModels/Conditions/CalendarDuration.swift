import Primitives

/// A length of time in calendar units, at most 1,200 years either way.
public struct CalendarDuration: Hashable, Sendable {
  public enum Unit: String, CaseIterable, Hashable, Sendable {
    case days, weeks, months, years

    /// The most of this unit that a length of time can have: 1,200 years.
    public var limit: Int {
      switch self {
      case .days: 438_000
      case .weeks: 62_600
      case .months: 14_400
      case .years: 1_200
      }
    }
  }

  /// What a definition is told whose length of time lies beyond the limit.
  public static let limitMessage =
    "a length of time is at most 1,200 years (14,400 months, 62,600 weeks, 438,000 days)"

  public let count: Int
  public let unit: Unit

  /// - Precondition: the count lies within the unit's limit; what a definition says is checked where it is read.
  public init(_ count: Int, _ unit: Unit) {
    precondition((-unit.limit...unit.limit).contains(count), Self.limitMessage)
    self.count = count
    self.unit = unit
  }
}

extension CalendarDate {
  /// The day so much later. Months and years keep the day of the month, or take the month's last day.
  public func shifted(by duration: CalendarDuration) -> CalendarDate {
    switch duration.unit {
    case .days: adding(days: duration.count)
    case .weeks: adding(days: 7 * duration.count)
    case .months: adding(months: duration.count)
    case .years: adding(months: 12 * duration.count)
    }
  }
}

extension Value {
  /// The value some time later. Days and weeks do not apply to a month or a year, months not to a year: then missing.
  /// Missing as well where it leads outside the years 1…9999.
  func shifted(by duration: CalendarDuration) -> Value {
    switch self {
    case .date(let date):
      let shifted = date.shifted(by: duration)
      return (CalendarDate.earliest...CalendarDate.latest).contains(shifted) ? .date(shifted) : .missing
    case .month(let month):
      let shifted: CalendarMonth
      switch duration.unit {
      case .months: shifted = month.adding(months: duration.count)
      case .years: shifted = month.adding(months: 12 * duration.count)
      case .days, .weeks: return .missing
      }
      return Self.years.contains(shifted.year) ? .month(shifted) : .missing
    case .year(let year):
      guard duration.unit == .years, Self.years.contains(year), Self.years.contains(year + duration.count) else {
        return .missing
      }
      return .year(year + duration.count)
    default: return .missing
    }
  }

  /// The years that can be written.
  static var years: ClosedRange<Int> { 1...9999 }
}
