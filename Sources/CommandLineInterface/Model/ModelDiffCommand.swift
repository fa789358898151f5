import ArgumentParser
import DataModels
import Foundation
import Primitives
import Workspaces

struct ModelDiffCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "What is different between two versions of a model, and what that does to stored rows.",
    discussion: """
      Examples: meedoen model diff models/rtof.yml rtof-new.yml
                meedoen model diff models/rtof.yml rtof-new.yml --stored --workspace waterstad
      With --stored the rows of the workspace that would not fit any more are counted. Nothing is changed.
      Ends with exit code 1 when a register could not be opened with the newer version.
      """)

  @Argument(help: "The older version: a name, a file, or a published folder.")
  var old: String

  @Argument(help: "The newer version.")
  var new: String

  @Flag(help: "Count the stored rows of the workspace that each change touches.")
  var stored = false

  @OptionGroup var output: OutputOptions
  @OptionGroup var workspace: WorkspaceOption

  func run() throws {
    let report = try CommandLineInterface.run(output) { () throws(WorkspaceError) in
      let library = ModelLibrary(workspace: workspace.url)
      return try compareModels(
        try library.find(old).model, try library.find(new).model,
        stored: stored ? try Workspace.open(workspace.url) : nil, language: output.language)
    }
    switch output.format {
    case .json: try sayJSON(report)
    case .text: say(ModelDifferenceText(report: report).text)
    }
    try finish(report.canBeOpened ? 0 : 1)
  }
}

/// The differences between two versions of a model as people read them.
struct ModelDifferenceText {
  let report: ModelDifferenceReport

  var text: String {
    let lines = changes
    let dutch = report.language == .dutch
    guard !report.changes.isEmpty else { return lines.joined(separator: "\n") }
    let end =
      report.canBeOpened
      ? (dutch ? "Een register gaat open met de nieuwe versie." : "A register opens with the newer version.")
      : (dutch
        ? "Een register gaat niet open met de nieuwe versie: geef een nieuw veld een andere naam, of begin een nieuw register."
        : "A register does not open with the newer version: give a new field another name, or begin a new register.")
    return (lines + ["", end]).joined(separator: "\n")
  }

  /// The versions, and every difference under what it does to stored rows.
  var changes: [String] {
    let dutch = report.language == .dutch
    var lines = ["\(report.model) \(report.from) → \(report.to)"]
    guard !report.changes.isEmpty else {
      return lines + [dutch ? "Er is geen verschil." : "There is no difference."]
    }
    for effect in ModelChange.Effect.allCases.reversed() {
      let own = report.changes.filter { $0.effect == effect }
      if own.isEmpty { continue }
      let words = effect.words[report.language]
      lines += ["", words.prefix(1).uppercased() + words.dropFirst() + " (\(own.count))"]
      var table = TextTable([.left, .left, .right])
      for change in own {
        let count = change.stored.map { "\(report.language.number($0)) " + (dutch ? "rijen" : "rows") } ?? ""
        table.add(change.place, change.what, count)
      }
      lines += table.lines()
    }
    return lines
  }
}
