/// In which order a sender writes days and months, when it says so.
public enum DateOrder: String, Hashable, Codable, Sendable, CaseIterable {
  /// 31-03-2016
  case dayMonth = "day-month"
  /// 03-31-2016
  case monthDay = "month-day"
}
