import ArgumentParser
import Foundation
import Registers

/// Options of a decision that say who enters it, for the audit trail; who decides is `--by`.
struct ActingOptions: ParsableArguments {
  @Option(
    name: .customLong("as"), help: "Who you are, for the audit trail. Without it, MEEDOEN_USER, or the login name.")
  var actor: String?

  @Option(
    help: ArgumentHelp(
      "Your role, for the audit trail: \(StaffRole.allCases.map(\.rawValue).joined(separator: ", ")). "
        + "Without it, MEEDOEN_ROLE."))
  var role: StaffRole?

  /// Who, in what role, and now.
  var stamp: AuditStamp {
    let environment = ProcessInfo.processInfo.environment
    return AuditStamp(
      actor: actor ?? environment["MEEDOEN_USER"] ?? NSUserName(),
      role: role ?? environment["MEEDOEN_ROLE"].flatMap { StaffRole(rawValue: $0) } ?? .unstated, moment: Date())
  }
}
