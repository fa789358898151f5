import DataModels
import Primitives

extension DayCondition {
  /// The days of the person's window on which the condition holds.
  func days(for person: PersonInWindow) -> DaySpans { days(on: true, for: person) }

  /// The days on which it is known to hold, or known not to; days on which it compares with nothing are in neither.
  private func days(on answer: Bool, for person: PersonInWindow) -> DaySpans {
    switch self {
    case .fixed(let condition):
      return condition.holds(at: person.point, in: person.records) == answer ? person.whole : DaySpans()
    case .not(let part): return part.days(on: !answer, for: person)
    case .all(let parts):
      return answer ? Self.everywhere(parts, true, person) : Self.anywhere(parts, false, person)
    case .any(let parts):
      return answer ? Self.anywhere(parts, true, person) : Self.everywhere(parts, false, person)
    case .rows(let selection):
      let days = selection.days(for: person)
      return answer ? days : days.complement(in: person.window)
    case .day(let shifts, let comparison, let operand):
      guard let value = dayRange(operand.value(at: person.point, in: person.records)) else { return DaySpans() }
      let days = person.days(shifted: shifts, comparison, value)
      return answer ? days : days.complement(in: person.window)
    case .dayWithin(let shifts, let range):
      var days = person.whole
      if let lower = range.lower.flatMap(dayRange) {
        days = days.intersection(person.days(shifted: shifts, .greaterOrEqual, lower))
      }
      if let upper = range.upper.flatMap(dayRange) {
        days = days.intersection(person.days(shifted: shifts, .lessOrEqual, upper))
      }
      return answer ? days : days.complement(in: person.window)
    }
  }

  private static func everywhere(_ parts: [DayCondition], _ answer: Bool, _ person: PersonInWindow) -> DaySpans {
    var result = person.whole
    for part in parts where !result.isEmpty { result = result.intersection(part.days(on: answer, for: person)) }
    return result
  }

  private static func anywhere(_ parts: [DayCondition], _ answer: Bool, _ person: PersonInWindow) -> DaySpans {
    parts.reduce(DaySpans()) { $0.union($1.days(on: answer, for: person)) }
  }
}

extension DaySelection {
  /// The days of the person's window for which one of the rows stands.
  func days(for person: PersonInWindow) -> DaySpans {
    let window = person.window
    var spans: [DaySpans.Span] = []
    func add(_ first: Int32, _ last: Int32) {
      let (first, last) = (max(first, window.first), min(last, window.last))
      if first <= last { spans.append(DaySpans.Span(first: first, last: last)) }
    }
    switch timing {
    case .itself:
      person.forEachRow(of: slot) { start, _, end in add(start, isSpell ? end : window.last) }
    case .overlapping(let from, let to):
      person.forEachRow(of: slot) { start, startHigh, end in
        // The row starts on or before the later moment and ends on or after the earlier one.
        let begun = person.days(to, .greaterOrEqual, (start, startHigh))
        let lasting =
          end == RecordTimes.open ? person.whole : person.days(from, .lessOrEqual, (end, end))
        spans += begun.intersection(lasting).spans
      }
    case .before(let moment):
      person.forEachRow(of: slot) { start, startHigh, _ in
        spans += person.days(moment, .greater, (start, startHigh)).spans
      }
    case .after(let moment):
      person.forEachRow(of: slot) { start, startHigh, _ in
        spans += person.days(moment, .less, (start, startHigh)).spans
      }
    }
    return DaySpans(merging: spans)
  }
}

extension PersonInWindow {
  var whole: DaySpans { DaySpans(window.first, window.last) }

  /// The days on which a moment compares so with a value.
  func days(_ moment: DayMoment, _ comparison: Comparison, _ value: (first: Int32, last: Int32)) -> DaySpans {
    switch moment {
    case .day(let shifts): return days(shifted: shifts, comparison, value)
    case .fixed(let operand):
      guard let fixed = dayRange(operand.value(at: point, in: records)) else { return DaySpans() }
      let holds =
        switch comparison {
        case .less: fixed.last < value.first
        case .lessOrEqual: fixed.first <= value.last
        case .greater: fixed.first > value.last
        case .greaterOrEqual: fixed.last >= value.first
        case .equal: fixed.first <= value.last && fixed.last >= value.first
        case .unequal: fixed.first > value.last || fixed.last < value.first
        }
      return holds ? whole : DaySpans()
    }
  }

  /// The days whose shifted day compares so with a value. A day equals a month or year that holds it.
  func days(
    shifted shifts: [CalendarDuration], _ comparison: Comparison, _ value: (first: Int32, last: Int32)
  ) -> DaySpans {
    let from = earliest(reaching: value.first, shifts)
    let after = earliest(reaching: value.last == .max ? .max : value.last + 1, shifts)
    switch comparison {
    case .greaterOrEqual: return DaySpans(max(from, window.first), window.last)
    case .greater: return DaySpans(max(after, window.first), window.last)
    case .less: return DaySpans(window.first, min(from - 1, window.last))
    case .lessOrEqual: return DaySpans(window.first, min(after - 1, window.last))
    case .equal: return DaySpans(max(from, window.first), min(after - 1, window.last))
    case .unequal:
      return DaySpans(window.first, min(from - 1, window.last)).union(DaySpans(max(after, window.first), window.last))
    }
  }

  /// The earliest day whose shifted day is at or after a target. Shifting never turns the order of days round.
  private func earliest(reaching target: Int32, _ shifts: [CalendarDuration]) -> Int32 {
    if shifts.isEmpty || target == .max { return target }
    func shifted(_ day: Int32) -> Int32 {
      shifts.reduce(CalendarDate(daysSinceEpoch: day)) { $0.shifted(by: $1) }.daysSinceEpoch
    }
    let back = shifts.reversed().reduce(CalendarDate(daysSinceEpoch: target)) {
      $0.shifted(by: CalendarDuration(-$1.count, $1.unit))
    }
    // Months differ in length, so the day found by shifting back may be a few days off.
    var day = back.daysSinceEpoch
    while shifted(day) >= target { day -= 1 }
    while shifted(day) < target { day += 1 }
    return day
  }
}
