import ArgumentParser
import Primitives
import Workspaces

struct CycleStatusCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "How each period stands, who keeps to the days, and what is still expected.",
    discussion: """
      Examples: meedoen cycle status
                meedoen cycle status --on 2016-05-02 --provider entree
      Counts of people are exact: this is for those who run the programme. `meedoen cycle page` protects them.
      """)

  @Option(help: "Only this provider.")
  var provider: String?

  @Flag(help: "Every period; without it, the last six.")
  var all = false

  @OptionGroup var day: CycleDayOption
  @OptionGroup var output: OutputOptions
  @OptionGroup var workspace: WorkspaceOption

  func run() throws {
    let overview = try CommandLineInterface.run(output) { () throws(WorkspaceError) in
      let opened = try Workspace.open(workspace.url)
      return try opened.cycleOverview(asKnownOn: try day.day(in: opened), provider: provider)
    }
    switch output.format {
    case .json: try sayJSON(overview)
    case .text: say(CycleText(overview: overview, language: output.language, showsAll: all).text)
    }
  }
}

struct CyclePageCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "page", abstract: "Write the page of a period, with protected counts, in both languages.",
    discussion: "Example: meedoen cycle page 2016-03 --on 2016-04-15")

  @Argument(
    help: "The period: a month of it. Without it, the last one whose due day has passed.", transform: month)
  var period: CalendarMonth?

  @OptionGroup var day: CycleDayOption
  @OptionGroup var output: OutputOptions
  @OptionGroup var workspace: WorkspaceOption

  func run() throws {
    let pages = try CommandLineInterface.run(output) { () throws(WorkspaceError) in
      let opened = try Workspace.open(workspace.url)
      return try opened.writeCyclePages(period, asKnownOn: try day.day(in: opened))
    }
    switch output.format {
    case .json: try sayJSON(pages)
    case .text: for file in pages.files { say(file) }
    }
  }
}
