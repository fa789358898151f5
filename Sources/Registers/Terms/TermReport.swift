import Primitives

/// How long values are kept, how many there are, and how many are past their term on a day.
public struct TermReport: Hashable, Codable, Sendable {
  /// One field of a record; without a field, its whole rows.
  public struct Line: Hashable, Codable, Sendable {
    public let record: String
    public let field: String?
    /// As the model writes it; null where it says nothing.
    public let term: String?
    /// Values (or rows) that there are.
    public let held: Int
    /// Values (or rows) whose term ended before the day.
    public let past: Int
    /// People of whom one of these is.
    public let people: Int
    /// Values whose clock has no day to run from yet: they are kept.
    public let withoutClock: Int
  }

  public let day: CalendarDate
  public let lines: [Line]
  /// Received files in the vault, and those past their term; null when the register was opened without its vault.
  public let files: Int?
  public let filesPast: Int?
  public let filesTerm: String?
  /// Whether what is past its term was taken away.
  public let wasApplied: Bool
  /// Sealed values that were removed from the vault with it.
  public let identitiesRemoved: Int

  public var past: Int { lines.reduce(0) { $0 + $1.past } + (filesPast ?? 0) }
}
