import ArgumentParser
import DataModels
import Fingerprints
import Primitives
import Studies
import Workspaces

struct StudyCheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Check a plan against the model, and read it back in plain words.",
    discussion: "Example: meedoen study check plans/into-work.yml --workspace waterstad")

  @Argument(help: "The study plan.")
  var plan: String

  @Option(help: "The data model. Without it, the model of the workspace.")
  var model: String?

  @OptionGroup var output: OutputOptions
  @OptionGroup var workspace: WorkspaceOption

  func run() throws {
    let language = output.language
    let checked = try CommandLineInterface.run(output) { () throws(WorkspaceError) in
      try checkPlan(plan, model: model, workspace: workspace.url, language: language)
    }
    switch output.format {
    case .json: try sayJSON(checked)
    case .text:
      say("\(checked.title) (\(checked.id) \(checked.version), \(checked.fingerprint.short))")
      for paragraph in checked.paragraphs {
        say("")
        say(paragraph.heading)
        for sentence in paragraph.sentences { say(wrapped(sentence, width: 96, indent: "  ")) }
      }
      say("")
      say(
        language == .dutch
          ? "Het plan past op het model \(checked.model)." : "The plan fits the model \(checked.model).")
    }
  }
}
