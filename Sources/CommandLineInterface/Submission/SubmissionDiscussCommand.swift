import ArgumentParser
import Primitives
import Registers
import Workspaces

struct SubmissionDiscussCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "discuss", abstract: "Ask about a finding, answer, or close the discussion.",
    discussion: """
      Examples: meedoen submission discuss 3f9a12c7 4 --by funder --note 'Is this the start of the contract?'
                meedoen submission discuss 3f9a12c7 4 --answer --by entree --note 'Yes, signed on paper.'
                meedoen submission discuss 3f9a12c7 4 --close --by funder --note 'Clear.'
      What was said is shown with the same finding in later returns too.
      """)

  @Argument(help: "The first digits of the return's fingerprint.")
  var submission: String

  @Argument(help: "The number of the finding.")
  var finding: Int

  @Flag(help: "This answers what was asked.")
  var answer = false

  @Flag(help: "This closes the discussion.")
  var close = false

  @OptionGroup var decision: DecisionOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var workspace: WorkspaceOption

  func validate() throws {
    if answer, close { throw ValidationError("Choose --answer or --close") }
  }

  func run() throws {
    let making = try decision.making()
    let event: Discussion.Event = close ? .close : answer ? .answer : .ask
    let list = try CommandLineInterface.run(output) { () throws(WorkspaceError) in
      try Workspace.open(workspace.url).discuss(finding, of: submission, event, making, today: .today)
    }
    try sayDecisions(list, output)
  }
}
