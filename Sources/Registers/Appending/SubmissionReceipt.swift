import Fingerprints
import Primitives

/// What became of a return that was appended.
public struct SubmissionReceipt: Hashable, Codable, Sendable {
  public enum Outcome: String, Codable, Sendable, CaseIterable {
    /// The return is new, and its rows were added.
    case added
    /// The same return was received before, on this day or earlier. Nothing changed.
    case receivedBefore = "received-before"
    /// The same return is in the register with a later day, and from now on counts as received on this one.
    case receivedEarlier = "received-earlier"
  }

  /// What became of the rows of one record. `new`, `changed`, `unchanged`, `superseded` and `erased` add up to `rows`.
  public struct Record: Hashable, Codable, Sendable {
    public let record: String
    public var rows = 0
    /// Rows that the register had nothing of.
    public var new = 0
    /// Rows of which a value is now another one.
    public var changed = 0
    /// Rows that say what was known already.
    public var unchanged = 0
    /// Rows that change nothing, because a return of a later period says otherwise.
    public var superseded = 0
    /// Rows, among all of these, that wait for the record of their person.
    public var waiting = 0
    /// Rows that were left out, because their person was erased.
    public var erased = 0
  }

  public let fingerprint: Fingerprint
  public let outcome: Outcome
  /// The day on which it counts as received.
  public let receivedOn: CalendarDate
  /// The records that were sent, in the order of the model.
  public let records: [Record]
}
