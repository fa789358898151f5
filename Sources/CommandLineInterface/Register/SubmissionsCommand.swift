import ArgumentParser
import DataModels
import Primitives
import Registers
import Submissions
import Workspaces

struct SubmissionsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "submissions", abstract: "The returns that were received.",
    discussion: "Example: meedoen submissions --as-known-on 2018-06-30")

  @Option(help: "Only what was known at the end of this day.", transform: date)
  var asKnownOn: CalendarDate?

  @OptionGroup var output: OutputOptions
  @OptionGroup var workspace: WorkspaceOption

  func run() throws {
    let list = try CommandLineInterface.run(output) { () throws(WorkspaceError) in
      try Workspace.open(workspace.url).submissions(asKnownOn: asKnownOn)
    }
    switch output.format {
    case .json: try sayJSON(list)
    case .text:
      let language = output.language
      let dutch = language == .dutch
      var table = TextTable([.left, .left, .left, .right, .right, .right, .right])
      table.add(
        dutch ? "maand" : "month", dutch ? "van" : "from", dutch ? "ontvangen" : "received", dutch ? "rijen" : "rows",
        dutch ? "opgenomen" : "taken in", dutch ? "vastgehouden" : "held", dutch ? "te bevestigen" : "to confirm")
      for item in list.returns {
        table.add(
          item.period.iso, item.provider, item.receivedOn.iso, language.number(item.summary.rows),
          language.number(item.summary.accepted), language.number(item.summary.held),
          language.number(item.count(.confirm)))
      }
      say(table.lines(indent: 0).joined(separator: "\n"))
      if list.returns.isEmpty { say(dutch ? "Er is nog niets ontvangen." : "Nothing was received yet.") }
    }
  }
}
