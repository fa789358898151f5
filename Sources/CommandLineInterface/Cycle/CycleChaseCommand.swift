import ArgumentParser
import Foundation
import Primitives
import Workspaces

struct CycleChaseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "chase", abstract: "Write, for one provider, what is expected of it now, person by person.",
    discussion: """
      Example: meedoen cycle chase entree --output entree-expected.csv
      The file holds the provider's own person numbers, from the vault. It is readable for you alone: send it to that
      provider and to nobody else, and remove it then.
      """)

  @Argument(help: "The provider.")
  var provider: String

  @Option(name: .shortAndLong, help: "The CSV file to write.")
  var output: String

  @OptionGroup var day: CycleDayOption
  @OptionGroup var staff: StaffOptions
  @OptionGroup var options: OutputOptions
  @OptionGroup var workspace: WorkspaceOption

  func run() throws {
    let list = try CommandLineInterface.run(options) { () throws(WorkspaceError) in
      let opened = try Workspace.open(workspace.url)
      return try opened.writeChaseList(
        of: provider, asKnownOn: try day.day(in: opened), language: options.language,
        to: URL(fileURLWithPath: output), by: staff.stamp)
    }
    switch options.format {
    case .json: try sayJSON(list)
    case .text:
      let language = options.language
      let isOne = list.lines == 1
      say(
        language == .dutch
          ? "Geschreven: \(output), \(language.number(list.lines)) \(isOne ? "regel" : "regels"). Alleen voor \(provider)."
          : "Written: \(output), \(language.number(list.lines)) \(isOne ? "line" : "lines"). For \(provider) only.")
    }
  }
}
