import ArgumentParser
import DataModels
import Primitives
import Submissions
import Workspaces

struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Check files against a data model. Nothing is sent or kept.",
    discussion: """
      Example: meedoen check person.csv activity.csv --model municipality
               meedoen check return.xlsx --model municipality --annotate back --held back/held.xlsx --html back/check.html
               meedoen check return.xlsx --provider entree --period 2016-03     (with what the workspace knows already)
      Exit code: 0 when nothing is held, 1 when rows are held, 2 when a file cannot be read, 3 when the model is refused.
      """)

  @Argument(help: "CSV, Excel or SPSS files, Data Packages, or folders that hold them.")
  var files: [String]

  @Option(help: "The data model: a name, a file, or a published folder. Not with --provider.")
  var model: String?

  @Option(help: "The month it is about, such as 2016-03: some checks are milder at first.", transform: month)
  var period: CalendarMonth?

  @Option(help: "day-month or month-day: the order of dates such as 03-04-2016, that do not show it.")
  var dates: DateOrder?
  @Option(help: "Who would send it: checks it as `submit` would, with all that the workspace knows. Keeps nothing.")
  var provider: String?

  @Option(help: "With --provider: the day of receipt, such as 2016-04-12. Without it, today.", transform: date)
  var received: CalendarDate?

  @Flag(help: "List every finding, not the first twenty.")
  var all = false

  @Flag(help: "Only what holds rows back, and all of it.")
  var errors = false

  @OptionGroup var returned: ReturnedFileOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var workspace: WorkspaceOption

  func validate() throws {
    guard (model == nil) != (provider == nil) else {
      throw ValidationError("Give --model, or --provider with --period to check with what a workspace knows.")
    }
    if provider != nil, period == nil { throw ValidationError("--provider needs --period, the month it is about") }
    if received != nil, provider == nil { throw ValidationError("--received goes with --provider") }
  }

  /// As `submit` would check it, with what the workspace knows; nothing is kept.
  private func checkInWorkspace() throws(WorkspaceError) -> CheckResult {
    let language = output.language
    var request = SubmitRequest(
      paths: files, provider: provider, period: period, receivedOn: received, isDryRun: true, acceptsNewProvider: true)
    request.returned = returned.files
    let bar = ProgressLine(format: output.progress)
    var result: SubmitResult?
    try Workspace.open(workspace.url).submit(
      request, today: .today, language: language, progress: bar.handler,
      aside: {
        bar.clear()
        note($0[language])
      }, each: { result = $0 })
    if let check = result?.check { return check }
    // It was taken in before, so the workspace knows nothing that it did not know then.
    note(
      language == .dutch
        ? "Deze aanlevering is al opgenomen; hieronder staat alleen wat de bestanden zelf laten zien."
        : "This return was taken in before; below is only what the files themselves show.")
    return try checkFiles(
      files, model: try Workspace.open(workspace.url).model, language: language, period: period,
      receivedOn: received ?? .today, returned: returned.files, aside: { note($0[language]) })
  }

  func run() throws {
    let language = output.language
    let result = try CommandLineInterface.run(output) { () throws(WorkspaceError) in
      guard let model else { return try checkInWorkspace() }
      let found = try ModelLibrary(workspace: workspace.url).find(model)
      for line in found.report { note(line.message[language]) }
      return try checkFiles(
        files, model: try version(found.model), language: language, period: period, receivedOn: .today,
        dates: dates,
        returned: returned.files,
        progress: ProgressLine(format: output.progress).handler,
        aside: { note($0[language]) })
    }
    switch output.format {
    case .text: say(CheckText(result: result, showsAll: all, errorsOnly: errors, width: TerminalWidth.current).text)
    case .json: try sayJSON(result)
    }
    noteWritten(result.written, in: language)
    try finish(result.exitCode)
  }
}

extension DateOrder: ExpressibleByArgument {}
extension CheckCommand {
  /// The version of a model that a workspace has in force for the month that the files are about.
  private func version(_ found: DataModel) throws(WorkspaceError) -> DataModel {
    guard let period, Workspace.exists(in: workspace.url) else { return found }
    let opened = try Workspace.open(workspace.url)
    return opened.settings.model == model ? opened.versions.model(for: period) : found
  }
}

/// A paragraph broken into lines.
///
/// - Parameter hanging: the indent of all lines but the first; without one it is that of the first.
func wrapped(_ text: String, width: Int, indent: String = "", hanging: String? = nil) -> String {
  text.split(separator: "\n", omittingEmptySubsequences: false).map { paragraph in
    var lines: [String] = []
    var line = ""
    for word in paragraph.split(separator: " ") {
      let margin = lines.isEmpty ? indent : hanging ?? indent
      if !line.isEmpty, line.count + 1 + word.count > width - margin.count {
        lines.append(margin + line)
        line = ""
      }
      line += (line.isEmpty ? "" : " ") + word
    }
    lines.append((lines.isEmpty ? indent : hanging ?? indent) + line)
    return lines.joined(separator: "\n")
  }.joined(separator: "\n")
}
