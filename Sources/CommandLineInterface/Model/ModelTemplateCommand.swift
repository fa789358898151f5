import ArgumentParser
import Foundation
import Primitives
import Workspaces

struct ModelTemplateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "template", abstract: "An empty workbook for returns: a sheet per record, drop-downs, notes.",
    discussion: """
      Examples: meedoen model template municipality --output return.xlsx
                meedoen model template municipality --record person --record activity --lang nl --output return.xlsx
      """)

  @Argument(help: "The model: a name, a file, or a published folder.")
  var model: String

  @Option(help: "Only this record; may be given more than once.")
  var record: [String] = []

  @Option(name: .shortAndLong, help: "The workbook to write.")
  var output: String

  @OptionGroup var options: OutputOptions
  @OptionGroup var workspace: WorkspaceOption

  func run() throws {
    let made = try CommandLineInterface.run(options) { () throws(WorkspaceError) in
      let found = try ModelLibrary(workspace: workspace.url).find(model).model
      return try writeTemplate(
        of: found, records: record, language: options.language, to: URL(fileURLWithPath: output))
    }
    try tell(made, at: output, options)
  }
}

struct ModelFormCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "form", abstract: "The model as an XLSForm, for ODK and KoboToolbox.",
    discussion: """
      Example: meedoen model form municipality --output form.xlsx
      One filled-in form is one person. What only the check of a return can see is named.
      """)

  @Argument(help: "The model: a name, a file, or a published folder.")
  var model: String

  @Option(name: .shortAndLong, help: "The workbook to write.")
  var output: String

  @OptionGroup var options: OutputOptions
  @OptionGroup var workspace: WorkspaceOption

  func run() throws {
    let made = try CommandLineInterface.run(options) { () throws(WorkspaceError) in
      let found = try ModelLibrary(workspace: workspace.url).find(model).model
      return try writeForm(of: found, language: options.language, to: URL(fileURLWithPath: output))
    }
    try tell(made, at: output, options)
  }
}

/// Says which file was made of a model, and what it cannot hold.
private func tell(_ made: ModelFile, at path: String, _ options: OutputOptions) throws {
  switch options.format {
  case .json: try sayJSON(made)
  case .text:
    for text in made.notes { note(text[options.language]) }
    say((options.language == .dutch ? "Geschreven: " : "Written: ") + path + " (\(made.model) \(made.version)).")
  }
}
