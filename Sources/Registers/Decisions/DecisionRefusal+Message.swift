import Fingerprints
import Primitives

extension DecisionRefusal {
  /// What is wrong and what to do about it. Never holds a note or a person's number.
  public var message: LocalizedText {
    switch self {
    case .reasonNeeded(let kind):
      {
        let reasons = DecisionReason.reasons(for: kind)
        func list(_ language: Language) -> String {
          reasons.map { "\($0.rawValue) (\($0.label[language]))" }.joined(separator: ", ")
        }
        return LocalizedText(
          "A reason is needed, one of: \(list(.english)).", nl: "Er is een reden nodig, een van: \(list(.dutch)).")
      }()
    case .reasonNeededFor(let answer):
      {
        func list(_ language: Language) -> String {
          DecisionReason.reasons(for: answer).map { "\($0.rawValue) (\($0.label[language]))" }.joined(separator: ", ")
        }
        return LocalizedText(
          "With this answer goes a reason, one of: \(list(.english)).",
          nl: "Bij dit antwoord hoort een reden, een van: \(list(.dutch)).")
      }()
    case .noteNeeded:
      LocalizedText(
        "Say in a few words what it is: add --note.", nl: "Zeg in een paar woorden wat het is: voeg --note toe.")
    case .noteRefused:
      LocalizedText(
        "A note has at most \(Self.longestNote) characters on one line, without control characters.",
        nl: "Een toelichting heeft hoogstens \(Self.longestNote) tekens op één regel, zonder besturingstekens.")
    case .noteNamesPerson:
      LocalizedText(
        "The note names somebody by their number. Notes are kept outside the vault: leave the number out.",
        nl: "De toelichting noemt iemand bij nummer. Toelichtingen staan buiten de kluis: laat het nummer weg.")
    case .actorNeeded:
      LocalizedText(
        "Say who decides: --by with a name of at most 100 characters.",
        nl: "Zeg wie besluit: --by met een naam van hoogstens 100 tekens.")
    case .tooEarly(let day, let earliest):
      LocalizedText(
        "\(day.iso) is too early: what it is about came in on \(earliest.iso). Choose that day or a later one.",
        nl: "\(day.iso) is te vroeg: waar het over gaat kwam binnen op \(earliest.iso). Kies die dag of een latere.")
    case .alreadyWithdrawn(let fingerprint):
      LocalizedText(
        "The return \(fingerprint.hex.prefix(8)) was withdrawn already; nothing changes.",
        nl: "De aanlevering \(fingerprint.hex.prefix(8)) is al ingetrokken; er verandert niets.")
    case .notWithdrawn(let fingerprint):
      LocalizedText(
        "The return \(fingerprint.hex.prefix(8)) was not withdrawn; it counts.",
        nl: "De aanlevering \(fingerprint.hex.prefix(8)) is niet ingetrokken; zij telt.")
    case .unknownFinding(let number, let count):
      LocalizedText(
        "There is no finding \(number); this return has \(count).",
        nl: "Er is geen bevinding \(number); deze aanlevering heeft er \(count).")
    case .nothingToConfirm(let number):
      LocalizedText(
        "Finding \(number) is no question. Only findings to confirm can be confirmed; an error is mended and sent again.",
        nl:
          "Bevinding \(number) is geen vraag. Alleen wat te bevestigen is, kan worden bevestigd; een fout wordt verbeterd en opnieuw gestuurd."
      )
    case .findingsWithoutMarks(let fingerprint):
      LocalizedText(
        "The return \(fingerprint.hex.prefix(8)) was taken in by an older version, which did not mark its findings. Decide about them in the next return.",
        nl:
          "De aanlevering \(fingerprint.hex.prefix(8)) is opgenomen door een oudere versie, die bevindingen niet merkte. Besluit erover in de volgende aanlevering."
      )
    case .unknownPerson:
      LocalizedText(
        "The register knows nobody by this pseudonym. `meedoen diff` and `meedoen submission missing` name them, with --numbers by number too; a number is given with --number and --provider.",
        nl:
          "Het register kent niemand met dit pseudoniem. `meedoen diff` en `meedoen submission missing` noemen ze, met --numbers ook bij nummer; een nummer geeft u met --number en --provider."
      )
    case .unknownRow(let record):
      LocalizedText(
        "This person has no row of “\(record)” with this key. Give every field of the key with --key field=value.",
        nl:
          "Deze persoon heeft geen rij van ‘\(record)’ met deze sleutel. Geef elk veld van de sleutel met --key veld=waarde."
      )
    case .keyCell(let field):
      LocalizedText(
        "“\(field)” tells rows apart, so it cannot be corrected by itself. Withdraw the return, or send the row again.",
        nl:
          "‘\(field)’ onderscheidt rijen en is niet los te verbeteren. Trek de aanlevering in of stuur de rij opnieuw.")
    case .unknownField(let record, let field):
      LocalizedText(
        "The model has no field “\(field)” in “\(record)”.", nl: "Het model heeft geen veld ‘\(field)’ in ‘\(record)’.")
    case .discussion(let refusal):
      switch (refusal.state, refusal.event) {
      case (nil, _):
        LocalizedText(
          "Nothing was asked about this finding yet. Ask first: leave --answer and --close out.",
          nl: "Over deze bevinding is nog niets gevraagd. Vraag eerst iets: laat --answer en --close weg.")
      default:
        LocalizedText(
          "The discussion is closed. Ask again to open it: leave --answer and --close out.",
          nl: "Het gesprek is gesloten. Vraag opnieuw iets om het te openen: laat --answer en --close weg.")
      }
    }
  }
}
