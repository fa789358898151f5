import Foundation
import Primitives

/// In what capacity somebody works with a programme's data.
public enum StaffRole: String, Codable, CaseIterable, Sendable {
  case dataOfficer = "data-officer"
  case providerManager = "provider-manager"
  case contractManager = "contract-manager"
  case validator
  case evaluator
  case coder
  case steeringGroupMember = "steering-group-member"
  case auditor
  case administrator
  /// Nobody said.
  case unstated

  public var title: LocalizedText {
    switch self {
    case .dataOfficer: LocalizedText("data officer", nl: "gegevensbeheerder")
    case .providerManager: LocalizedText("manager at a provider", nl: "leidinggevende bij een aanbieder")
    case .contractManager: LocalizedText("contract manager", nl: "contractmanager")
    case .validator: LocalizedText("validator", nl: "toetser")
    case .evaluator: LocalizedText("evaluator", nl: "evaluator")
    case .coder: LocalizedText("coder", nl: "codeur")
    case .steeringGroupMember: LocalizedText("member of the steering group", nl: "lid van de stuurgroep")
    case .auditor: LocalizedText("auditor", nl: "auditor")
    case .administrator: LocalizedText("administrator", nl: "beheerder")
    case .unstated: LocalizedText("role not stated", nl: "rol niet genoemd")
    }
  }
}

/// Who does something to the register, in what role, when, and why: what an audit entry says besides what was done.
///
/// The moment is given by whoever calls: the register has no clock.
public struct AuditStamp: Hashable, Sendable {
  /// The name of a member of staff, or of a program. Never that of a participant.
  public let actor: String
  public let role: StaffRole
  /// To the second, as it is kept.
  public let moment: Date
  public let reason: String?
  /// Who does it together with them, where it takes two.
  public var second: String?

  public init(actor: String, role: StaffRole, moment: Date, reason: String? = nil) {
    self.actor = actor
    self.role = role
    self.moment = moment
    self.reason = reason
  }

  /// The stamp of what nobody put a name to, at the start of a day.
  public static func unnamed(on day: CalendarDate) -> AuditStamp { named("", on: day) }

  /// The stamp of somebody whose role and moment are not known, at the start of a day.
  public static func named(_ actor: String, on day: CalendarDate) -> AuditStamp {
    AuditStamp(
      actor: actor, role: .unstated, moment: Date(timeIntervalSince1970: Double(day.daysSinceEpoch) * 86_400))
  }

  /// The same person at the same moment, for a reason that the program knows.
  public func because(_ reason: String) -> AuditStamp {
    AuditStamp(actor: actor, role: role, moment: moment, reason: reason)
  }

  /// The same in another role.
  public func inRole(_ role: StaffRole) -> AuditStamp {
    AuditStamp(actor: actor, role: role, moment: moment, reason: reason)
  }

  /// The same with the second person in the reason, where an entry keeps it.
  public var withSecond: AuditStamp {
    guard let second else { return self }
    return because([reason, "with \(second)"].compactMap(\.self).joined(separator: "; "))
  }

  /// `2026-11-22T04:05:06Z`.
  var instant: String {
    let seconds = Int(moment.timeIntervalSince1970.rounded(.down))
    let days = Int((Double(seconds) / 86_400).rounded(.down))
    let rest = seconds - days * 86_400
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return CalendarDate(daysSinceEpoch: Int32(clamping: days)).iso
      + "T\(two(rest / 3600)):\(two(rest / 60 % 60)):\(two(rest % 60))Z"
  }
}
