import Primitives

/// What erasing a person did.
public struct ErasureReceipt: Hashable, Codable, Sendable {
  public enum Outcome: String, Codable, Sendable, CaseIterable {
    case erased
    /// The person was erased before; what had come since, if anything, is gone too.
    case erasedBefore = "erased-before"
  }

  public let outcome: Outcome
  /// By which the audit trail names the person from now on.
  public let mark: String
  public let residue: ErasureResidue
  public let erasedOn: CalendarDate
  /// Rows of the register that were removed or blanked.
  public let rows: Int
  /// Sealed values that were removed from the vault.
  public let identities: Int
  /// Received files from which the person's rows were taken.
  public let filesRedacted: Int
  /// Received files that could not be written without them, and were dropped as a whole.
  public let filesDropped: Int
  /// Rows of received files that are blank now, held ones included.
  public let fileRows: Int
  /// Findings whose value and text were taken out.
  public let findings: Int
  /// Returns that hold less than before.
  public let returns: Int
}
