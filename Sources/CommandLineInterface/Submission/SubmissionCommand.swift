import ArgumentParser
import Fingerprints
import Foundation
import Primitives
import Registers
import Workspaces

struct SubmissionCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "submission",
    abstract: "Decide about a return: its findings, its people, its cells, and the return as a whole.",
    discussion: """
      A return is named by the first digits of its fingerprint; `meedoen submissions` lists them.
      Decisions are added and never changed; `meedoen submission decisions` lists them.
      """,
    subcommands: [
      SubmissionFindingsCommand.self, SubmissionConfirmCommand.self, SubmissionDiscussCommand.self,
      SubmissionMissingCommand.self, SubmissionAnswerCommand.self, SubmissionCorrectCommand.self,
      SubmissionWithdrawCommand.self, SubmissionRestoreCommand.self, SubmissionSignCommand.self,
      SubmissionDecisionsCommand.self,
    ])
}

/// Who decides, when and why: options that every decision has.
struct DecisionOptions: ParsableArguments {
  @Option(help: "Who decides.")
  var by: String

  @Option(help: "The day of the decision, such as 2016-04-20. Without it, today.", transform: date)
  var on: CalendarDate?

  @Option(help: "Why, from the list that is named when it is left out.")
  var reason: String?

  @Option(help: "A few words, without the number of a person.")
  var note: String?

  @OptionGroup var acting: ActingOptions

  func making() throws -> DecisionMaking {
    DecisionMaking(
      by: by, on: on ?? .today,
      reason: try reason.map {
        guard let reason = DecisionReason(rawValue: $0) else {
          let all = DecisionReason.allCases.map(\.rawValue).joined(separator: ", ")
          throw ValidationError("“\($0)” is not a reason. Reasons are: \(all)")
        }
        return reason
      }, note: note, stamp: acting.stamp)
  }
}

/// Prints decisions.
func sayDecisions(_ list: DecisionList, _ output: OutputOptions) throws {
  switch output.format {
  case .json: try sayJSON(list)
  case .text:
    let language = output.language
    if list.decisions.isEmpty {
      return say(language == .dutch ? "Niets te besluiten." : "There was nothing to decide.")
    }
    for decision in list.decisions { say(DecisionText(decision: decision, language: language).line) }
  }
}

/// A decision in one line.
struct DecisionText {
  let decision: DecisionItem
  let language: Language
  var namesPerson = true

  var line: String {
    let kind =
      switch decision.kind {
      case .confirmation: LocalizedText("confirmed", nl: "bevestigd")
      case .withdrawal: LocalizedText("withdrawn", nl: "ingetrokken")
      case .restoration: LocalizedText("counts again", nl: "telt weer")
      case .absence: LocalizedText("answered", nl: "beantwoord")
      case .correction: LocalizedText("cell corrected", nl: "cel verbeterd")
      case .remark: LocalizedText("said", nl: "gezegd")
      case .signature: LocalizedText("signed", nl: "ondertekend")
      }
    var parts = [decision.decidedOn.iso]
    if let entered = decision.enteredOn, entered != decision.decidedOn {
      parts.append((language == .dutch ? "(ingevoerd " : "(entered ") + entered.iso + ")")
    }
    parts.append(kind[language])
    if let fingerprint = decision.fingerprint { parts.append(String(fingerprint.hex.prefix(8))) }
    if let number = decision.finding { parts.append((language == .dutch ? "bevinding " : "finding ") + "\(number)") }
    if namesPerson, let person = decision.person { parts.append(person) }
    if let provider = decision.provider { parts.append(provider) }
    if let detail = decision.detail { parts.append(words(for: detail)) }
    parts.append((language == .dutch ? "door " : "by ") + decision.by)
    if let reason = decision.reason { parts.append(reason.label[language]) }
    if let note = decision.note { parts.append("“\(note)”") }
    return parts.joined(separator: "  ")
  }

  /// An answer or a state in the language; anything else as it is.
  private func words(for detail: String) -> String {
    switch decision.kind {
    case .absence: AbsenceAnswer(rawValue: detail)?.label[language] ?? detail
    case .remark: Discussion.State(rawValue: detail)?.label[language] ?? detail
    default: detail
    }
  }
}

struct SubmissionDecisionsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "decisions", abstract: "Every decision, by day.",
    discussion: "Example: meedoen submission decisions --as-known-on 2018-06-30")

  @Option(help: "Only decisions until this day.", transform: date)
  var asKnownOn: CalendarDate?

  @OptionGroup var output: OutputOptions
  @OptionGroup var workspace: WorkspaceOption

  func run() throws {
    let list = try CommandLineInterface.run(output) { () throws(WorkspaceError) in
      try Workspace.open(workspace.url).decisions(asKnownOn: asKnownOn)
    }
    try sayDecisions(list, output)
  }
}
