import DataModels
import Foundation
import Primitives

/// What one round of returns is about: a month, a quarter or a year.
public struct CyclePeriod: Hashable, Comparable, Sendable {
  /// Its first month.
  public let first: CalendarMonth
  public let interval: SubmissionCycle.Interval

  /// The period that a month belongs to.
  public init(containing month: CalendarMonth, every interval: SubmissionCycle.Interval) {
    self.interval = interval
    first = month.adding(months: -((month.parts.month - 1) % interval.months))
  }

  public var last: CalendarMonth { first.adding(months: interval.months - 1) }
  public var next: CyclePeriod { CyclePeriod(containing: first.adding(months: interval.months), every: interval) }

  /// `2016-03`, `2016-Q1` or `2016`.
  public var name: String {
    switch interval {
    case .month: first.iso
    case .quarter: "\(first.iso.prefix(4))-Q\((first.parts.month + 2) / 3)"
    case .year: String(first.iso.prefix(4))
    }
  }

  /// The period in words: `March 2016`, `January to March 2016`, `2016`.
  public func inWords(_ language: Language) -> String {
    switch interval {
    case .month: language.month(first)
    case .quarter:
      language.month(first).split(separator: " ")[0] + (language == .dutch ? " tot en met " : " to ")
        + language.month(last)
    case .year: String(first.parts.year)
    }
  }

  public static func < (a: CyclePeriod, b: CyclePeriod) -> Bool { a.first < b.first }
}

extension SubmissionCycle.Interval {
  public var months: Int {
    switch self {
    case .month: 1
    case .quarter: 3
    case .year: 12
    }
  }
}

extension SubmissionCycle {
  /// The last day on which a return about a period is in time.
  public func dueOn(_ period: CyclePeriod) -> CalendarDate { day(dueDay, after: period) }

  /// The day on which the period is released to all; nil when that is decided by hand.
  public func releaseOn(_ period: CyclePeriod) -> CalendarDate? { releaseDay.map { day($0, after: period) } }

  private func day(_ day: Int, after period: CyclePeriod) -> CalendarDate {
    period.last.adding(months: 1).firstDay.adding(days: day - 1)
  }

  /// The day that it is at a moment, in the time zone of the cycle: at 23:30 in London it is tomorrow in Amsterdam.
  public func day(at moment: Date) -> CalendarDate {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = TimeZone(identifier: timeZone) ?? calendar.timeZone
    let parts = calendar.dateComponents([.year, .month, .day], from: moment)
    return CalendarDate(year: parts.year ?? 1, month: parts.month ?? 1, day: parts.day ?? 1) ?? .earliest
  }
}
