import ArgumentParser
import DataModels
import Primitives
import Submissions
import Workspaces

struct SubmissionFindingsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "findings", abstract: "The findings of a stored return, with what was decided and said about each.",
    discussion: """
      Examples: meedoen submission findings 3f9a12c7
                meedoen submission findings 3f9a12c7 --open   (what waits for a confirmation or an answer)
      """)

  @Argument(help: "The first digits of the return's fingerprint.")
  var submission: String

  @Flag(help: "Only what waits for a confirmation or an answer.")
  var open = false

  @OptionGroup var output: OutputOptions
  @OptionGroup var workspace: WorkspaceOption

  func run() throws {
    let language = output.language
    let list = try CommandLineInterface.run(output) { () throws(WorkspaceError) in
      try Workspace.open(workspace.url).findings(of: submission, openOnly: open, language: language)
    }
    switch output.format {
    case .json: try sayJSON(list)
    case .text:
      if list.findings.isEmpty { return say(language == .dutch ? "Er is niets gevonden." : "There are no findings.") }
      for item in list.findings {
        let place = item.place.cell ?? item.place.row.map { (language == .dutch ? "rij " : "row ") + "\($0)" } ?? ""
        say(
          [
            "\(item.number)", item.severity.rawValue, item.code.rawValue,
            [item.place.file, item.place.sheet, place].compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: " "),
            item.message,
          ].joined(separator: "  ") + (item.value.map { " “\($0)”" } ?? ""))
        for decision in [item.confirmation].compactMap({ $0 }) + item.remarks {
          say("      " + DecisionText(decision: decision, language: language).line)
        }
      }
    }
  }
}
