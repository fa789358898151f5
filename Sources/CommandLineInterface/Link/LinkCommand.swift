import ArgumentParser
import Foundation
import Primitives

struct LinkCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "link", abstract: "People who are in the register under two numbers: find, look, decide, undo.",
    subcommands: [
      LinkFindCommand.self, LinkReviewCommand.self, LinkMergeCommand.self, LinkUndoCommand.self, LinkListCommand.self,
    ])
}

/// Who decides, when and why.
struct LinkDecisionOptions: ParsableArguments {
  @Option(help: "Who decides: a name or role of staff.")
  var by: String

  @Option(help: "Why.")
  var reason: String

  @Option(help: "The day of the decision, such as 2024-03-01. Without it, today.", transform: date)
  var on: CalendarDate?

  @OptionGroup var acting: ActingOptions

  var day: CalendarDate { on ?? today }

  func validate() throws {
    guard !by.allSatisfy(\.isWhitespace), !reason.allSatisfy(\.isWhitespace) else {
      throw ValidationError("--by and --reason say who and why")
    }
    if let on, on > today { throw ValidationError("--on is today or a day before") }
  }

  private var today: CalendarDate {
    let parts = Calendar(identifier: .gregorian).dateComponents([.year, .month, .day], from: Date())
    return CalendarDate(year: parts.year!, month: parts.month!, day: parts.day!)!
  }
}
