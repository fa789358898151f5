import DataModels
import Primitives
import TableFiles
import Testing

@testable import Submissions

/// What points to a person where it should not stand. All numbers and names are invented.
@Suite struct PersonalDataTests {
  static let model = try! DataModel(
    yaml: """
      meedoen: data-model/1
      id: texts
      version: "1"
      title: Texts
      records:
        person:
          is: person
          purpose: test
          key: [id]
          fields:
            id: {type: text, privacy: identifier, required: yes, label: Number}
            name: {type: text, privacy: direct, label: Name}
            goal: {type: text, label: {en: Goal, nl: Doel}}
            case-number: {type: text, label: Case}
        note:
          is: measurement
          of: person
          purpose: test
          key: [id]
          fields:
            id: {type: text, privacy: identifier, required: yes, label: Number}
            text: {type: text, label: Text}
            words: {type: list, label: Words}
      """, file: "texts.yml")

  func found(_ sheets: RawSheet...) -> [String] {
    Self.model.review(sheets).findings.map {
      "\($0.code.rawValue) \($0.severity) \($0.place.cell ?? $0.place.column ?? "-") ×\($0.count)"
    }
  }

  @Test(arguments: [
    ("write to j.devries@example.org", PersonalData.emailAddress), ("bel 06-12345678", .telephoneNumber),
    ("+44 7700 900123", .telephoneNumber), ("(020) 123 45 67", .telephoneNumber),
    ("BSN 111222333", .citizenServiceNumber), ("1112.22.333", .citizenServiceNumber),
    ("number ab 12 34 56 c", .nationalInsuranceNumber), ("AB123456C", .nationalInsuranceNumber),
    ("spoke to Mrs. Example today", .name), ("gesprek met dhr. Voorbeeld", .name),
  ])
  func whatPointsToAPersonIsSeen(_ text: String, _ kind: PersonalData) {
    #expect(PersonalData.found(in: text) == kind)
  }

  @Test(arguments: [
    "wants to become a nurse", "31-03-2016 14.30", "from 01-02-2016 until 03-04-2017", "2016-03-31 10",
    "123456789", "level 3 @ work", "12,500.00 a year", "room 000000000", "Teacher of English", "ms excel",
    "order 4711-0815", "a@b", "AB12345", "",
  ])
  func whatDoesNotIsPassedOver(_ text: String) { #expect(PersonalData.found(in: text) == nil) }

  @Test func textsAreNamedByCellAndNeverShown() {
    let people = sheet(
      "person.csv", ["id", "name", "goal", "case-number"],
      [["p1", "Samira Voorbeeld", "call 06-12345678", "1"], ["p2", "Yusuf", "nurse", "2"]])
    let notes = sheet(
      "note.csv", ["id", "text", "words"], [["p1", "Voorbeeld wants a course", "a, x@example.org"], ["p2", "ok", ""]])
    #expect(found(people, notes) == ["PRI-01 confirm C2 ×1", "PRI-01 confirm B2 ×1", "PRI-01 confirm C2 ×1"])
    for finding in Self.model.review([people, notes]).findings {
      #expect(finding.value == nil)
      #expect(!"\(finding.message)".contains("Voorbeeld") && !"\(finding.message)".contains("12345678"))
    }
    #expect(Self.model.review([people, notes]).summary.held == 0)
  }

  @Test func anotherPersonsNameAndShortWordsAreNoName() {
    let people = sheet(
      "person.csv", ["id", "name", "goal", "case-number"],
      [["p1", "Jan de Wit", "de wit of jan", "1"], ["p2", "Samira", "nurse with Samir", "2"]])
    #expect(found(people) == [])
  }

  @Test func numbersThatPassATestByChanceAreNoCitizenServiceNumbers() {
    func rows(_ numbers: [Int]) -> RawSheet {
      sheet("person.csv", ["id", "name", "goal", "case-number"], numbers.map { ["p\($0)", "", "", "\($0)"] })
    }
    #expect(found(rows(Array(123_456_700..<123_456_800))) == [], "about one in eleven passes")
    let real = (123_450_000..<123_451_000).filter {
      ValueFormat.dutchCitizenServiceNumber.matches("\($0)") && Set("\($0)").count > 2
    }
    #expect(found(rows(Array(real.prefix(40)))).count == 40)
  }

  @Test func columnsOutsideTheModelAreLookedAtToo() {
    let people = sheet(
      "person.csv", ["id", "goal", "my notes", "client_surname", "Religion", "course_name", "mark"],
      [
        ["p1", "", "x@example.org", "Voorbeeld", "y", "Dutch", "1"], ["p2", "", "y@example.org", "", "", "Dutch", "2"],
      ])
    #expect(
      found(people).filter { $0.hasPrefix("PRI") } == [
        "PRI-02 confirm C ×2", "PRI-02 confirm D ×1", "PRI-03 confirm E ×1",
      ])
    let empty = sheet("person.csv", ["id", "goal", "surname"], [["p1", "x", ""]])
    #expect(found(empty).map { $0.prefix(6) } == ["STR-02"])
  }

  @Test func aSheetThatIsNotReadIsStillLookedAt() {
    let people = sheet("person.csv", ["id", "goal"], [["p1", "x"]])
    let other = sheet("contacts.csv", ["voornaam", "telefoon"], [["Samira", "06-12345678"]])
    #expect(
      found(people, other).filter { $0.hasPrefix("PRI") } == ["PRI-02 confirm A ×1", "PRI-02 confirm B ×1"])
  }
}
