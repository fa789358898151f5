import ArgumentParser
import Primitives
import Workspaces

struct DiffCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff", abstract: "What a return changed, cell by cell.",
    discussion: """
      Examples: meedoen diff 3f9a12c7                  (against what was known before it)
                meedoen diff 3f9a12c7 --with 88d01b2e  (against another return)
      A return is named by the first digits of its fingerprint; `meedoen submissions` lists them. What a return that is
      not sent yet would change: meedoen submit return.xlsx --provider entree --period 2016-03 --dry-run
      """)

  @Argument(help: "The first digits of the return's fingerprint.")
  var submission: String

  @Option(help: "Compare with this return instead.")
  var with: String?

  @Flag(help: "List every row, not the first twenty.")
  var all = false

  @Flag(help: "Name people by their numbers too; opens the vault.")
  var numbers = false

  @OptionGroup var staff: StaffOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var workspace: WorkspaceOption

  func run() throws {
    let result = try CommandLineInterface.run(output) { () throws(WorkspaceError) in
      try Workspace.open(workspace.url).comparison(of: submission, with: with, showsNumbers: numbers, by: staff.stamp)
    }
    switch output.format {
    case .json: try sayJSON(result)
    case .text: say(DiffText(result: result, language: output.language, showsAll: all).text)
    }
  }
}
