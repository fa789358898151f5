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
    commandName: "status", abstract: "How much is known, what waits, and the fingerprint of the register.",
    discussion: "Example: meedoen register status --as-known-on 2018-06-30")

  @Option(help: "Only what was known at the end of this day.", transform: date)
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
      say("\(overview.title) · \(overview.model) \(overview.modelVersion)")
      let day = asKnownOn.map { (dutch ? "Zoals bekend op " : "As known on ") + language.date($0) + ": " } ?? ""
      var about = ""
      if let first = overview.firstPeriod, let last = overview.lastPeriod {
        about = dutch ? " over \(language.month(first))" : " about \(language.month(first))"
        if first != last { about += dutch ? " tot en met \(language.month(last))" : " to \(language.month(last))" }
      }
      let people =
        "\(language.number(overview.people)) "
        + (dutch ? (overview.people == 1 ? "persoon" : "mensen") : (overview.people == 1 ? "person" : "people"))
      let returns =
        "\(language.number(overview.returns)) "
        + (dutch
          ? (overview.returns == 1 ? "aanlevering" : "aanleveringen") : (overview.returns == 1 ? "return" : "returns"))
      say("\(day)\(people), \(returns)\(about).")
      if overview.erased > 0 {
        let count = language.number(overview.erased)
        say(
          dutch
            ? "\(count) \(overview.erased == 1 ? "mens is" : "mensen zijn") sindsdien gewist, en op geen dag meer te zien."
            : "\(count) \(overview.erased == 1 ? "person has" : "people have") been erased since, and no day shows them."
        )
      }
      var table = TextTable([.left, .right, .right])
      table.add("record", dutch ? "rijen" : "rows", asKnownOn == nil ? (dutch ? "wachtend" : "waiting") : "")
      for record in overview.records {
        table.add(record.record, language.number(record.rows), record.waiting.map { language.number($0) } ?? "")
      }
      say(table.lines().joined(separator: "\n"))
      say((dutch ? "Vingerafdruk" : "Fingerprint") + ": \(overview.fingerprint.short)")
    }
  }
}
