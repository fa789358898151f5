import ArgumentParser
import Primitives
import Workspaces

struct SubmissionConfirmCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "confirm",
    abstract: "Confirm findings: they are right as they are. They are not asked about again next month.",
    discussion: """
      Examples: meedoen submission confirm 3f9a12c7 4 9 --by 'J. Bakker' --reason checked-with-source
                meedoen submission confirm 3f9a12c7 --code VAL-04 --by 'J. Bakker' --reason known-exception
      `meedoen submission findings 3f9a12c7 --open` lists what waits, with numbers.
      """)

  @Argument(help: "The first digits of the return's fingerprint.")
  var submission: String

  @Argument(help: "Numbers of findings.")
  var findings: [Int] = []

  @Option(help: "Every finding to confirm with this code.")
  var code: String?

  @Option(help: "Every finding to confirm about this field.")
  var field: String?

  @Flag(help: "Every finding to confirm.")
  var all = false

  @OptionGroup var decision: DecisionOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var workspace: WorkspaceOption

  func validate() throws {
    if findings.isEmpty, code == nil, field == nil, !all {
      throw ValidationError("Say which findings: their numbers, --code, --field or --all")
    }
  }

  func run() throws {
    let making = try decision.making()
    let list = try CommandLineInterface.run(output) { () throws(WorkspaceError) in
      try Workspace.open(workspace.url).confirm(
        findings, code: code, field: field, of: submission, making, today: .today)
    }
    try sayDecisions(list, output)
  }
}
