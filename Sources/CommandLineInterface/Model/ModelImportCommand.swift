import ArgumentParser
import DataModels
import Foundation
import Primitives
import Workspaces

struct ModelImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Translate a published folder of YAML (as the Refugee Transitions Outcomes Fund's) into a model.",
    discussion: "Example: meedoen model import rtof-data-model --id rtof-2022 --output models/rtof-2022.yml")

  @Argument(help: "The folder with records, categories and validators.yml.")
  var folder: String

  @Option(help: "The id that the model gets. Without it, `imported`.")
  var id: String?

  @Option(
    name: .customLong("model-version"), help: "The version that the model gets. Without it, from the folder's name.")
  var modelVersion: String?

  @Option(name: .shortAndLong, help: "The file to write. Without it, the model is printed.")
  var output: String?

  @OptionGroup var options: OutputOptions

  func validate() throws {
    if let id, !id.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" }) || id.first?.isLetter == false {
      throw ValidationError("--id: letters, digits, hyphens and underscores, starting with a letter")
    }
  }

  func run() throws {
    let imported = try CommandLineInterface.run(options) { () throws(WorkspaceError) in
      let imported = try ModelLibrary().importPublished(URL(fileURLWithPath: folder), id: id, version: modelVersion)
      if let output { try writeText(imported.yaml, to: URL(fileURLWithPath: output)) }
      return imported
    }
    switch options.format {
    case .json:
      struct Imported: Encodable {
        let schema = "meedoen-model-import/1"
        let file: String?
        let report: [ImportNote]
      }
      try sayJSON(Imported(file: output, report: imported.report))
    case .text:
      for line in imported.report {
        let place = [line.file, line.line.map(String.init)].compactMap { $0 }.joined(separator: ":")
        note("\(place)  \(line.message[options.language])")
      }
      if let output {
        say(
          options.language == .dutch
            ? "Geschreven: \(output) (\(imported.report.count) opmerkingen)."
            : "Written: \(output) (\(imported.report.count) notes).")
      } else {
        say(imported.yaml)
      }
    }
  }
}
