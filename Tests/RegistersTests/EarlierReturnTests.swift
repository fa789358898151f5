import DataModels
import Fingerprints
import Primitives
import Testing

@testable import Registers
@testable import Submissions

/// What a register tells of a provider's earlier returns, for reviews that compare with them.
@Suite struct EarlierReturnTests {
  @Test func filesAreKnownByTheirBytesAndOnlyTheirProviders() throws {
    let model = fixtureModel()
    try withRegister(model) { register in
      let first = submission(model, on: "2024-02-01", persons([.text("P1"), .year(1990)]))
      try register.append(first)
      try register.append(
        submission(model, from: "south", about: "2024-02", on: "2024-03-01", persons([.text("P2"), .year(1991)])))
      let files = try register.files(of: "north")
      #expect(files == [Fingerprint(of: first.source.files[0].content): CalendarMonth(iso: "2024-01")!])
      #expect(try register.files(of: "west").isEmpty)
    }
  }

  @Test func theFindingsOfTheLastEarlierMonthAreThere() throws {
    let model = fixtureModel()
    func finding(_ field: String) -> Finding {
      Finding(
        code: .outOfRange, severity: .error, place: FindingPlace(file: "a.csv"), record: "person", field: field,
        message: LocalizedText("x"))
    }
    try withRegister(model) { register in
      for (month, field) in [("2024-01", "born"), ("2024-02", "since"), ("2024-04", "note")] {
        try register.append(
          submission(
            model, from: "north", about: month, on: "\(month)-28", findings: [finding(field)],
            [persons([.text("P1"), .year(1990)])]))
      }
      let march = CalendarMonth(iso: "2024-03")!
      let before = try #require(try register.findingsBefore(march, of: "north"))
      #expect(before.period.iso == "2024-02" && before.findings.map(\.field) == ["since"])
      #expect(try register.findingsBefore(CalendarMonth(iso: "2024-01")!, of: "north") == nil)
      #expect(try register.findingsBefore(march, of: "south") == nil)
    }
  }

  @Test func steadyFieldsComeWithWhatTheyWereBeforeTheLastReturn() throws {
    let model = try DataModel(
      yaml: """
        meedoen: data-model/1
        id: small
        version: "1"
        title: Small
        records:
          person:
            is: person
            purpose: test
            key: [number]
            fields:
              number: {type: text, privacy: identifier, required: yes, label: Number}
              born: {type: year, privacy: quasi, label: Born}
        checks: {steady: [person.born]}
        """, file: "small.yml")
    try withRegister(model) { register in
      for (month, year) in [("2024-01", 1990), ("2024-02", 1991)] {
        try register.append(
          submission(model, about: month, on: "\(month)-28", persons([.text("P1"), .year(year)])))
      }
      let known = try register.knownRecords(for: ["P1"], provider: "north", records: model.recordsThatRulesConsult)
      #expect(known.rows[0]?.values == [.text("P1"), .year(1991)])
      #expect(known.before[0]?.values == [.text("P1"), .year(1990)])
      #expect(try register.knownRecords(for: ["P1"], provider: "north", records: []).before.isEmpty)
    }
  }
}
