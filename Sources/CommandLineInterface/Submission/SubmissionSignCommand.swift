import ArgumentParser
import Primitives
import Workspaces

struct SubmissionSignCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sign", abstract: "Somebody answers for a return.",
    discussion: "Example: meedoen submission sign 3f9a12c7 --by 'J. Bakker'")

  @Argument(help: "The first digits of the return's fingerprint.")
  var submission: String

  @OptionGroup var decision: DecisionOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var workspace: WorkspaceOption

  func run() throws {
    let making = try decision.making()
    let list = try CommandLineInterface.run(output) { () throws(WorkspaceError) in
      try Workspace.open(workspace.url).decide(.sign, about: submission, making, today: .today)
    }
    try sayDecisions(list, output)
  }
}
