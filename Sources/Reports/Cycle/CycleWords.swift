import Primitives
import SubmissionCycles

/// The words of the page of a period.
enum CycleWords {
  static let state = LocalizedText("State", nl: "Stand")
  static let due = LocalizedText("Due on", nl: "Uiterlijk in te leveren")
  static let released = LocalizedText("Released on", nl: "Vrijgegeven op")
  static let locked = LocalizedText("Locked on", nl: "Afgesloten op")
  static let asKnownOn = LocalizedText("As known on", nl: "Stand van")
  static let provider = LocalizedText("Provider", nl: "Aanbieder")
  static let findingsHeading = LocalizedText("In short", nl: "In het kort")
  static let whoSent = LocalizedText("Who sent what", nl: "Wie wat heeft gestuurd")
  static let punctual = LocalizedText("Who keeps to the days", nl: "Wie zich aan de dagen houdt")
  static let punctualLede = LocalizedText(
    "How many returns were due so far, how many came, and how many came in time.",
    nl: "Hoeveel aanleveringen er tot nu toe binnen moesten zijn, hoeveel er kwamen, en hoeveel op tijd.")
  static let expected = LocalizedText("What is still expected", nl: "Wat nog wordt verwacht")
  static let expectedLede = LocalizedText(
    "The data model says what is to be recorded about a person, and when. A count stands for people; small counts are protected.",
    nl:
      "Het datamodel zegt wat over een persoon wordt vastgelegd, en wanneer. Een aantal gaat over mensen; kleine aantallen zijn beschermd."
  )
  static let decided = LocalizedText("What was decided", nl: "Wat is besloten")
  static let colophon = LocalizedText(
    "Made from the register and its cycle. The same day gives the same page.",
    nl: "Gemaakt uit het register en zijn cyclus. Dezelfde dag geeft dezelfde pagina.")
  static let rowsCaveat = ReportCaveat(
    [
      LocalizedText(
        "Rows that are held were not taken in; their sender knows why. A correction of the same month adds to the rows read.",
        nl:
          "Vastgehouden rijen zijn niet opgenomen; de afzender weet waarom. Een correctie over dezelfde maand telt mee bij de gelezen rijen."
      )
    ])

  static func capitalised(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }

  static func lede(_ status: PeriodStatus, sent: Int) -> LocalizedText {
    LocalizedText { language in
      let all = status.providers.count
      let day = language.date(status.dueOn)
      guard language == .dutch else {
        return switch status.state {
        case .upcoming: "This period has not begun."
        case .open:
          "\(sent) of \(all) \(all == 1 ? "provider has" : "providers have") sent a return. There is time until \(day)."
        case .late:
          "\(sent) of \(all) \(all == 1 ? "provider has" : "providers have") sent a return. It was due on \(day)."
        case .released: "Open to all. What still comes in is a correction."
        case .locked: "This period is locked: nothing about it is taken in."
        case .reopened:
          "This period was locked and is open again for a while. What comes in restates what was reported."
        }
      }
      return switch status.state {
      case .upcoming: "Deze periode is nog niet begonnen."
      case .open:
        "\(sent) van \(all) \(all == 1 ? "aanbieder heeft" : "aanbieders hebben") aangeleverd. Het kan tot en met \(day)."
      case .late:
        "\(sent) van \(all) \(all == 1 ? "aanbieder heeft" : "aanbieders hebben") aangeleverd. Het moest uiterlijk op \(day)."
      case .released: "Voor iedereen in te zien. Wat nog binnenkomt, is een correctie."
      case .locked: "Deze periode is afgesloten: er wordt niets meer over opgenomen."
      case .reopened: "Deze periode was afgesloten en is weer even open. Wat binnenkomt, herziet wat is gerapporteerd."
      }
    }
  }

  static func findings(_ status: PeriodStatus, sent: Int) -> [KeyFinding] {
    let all = status.providers.count
    guard all > 0 else { return [] }
    let inTime = status.count(.inTime)
    var findings = [
      KeyFinding(
        value: LocalizedText("\(inTime) of \(all)", nl: "\(inTime) van \(all)"),
        sentence: LocalizedText(
          "\(all == 1 ? "provider" : "providers") sent a return **in time**.",
          nl: "\(all == 1 ? "aanbieder leverde" : "aanbieders leverden") **op tijd** aan."))
    ]
    func named(_ standing: PeriodStatus.Standing) -> [String] {
      status.providers.filter { $0.standing == standing }.map(\.provider)
    }
    func add(_ names: [String], _ english: String, _ dutch: String) {
      guard !names.isEmpty else { return }
      findings.append(
        KeyFinding(
          value: LocalizedText(String(names.count)),
          sentence: LocalizedText { language in
            (language == .dutch ? dutch : english) + ": " + language.list(Array(names.prefix(12)))
              + (names.count > 12 ? ", …" : "") + "."
          }))
    }
    add(named(.late), "sent **late**", "**te laat** aangeleverd")
    add(named(.missing), "sent **nothing** yet, past the due day", "nog **niets** aangeleverd, na de inleverdag")
    add(named(.expected), "still **expected**", "nog **verwacht**")
    return findings
  }

  static func decision(_ decision: CycleDecision) -> LocalizedText {
    LocalizedText { language in
      let day = language.date(decision.day)
      var text = capitalised(decision.kind.participle[language])
      text += language == .dutch ? " op \(day) door \(decision.by)" : " on \(day) by \(decision.by)"
      if let until = decision.until {
        text += (language == .dutch ? ", tot en met " : ", until ") + language.date(until)
      }
      if let reason = decision.reason { text += ": " + reason }
      return text.last == "." ? text : text + "."
    }
  }
}
