import ArgumentParser
import Primitives
import Workspaces

struct SubmissionRestoreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "restore", abstract: "A return that was withdrawn counts again.",
    discussion: "Example: meedoen submission restore 3f9a12c7 --by 'J. Bakker' --reason withdrawn-by-mistake")

  @Argument(help: "The first digits of the return's fingerprint.")
  var submission: String

  @OptionGroup var decision: DecisionOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var workspace: WorkspaceOption

  func run() throws {
    let making = try decision.making()
    let list = try CommandLineInterface.run(output) { () throws(WorkspaceError) in
      try Workspace.open(workspace.url).decide(.restore, about: submission, making, today: .today)
    }
    try sayDecisions(list, output)
  }
}
