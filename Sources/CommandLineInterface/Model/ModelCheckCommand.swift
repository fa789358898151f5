import ArgumentParser
import DataModels
import Fingerprints
import Primitives
import Workspaces

struct ModelCheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Check a data model: every reference resolves, every rule can be enforced.",
    discussion: "Example: meedoen model check models/my-programme.yml")

  @Argument(help: "The model: a name, a file, or a published folder.")
  var model: String

  @OptionGroup var output: OutputOptions
  @OptionGroup var workspace: WorkspaceOption

  func run() throws {
    let found = try CommandLineInterface.run(output) { () throws(WorkspaceError) in
      try ModelLibrary(workspace: workspace.url).find(model)
    }
    let checked = found.model
    for line in found.report { note(line.message[output.language]) }
    switch output.format {
    case .json:
      struct Checked: Encodable {
        let schema = "meedoen-model-check/1"
        let id: String
        let version: String
        let fingerprint: String
        let records: Int
        let rules: Int
      }
      try sayJSON(
        Checked(
          id: checked.id, version: checked.version, fingerprint: checked.fingerprint.hex,
          records: checked.records.count,
          rules: checked.rules.count))
    case .text:
      say(
        output.language == .dutch
          ? "\(checked.id) \(checked.version) klopt: \(checked.records.count) records, \(checked.rules.count) regels. Vingerafdruk \(checked.fingerprint.short)."
          : "\(checked.id) \(checked.version) is sound: \(checked.records.count) records, \(checked.rules.count) rules. Fingerprint \(checked.fingerprint.short)."
      )
    }
  }
}
