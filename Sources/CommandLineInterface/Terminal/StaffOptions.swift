import ArgumentParser
import Foundation
import Registers

/// Options that say who runs a command, for the audit trail.
struct StaffOptions: ParsableArguments {
  @Option(
    name: .customLong("as"), help: "Who you are, for the audit trail. Without it, MEEDOEN_USER, or the login name.")
  var actor: String?

  @Option(
    help: ArgumentHelp(
      "Your role, for the audit trail: \(StaffRole.allCases.map(\.rawValue).joined(separator: ", ")). "
        + "Without it, MEEDOEN_ROLE."))
  var role: StaffRole?

  @Option(help: "Why, for the audit trail. Write no participant's name in it.")
  var reason: String?

  @Option(help: "Who does it with you, where it takes two people.")
  var second: String?

  /// Who, in what role, now, and why.
  var stamp: AuditStamp {
    let environment = ProcessInfo.processInfo.environment
    var stamp = AuditStamp(
      actor: actor ?? environment["MEEDOEN_USER"] ?? NSUserName(),
      role: role ?? environment["MEEDOEN_ROLE"].flatMap { StaffRole(rawValue: $0) } ?? .unstated, moment: Date(),
      reason: reason)
    stamp.second = second
    return stamp
  }

  /// For a command that is not run without a reason.
  func requireReason() throws {
    guard let reason, !reason.allSatisfy(\.isWhitespace) else {
      throw ValidationError("Say why with --reason: it is written into the audit trail.")
    }
  }
}

extension StaffRole: ExpressibleByArgument {}
