import ArgumentParser

struct AuditCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit", abstract: "The audit trail: who did what to the register, when and why.",
    subcommands: [AuditVerifyCommand.self, AuditShowCommand.self])
}
