import DataModels
import Primitives

/// Where one expected thing stands for one row that started its clock.
public struct ExpectedOutcome: Hashable, Sendable {
  public enum Standing: String, Codable, CaseIterable, Sendable {
    /// Too early: the window has not opened.
    case notYet = "not-yet"
    /// Expected now: the window is open.
    case due
    /// The window has passed and nothing came.
    case overdue
    /// It came, within its window (or it has no day of its own).
    case met
    /// It came, before the window opened.
    case metEarly = "met-early"
    /// It came, after the window.
    case metLate = "met-late"
    /// Nothing is expected, by the model's condition.
    case excused

    public var words: LocalizedText {
      switch self {
      case .notYet: LocalizedText("not yet", nl: "nog niet")
      case .due: LocalizedText("expected now", nl: "nu verwacht")
      case .overdue: LocalizedText("overdue", nl: "over tijd")
      case .met: LocalizedText("recorded", nl: "vastgelegd")
      case .metEarly: LocalizedText("recorded early", nl: "te vroeg vastgelegd")
      case .metLate: LocalizedText("recorded late", nl: "laat vastgelegd")
      case .excused: LocalizedText("not expected", nl: "niet verwacht")
      }
    }
  }

  public let standing: Standing
  /// The first day of the window.
  public let opensOn: CalendarDate
  /// The last day of the window.
  public let dueOn: CalendarDate
}

extension Expectation {
  /// Where this expectation stands for each row of a person that starts its clock, on a day.
  ///
  /// Time from a month or a year is counted generously: a window opens on the first day that it could and ends on the
  /// last. A row whose field is blank starts no clock.
  public func outcomes(
    of person: some PersonRecords, in model: DataModel, on day: CalendarDate
  ) -> [ExpectedOutcome] {
    guard let own = model.index(ofRecord: record) else { return [] }
    return person.rows(ofRecord: own).compactMap { row in
      let point = EvaluationPoint(record: own, row: row)
      if let filter, filter.holds(at: point, in: person) != true { return nil }
      guard let start = Span(person.value(record: own, row: row, field: from.index)) else { return nil }
      let isExcused = unless?.holds(at: point, in: person) == true
      switch timing {
      case .once(let opens, let within):
        let window = Span(
          first: opens.map { start.first.shifted(by: $0) } ?? start.first, last: start.last(after: within))
        return once(window, opens == nil, isExcused, person, at: point, on: day)
      case .every(let interval):
        let last = latest(in: person, at: point)
        let window = Span(first: last ?? start.first, last: (last.map { Span($0, $0) } ?? start).last(after: interval))
        let standing: ExpectedOutcome.Standing =
          isExcused ? .excused : day > window.last ? .overdue : last == nil ? .due : .met
        return ExpectedOutcome(standing: standing, opensOn: window.first, dueOn: window.last)
      }
    }
  }

  private func once(
    _ window: Span, _ isOpenBefore: Bool, _ isExcused: Bool, _ person: some PersonRecords, at point: EvaluationPoint,
    on day: CalendarDate
  ) -> ExpectedOutcome {
    let rows = person.rows(ofRecord: expected.recordIndex).filter { expected.accepts($0, at: point, in: person) }
    let standing: ExpectedOutcome.Standing
    if rows.isEmpty {
      standing = isExcused ? .excused : day > window.last ? .overdue : day < window.first ? .notYet : .due
    } else {
      let days = rows.compactMap { row in
        expected.startIndex.flatMap { Span(person.value(record: expected.recordIndex, row: row, field: $0)) }
      }
      // Without an opening it may have come before the clock started, such as an intake before the move.
      let isMet = days.contains { (isOpenBefore || $0.last >= window.first) && $0.first <= window.last }
      if days.isEmpty || isMet {
        standing = .met
      } else {
        standing = days.contains { $0.first > window.last } ? .metLate : .metEarly
      }
    }
    return ExpectedOutcome(standing: standing, opensOn: window.first, dueOn: window.last)
  }

  /// The last day on which an expected row happened.
  private func latest(in person: some PersonRecords, at point: EvaluationPoint) -> CalendarDate? {
    guard let time = expected.startIndex else { return nil }
    return person.rows(ofRecord: expected.recordIndex).filter { expected.accepts($0, at: point, in: person) }
      .compactMap { Span(person.value(record: expected.recordIndex, row: $0, field: time))?.last }.max()
  }
}

/// The days that a date, a month or a year can mean.
private struct Span {
  let first: CalendarDate
  let last: CalendarDate
  private var isDay: Bool { first == last }

  init(_ first: CalendarDate, _ last: CalendarDate) {
    self.first = first
    self.last = last
  }

  init(first: CalendarDate, last: CalendarDate) { self.init(first, last) }

  init?(_ value: Value) {
    switch value {
    case .date(let date): self.init(date, date)
    case .month(let month): self.init(month.firstDay, month.lastDay)
    case .year(let year):
      guard let first = CalendarDate(year: year, month: 1, day: 1),
        let last = CalendarDate(year: year, month: 12, day: 31)
      else { return nil }
      self.init(first, last)
    default: return nil
    }
  }

  /// The last day that lies a length of time later. From the end of a month, months lead to the end of a month.
  func last(after duration: CalendarDuration) -> CalendarDate {
    let end = last.shifted(by: duration)
    guard !isDay, duration.unit == .months || duration.unit == .years else { return end }
    return end.month.lastDay
  }
}
