import ArgumentParser
import Primitives
import Workspaces

struct ModelListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "The models that can be named.", discussion: "Example: meedoen model list")

  @OptionGroup var output: OutputOptions
  @OptionGroup var workspace: WorkspaceOption

  func run() throws {
    let entries = try CommandLineInterface.run(output) { () throws(WorkspaceError) in
      try ModelLibrary(workspace: workspace.url).entries()
    }
    switch output.format {
    case .json:
      struct List: Encodable {
        let schema = "meedoen-models/1"
        let models: [ModelLibrary.Entry]
      }
      try sayJSON(List(models: entries))
    case .text:
      let dutch = output.language == .dutch
      var table = TextTable([.left, .left, .left, .right, .right, .right, .left])
      table.add(
        dutch ? "naam" : "name", dutch ? "versie" : "version", dutch ? "titel" : "title", "records",
        dutch ? "velden" : "fields", dutch ? "regels" : "rules", "")
      for entry in entries {
        let origin = entry.origin == .workspace ? (dutch ? "van deze werkmap" : "of this workspace") : ""
        table.add(
          entry.name, entry.version, entry.title[output.language], "\(entry.records)", "\(entry.fields)",
          "\(entry.rules)", origin)
      }
      say(table.lines(indent: 0).joined(separator: "\n"))
    }
  }
}
