import Primitives

/// A rule between the fields of a row, or between the records of one person.
public struct Rule: Sendable {
  public let id: String
  /// The record whose rows are checked.
  public let record: String
  /// Only rows for which this holds.
  public let filter: Condition?
  public let requirement: Requirement
  public let severity: Severity
  public let grace: Grace?
  public let whenAbsent: AbsenceRule
  /// The field whose cell a finding points at.
  public let field: String
  public let says: LocalizedText
  public let fix: LocalizedText?

  public enum Requirement: Sendable {
    /// Must be true for each row.
    case hold(Condition)
    /// Spells of one person may not overlap, among those that agree in these fields.
    case noOverlap(within: [String])
    /// At most so many rows for each person.
    case atMost(Int)
  }
}

/// What a rule says when the record it compares with is not there.
public enum AbsenceRule: String, Codable, CaseIterable, Sendable {
  /// It may still come: a notice that the rule is waiting.
  case pending
  case ignore
  case violation
}
