import ArgumentParser
import Foundation
import Primitives
import Submissions
import Workspaces

struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "Explain the code of a finding, or write pages of all codes.",
    discussion: """
      Examples: meedoen explain VAL-02
                meedoen explain --all --output catalogue      (one page for each code, English and Dutch)
      """)

  @Argument(help: "The code, such as VAL-02.")
  var code: String?

  @Flag(help: "All codes, as HTML and Markdown pages.")
  var all = false

  @Option(name: .customLong("output"), help: "The folder that the pages are written to.")
  var folder: String?

  @OptionGroup var output: OutputOptions

  func validate() throws {
    guard all == (code == nil), all == (folder != nil) else {
      throw ValidationError("Give one code, or --all with --output FOLDER.")
    }
  }

  func run() throws {
    guard let code else { return try writeAll() }
    guard let page = explanation(of: code) else {
      note(
        output.language == .dutch
          ? wrapped(
            "meedoen: er is geen code “\(code)”. De codes zijn: \(explainedCodes.joined(separator: ", ")).", width: 96)
          : wrapped(
            "meedoen: there is no code “\(code)”. The codes are: \(explainedCodes.joined(separator: ", ")).", width: 96)
      )
      throw ExitCode(64)
    }
    let example = example(of: code)?[output.language]
    switch output.format {
    case .text:
      say("\(code.uppercased())  \(page.title[output.language])\n")
      say(wrapped(page.text[output.language], width: 88))
      if let example { say("\n" + wrapped("\(exampleWord[output.language]) \(example)", width: 88)) }
    case .json:
      struct Page: Encodable {
        let schema = "meedoen-explanation/1"
        let code: String
        let title: String
        let text: String
        /// Null for codes of the program.
        let example: String?
      }
      try sayJSON(
        Page(
          code: code.uppercased(), title: page.title[output.language], text: page.text[output.language],
          example: example))
    }
  }

  private func writeAll() throws {
    let folder = URL(fileURLWithPath: folder!)
    let catalogue = FindingCatalogue()
    try CommandLineInterface.run(output) { () throws(WorkspaceError) in try catalogue.write(to: folder) }
    switch output.format {
    case .text:
      say(
        output.language == .dutch
          ? "\(explainedCodes.count) codes, \(catalogue.files.count) bestanden in \(folder.relativePath); begin met index.nl.html."
          : "\(explainedCodes.count) codes, \(catalogue.files.count) files in \(folder.relativePath); start with index.html."
      )
    case .json:
      struct Written: Encodable {
        let schema = "meedoen-catalogue/1"
        let folder: String
        let codes: [String]
        let files: [String]
      }
      try sayJSON(
        Written(folder: folder.relativePath, codes: explainedCodes, files: catalogue.files.map(\.name)))
    }
  }
}
