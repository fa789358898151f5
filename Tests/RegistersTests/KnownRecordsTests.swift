import DataModels
import Foundation
import Primitives
import TableFiles
import Tables
import Testing

@testable import Registers
@testable import Submissions

@Suite struct KnownRecordsTests {
  let model = fixtureModel()

  @Test func whatIsKnownOfThePeopleAskedComesWithTheirNumbers() throws {
    try withRegister { register in
      try register.append(
        submission(
          model, on: "2024-02-01",
          SentRows(
            record: "person", fields: ["number", "Name", "born"],
            rows: [[.text("P1"), .text("Sara"), .year(1990)], [.text("P3"), .missing, .missing]]),
          visits(
            [.text("P1"), date("2024-01-04"), .integer(2)], [.text("P2"), date("2024-01-03"), .integer(1)],
            [.text("P1"), date("2024-01-01"), .integer(1)], [.text("P3"), date("2024-01-01"), .integer(1)])))
      let known = try register.knownRecords(for: ["P1", "P2", "P9"], provider: "north", records: [0, 2])
      #expect(known.people == ["P1"])
      #expect(known.rows.keys.sorted() == [0, 2])
      let person = known.rows[0]!.values
      #expect(person.count == 6)
      #expect(person[0] == .text("P1") && person[2] == .year(1990))
      #expect(person[1] != .text("Sara") && !person[1].isMissing)
      #expect(
        known.rows[2]!.values == [
          .text("P1"), date("2024-01-01"), .integer(1), .text("P1"), date("2024-01-04"), .integer(2), .text("P2"),
          date("2024-01-03"), .integer(1),
        ])
      #expect(try register.knownRecords(for: [], provider: "north", records: [0]).people.isEmpty)
    }
  }

  @Test func aReviewedReturnGoesInAndIsThereForTheNextReview() throws {
    try withRegister { register in
      func sheet(_ file: String, _ headers: [String], _ rows: [[String]]) -> RawSheet {
        RawSheet(
          file: file, headers: headers.enumerated().map { RawHeader(name: $1, column: $0) },
          rows: rows.enumerated().map { RawRow(number: $0 + 2, cells: $1.map { $0.isEmpty ? .empty : .text($0) }) })
      }
      let sheets = [
        sheet("person.csv", ["number", "Name", "born"], [["P1", "Sara", "1990"], ["P2", "Musa", "unknown"]]),
        sheet("visit.csv", ["number", "on", "order"], [["P1", "2024-01-03", "1"], ["P2", "2024-01-04", "1"]]),
      ]
      let numbers = model.personNumbers(in: sheets)
      #expect(numbers == ["P1", "P2"])
      let records = model.recordsThatRulesConsult
      let first = model.review(
        sheets, known: try register.knownRecords(for: numbers, provider: "north", records: records))
      let source = ProviderReturn(
        provider: "north", period: CalendarMonth(iso: "2024-01")!, receivedOn: day("2024-02-01"),
        files: [.init(name: "person.csv", content: Data("P1".utf8))])
      let receipt = try register.append(first.accept(as: source))
      #expect(receipt.counts("person") == "1 rows: 1 new, 0 changed, 0 unchanged, 0 superseded; 0 waiting")
      #expect(try register.heldRows(of: source.fingerprint).map(\.row).contains(3))
      #expect(try register.snapshot().people.count == 1)
      #expect(
        try register.knownRecords(for: numbers, provider: "north", records: records).people == ["P1"])
    }
  }
}
