import ArgumentParser
import Primitives
import Registers
import Workspaces

struct LinkMergeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge", abstract: "Decide that two numbers are one person, or two people. Can be undone.",
    discussion: """
      Examples: meedoen link merge --certain --by "data steward" --reason "same by linkage" --dry-run
                meedoen link merge k3v9… q7ta… --by "data steward" --reason "permit seen"
                meedoen link merge k3v9… q7ta… --different --by "data steward" --reason "twins"
      """)

  @Argument(help: "The two pseudonyms.")
  var people: [String] = []

  @Flag(help: "All pairs that are certain and were not decided about.")
  var certain = false

  @Flag(help: "They are two people: they are not shown again.")
  var different = false

  @Flag(help: "Show what would be decided; change nothing.")
  var dryRun = false

  @OptionGroup var decision: LinkDecisionOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var workspace: WorkspaceOption

  func validate() throws {
    guard certain ? people.isEmpty && !different : people.count == 2 else {
      throw ValidationError("name two pseudonyms, or give --certain and no pseudonyms")
    }
    guard certain || !dryRun else { throw ValidationError("--dry-run goes with --certain") }
  }

  func run() throws {
    let progress = ProgressLine(format: output.progress)
    let taken = try CommandLineInterface.run(output) { () throws(WorkspaceError) in
      let workspace = try Workspace.open(workspace.url)
      guard !certain else {
        return try workspace.mergeCertain(
          on: decision.day, by: decision.by, reason: decision.reason, dryRun: dryRun, progress: progress.handler)
      }
      return try workspace.decide(
        LinkDecision(
          people[0], people[1], different ? .different : .same, on: decision.day, by: decision.by,
          reason: decision.reason))
    }
    progress.clear()
    try tell(taken, output)
  }
}

struct LinkUndoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "undo", abstract: "Undo what was decided about two numbers. Past days keep showing it.",
    discussion: """
      Examples: meedoen link undo k3v9… q7ta… --by "data steward" --reason "two brothers"
                meedoen link undo --number 12 --by "data steward" --reason "two brothers"
      Any decision can be undone, not only the last one. `meedoen link list` shows their numbers.
      """)

  @Argument(help: "The two pseudonyms.")
  var people: [String] = []

  @Option(help: "The number of the decision in `meedoen link list`, instead of the two pseudonyms.")
  var number: Int?

  @OptionGroup var decision: LinkDecisionOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var workspace: WorkspaceOption

  func validate() throws {
    guard number == nil ? people.count == 2 : people.isEmpty else {
      throw ValidationError("name two pseudonyms, or give --number and no pseudonyms")
    }
  }

  func run() throws {
    let taken = try CommandLineInterface.run(output) { () throws(WorkspaceError) in
      let workspace = try Workspace.open(workspace.url)
      if let number {
        return try workspace.undoDecision(number, on: decision.day, by: decision.by, reason: decision.reason)
      }
      return try workspace.decide(
        LinkDecision(people[0], people[1], .undone, on: decision.day, by: decision.by, reason: decision.reason))
    }
    try tell(taken, output)
  }
}

struct LinkListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "All decisions about who is one person, by whom and why.",
    discussion: "Example: meedoen link list --as-known-on 2024-06-30")

  @Option(help: "Only what was decided by the end of this day.", transform: date)
  var asKnownOn: CalendarDate?

  @OptionGroup var output: OutputOptions
  @OptionGroup var workspace: WorkspaceOption

  func run() throws {
    let list = try CommandLineInterface.run(output) { () throws(WorkspaceError) in
      try Workspace.open(workspace.url).linkDecisions(asKnownOn: asKnownOn)
    }
    guard output.format == .text else { return try sayJSON(list) }
    if list.decisions.isEmpty {
      return say(output.language == .dutch ? "Er is nog niets besloten." : "Nothing was decided yet.")
    }
    var table = TextTable([.right, .left, .left, .left, .left, .left, .left])
    for (index, each) in list.decisions.enumerated() {
      table.add(
        output.language.number(index + 1), each.decidedOn.iso, each.first, each.second, each.kind.word(output.language),
        each.decidedBy, each.reason)
    }
    say(table.lines(indent: 0).joined(separator: "\n"))
  }
}

private func tell(_ taken: LinkDecisions, _ output: OutputOptions) throws {
  guard output.format == .text else { return try sayJSON(taken) }
  let language = output.language
  let dutch = language == .dutch
  if taken.decisions.count == 1, let only = taken.decisions.first {
    say("\(only.first) \(only.second): \(only.kind.word(language))")
    if taken.isStillOne == true {
      say(dutch ? "Via anderen zijn zij nog steeds één persoon." : "Through others they are still one person.")
    }
  } else {
    let count = language.number(taken.decisions.count)
    say(
      taken.isDryRun
        ? (dutch ? "\(count) paren zouden één persoon worden." : "\(count) pairs would be one person.")
        : (dutch ? "\(count) paren zijn nu één persoon." : "\(count) pairs are one person now."))
  }
}

extension LinkDecision.Kind {
  fileprivate func word(_ language: Language) -> String {
    switch (self, language) {
    case (.same, .english): "one person"
    case (.same, .dutch): "één persoon"
    case (.different, .english): "two people"
    case (.different, .dutch): "twee mensen"
    case (.undone, .english): "undone"
    case (.undone, .dutch): "ongedaan gemaakt"
    }
  }
}
