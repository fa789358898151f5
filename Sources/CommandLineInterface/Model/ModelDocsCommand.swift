import ArgumentParser
import Foundation
import Workspaces

struct ModelDocsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "docs", abstract: "Pages about a model, in both languages: records, fields, rules, codes, a diagram.",
    discussion: "Example: meedoen model docs municipality --output pages")

  @Argument(help: "The model: a name, a file, or a published folder.")
  var model: String

  @Option(name: .shortAndLong, help: "The folder to write to.")
  var output: String

  @OptionGroup var options: OutputOptions
  @OptionGroup var workspace: WorkspaceOption

  func run() throws {
    let pages = try CommandLineInterface.run(options) { () throws(WorkspaceError) in
      let found = try ModelLibrary(workspace: workspace.url).find(model).model
      return try writePages(of: found, to: URL(fileURLWithPath: output))
    }
    switch options.format {
    case .json: try sayJSON(pages)
    case .text: for file in pages.files { say(file) }
    }
  }
}
