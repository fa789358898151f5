import ArgumentParser
import Fingerprints
import Primitives
import Registers
import Workspaces

struct RegisterCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "register", abstract: "The register: what is known about the people of the programme.",
    subcommands: [RegisterStatusCommand.self])
}

struct RegisterStatusCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "How much there is, what waits, and the fingerprint of the register.",
    discussion: "Example: meedoen register status --as-known-on 2018-06-30")

  @Option(help: "Take the fingerprint as known at the end of this day.", transform: date)
  var asKnownOn: CalendarDate?

  @OptionGroup var output: OutputOptions
  @OptionGroup var workspace: WorkspaceOption

  func run() throws {
    let overview = try CommandLineInterface.run(output) { () throws(WorkspaceError) in
      try Workspace.open(workspace.url).registerStatus(asKnownOn: asKnownOn)
    }
    switch output.format {
    case .json: try sayJSON(overview)
    case .text:
      let language = output.language
      let dutch = language == .dutch
      let status = overview.status
      say("\(overview.title) · \(overview.model) \(overview.modelVersion)")
      let periods = [status.firstPeriod, status.lastPeriod].compactMap { $0.map(language.month) }
      say(
        dutch
          ? "\(language.number(status.people)) mensen, \(language.number(status.returns)) aanleveringen\(periods.count == 2 ? " over \(periods[0]) tot en met \(periods[1])" : "")."
          : "\(language.number(status.people)) people, \(language.number(status.returns)) returns\(periods.count == 2 ? " about \(periods[0]) to \(periods[1])" : "")."
      )
      var table = TextTable([.left, .right, .right])
      table.add("record", dutch ? "rijen" : "rows", dutch ? "wachtend" : "waiting")
      for record in status.records {
        table.add(record.record, language.number(record.rows), language.number(record.waiting))
      }
      say(table.lines().joined(separator: "\n"))
      let day = asKnownOn.map { (dutch ? " zoals bekend op " : " as known on ") + language.date($0) } ?? ""
      say((dutch ? "Vingerafdruk" : "Fingerprint") + day + ": \(overview.fingerprint.short)")
    }
  }
}
