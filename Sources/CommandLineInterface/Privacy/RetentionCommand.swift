import ArgumentParser
import Primitives
import Registers
import Workspaces

struct RetentionCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "retention", abstract: "What is past the term that the model gives it, and taking it away.",
    discussion: """
      Examples: meedoen retention
                meedoen retention --on 2027-01-01
                meedoen retention --apply --as 'Ada Bakker' --role administrator --reason 'terms of 2026'
      What is taken away is gone for every day, also in the past.
      """)

  @Option(help: "The day to look at, such as 2027-01-01. Without it, today.", transform: date)
  var on: CalendarDate?

  @Flag(help: "Take away what is past its term. This cannot be undone.")
  var apply = false

  @OptionGroup var staff: StaffOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var workspace: WorkspaceOption

  func validate() throws {
    guard apply else { return }
    try staff.requireReason()
    if let on, on > .today { throw ValidationError("Terms can be applied for today or an earlier day only.") }
  }

  func run() throws {
    let result = try CommandLineInterface.run(output) { () throws(WorkspaceError) in
      try Workspace.open(workspace.url).retention(on: on ?? .today, applying: apply ? staff.stamp : nil)
    }
    switch output.format {
    case .json: try sayJSON(result)
    case .text:
      let language = output.language
      let dutch = language == .dutch
      var table = TextTable([.left, .left, .right, .right, .right])
      table.add(
        dutch ? "veld" : "field", dutch ? "termijn" : "term", dutch ? "aanwezig" : "held",
        dutch ? "voorbij" : "past", dutch ? "mensen" : "people")
      for line in result.report.lines where line.term != nil && (line.field == nil || line.past > 0) {
        table.add(
          line.field.map { "  \(line.record).\($0)" } ?? line.record, line.term ?? "", language.number(line.held),
          language.number(line.past), language.number(line.people))
      }
      if let files = result.report.files, let term = result.report.filesTerm {
        table.add(
          dutch ? "ontvangen bestanden" : "received files", term, language.number(files),
          language.number(result.report.filesPast ?? 0), "")
      }
      say(table.lines(indent: 0).joined(separator: "\n"))
      if !result.withoutTerm.isEmpty {
        let names = result.withoutTerm.joined(separator: ", ")
        say((dutch ? "Geen termijn in het model: " : "No term in the model: ") + names)
      }
      let past = result.report.past
      let day = language.date(result.report.day)
      if past == 0 {
        say(dutch ? "Op \(day) is niets voorbij zijn termijn." : "On \(day) nothing is past its term.")
      } else if result.report.wasApplied {
        say(dutch ? "\(language.number(past)) weggehaald." : "\(language.number(past)) taken away.")
      } else {
        say(
          dutch
            ? "\(language.number(past)) voorbij hun termijn op \(day). Haal ze weg met --apply."
            : "\(language.number(past)) past their term on \(day). Take them away with --apply.")
      }
    }
  }
}
