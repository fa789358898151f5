import ArgumentParser
import Foundation
import Primitives
import SubmissionCycles
import Workspaces

struct CycleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cycle", abstract: "The cycle of returns: who sent in time, what is open, released or locked.",
    subcommands: [
      CycleStatusCommand.self, CyclePageCommand.self, CycleChaseCommand.self, CycleOpenCommand.self,
      CycleReleaseCommand.self, CycleLockCommand.self, CycleReopenCommand.self,
    ])
}

/// The day on which something is known or decided.
struct CycleDayOption: ParsableArguments {
  @Option(
    name: [.customLong("on"), .customLong("as-known-on")],
    help: "The day, such as 2016-04-15. Without it, today in the time zone of the cycle.", transform: date)
  var on: CalendarDate?

  func day(in workspace: Workspace) throws(WorkspaceError) -> CalendarDate {
    if let on { return on }
    return try workspace.day(at: Date())
  }
}

/// What every decision about a period says.
struct CycleDecisionOptions: ParsableArguments {
  @Argument(help: "The period: a month of it, such as 2016-03.", transform: month)
  var period: CalendarMonth

  @Option(help: "Who decides: a name that is kept with the decision.")
  var by: String

  @OptionGroup var acting: ActingOptions
  @OptionGroup var day: CycleDayOption

  @Flag(help: "Only try: say what would happen, keep nothing.")
  var dryRun = false

  @OptionGroup var output: OutputOptions
  @OptionGroup var workspace: WorkspaceOption

  func decide(_ kind: CycleDecision.Kind, reason: String?, until: CalendarDate? = nil) throws {
    let decided = try CommandLineInterface.run(output) { () throws(WorkspaceError) in
      let opened = try Workspace.open(workspace.url)
      return try opened.decide(
        kind, period, on: try day.day(in: opened), today: try opened.day(at: Date()), by: by, reason: reason,
        until: until, isDryRun: dryRun, stamp: acting.stamp)
    }
    switch output.format {
    case .json: try sayJSON(decided)
    case .text:
      let language = output.language
      let tried = dryRun ? (language == .dutch ? " (alleen geprobeerd)" : " (only tried)") : ""
      say(
        language == .dutch
          ? "\(decided.period): was \(decided.before.words[language]), is \(decided.after.words[language])\(tried)."
          : "\(decided.period): was \(decided.before.words[language]), is \(decided.after.words[language])\(tried).")
    }
  }
}
