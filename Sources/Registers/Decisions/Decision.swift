import Fingerprints
import Foundation
import Primitives

/// Something that a person decided about a return, a finding or somebody in the register: what, who, when and why.
///
/// Decisions are added and never changed. One that changes an earlier one follows it, and from its day takes its place.
public struct Decision: Hashable, Codable, Sendable {
  public enum Kind: String, Codable, Sendable, CaseIterable {
    case confirmation, withdrawal, restoration, absence, correction, remark, signature
  }

  /// What a decision is about.
  public enum Matter: Hashable, Codable, Sendable {
    /// A finding is right as it is: known again in every return by its mark.
    case confirmation(mark: String)
    /// A return no longer counts.
    case withdrawal(of: Fingerprint)
    /// A return that was withdrawn counts again.
    case restoration(of: Fingerprint)
    /// Why a provider no longer sends somebody (a pseudonym).
    case absence(person: String, provider: String, answer: AbsenceAnswer)
    /// One cell was put right, by a return of its own.
    case correction(by: Fingerprint, record: String, field: String)
    /// Something was said about a finding.
    case remark(mark: String, state: Discussion.State)
    /// Somebody answers for a return.
    case signature(of: Fingerprint)
  }

  public let matter: Matter
  public let decidedOn: CalendarDate
  /// The member of staff who decided.
  public let actor: String
  public let reason: DecisionReason?
  public let note: String?
  /// The decision that this one takes the place of.
  public let follows: Fingerprint?

  public init(
    _ matter: Matter, on day: CalendarDate, by actor: String, reason: DecisionReason? = nil, note: String? = nil,
    follows: Fingerprint? = nil
  ) {
    self.matter = matter
    decidedOn = day
    self.actor = actor
    self.reason = reason
    self.note = note
    self.follows = follows
  }

  public var kind: Kind {
    switch matter {
    case .confirmation: .confirmation
    case .withdrawal: .withdrawal
    case .restoration: .restoration
    case .absence: .absence
    case .correction: .correction
    case .remark: .remark
    case .signature: .signature
    }
  }

  /// What decisions that take each other's place have in common.
  var subject: String {
    switch matter {
    case .confirmation(let mark): "finding \(mark)"
    case .withdrawal(let fingerprint), .restoration(let fingerprint): "return \(fingerprint.hex)"
    case .absence(let person, let provider, _): "person \(person) \(provider)"
    case .correction(let fingerprint, _, _): "correction \(fingerprint.hex)"
    case .remark(let mark, _): "remark \(mark)"
    case .signature(let fingerprint): "signature \(fingerprint.hex) \(actor)"
    }
  }

  /// The same decision has the same fingerprint.
  public var fingerprint: Fingerprint { Fingerprint(of: canonicalJSON) }

  var canonicalJSON: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    // Texts, days and fingerprints always encode.
    return String(decoding: try! encoder.encode(self), as: UTF8.self)
  }
}

/// What a provider answers about somebody whom it no longer sends.
public enum AbsenceAnswer: String, Hashable, Codable, Sendable, CaseIterable {
  /// Still in the programme; left out of this return. Asked again when the next return leaves them out too.
  case stillHere = "still-here"
  /// No longer in the programme. What is known stays.
  case left
  /// Should never have been in it: what this provider sent about them no longer counts, and can be seen on days before.
  case enteredInError = "entered-in-error"

  public var label: LocalizedText {
    switch self {
    case .stillHere: LocalizedText("still here", nl: "nog hier")
    case .left: LocalizedText("left", nl: "vertrokken")
    case .enteredInError: LocalizedText("entered in error", nl: "ten onrechte opgevoerd")
    }
  }
}
