import ArgumentParser
import Foundation
import Primitives
import Studies
import Workspaces

struct StudyRunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Run a study on the register and write its report.",
    discussion: """
      Example: meedoen study run plans/into-work.yml --workspace waterstad
      The report is one HTML file for each language of the plan, in the folder reports of the workspace.
      """)

  @Argument(help: "The study plan.")
  var plan: String

  @Option(help: "Only what was known at the end of this day.", transform: date)
  var asKnownOn: CalendarDate?

  @Flag(help: "Passed on to nobody: not held against what was made before, and not written down.")
  var draft = false

  @OptionGroup var output: OutputOptions
  @OptionGroup var workspace: WorkspaceOption

  func run() throws {
    let language = output.language
    let result = try CommandLineInterface.run(output) { () throws(WorkspaceError) in
      try Workspace.open(workspace.url).runStudy(
        URL(fileURLWithPath: plan), asKnownOn: asKnownOn, codeVersion: MeedoenVersion.number, isDraft: draft,
        progress: ProgressLine(format: output.progress).handler)
    }
    switch output.format {
    case .json: try sayJSON(result)
    case .text:
      for (index, sentence) in result.keySentences.enumerated() {
        say(wrapped("\(index + 1). \(sentence[language])", width: 96))
      }
      say("")
      for file in result.files { say((language == .dutch ? "Rapport: " : "Report: ") + file) }
    }
  }
}
