import ArgumentParser
import DataModels
import Foundation
import Primitives
import Submissions
import Workspaces

struct SubmitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "submit",
    abstract: "Check returns and take their sound rows into the register. Rows with errors are held.",
    discussion: """
      Examples: meedoen submit return.xlsx --provider entree --period 2016-03
                meedoen submit returns/          (folders with a return.yml each)
                meedoen submit return.xlsx --provider entree --period 2016-03 --dry-run --effect plans/into-work.yml
                                                 (what it changes, and does to a study, before it is signed)
      The same return again changes nothing, so an interrupted run can simply be run again.
      """)

  @Argument(help: "Files of one return, or folders that hold returns.")
  var paths: [String]

  @Option(help: "Who sent it.")
  var provider: String?

  @Option(help: "The month it is about, such as 2016-03.", transform: month)
  var period: CalendarMonth?

  @Option(help: "The day of receipt, such as 2016-04-12. Without it, the day in return.yml, or today.", transform: date)
  var received: CalendarDate?

  @Flag(help: "Only try: show what would happen, keep nothing.")
  var dryRun = false

  @Option(help: "With --dry-run: show what this study tells without and with the return. Can be repeated.")
  var effect: [String] = []

  @Option(
    help:
      "The provider's latest return about the month that you saw (its first digits), or `nothing`. When it is another one by now, yours is not taken in."
  )
  var basedOn: String?

  @Flag(
    help:
      "It holds some rows only, laid over the whole return about the month: who is not in it is not missing. A file of held rows is known to be that."
  )
  var part = false

  @Option(help: "day-month or month-day: the order of dates such as 03-04-2016, that do not show it.")
  var dates: DateOrder?

  @Option(help: "Who answers for it.")
  var signedBy: String?

  @Flag(help: "With --dry-run: list every row that changes.")
  var all = false

  @Flag(help: "With --dry-run: name people by their numbers too; opens the vault.")
  var numbers = false

  @Flag(help: "The provider is new, though its name is like that of a known one.")
  var newProvider = false

  @OptionGroup var staff: StaffOptions
  @OptionGroup var returned: ReturnedFileOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var workspace: WorkspaceOption

  func validate() throws {
    if !effect.isEmpty, !dryRun { throw ValidationError("--effect shows what would happen; add --dry-run") }
  }

  func run() throws {
    var results: [SubmitResult] = []
    let language = output.language
    let bar = ProgressLine(format: output.progress)
    if !dryRun { onInterruption(say: parting, in: language) }
    do throws(WorkspaceError) {
      var request = SubmitRequest(
        paths: paths, provider: provider, period: period, receivedOn: received, isDryRun: dryRun,
        acceptsNewProvider: newProvider, stamp: staff.stamp)
      request.returned = returned.files
      request.effectPlans = effect
      request.basedOn = basedOn
      request.signedBy = signedBy
      request.showsNumbers = numbers
      request.isPart = part
      request.dates = dates
      try Workspace.open(workspace.url).submit(
        request, today: .today, language: language, codeVersion: MeedoenVersion.number, progress: bar.handler,
        aside: {
          bar.clear()
          note($0[language])
        },
        each: { result in
          results.append(result)
          guard output.format == .text else { return }
          bar.clear()
          say(SubmitText(result: result, language: language, showsAll: all, place: workspace.argument).text)
          noteWritten(result.check?.written ?? [], in: language)
        })
    } catch {
      bar.clear()
      if output.format == .text, !results.isEmpty { say(SubmitText.closing(results, language: language)) }
      throw try told(error, output, after: results)
    }
    switch output.format {
    case .json:
      struct Results: Encodable {
        let schema = "meedoen-submit/1"
        let returns: [SubmitResult]
      }
      try sayJSON(Results(returns: results))
    case .text: say(SubmitText.closing(results, language: language))
    }
    try finish(results.map { $0.conflict == nil ? $0.check?.exitCode ?? 0 : 1 }.max() ?? 0)
  }

  private var parting: LocalizedText {
    LocalizedText(
      "meedoen: stopped. Returns already listed are kept (`meedoen submissions` names them all), nothing half is left, and the same command can be run again.",
      nl:
        "meedoen: gestopt. Aanleveringen die al zijn genoemd zijn bewaard (`meedoen submissions` noemt ze alle), niets is half gedaan, en hetzelfde commando kan opnieuw worden uitgevoerd."
    )
  }
}

func month(_ text: String) throws -> CalendarMonth {
  guard let month = CalendarMonth(iso: text) else { throw ValidationError("“\(text)” is not a month such as 2016-03") }
  return month
}

func date(_ text: String) throws -> CalendarDate {
  guard let date = CalendarDate(iso: text) else { throw ValidationError("“\(text)” is not a date such as 2016-04-12") }
  return date
}

extension CalendarDate {
  /// The day it is in the time zone of the system.
  static var today: CalendarDate {
    let parts = Calendar(identifier: .gregorian).dateComponents([.year, .month, .day], from: Date())
    return CalendarDate(year: parts.year!, month: parts.month!, day: parts.day!)!
  }
}
