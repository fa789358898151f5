import ArgumentParser
import Foundation
import DataModels
import Primitives
import Workspaces

struct NewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new", abstract: "Make a workspace: the folder of one programme.",
    discussion: "Example: meedoen new waterstad --model municipality --title 'Waterstad'")

  @Argument(help: "The folder to make.")
  var folder: String

  @Option(help: "The data model: a name, a file, or a published folder.")
  var model: String

  @Option(help: "What the programme or organisation is called in reports. Without it, the folder's name.")
  var title: String?

  @Flag(help: "The people in it are invented; reports say so.")
  var synthetic = false

  @OptionGroup var staff: StaffOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    let made = try CommandLineInterface.run(output) { () throws(WorkspaceError) in
      try Workspace.create(
        in: URL(fileURLWithPath: folder), model: model, title: title, isSynthetic: synthetic, by: staff.stamp)
    }
    for line in made.report { note(line.message[output.language]) }
    let workspace = made.workspace
    switch output.format {
    case .json:
      struct Made: Encodable {
        let schema = "meedoen-workspace/1"
        let folder: String
        let title: String
        let model: String
        let modelVersion: String
      }
      try sayJSON(
        Made(
          folder: folder, title: workspace.settings.title, model: workspace.model.id,
          modelVersion: workspace.model.version))
    case .text:
      say(
        output.language == .dutch
          ? """
          Werkmap gemaakt: \(folder) (model \(workspace.model.id) \(workspace.model.version)).
          De sleutels staan in \(folder)/store/keys. Bewaar er een kopie van op een andere, veilige plek:
          zonder sleutels is het register niet meer aan te vullen en de kluis niet te lezen.
          """
          : """
          Workspace made: \(folder) (model \(workspace.model.id) \(workspace.model.version)).
          The keys are in \(folder)/store/keys. Keep a copy of them in another, safe place:
          without the keys nothing can be added to the register and the vault cannot be read.
          """)
    }
  }
}
