import ArgumentParser
import Foundation
import Primitives
import Workspaces

struct PersonExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Write everything that is known of one person: JSON, and a page to read.",
    discussion: """
      Example: meedoen person export --number 1001 --provider entree --output export --lang nl \\
                 --as 'Ada Bakker' --role administrator --reason 'request of 12 March'
      The page is in the language of --lang. Both files hold names: hand them over safely, and remove them afterwards.
      """)

  @OptionGroup var person: PersonOptions

  @Option(help: "The folder to write to.")
  var output: String

  @OptionGroup var staff: StaffOptions
  @OptionGroup var printing: OutputOptions
  @OptionGroup var workspace: WorkspaceOption

  func validate() throws { try staff.requireReason() }

  func run() throws {
    let result = try CommandLineInterface.run(printing) { () throws(WorkspaceError) in
      try Workspace.open(workspace.url).exportPerson(
        person.number, provider: person.provider, to: URL(fileURLWithPath: output), on: .today,
        language: printing.language, by: staff.stamp)
    }
    switch printing.format {
    case .json: try sayJSON(result)
    case .text:
      let dutch = printing.language == .dutch
      say(
        dutch
          ? "\(result.rows) \(result.rows == 1 ? "rij" : "rijen") uit \(result.returns) \(result.returns == 1 ? "aanlevering" : "aanleveringen") geschreven:"
          : "Wrote \(result.rows) \(result.rows == 1 ? "row" : "rows") from \(result.returns) \(result.returns == 1 ? "return" : "returns"):"
      )
      for file in result.files { say("  \(file)") }
      say(
        dutch
          ? "De bestanden bevatten namen: draag ze veilig over en verwijder ze daarna."
          : "The files hold names: hand them over safely, and remove them afterwards.")
    }
  }
}
