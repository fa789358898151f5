import ArgumentParser

struct PrivacyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "privacy", abstract: "What the law asks: the risk of recognition, and the record of processing.",
    subcommands: [PrivacyRiskCommand.self, PrivacyRegisterCommand.self])
}
