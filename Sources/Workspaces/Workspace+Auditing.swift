import Fingerprints
import Primitives
import Registers

/// The audit trail, or the part of it that was asked for.
public struct AuditList: Encodable, Sendable {
  public let schema = "meedoen-audit/1"
  /// Of all entries; null when there is none.
  public let head: String?
  public let entries: [AuditEntry]
}

/// What verifying the audit trail gave.
public struct AuditCheck: Encodable, Sendable {
  public struct Problem: Encodable, Sendable {
    public let kind: AuditVerification.Problem.Kind
    public let sequence: Int?
    public let object: String?
    public let message: LocalizedText
  }

  public let schema = "meedoen-audit-check/1"
  public let isSound: Bool
  public let entries: Int
  /// To be noted down outside the workspace.
  public let head: String?
  public let returns: Int
  public let problems: [Problem]
}

/// Which entries of the audit trail are asked for.
public struct AuditRequest: Sendable {
  public var action: AuditAction?
  /// A name, in full.
  public var actor: String?
  /// The beginning of what the entry is about: a fingerprint or a mark.
  public var object: String?
  /// A person, by the number as the provider writes it.
  public var person: (number: String, provider: String)?
  /// Only this many, the latest.
  public var last: Int?

  public init() {}
}

extension Workspace {
  /// The entries of the audit trail, the oldest first. Without a person asked for it needs neither vault nor keys.
  ///
  /// - Parameter stamp: who reads it, where roles are given; nil for nobody in particular.
  public func auditTrail(
    _ request: AuditRequest = AuditRequest(), by stamp: AuditStamp? = nil
  ) throws(WorkspaceError) -> AuditList {
    try allow(.readAudit, by: stamp ?? .unnamed(on: CalendarDate(daysSinceEpoch: 0)))
    let register = request.person == nil ? try registerForReading() : try register()
    let all = try storeTask { () throws(RegisterError) in try register.auditTrail() }
    var object = request.object
    if let person = request.person {
      object = try storeTask { () throws(RegisterError) in
        try register.auditMark(ofPerson: person.number, provider: person.provider)
      }
    }
    var found = all.filter { entry in
      (request.action.map { entry.action == $0.rawValue } ?? true)
        && (request.actor.map { entry.actor == $0 } ?? true) && (object.map { entry.object.hasPrefix($0) } ?? true)
    }
    if let last = request.last { found = Array(found.suffix(last)) }
    return AuditList(head: all.last?.hash, entries: found)
  }

  /// Verifies the audit trail, and the register against it.
  ///
  /// - Parameter noted: a head that was noted down before, or its first 16 digits or more.
  public func verifyAudit(noted: String? = nil, by stamp: AuditStamp? = nil) throws(WorkspaceError) -> AuditCheck {
    try allow(.readAudit, by: stamp ?? .unnamed(on: CalendarDate(daysSinceEpoch: 0)))
    let register = try registerForReading()
    let found = try storeTask { () throws(RegisterError) in try register.verifyAudit(noted: noted) }
    return AuditCheck(
      isSound: found.isSound, entries: found.entries, head: found.head, returns: found.returns,
      problems: found.problems.map { problem in
        AuditCheck.Problem(
          kind: problem.kind, sequence: problem.sequence, object: problem.object, message: problem.message)
      })
  }
}

extension AuditVerification.Problem {
  /// What is not as it was written down, and what to do.
  public var message: LocalizedText {
    let entry = sequence.map(String.init) ?? ""
    let object = String((object ?? "").prefix(16))
    return switch kind {
    case .gap:
      LocalizedText("Entry \(entry) is missing.", nl: "Regel \(entry) ontbreekt.")
    case .entryChanged:
      LocalizedText(
        "Entry \(entry) does not say what it said when it was written.",
        nl: "Regel \(entry) zegt niet meer wat er stond toen hij werd geschreven.")
    case .chainBroken:
      LocalizedText(
        "Entry \(entry) is not chained to the one before it.",
        nl: "Regel \(entry) sluit niet aan op de vorige.")
    case .headMissing:
      LocalizedText(
        "The trail does not hold the noted head \(object). Entries were cut off, or the whole trail was made anew.",
        nl: "Het spoor bevat de genoteerde kop \(object) niet. Er zijn regels afgeknipt, of het hele spoor is opnieuw "
          + "gemaakt.")
    case .returnChanged:
      LocalizedText(
        "What the register holds of return \(object) is not what was taken in. Put register and vault back from one "
          + "copy.",
        nl: "Wat het register bevat van aanlevering \(object) is niet wat is opgenomen. Zet register en kluis samen "
          + "terug van één kopie.")
    case .returnUnknown:
      LocalizedText(
        "Return \(object) is in the register, and no entry says who took it in.",
        nl: "Aanlevering \(object) staat in het register, en geen regel zegt wie haar heeft opgenomen.")
    case .returnMissing:
      LocalizedText(
        "Return \(object) was taken in, and the register does not hold it any more.",
        nl: "Aanlevering \(object) is opgenomen, en staat niet meer in het register.")
    }
  }
}
