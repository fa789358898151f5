import Primitives

/// The periods along a chart's horizontal axis, equally long and without gaps.
public enum Timeline: Hashable, Codable, Sendable {
  /// Consecutive months, from the first.
  case months(from: CalendarMonth, count: Int)
  /// Consecutive half-years, from the one that begins in this month.
  case halfYears(from: CalendarMonth, count: Int)
  /// Any other equal periods, each with its name.
  case named([LocalizedText])

  public var count: Int {
    switch self {
    case .months(_, let count), .halfYears(_, let count): count
    case .named(let names): names.count
    }
  }
}
