import Fingerprints
import Primitives

/// Everything that a register and its vault hold of one person, with names in clear. To be handed to that person, and
/// never written to a log.
public struct PersonDossier: Hashable, Sendable {
  /// A value that somebody gave: a field and what it says, as it would be written in a return.
  public struct Entry: Hashable, Codable, Sendable {
    public let field: String
    public let value: String
  }

  /// One row of a record as it counts now. Fields without a value are left out.
  public struct Row: Hashable, Codable, Sendable {
    public let record: String
    public let entries: [Entry]
  }

  /// A return that says something of the person, and what it says.
  public struct Source: Hashable, Codable, Sendable {
    public let fingerprint: Fingerprint
    public let provider: String
    public let period: CalendarMonth
    public let receivedOn: CalendarDate
    public let modelVersion: String
    public let rows: [Row]
  }

  /// As the provider writes it.
  public let number: String
  public let provider: String
  public let pseudonym: String
  /// By which the audit trail names the person.
  public let mark: String
  /// As they count now, by record in the order of the model; rows that wait for a person record too.
  public let rows: [Row]
  /// Where they came from, in the order in which returns are laid over each other.
  public let sources: [Source]
}
