import ArgumentParser
import Fingerprints
import Primitives
import Registers
import Workspaces

struct SubmissionMissingCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "missing", abstract: "People of the return before this one who are no longer in it.",
    discussion: "Example: meedoen submission missing 3f9a12c7 --numbers")

  @Argument(help: "The first digits of the return's fingerprint.")
  var submission: String

  @Flag(help: "Name people by their numbers too; opens the vault.")
  var numbers = false

  @OptionGroup var staff: StaffOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var workspace: WorkspaceOption

  func run() throws {
    let list = try CommandLineInterface.run(output) { () throws(WorkspaceError) in
      try Workspace.open(workspace.url).missingPeople(in: submission, showsNumbers: numbers, by: staff.stamp)
    }
    switch output.format {
    case .json: try sayJSON(list)
    case .text:
      let language = output.language
      let dutch = language == .dutch
      if list.returnsHoldChanges {
        return say(
          dutch
            ? "Aanleveringen van dit model bevatten alleen wijzigingen: wie er niet in staat, is niet weg."
            : "Returns of this model hold changes only: who is not in one is not missing.")
      }
      guard let whole = list.whole else {
        return say(
          dutch
            ? "Dit is een deel, en over die maand is er geen volledige aanlevering: niemand ontbreekt."
            : "This is a part, and there is no whole return about that month: nobody is missing.")
      }
      if whole != list.fingerprint {
        say(
          (dutch ? "Dit is een deel van " : "This is a part of ") + whole.hex.prefix(8)
            + (dutch ? "; samen:" : "; together:"))
      }
      if list.people.isEmpty { return say(dutch ? "Iedereen staat er nog in." : "Everybody is still in it.") }
      for item in list.people {
        let state =
          item.isOpen
          ? (dutch ? "te beantwoorden" : "to be answered")
          : item.answer.map { DecisionText(decision: $0, language: language, namesPerson: false).line } ?? ""
        say([item.person, item.number ?? "", state].filter { !$0.isEmpty }.joined(separator: "  "))
      }
    }
  }
}

struct SubmissionAnswerCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "answer", abstract: "Say why a provider no longer sends somebody. Nobody is deleted.",
    discussion: """
      Examples: meedoen submission answer k7c2m9… --provider entree --answer left --reason moved-away --by 'J. Bakker'
                meedoen submission answer --number 1001 --provider entree --answer left --reason moved-away --by 'J. Bakker'
      still-here: left out of this return, and asked again next time. left: no longer in the programme; what is known
      stays. entered-in-error: what this provider sent about them no longer counts, from that day on.
      """)

  @OptionGroup var person: DecidedPerson

  @Option(help: "Who no longer sends them.")
  var provider: String

  @Option(help: "still-here, left or entered-in-error.")
  var answer: AbsenceAnswer

  @OptionGroup var decision: DecisionOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var workspace: WorkspaceOption

  func validate() throws { try person.check() }

  func run() throws {
    let making = try decision.making()
    let list = try CommandLineInterface.run(output) { () throws(WorkspaceError) in
      let opened = try Workspace.open(workspace.url)
      var pseudonym = person.pseudonym ?? ""
      if let number = person.number { pseudonym = try opened.pseudonym(ofPerson: number, provider: provider) }
      return try opened.answer(answer, about: pseudonym, provider: provider, making, today: .today)
    }
    if list.isStillSent {
      note(
        output.language == .dutch
          ? "Deze persoon staat in de laatste aanlevering van \(provider); daar werd niet naar gevraagd."
          : "This person is in the latest return of \(provider); nobody asked.")
    }
    try sayDecisions(list, output)
  }
}

/// Somebody about whom is decided: by pseudonym, or by number.
struct DecidedPerson: ParsableArguments {
  @Argument(help: "The pseudonym of the person.")
  var pseudonym: String?

  @Option(help: "The person's number, as the provider writes it, instead of a pseudonym; opens the vault's key.")
  var number: String?

  func check() throws {
    if (pseudonym == nil) == (number == nil) {
      throw ValidationError("Name the person: a pseudonym, or --number and --provider")
    }
  }
}

extension AbsenceAnswer: ExpressibleByArgument {}
