import ArgumentParser
import Primitives
import Workspaces

struct SubmissionWithdrawCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "withdraw", abstract: "A return no longer counts, from a day on. It stays, and days before show it.",
    discussion: "Example: meedoen submission withdraw 3f9a12c7 --by 'J. Bakker' --reason wrong-file")

  @Argument(help: "The first digits of the return's fingerprint.")
  var submission: String

  @OptionGroup var decision: DecisionOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var workspace: WorkspaceOption

  func run() throws {
    let making = try decision.making()
    let list = try CommandLineInterface.run(output) { () throws(WorkspaceError) in
      try Workspace.open(workspace.url).decide(.withdraw, about: submission, making, today: .today)
    }
    try sayDecisions(list, output)
  }
}
