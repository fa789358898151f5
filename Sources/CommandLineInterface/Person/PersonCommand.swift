import ArgumentParser

struct PersonCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "person", abstract: "One person's data: give it to them, or erase it.",
    subcommands: [PersonExportCommand.self, PersonEraseCommand.self])
}

/// Who is meant.
struct PersonOptions: ParsableArguments {
  @Option(help: "The person's number, as the provider writes it.")
  var number: String

  @Option(help: "The provider that gave the number.")
  var provider: String
}
