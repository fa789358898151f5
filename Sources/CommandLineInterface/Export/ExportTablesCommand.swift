import ArgumentParser
import Foundation
import Primitives
import Workspaces

extension TableFormat: ExpressibleByArgument {}

struct ExportTablesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tables",
    abstract: "Write the protected tables of a study as SDMX-CSV or JSON-stat.",
    discussion: """
      Example: meedoen export tables plans/into-work.yml --to json-stat --output tables
      Only what a report may print is in them: small counts are protected, and so is what could be computed from them.
      """)

  @Argument(help: "The study plan.")
  var plan: String

  @Option(help: "sdmx-csv or json-stat.")
  var to: TableFormat

  @Option(name: .shortAndLong, help: "The folder to make. It must not be there yet.")
  var output: String

  @Option(help: "Only what was known at the end of this day.", transform: date)
  var asKnownOn: CalendarDate?

  @Flag(help: "Passed on to nobody: not held against what was made before, and not written down.")
  var draft = false

  @OptionGroup var printing: OutputOptions
  @OptionGroup var workspace: WorkspaceOption

  func run() throws {
    let language = printing.language
    let result = try CommandLineInterface.run(printing) { () throws(WorkspaceError) in
      try Workspace.open(workspace.url).exportTables(
        of: URL(fileURLWithPath: plan), as: to, to: URL(fileURLWithPath: output), asKnownOn: asKnownOn,
        language: language, codeVersion: MeedoenVersion.number, isDraft: draft,
        progress: ProgressLine(format: printing.progress).handler)
    }
    switch printing.format {
    case .json: try sayJSON(result)
    case .text:
      let count = language.number(result.withheld)
      say(
        language == .dutch
          ? "\(result.study), zoals bekend op \(language.date(result.asKnownOn)): \(count) waarden beschermd."
          : "\(result.study), as known on \(language.date(result.asKnownOn)): \(count) values protected.")
      for file in result.files { say(file) }
    }
  }
}
