import Charts
import Primitives
import Testing

@testable import DisclosureControl
@testable import Reports
@testable import Studies

/// Every sentence that a report opens with, word for word.
@Suite("Key sentences")
struct KeySentenceTests {
  private static let policy = DisclosurePolicy.standard
  private static let composer = StudyComposer(
    study: InventedStudy(people: 300).study(), settings: StudyReportSettings(organisation: LocalizedText("Waterstad")),
    quality: nil)

  /// The finding as it is read: the number, the sentence and the note, with thin spaces written as ordinary ones.
  private func read(_ result: KeyResult, _ language: Language) -> String {
    let finding = Self.composer.keyFinding(result)
    let parts =
      [finding.value[language], finding.sentence[language]] + (finding.note.map { ["| " + $0[language]] } ?? [])
    return parts.joined(separator: " ").replacing("\u{202F}", with: " ")
  }

  private func estimate(_ value: Double, _ lower: Double, _ upper: Double, people: Int = 900) -> DisclosedEstimate {
    Self.policy.estimate(value, lower: lower, upper: upper, contributors: [people, people], decimals: 2)
  }

  private func outcome(_ estimate: DisclosedEstimate, group: String? = "intensive") -> KeyResult {
    .outcome(
      outcome: "into-work", cause: "work", months: 36, grouping: group.map { _ in "approach" }, group: group,
      estimate: estimate)
  }

  private func difference(_ estimate: DisclosedEstimate) -> KeyResult {
    .difference(
      outcome: "into-work", cause: "work", months: 36, grouping: "approach", first: "intensive", second: "regular",
      estimate: estimate)
  }

  @Test("How many people are followed")
  func cohort() {
    let result = KeyResult.cohort(people: Self.policy.count(3_942))
    #expect(
      read(result, .english)
        == "3,940 people are followed: **adults who settled here in 2016–2018**. | from settlement, for 36 months at most"
    )
    #expect(
      read(result, .dutch)
        == "3.940 mensen worden gevolgd: **volwassenen die hier in 2016–2018 kwamen wonen**. | vanaf huisvesting, hoogstens 36 maanden"
    )
  }

  @Test("How many had the event, in a group and of everybody")
  func outcome() {
    let number = estimate(0.44, 0.42, 0.46)
    #expect(
      read(outcome(number), .english)
        == "44 in every 100 people in the group **intensive approach** had paid work within 36 months. | 95% interval 42 to 46"
    )
    #expect(
      read(outcome(number), .dutch)
        == "44 van elke 100 mensen in de groep **intensieve aanpak** hadden binnen 36 maanden betaald werk. | 95%-interval 42 tot 46"
    )
    #expect(
      read(outcome(number, group: nil), .english)
        == "44 in every 100 people had **paid work** within 36 months. | 95% interval 42 to 46")
    #expect(
      read(outcome(number, group: nil), .dutch)
        == "44 van elke 100 mensen hadden binnen 36 maanden **betaald werk**. | 95%-interval 42 tot 46")
  }

  @Test("People have a state, and reach what is only the name of an event")
  func happening() {
    let result = KeyResult.outcome(
      outcome: "into-education", cause: "education", months: 18, grouping: nil, group: nil,
      estimate: estimate(0.44, 0.42, 0.46))
    #expect(
      read(result, .english)
        == "44 in every 100 people reached **start of school** within 18 months. | 95% interval 42 to 46")
    #expect(
      read(result, .dutch)
        == "44 van elke 100 mensen kwamen binnen 18 maanden **tot begin van school**. | 95%-interval 42 tot 46")
  }

  @Test("A difference is more, fewer, or not clear, by where its printed interval lies")
  func difference() {
    #expect(
      read(difference(estimate(0.12, 0.09, 0.15)), .english)
        == "+12 in every 100: more people had paid work within 36 months in the group **intensive approach** than in the group **regular approach**. This is a gross difference: the groups were not made by lot, and nothing is adjusted for. | 95% interval 9 to 15"
    )
    #expect(
      read(difference(estimate(0.12, 0.09, 0.15)), .dutch)
        == "+12 op elke 100: in de groep **intensieve aanpak** hadden binnen 36 maanden meer mensen betaald werk dan in de groep **reguliere aanpak**. Dit is een bruto verschil: de groepen zijn niet door het lot gevormd, en er is nergens voor gecorrigeerd. | 95%-interval 9 tot 15"
    )
    #expect(
      read(difference(estimate(-0.08, -0.12, -0.04)), .english)
        == "−8 in every 100: fewer people had paid work within 36 months in the group **intensive approach** than in the group **regular approach**. This is a gross difference: the groups were not made by lot, and nothing is adjusted for. | 95% interval −12 to −4"
    )
    #expect(
      read(difference(estimate(-0.08, -0.12, -0.04)), .dutch)
        == "−8 op elke 100: in de groep **intensieve aanpak** hadden binnen 36 maanden minder mensen betaald werk dan in de groep **reguliere aanpak**. Dit is een bruto verschil: de groepen zijn niet door het lot gevormd, en er is nergens voor gecorrigeerd. | 95%-interval −12 tot −4"
    )
    // A lower end that is printed as 0 is not above 0.
    #expect(
      read(difference(estimate(0.03, 0.004, 0.06)), .english)
        == "+3 in every 100: no clear difference in paid work within 36 months between the groups **intensive approach** and **regular approach**. This is a gross difference: the groups were not made by lot, and nothing is adjusted for. | 95% interval 0 to 6"
    )
    #expect(
      read(difference(estimate(0.03, 0.004, 0.06)), .dutch)
        == "+3 op elke 100: geen duidelijk verschil in betaald werk binnen 36 maanden tussen de groepen **intensieve aanpak** en **reguliere aanpak**. Dit is een bruto verschil: de groepen zijn niet door het lot gevormd, en er is nergens voor gecorrigeerd. | 95%-interval 0 tot 6"
    )
  }

  @Test("People per professional stand beside what the plan says")
  func caseload() {
    let result = KeyResult.caseload(
      month: CalendarMonth(year: 2018, month: 3)!, perManager: Self.policy.rate(people: 1_260, per: 20), norm: 50)
    #expect(
      read(result, .english)
        == "1 : 63 was the number of people per professional, on average, at the end of March 2018; the plan promises 1 : 50 at most."
    )
    #expect(
      read(result, .dutch)
        == "1 : 63 was eind maart 2018 gemiddeld de verhouding tussen professionals en mensen; het plan belooft hoogstens 1 : 50."
    )
  }

  @Test("Who is out of sight is said without a guess about them")
  func lost() {
    let result = KeyResult.lost(state: "lost", share: Self.policy.share(315, of: 3_940))
    #expect(
      read(result, .english)
        == "8 in every 100 people were **out of sight** when their follow-up ended; what became of them is not known. | Out of sight: 315 of 3,940 people"
    )
    #expect(
      read(result, .dutch)
        == "8 van elke 100 mensen waren **uit beeld** toen de tijd om was waarin we hen volgen; hoe het met hen gaat, is niet bekend. | Uit beeld: 315 van de 3.940 mensen"
    )
  }

  @Test("A number that may not be shown is replaced by its sign, what it stands for, and why")
  func withheld() {
    let few = estimate(0.4, 0.2, 0.6, people: 4)
    let expected: [(KeyResult, String, String)] = [
      (
        .cohort(people: Self.policy.count(4)), "how many people are followed", "hoeveel mensen worden gevolgd"
      ),
      (
        outcome(few), "how many in every 100 people in the group **intensive approach** had paid work within 36 months",
        "hoeveel van elke 100 mensen in de groep **intensieve aanpak** binnen 36 maanden betaald werk hadden"
      ),
      (
        outcome(few, group: nil), "how many in every 100 people had paid work within 36 months",
        "hoeveel van elke 100 mensen binnen 36 maanden betaald werk hadden"
      ),
      (
        difference(few),
        "the difference in paid work within 36 months between the groups **intensive approach** and **regular approach**",
        "het verschil in betaald werk binnen 36 maanden tussen de groepen **intensieve aanpak** en **reguliere aanpak**"
      ),
      (
        .caseload(
          month: CalendarMonth(year: 2018, month: 3)!, perManager: Self.policy.rate(people: 4, per: 3), norm: 50),
        "the number of people per professional at the end of March 2018",
        "het aantal mensen per professional eind maart 2018"
      ),
      (
        .lost(state: "lost", share: Self.policy.share(4, of: 500)),
        "how many in every 100 people were out of sight when their follow-up ended",
        "hoeveel van elke 100 mensen uit beeld waren toen de tijd om was waarin we hen volgen"
      ),
    ]
    for (result, english, dutch) in expected {
      #expect(
        read(result, .english)
          == "c We do not show \(english). | protected: too few people, here or in a number that follows from it")
      #expect(
        read(result, .dutch)
          == "c We tonen niet \(dutch). | beschermd: te weinig mensen, hier of in een getal dat eruit volgt")
    }
  }

  @Test("Each reason for a missing number has its own sign and words", arguments: DisclosureControl.Absence.allCases)
  func absences(absence: DisclosureControl.Absence) {
    let result = KeyResult.cohort(people: DisclosedCount(value: .absent(absence)))
    let expected: [DisclosureControl.Absence: (String, String)] = [
      .protected: ("c", "protected: too few people, here or in a number that follows from it"),
      .notApplicable: ("n/a", "does not apply"),
      .notCollected: ("…", "not collected"), .tooLate: ("late", "not yet in"),
    ]
    #expect(
      read(result, .english)
        == "\(expected[absence]!.0) We do not show how many people are followed. | \(expected[absence]!.1)")
  }

  @Test("Nobody is a number, and differs from a number that is withheld")
  func nobody() {
    #expect(
      read(.lost(state: "lost", share: Self.policy.share(0, of: 500)), .english).hasPrefix("0 in every 100 people"))
  }

  @Test("Names lose their capital inside a sentence, but abbreviations, languages and names of groups do not")
  func names() {
    func inside(_ name: String) -> String { LocalizedText(name).inSentence[.english] }
    func asGroup(_ name: String) -> String { LocalizedText(name).asGroup[.english] }
    #expect(inside("Paid work") == "paid work")
    #expect(inside("Dutch language course") == "Dutch language course")
    #expect(inside("RTOF exit") == "RTOF exit")
    #expect(inside("B1 reached") == "B1 reached")
    #expect(asGroup("Intensive approach") == "intensive approach")
    #expect(asGroup("Women") == "women")
    #expect(asGroup("Eritrea") == "Eritrea")
    #expect(asGroup("South Sudan") == "South Sudan")
    #expect(asGroup("IJmuiden") == "IJmuiden")
  }
}
