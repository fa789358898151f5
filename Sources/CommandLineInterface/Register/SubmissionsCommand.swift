import ArgumentParser
import DataModels
import Fingerprints
import Primitives
import Registers
import Submissions
import Workspaces

struct SubmissionsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "submissions", abstract: "The returns that were received.",
    discussion: """
      Examples: meedoen submissions --as-known-on 2018-06-30
                meedoen submissions --held --provider entree --period 2016-03
      """)

  @Flag(help: "List the rows that were held: file, sheet, row, record and codes.")
  var held = false

  @Option(help: "Only returns of this provider.")
  var provider: String?

  @Option(help: "Only returns about this month, such as 2016-03.", transform: month)
  var period: CalendarMonth?

  @Option(help: "Only what was known at the end of this day.", transform: date)
  var asKnownOn: CalendarDate?

  @OptionGroup var output: OutputOptions
  @OptionGroup var workspace: WorkspaceOption

  func run() throws {
    if held { return try listHeldRows() }
    let list = try CommandLineInterface.run(output) { () throws(WorkspaceError) in
      try Workspace.open(workspace.url).submissions(asKnownOn: asKnownOn, provider: provider, period: period)
    }
    switch output.format {
    case .json: try sayJSON(list)
    case .text:
      let language = output.language
      let dutch = language == .dutch
      var table = TextTable([.left, .left, .left, .left, .right, .right, .right, .right, .left])
      table.add(
        dutch ? "vingerafdruk" : "fingerprint", dutch ? "maand" : "month", dutch ? "van" : "from",
        dutch ? "ontvangen" : "received", dutch ? "rijen" : "rows",
        dutch ? "opgenomen" : "taken in", dutch ? "vastgehouden" : "held", dutch ? "te bevestigen" : "to confirm", "")
      for item in list.returns {
        var remarks: [String] = []
        if let day = item.withdrawnOn { remarks.append((dutch ? "ingetrokken " : "withdrawn ") + day.iso) }
        if item.isCorrection {
          remarks.append(dutch ? "verbetering van een cel" : "correction of a cell")
        } else if item.extent == .part {
          remarks.append(dutch ? "een deel" : "a part")
        }
        if !item.signedBy.isEmpty {
          remarks.append((dutch ? "ondertekend door " : "signed by ") + item.signedBy.joined(separator: ", "))
        }
        table.add(
          String(item.fingerprint.hex.prefix(8)), item.period.iso, item.provider, item.receivedOn.iso,
          language.number(item.summary.rows), language.number(item.summary.accepted),
          language.number(item.summary.held), language.number(item.count(.confirm) - item.confirmed),
          remarks.joined(separator: " · "))
      }
      say(table.lines(indent: 0).joined(separator: "\n"))
      if list.returns.isEmpty {
        say(
          provider == nil && period == nil
            ? (dutch ? "Er is nog niets ontvangen." : "Nothing was received yet.")
            : (dutch ? "Zo'n aanlevering is er niet." : "There is no such return."))
      }
    }
  }

  private func listHeldRows() throws {
    let list = try CommandLineInterface.run(output) { () throws(WorkspaceError) in
      try Workspace.open(workspace.url).heldRows(asKnownOn: asKnownOn, provider: provider, period: period)
    }
    switch output.format {
    case .json: try sayJSON(list)
    case .text:
      let dutch = output.language == .dutch
      if list.rows.isEmpty { return say(dutch ? "Er zijn geen rijen vastgehouden." : "No rows are held.") }
      var table = TextTable([.left, .left, .left, .left, .right, .left, .left])
      table.add(
        dutch ? "maand" : "month", dutch ? "van" : "from", dutch ? "bestand" : "file", dutch ? "blad" : "sheet",
        dutch ? "rij" : "row", "record", "codes")
      for row in list.rows {
        table.add(
          row.period.iso, row.provider, row.file, row.sheet ?? "", "\(row.row)", row.record,
          row.codes.map(\.rawValue).joined(separator: " "))
      }
      say(table.lines(indent: 0).joined(separator: "\n"))
    }
  }
}
