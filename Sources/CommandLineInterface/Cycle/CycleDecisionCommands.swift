import ArgumentParser
import Primitives
import SubmissionCycles

struct CycleOpenCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "open", abstract: "Open the first period; those after it open on their first day.",
    discussion: "Example: meedoen cycle open 2016-01 --by 'A. de Wit'")

  @OptionGroup var decision: CycleDecisionOptions

  func run() throws { try decision.decide(.open, reason: nil) }
}

struct CycleReleaseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "release",
    abstract: "Show a period to all. Where the model names a release day, the calendar does it.",
    discussion: "Example: meedoen cycle release 2016-03 --by 'A. de Wit'")

  @OptionGroup var decision: CycleDecisionOptions

  @Option(help: "Why now, if there is something to say.")
  var reason: String?

  func run() throws { try decision.decide(.release, reason: reason) }
}

struct CycleLockCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lock", abstract: "Close a released period: nothing about it is taken in any more.",
    discussion: "Example: meedoen cycle lock 2016-03 --by 'A. de Wit'")

  @OptionGroup var decision: CycleDecisionOptions

  @Option(help: "Why, if there is something to say.")
  var reason: String?

  func run() throws { try decision.decide(.lock, reason: reason) }
}

struct CycleReopenCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reopen", abstract: "Open a locked period again, until a day and for a reason.",
    discussion: """
      Example: meedoen cycle reopen 2016-03 --until 2016-09-30 --by 'A. de Wit' --reason 'wrong start dates'
      What comes in then restates what was reported. The period locks by itself after the last day.
      """)

  @OptionGroup var decision: CycleDecisionOptions

  @Option(help: "The last day on which it is open.", transform: date)
  var until: CalendarDate

  @Option(help: "Why. It is shown with the period from then on.")
  var reason: String

  func run() throws { try decision.decide(.reopen, reason: reason, until: until) }
}
