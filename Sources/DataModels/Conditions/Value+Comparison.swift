import Primitives

extension Value {
  /// -1, 0 or 1 as this value is before, equal to or after another; nil when one is missing or they are not alike.
  ///
  /// Days, months and years compare at the coarser precision: 15 March 2022 equals the month March 2022.
  public func compared(with other: Value) -> Int? {
    switch (self, other) {
    case (.missing, _), (_, .missing): return nil
    case (.text(let a), .text(let b)): return a == b ? 0 : a < b ? -1 : 1
    case (.integer(let a), .integer(let b)): return order(a, b)
    case (.list(let a), .list(let b)): return a == b ? 0 : nil
    default: break
    }
    if let a = numeric, let b = other.numeric { return order(a, b) }
    guard let precision = temporalPrecision, let otherPrecision = other.temporalPrecision else { return nil }
    let coarser = min(precision, otherPrecision)
    return order(temporalIndex(at: coarser), other.temporalIndex(at: coarser))
  }

  private func order<T: Comparable>(_ a: T, _ b: T) -> Int { a == b ? 0 : a < b ? -1 : 1 }

  var numeric: Double? {
    switch self {
    case .integer(let integer): Double(integer)
    case .number(let number): number
    default: nil
    }
  }

  /// 0 for a year, 1 for a month, 2 for a day.
  private var temporalPrecision: Int? {
    switch self {
    case .year: 0
    case .month: 1
    case .date: 2
    default: nil
    }
  }

  private func temporalIndex(at precision: Int) -> Int {
    switch (self, precision) {
    case (.year(let year), _): year
    case (.month(let month), 0): month.year
    case (.month(let month), _): Int(month.index)
    case (.date(let date), 0): date.year
    case (.date(let date), 1): Int(date.month.index)
    case (.date(let date), _): Int(date.daysSinceEpoch)
    default: 0
    }
  }

  /// Whole units from one moment to another at the coarser precision of the two; missing where that cannot be said.
  static func units(_ unit: CalendarDuration.Unit, from: Value, to: Value) -> Value {
    guard let a = from.temporalPrecision, let b = to.temporalPrecision else { return .missing }
    switch min(a, b) {
    case 0:
      let (years, overflows) = to.temporalIndex(at: 0).subtractingReportingOverflow(from.temporalIndex(at: 0))
      return unit == .years && !overflows ? .integer(years) : .missing
    case 1:
      let months = to.temporalIndex(at: 1) - from.temporalIndex(at: 1)
      switch unit {
      case .months: return .integer(months)
      case .years: return .integer(floorDivision(months, 12))
      case .days, .weeks: return .missing
      }
    default:
      guard case .date(let start) = from, case .date(let end) = to else { return .missing }
      switch unit {
      case .days: return .integer(end.days(since: start))
      case .weeks: return .integer(floorDivision(end.days(since: start), 7))
      case .months: return .integer(end.completedMonths(since: start))
      case .years: return .integer(floorDivision(end.completedMonths(since: start), 12))
      }
    }
  }

  private static func floorDivision(_ a: Int, _ b: Int) -> Int { a >= 0 ? a / b : -((-a + b - 1) / b) }
}
