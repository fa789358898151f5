import ArgumentParser
import DataModels
import Primitives
import Workspaces

struct ModelShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "What a model says: its records, or one record or code list.",
    discussion: """
      Examples: meedoen model show municipality
                meedoen model show municipality activity
                meedoen model show municipality activity-kind
      """)

  @Argument(help: "The model: a name, a file, or a published folder.")
  var model: String

  @Argument(help: "A record or code list of the model.")
  var part: String?

  @OptionGroup var output: OutputOptions
  @OptionGroup var workspace: WorkspaceOption

  func run() throws {
    let shown = try CommandLineInterface.run(output) { () throws(WorkspaceError) in
      let model = try ModelLibrary(workspace: workspace.url).find(model).model
      return try describe(model, part: part, language: output.language)
    }
    switch output.format {
    case .text: say(ModelText(description: shown).text)
    case .json: try sayJSON(shown)
    }
  }
}
