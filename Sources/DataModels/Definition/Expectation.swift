import Primitives

/// Something that is expected to be recorded about a person within a time of something else: a baseline within three
/// months of the start, the outcome of six months in a home, a review every year.
///
/// It never holds a row: what did not come is chased, not refused.
public struct Expectation: Sendable {
  public let id: String
  public let title: LocalizedText
  /// The record whose rows start the clock.
  public let record: String
  /// Only rows for which this holds.
  public let filter: Condition?
  /// The field of ``record`` from which time is counted: a date, a month or a year.
  public let from: FieldReference
  /// The rows that meet it.
  public let expected: Selection
  public let timing: Timing
  /// Nothing is expected where this holds, for instance of somebody who left.
  public let unless: Condition?

  /// When the rows are expected.
  public enum Timing: Hashable, Sendable {
    /// Once: not before `opens` (nil: at once), and by `within`.
    case once(opens: CalendarDuration?, within: CalendarDuration)
    /// Again and again: never longer than this after the last one, and after the start when there is none.
    case every(CalendarDuration)
  }
}
