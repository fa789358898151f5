import Primitives

/// What somebody decided about two pseudonyms.
public struct LinkDecision: Hashable, Codable, Sendable {
  public enum Kind: String, Codable, CaseIterable, Sendable {
    /// They are one person: their records are read as one from that day on.
    case same
    /// They are two people, and are not asked about again.
    case different
    /// What was decided about them no longer holds.
    case undone
  }

  /// The lower of both.
  public let first: String
  public let second: String
  public let kind: Kind
  public let decidedOn: CalendarDate
  /// Who decided: a name or role of staff.
  public let decidedBy: String
  public let reason: String
  /// What the linkage said, where it was asked.
  public let probability: Double?

  public init(
    _ a: String, _ b: String, _ kind: Kind, on day: CalendarDate, by person: String, reason: String,
    probability: Double? = nil
  ) {
    first = min(a, b)
    second = max(a, b)
    self.kind = kind
    decidedOn = day
    decidedBy = person
    self.reason = reason
    self.probability = probability
  }
}
