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
      Exit code: 0 when nothing is held, 1 when rows are held, 2 when a file cannot be read, 3 when the model is refused.
      """)

  @Argument(help: "CSV, Excel or SPSS files, Data Packages, or folders that hold them.")
  var files: [String]

  @Option(help: "The data model: a name, a file, or a published folder.")
  var model: String

  @Option(help: "The month it is about, such as 2016-03: some checks are milder at first.", transform: month)
  var period: CalendarMonth?

  @Option(help: "day-month or month-day: the order of dates such as 03-04-2016, that do not show it.")
  var dates: DateOrder?

  @Flag(help: "List every finding, not the first twenty.")
  var all = false

  @Flag(help: "Only what holds rows back, and all of it.")
  var errors = false

  @OptionGroup var returned: ReturnedFileOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var workspace: WorkspaceOption

  func run() throws {
    let language = output.language
    let result = try CommandLineInterface.run(output) { () throws(WorkspaceError) in
      let found = try ModelLibrary(workspace: workspace.url).find(model)
      for line in found.report { note(line.message[language]) }
      return try checkFiles(
        files, model: found.model, language: language, period: period, receivedOn: .today, dates: dates,
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
