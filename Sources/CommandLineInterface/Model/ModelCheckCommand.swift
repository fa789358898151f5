import ArgumentParser
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
    let model = found.model
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
          id: model.id, version: model.version, fingerprint: model.fingerprint.hex, records: model.records.count,
          rules: model.rules.count))
    case .text:
      say(
        output.language == .dutch
          ? "\(model.id) \(model.version) klopt: \(model.records.count) records, \(model.rules.count) regels. Vingerafdruk \(model.fingerprint.short)."
          : "\(model.id) \(model.version) is sound: \(model.records.count) records, \(model.rules.count) rules. Fingerprint \(model.fingerprint.short)."
      )
    }
  }
}
