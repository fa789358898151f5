import Fingerprints
import Primitives

/// Why a decision cannot be taken. Nothing was changed.
public enum DecisionRefusal: Error, Hashable, Sendable {
  /// A reason that is not among those for this kind of decision, or none.
  case reasonNeeded(Decision.Kind)
  /// A reason that does not go with this answer about somebody, or none.
  case reasonNeededFor(AbsenceAnswer)
  /// The reason `other` says nothing without a note.
  case noteNeeded
  /// A note of more than ``longestNote`` characters, or with control characters.
  case noteRefused
  /// A word of the note is the number of somebody in the register.
  case noteNamesPerson
  case actorNeeded
  /// A decision dated before the return came in, or before the decision that it changes.
  case tooEarly(CalendarDate, earliest: CalendarDate)
  case alreadyWithdrawn(Fingerprint)
  case notWithdrawn(Fingerprint)
  /// A return has no finding with this number, from 1.
  case unknownFinding(Int, of: Int)
  /// A finding that is no question: only those of severity `confirm` are confirmed.
  case nothingToConfirm(Int)
  /// The return was taken in before findings were given marks.
  case findingsWithoutMarks(Fingerprint)
  case unknownPerson
  /// The person has no row with this key.
  case unknownRow(record: String)
  /// The key of a row, or a person's number, is not a cell to correct.
  case keyCell(field: String)
  case unknownField(record: String, field: String)
  case discussion(Discussion.Refusal)

  /// Whether the decision is sound and has nothing to decide here, rather than being given in the wrong way.
  public var doesNotApply: Bool {
    switch self {
    case .alreadyWithdrawn, .notWithdrawn, .nothingToConfirm, .findingsWithoutMarks, .discussion, .keyCell: true
    case .reasonNeeded, .reasonNeededFor, .noteNeeded, .noteRefused, .noteNamesPerson, .actorNeeded, .tooEarly,
      .unknownFinding, .unknownPerson, .unknownRow, .unknownField:
      false
    }
  }

  /// The longest note, in characters.
  public static let longestNote = 500
}
