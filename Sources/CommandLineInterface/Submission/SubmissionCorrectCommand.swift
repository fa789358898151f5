import ArgumentParser
import DataModels
import Fingerprints
import Foundation
import Primitives
import Registers
import Submissions
import Workspaces

struct SubmissionCorrectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "correct", abstract: "Put one cell right, under the same rules as a return.",
    discussion: """
      Example: meedoen submission correct k7c2m9… --record activity --key kind=paid-work --key started-on=2017-03-01 \\
                 --field hours-per-week --value 24 --reason typing-error --by 'J. Bakker'
      The person is named by the pseudonym that `meedoen diff` shows, or by --number and --provider. With --value - the value is read from standard
      input, so that it stays out of the history of the shell.
      """)

  @OptionGroup var person: DecidedPerson

  @Option(help: "The provider that gave the number.")
  var provider: String?

  @Option(help: "The record, such as activity.")
  var record: String

  @Option(help: "A field of the row's key and its value, such as kind=paid-work. Once for each field.")
  var key: [String] = []

  @Option(help: "The field to put right.")
  var field: String

  @Option(help: "What it should be, as a return writes it; empty to clear it; - to read it from standard input.")
  var value: String

  @Flag(help: "Only try: say what the rules find, keep nothing.")
  var dryRun = false

  @OptionGroup var decision: DecisionOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var workspace: WorkspaceOption

  func validate() throws {
    try person.check()
    if person.number != nil, provider == nil { throw ValidationError("--number needs --provider: who gave the number") }
    if let odd = key.first(where: { !$0.contains("=") }) {
      throw ValidationError("“\(odd)” is not a field and its value, such as kind=paid-work")
    }
  }

  func run() throws {
    let making = try decision.making()
    var cell = CellAddressInRegister(
      person: person.pseudonym ?? "", record: record,
      key: Dictionary(
        key.map { pair in
          let end = pair.firstIndex(of: "=")!
          return (String(pair[..<end]), String(pair[pair.index(after: end)...]))
        }, uniquingKeysWith: { _, last in last }), field: field)
    let text = value == "-" ? readLine() ?? "" : value
    let result = try CommandLineInterface.run(output) { () throws(WorkspaceError) in
      let opened = try Workspace.open(workspace.url)
      if let number = person.number {
        cell.person = try opened.pseudonym(ofPerson: number, provider: provider ?? "")
      }
      return try opened.correct(
        cell, to: text, making, isDryRun: dryRun, today: .today, language: output.language)
    }
    switch output.format {
    case .json: try sayJSON(result)
    case .text:
      let dutch = output.language == .dutch
      let place = "\(result.record).\(result.field) (\(result.period.iso))"
      if result.dryRun {
        say((dutch ? "Kan worden verbeterd: " : "Can be corrected: ") + place)
      } else {
        say(
          (dutch ? "Verbeterd: " : "Corrected: ") + place + (result.fingerprint.map { "  \($0.hex.prefix(8))" } ?? ""))
      }
      for finding in result.findings where finding.severity >= .confirm {
        say("  \(finding.code.rawValue): \(finding.message)")
      }
    }
  }
}
