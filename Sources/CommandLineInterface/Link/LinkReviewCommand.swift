import ArgumentParser
import Foundation
import Primitives
import Workspaces

struct LinkReviewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "review", abstract: "Show the pairs that somebody has to decide about, with their names.",
    discussion: """
      Example: meedoen link review --limit 10
      It opens the vault: run it where only those who may know these names can see the screen.
      """)

  @Option(help: "How many pairs to show.")
  var limit: Int = 20

  @Flag(help: "Also those that are certain.")
  var certain = false

  @OptionGroup var staff: StaffOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var workspace: WorkspaceOption

  func validate() throws {
    guard limit > 0 else { throw ValidationError("--limit is 1 or more") }
  }

  func run() throws {
    let progress = ProgressLine(format: output.progress)
    let review = try CommandLineInterface.run(output) { () throws(WorkspaceError) in
      try Workspace.open(workspace.url).linksToReview(
        limit: limit, withCertain: certain, by: staff.stamp, progress: progress.handler)
    }
    progress.clear()
    switch output.format {
    case .json: try sayJSON(review)
    case .text:
      let language = output.language
      let dutch = language == .dutch
      for pair in review.pairs {
        let share = String(format: "%.1f", 100 * pair.probability)
        let percent = dutch ? "\(share.replacing(".", with: ",")) %" : "\(share)%"
        say("\(pair.first) \(pair.second)  \(percent)  \(pair.providers.joined(separator: " · "))")
        var table = TextTable([.left, .left, .left, .left])
        for field in pair.fields {
          table.add(field.field, field.first ?? "–", field.second ?? "–", field.agreement?[language] ?? "")
        }
        say(table.lines().joined(separator: "\n"))
        if pair.doubt != nil {
          say(
            dutch
              ? "  Een andere voornaam: dit kunnen tweelingen zijn." : "  Another given name: these may be twins.")
        }
        if pair.namesExchanged {
          say(dutch ? "  De namen zijn gekruist vergeleken." : "  The names were compared crosswise.")
        }
        say()
      }
      let (shown, total) = (language.number(review.pairs.count), language.number(review.total))
      say(dutch ? "\(shown) van \(total) paren." : "\(shown) of \(total) pairs.")
      if !review.pairs.isEmpty {
        say(
          dutch
            ? "Eén persoon: meedoen link merge PSEUDONIEM PSEUDONIEM --by WIE --reason WAAROM; twee mensen: met --different."
            : "One person: meedoen link merge PSEUDONYM PSEUDONYM --by WHO --reason WHY; two people: with --different.")
      }
    }
  }
}
