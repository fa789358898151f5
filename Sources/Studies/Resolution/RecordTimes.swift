import Primitives
import Tables

/// When the rows of a record happened, as days: a month or year stands for the days from its first to its last.
struct RecordTimes: Sendable {
  /// Marks a row without a time.
  static let missing = Int32.min
  /// Marks a spell that is still going on.
  static let open = Int32.max

  /// The first day on which the row may have started.
  let startLow: [Int32]
  /// The last day on which it may have started.
  let startHigh: [Int32]
  /// The last day on which it may have ended; the start of an event.
  let endHigh: [Int32]

  init(start: Column, end: Column?) {
    let (low, high) = Self.days(start)
    startLow = low
    startHigh = high
    if let end {
      let ends = Self.days(end).high
      endHigh = ends.map { $0 == Self.missing ? Self.open : $0 }
    } else {
      endHigh = high
    }
  }

  private static func days(_ column: Column) -> (low: [Int32], high: [Int32]) {
    if case .dates(let dates) = column { return (dates.days, dates.days) }
    var (low, high) = ([Int32](), [Int32]())
    low.reserveCapacity(column.count)
    high.reserveCapacity(column.count)
    for row in 0..<column.count {
      let days = dayRange(column[row])
      low.append(days?.first ?? missing)
      high.append(days?.last ?? missing)
    }
    return (low, high)
  }
}

/// The first and last day of a date, month or year; nil for anything else.
func dayRange(_ value: Value) -> (first: Int32, last: Int32)? {
  switch value {
  case .date(let date): (date.daysSinceEpoch, date.daysSinceEpoch)
  case .month(let month): (month.firstDay.daysSinceEpoch, month.lastDay.daysSinceEpoch)
  case .year(let year):
    CalendarMonth(year: year, month: 1).map {
      ($0.firstDay.daysSinceEpoch, $0.adding(months: 11).lastDay.daysSinceEpoch)
    }
  default: nil
  }
}
