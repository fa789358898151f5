import DataModels
import Fingerprints
import Primitives
import Registers

/// The returns that a workspace received.
public struct SubmissionList: Encodable, Sendable {
  public let schema = "meedoen-submissions/1"
  public let asKnownOn: CalendarDate?
  public let returns: [StoredReturn]
}

/// How much there is in a register, and its fingerprint.
public struct RegisterOverview: Encodable, Sendable {
  public let schema = "meedoen-register/1"
  public let title: String
  public let model: String
  public let modelVersion: String
  public let asKnownOn: CalendarDate?
  /// Of what is known on that day: equal registers have equal fingerprints.
  public let fingerprint: Fingerprint
  public let status: RegisterStatus
}

extension Workspace {
  /// The returns received until a day, by period.
  public func submissions(asKnownOn day: CalendarDate?) throws(WorkspaceError) -> SubmissionList {
    let register = try registerForReading()
    return try storeTask { () throws(RegisterError) in
      SubmissionList(asKnownOn: day, returns: try register.returns(asKnownOn: day))
    }
  }

  /// What the register holds.
  public func registerStatus(asKnownOn day: CalendarDate?) throws(WorkspaceError) -> RegisterOverview {
    let register = try registerForReading()
    return try storeTask { () throws(RegisterError) in
      RegisterOverview(
        title: settings.title, model: model.id, modelVersion: model.version, asKnownOn: day,
        fingerprint: try register.fingerprint(asKnownOn: day), status: try register.status())
    }
  }
}
