import ArgumentParser

struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Pass on records without identifying fields, or protected tables.",
    discussion: "Example: meedoen export records --to sav --output for-university --recipient university",
    subcommands: [ExportRecordsCommand.self, ExportTablesCommand.self])
}
