import ArgumentParser

struct StudyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "study", abstract: "Studies: follow a cohort as a plan says.",
    subcommands: [StudyCheckCommand.self, StudyRunCommand.self])
}
