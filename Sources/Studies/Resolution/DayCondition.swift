import DataModels
import Primitives

/// A condition on a person and a day, in a form from which the days on which it holds can be computed at once.
///
/// A selection without a time of its own is about the day: a spell that is running on it, an event or measurement that
/// has happened by then. So nothing that lies in the future of the day is looked at unless the plan says so.
indirect enum DayCondition: Sendable {
  /// Does not depend on the day.
  case fixed(Condition)
  case all([DayCondition])
  case any([DayCondition])
  case not(DayCondition)
  case rows(DaySelection)
  /// The day, shifted, compared with a value that does not depend on it.
  case day([CalendarDuration], Comparison, Operand)
  case dayWithin([CalendarDuration], ValueRange)
}

/// Rows of a record, and which days each stands for.
struct DaySelection: Sendable {
  enum Timing: Sendable {
    /// On every day of a spell; from the day of an event or measurement on.
    case itself
    case overlapping(from: DayMoment, to: DayMoment)
    case before(DayMoment)
    case after(DayMoment)
  }
  /// The place of the rows in ``SelectionList``.
  let slot: Int
  let isSpell: Bool
  let timing: Timing
}

/// The day itself, shifted; or a moment that does not depend on the day.
enum DayMoment: Sendable {
  case day([CalendarDuration])
  case fixed(Operand)
}

/// The selections whose rows are found once for all people, before people are looked at one by one.
struct SelectionList {
  private(set) var selections: [Selection] = []

  /// The place of a selection's rows; the same for equal selections, whatever their timing.
  mutating func slot(_ selection: Selection) -> Int {
    var plain = selection
    plain.timing = nil
    if let place = selections.firstIndex(of: plain) { return place }
    selections.append(plain)
    return selections.count - 1
  }
}

/// The names that a plan's conditions may use beside the model's.
enum PlanParameter {
  static let timeZero = "time-zero"
  static let day = "day"
}

/// Why a condition cannot be used as a condition on a day.
struct DayConditionRefusal: Error { let message: String }

extension DayCondition {
  /// Brings a condition into this form, or says which part depends on the day in a way that cannot be computed.
  init(_ condition: Condition, _ list: inout SelectionList) throws(DayConditionRefusal) {
    switch condition {
    case .always: self = .fixed(.always)
    case .all(let parts): self = .all(try Self.each(parts, &list))
    case .any(let parts): self = .any(try Self.each(parts, &list))
    case .not(let part): self = .not(try DayCondition(part, &list))
    case .exists(let selection): self = try Self.exists(selection, &list)
    case .compare(let left, let comparison, let right):
      if let shifts = left.dayShifts, !right.mentionsDay {
        self = .day(shifts, comparison, right)
      } else if let shifts = right.dayShifts, !left.mentionsDay {
        self = .day(shifts, comparison.mirrored, left)
      } else {
        guard !left.mentionsDay, !right.mentionsDay else {
          throw DayConditionRefusal(
            message: "“day” can be compared with a date, but cannot be part of a count, a difference or a picked row")
        }
        self = .fixed(condition)
      }
    case .within(let operand, let range):
      if let shifts = operand.dayShifts {
        self = .dayWithin(shifts, range)
      } else {
        fallthrough
      }
    case .among, .isMissing:
      guard !condition.mentionsDay else {
        throw DayConditionRefusal(message: "“day” can be compared, and be in a range, and nothing else")
      }
      self = .fixed(condition)
    }
  }

  private static func each(
    _ parts: [Condition], _ list: inout SelectionList
  ) throws(DayConditionRefusal) -> [DayCondition] {
    var result: [DayCondition] = []
    for part in parts { result.append(try DayCondition(part, &list)) }
    return result
  }

  private static func exists(
    _ selection: Selection, _ list: inout SelectionList
  ) throws(DayConditionRefusal) -> DayCondition {
    if selection.filter?.mentionsDay ?? false {
      throw DayConditionRefusal(
        message:
          "write the time after the brackets of “\(selection.record)” (on, before, after, during) and not in them")
    }
    guard selection.startIndex != nil else { return .fixed(.exists(selection)) }
    let timing: DaySelection.Timing
    switch selection.timing {
    case nil: timing = .itself
    case .on(let operand):
      let moment = try DayMoment(operand)
      timing = .overlapping(from: moment, to: moment)
    case .before(let operand): timing = .before(try DayMoment(operand))
    case .after(let operand): timing = .after(try DayMoment(operand))
    case .during(let from, let to): timing = .overlapping(from: try DayMoment(from), to: try DayMoment(to))
    }
    return .rows(DaySelection(slot: list.slot(selection), isSpell: selection.endIndex != nil, timing: timing))
  }
}

extension DayMoment {
  init(_ operand: Operand) throws(DayConditionRefusal) {
    if let shifts = operand.dayShifts {
      self = .day(shifts)
    } else if operand.mentionsDay {
      throw DayConditionRefusal(message: "“day” can be shifted by a time and nothing else")
    } else {
      self = .fixed(operand)
    }
  }
}

extension Operand {
  /// The shifts from the day, innermost first, when the operand is the day and nothing else.
  var dayShifts: [CalendarDuration]? {
    switch self {
    case .parameter(PlanParameter.day): []
    case .shifted(let operand, let duration): operand.dayShifts.map { $0 + [duration] }
    default: nil
    }
  }

  var mentionsDay: Bool { mentions(PlanParameter.day) }

  func mentions(_ parameter: String) -> Bool {
    switch self {
    case .literal, .field: false
    case .parameter(let name): name == parameter
    case .picked(let selection, _, _), .count(let selection): selection.mentions(parameter)
    case .shifted(let operand, _): operand.mentions(parameter)
    case .between(_, let from, let to): from.mentions(parameter) || to.mentions(parameter)
    }
  }
}

extension Condition {
  var mentionsDay: Bool { mentions(PlanParameter.day) }

  func mentions(_ parameter: String) -> Bool {
    switch self {
    case .always: false
    case .all(let parts), .any(let parts): parts.contains { $0.mentions(parameter) }
    case .not(let part): part.mentions(parameter)
    case .compare(let left, _, let right): left.mentions(parameter) || right.mentions(parameter)
    case .among(let operand, _), .within(let operand, _), .isMissing(let operand): operand.mentions(parameter)
    case .exists(let selection): selection.mentions(parameter)
    }
  }
}

extension Condition {
  /// Whether it speaks of a moment after time zero.
  var looksAhead: Bool {
    switch self {
    case .always, .among, .within, .isMissing: false
    case .all(let parts), .any(let parts): parts.contains(where: \.looksAhead)
    case .not(let part): part.looksAhead
    case .compare(let left, _, let right): left.isAfterTimeZero || right.isAfterTimeZero
    case .exists(let selection):
      switch selection.timing {
      // Without a time the whole history counts, the future included.
      case nil: selection.startIndex != nil
      case .before(let operand), .on(let operand): operand.isAfterTimeZero
      case .after: true
      case .during(_, let to): to.isAfterTimeZero
      }
    }
  }
}

extension Operand {
  fileprivate var isAfterTimeZero: Bool {
    if case .shifted(let operand, let duration) = self {
      return operand.mentions(PlanParameter.timeZero) && duration.count > 0
    }
    return false
  }
}

extension Selection {
  func mentions(_ parameter: String) -> Bool {
    if filter?.mentions(parameter) ?? false { return true }
    switch timing {
    case nil: return false
    case .on(let operand), .before(let operand), .after(let operand): return operand.mentions(parameter)
    case .during(let from, let to): return from.mentions(parameter) || to.mentions(parameter)
    }
  }
}

extension Comparison {
  /// The comparison with its sides exchanged.
  var mirrored: Comparison {
    switch self {
    case .equal, .unequal: self
    case .less: .greater
    case .lessOrEqual: .greaterOrEqual
    case .greater: .less
    case .greaterOrEqual: .lessOrEqual
    }
  }
}
