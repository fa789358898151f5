import DataModels
import Fingerprints
import Foundation
import Primitives
import TestSupport
import Tables
import Testing

@testable import Registers
@testable import Submissions

/// Everybody here is invented.
@Suite struct TermTests {
  private let model = try! DataModel(
    yaml: """
      meedoen: data-model/1
      id: terms
      version: "1"
      title: Terms
      keep: 10 years after last-return
      keep-files: 1 year after receipt
      records:
        person:
          is: person
          purpose: test
          key: [number]
          fields:
            number: {type: text, privacy: identifier, required: yes, label: Number}
            name: {type: text, privacy: direct, keep: 2y after left, label: Name}
            note: {type: text, keep: 6 months after receipt, label: Note}
            left: {type: date, label: Left}
        job:
          is: spell
          of: person
          from: from
          to: to
          keep: 3 years after to
          purpose: test
          key: [number, from]
          fields:
            number: {type: text, privacy: identifier, required: yes, label: Number}
            from: {type: date, required: yes, label: From}
            to: {type: date, label: To}
            wage: {type: number, keep: 1 year after person.left, label: Wage}
      """, file: "terms.yml")

  private func filled(_ body: (Register) throws -> Void) throws {
    try withRegister(model) { register in
      try register.append(
        submission(
          model, about: "2020-01", on: "2020-02-01",
          SentRows(
            record: "person", fields: ["number", "name", "note", "left"],
            rows: [
              [.text("K-1"), .text("Zwaluw"), .text("belt later"), date("2020-06-30")],
              [.text("K-2"), .text("Merel"), .missing, .missing],
            ]),
          SentRows(
            record: "job", fields: ["number", "from", "to", "wage"],
            rows: [
              [.text("K-1"), date("2019-01-01"), date("2019-12-31"), .number(9.5)],
              [.text("K-2"), date("2019-02-01"), .missing, .number(11)],
            ])), by: stamp())
      try body(register)
    }
  }

  private func past(_ report: TermReport) -> [String] {
    report.lines.filter { $0.past > 0 }.map { "\($0.record).\($0.field ?? "*") \($0.past)/\($0.held)" }
  }

  /// Worked by hand: the note ends on 2020-08-01, the file on 2021-02-01, the wage of K-1 on 2021-06-30, the name of
  /// K-1 on 2022-06-30, the job of K-1 on 2022-12-31. K-2 never left, and the job of K-2 has no end.
  @Test func eachTermEndsOnItsDay() throws {
    try filled { register in
      #expect(past(try register.termReport(on: day("2020-08-01"))) == [])
      #expect(past(try register.termReport(on: day("2020-08-02"))) == ["person.note 1/1"])
      #expect(try register.termReport(on: day("2021-02-01")).filesPast == 0)
      #expect(try register.termReport(on: day("2021-02-02")).filesPast == 1)
      #expect(past(try register.termReport(on: day("2021-07-01"))) == ["person.note 1/1", "job.wage 1/2"])
      #expect(
        past(try register.termReport(on: day("2022-07-01")))
          == ["person.name 1/2", "person.note 1/1", "job.wage 1/2"])
      let late = try register.termReport(on: day("2023-01-01"))
      #expect(
        past(late) == ["person.name 1/2", "person.note 1/1", "job.* 1/2", "job.to 1/1", "job.wage 1/2"])
      #expect(late.lines.first { $0.field == "name" }?.withoutClock == 1)
      #expect(!late.wasApplied)
    }
  }

  @Test func whatIsPastIsTakenAwayAndTheRestStays() throws {
    try filled { register in
      let report = try register.applyTerms(on: day("2022-07-01"), by: stamp("Bo", reason: "terms"))
      #expect(report.wasApplied && report.filesPast == 1 && report.identitiesRemoved == 1)
      let snapshot = try register.snapshot(asKnownOn: day("2020-02-01"))
      #expect(snapshot.linesWithoutPerson("job").sorted() == ["2019-01-01|2019-12-31|", "2019-02-01||11"])
      let people = snapshot.records[0].table
      #expect(people["note"]!.isBlank(0) && people["note"]!.isBlank(1))
      #expect([0, 1].filter { people["name"]!.isBlank($0) }.count == 1)
      let fingerprint = try #require(try register.returns().first?.fingerprint)
      #expect(try register.files(of: fingerprint).isEmpty)
      #expect(try register.auditTrail().map(\.action).suffix(2) == ["terms-applied", "return-redacted"])
      #expect(try register.verifyAudit().isSound)
      #expect(try register.applyTerms(on: day("2022-07-01"), by: stamp()).past == 0, "a second time there is nothing")
      #expect(try register.auditTrail().count == 3)
    }
  }

  @Test func whenEverythingOfAPersonEndsTheirNumberLeavesTheVault() throws {
    try filled { register in
      let pseudonym = try register.pseudonym(ofPerson: "K-1", provider: "north")
      _ = try register.applyTerms(on: day("2030-02-02"), by: stamp())
      #expect(try register.snapshot().people.isEmpty && register.identity(of: pseudonym) == nil)
      #expect(try register.status().records.first?.storedRows == 0)
      // The job without an end has no clock of its own and waits for a person again.
      #expect(try register.status().waiting == 1)
      #expect(try register.verifyAudit().isSound)
    }
  }
}

extension Column {
  fileprivate func isBlank(_ row: Int) -> Bool { self[row].isMissing }
}
