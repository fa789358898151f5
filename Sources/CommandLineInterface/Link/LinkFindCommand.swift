import ArgumentParser
import Foundation
import Linkage
import Primitives
import Workspaces

struct LinkFindCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "find", abstract: "Count the people who seem to be in the register twice. Changes nothing.",
    discussion: "Example: meedoen link find --workspace waterstad")

  @OptionGroup var output: OutputOptions
  @OptionGroup var workspace: WorkspaceOption

  func run() throws {
    let progress = ProgressLine(format: output.progress)
    let found = try CommandLineInterface.run(output) { () throws(WorkspaceError) in
      try Workspace.open(workspace.url).findLinks(progress: progress.handler)
    }
    progress.clear()
    switch output.format {
    case .json: try sayJSON(found)
    case .text:
      let language = output.language
      let dutch = language == .dutch
      func row(_ count: Int) -> String { language.number(count) }
      say(
        dutch
          ? "\(row(found.people)) nummers van mensen, \(row(found.compared)) paren vergeleken."
          : "\(row(found.people)) numbers of people, \(row(found.compared)) pairs compared.")
      var table = TextTable([.left, .right])
      table.add(dutch ? "zeker één persoon" : "certainly one person", row(found.certain))
      table.add(dutch ? "om naar te kijken" : "to look at", row(found.review))
      table.add(dutch ? "besloten: één persoon" : "decided: one person", row(found.decidedSame))
      table.add(dutch ? "besloten: twee mensen" : "decided: two people", row(found.decidedDifferent))
      say(table.lines().joined(separator: "\n"))
      if found.certain > 0 {
        let mistakes = String(format: "%.1f", found.expectedMistakes)
        say(
          dutch
            ? "Van wat zeker is, zijn naar verwachting \(mistakes.replacing(".", with: ",")) paren twee mensen."
            : "Of what is certain, \(mistakes) pairs are expected to be two people.")
      }
      if found.recordsInLargeBlocks > 0 {
        say(
          dutch
            ? "\(row(found.recordsInLargeBlocks)) keer stond iemand in een te grote groep om paarsgewijs te vergelijken."
            : "\(row(found.recordsInLargeBlocks)) times somebody was in a group too large to compare pair by pair.")
      }
      var weights = TextTable([.left, .left, .left])
      weights.add(
        dutch ? "veld" : "field", dutch ? "soort" : "kind",
        dutch ? "gewicht, van anders tot gelijk" : "weight, from different to same")
      for field in found.fields {
        weights.add(
          field.field, field.kind.rawValue, field.weights.map { String(format: "%+.1f", $0) }.joined(separator: "  "))
      }
      say(weights.lines().joined(separator: "\n"))
    }
  }
}
