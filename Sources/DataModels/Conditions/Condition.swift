import Primitives

/// A condition on a row, a person or a moment: the one small language of models and study plans.
///
/// Comparing with a missing value gives no answer (nil) rather than false, as in three-valued logic: `not` of no answer
/// is no answer, `and` is false when one part is false, `or` is true when one part is true.
public indirect enum Condition: Hashable, Sendable {
  case always
  case all([Condition])
  case any([Condition])
  case not(Condition)
  case compare(Operand, Comparison, Operand)
  /// The operand is one of these values.
  case among(Operand, [Value])
  case within(Operand, ValueRange)
  case isMissing(Operand)
  /// A person has at least one such row.
  case exists(Selection)
}

public enum Comparison: String, Hashable, Sendable {
  case equal = "="
  case unequal = "!="
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
}

public indirect enum Operand: Hashable, Sendable {
  case literal(Value)
  /// A field of the row at hand, with its place in the record.
  case field(FieldReference)
  /// A field of one picked row of another record of the same person.
  case picked(Selection, Pick, FieldReference)
  /// A value that the evaluator supplies, such as `time-zero`.
  case parameter(String)
  case shifted(Operand, by: CalendarDuration)
  /// Time from the first to the second, in whole units at the coarser precision of the two.
  case between(CalendarDuration.Unit, Operand, Operand)
  case count(Selection)
}

public struct FieldReference: Hashable, Sendable {
  public let record: String
  public let field: String
  /// The place of the field in the record's definition.
  public let index: Int
  public let type: FieldType
}

/// Which of the selected rows is meant.
public enum Pick: String, Hashable, Sendable {
  /// There is at most one.
  case only
  /// The earliest in time.
  case first
  /// The latest in time.
  case last
}

/// Rows of one record of a person, by a condition on the row and on its time.
public struct Selection: Hashable, Sendable {
  public let record: String
  /// The place of the record in the model.
  public let recordIndex: Int
  public let filter: Condition?
  public var timing: Timing?
  /// The places of the fields that say when a row happened: its day, or the start and end of a spell.
  public let startIndex: Int?
  public let endIndex: Int?
}

/// When a selected row happened: an event or measurement by its day, a spell by any day of it.
public indirect enum Timing: Hashable, Sendable {
  case on(Operand)
  case before(Operand)
  case after(Operand)
  case during(Operand, Operand)
}
