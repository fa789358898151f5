import DataModels
import Fingerprints
import Foundation
import Primitives
import Storage
import TestSupport
import Testing

@testable import Registers
@testable import Submissions

/// Returns that say what an earlier one of the same provider said: their rows stand once.
@Suite struct CopyTests {
  let model = fixtureModel()

  private let rows: [[Value]] = [
    [.text("A"), .text("Zwaluw"), .year(1990)], [.text("B"), .text("Merel"), .year(1991)],
    [.text("C"), .text("Mus"), .year(1992)],
  ]

  private func people(_ order: [Int], born: Int? = nil) -> SentRows {
    SentRows(
      record: "person", fields: ["number", "Name", "born"],
      rows: order.map { place in
        guard place == 0, let born else { return rows[place] }
        return [rows[0][0], rows[0][1], .year(born)]
      })
  }

  private func sent(
    _ order: [Int], born: Int? = nil, from provider: String = "north", about period: String = "2024-01", on day: String
  ) -> AcceptedSubmission {
    submission(
      model, from: provider, about: period, on: day, people(order, born: born),
      visits([.text("A"), date("2024-01-03"), .integer(order[0])]))
  }

  private func storedRows(_ register: Register) throws -> Int {
    try register.status().records.reduce(0) { $0 + $1.storedRows }
  }

  private func born(_ register: Register, on known: String? = nil) throws -> [String] {
    try register.snapshot(asKnownOn: known.map { day($0) }).linesWithoutPerson("person").map {
      String($0.split(separator: "|")[1])
    }.sorted()
  }

  private func withdraw(_ return: AcceptedSubmission, _ register: Register, on known: String) throws {
    try register.withdraw(
      `return`.source.fingerprint, DecisionMaking(by: "Ada", on: day(known), reason: .wrongFile))
  }

  private func same(_ order: [Int], from provider: String = "north", about period: String = "2024-01", on day: String)
    -> AcceptedSubmission
  { submission(model, from: provider, about: period, on: day, people(order)) }

  @Test func theSameRowsInAnotherOrderAreNotWrittenAgain() throws {
    try withRegister { register in
      try register.append(same([0, 1, 2], on: "2024-02-01"))
      let receipt = try register.append(same([2, 0, 1], on: "2024-02-02"))
      #expect(receipt.outcome == .added)
      #expect(receipt.counts("person") == "3 rows: 0 new, 0 changed, 3 unchanged, 0 superseded; 0 waiting")
      #expect(try storedRows(register) == 3 && register.returns().count == 2)
      try register.append(same([1, 0, 2], about: "2024-02", on: "2024-03-01"))
      #expect(try storedRows(register) == 3, "about another month too")
      #expect(try register.verifyAudit().isSound)
    }
  }

  @Test func anythingElseIsWritten() throws {
    try withRegister { register in
      try register.append(same([0, 1, 2], on: "2024-02-01"))
      try register.append(sent([0, 1, 2], on: "2024-02-02"))
      #expect(try storedRows(register) == 7, "a record more")
      try register.append(submission(model, on: "2024-02-03", people([0, 1, 2], born: 1989)))
      #expect(try storedRows(register) == 10, "another value")
      try register.append(same([0, 1], on: "2024-02-04"))
      #expect(try storedRows(register) == 12, "a row less")
      try register.append(same([0, 1, 2], from: "south", on: "2024-02-05"))
      #expect(try storedRows(register) == 15, "another provider's rows are its own")
      let narrower = SentRows(record: "person", fields: ["number", "born"], rows: rows.map { [$0[0], $0[2]] })
      try register.append(submission(model, on: "2024-02-06", narrower))
      #expect(try storedRows(register) == 18, "a field less")
    }
  }

  @Test func aCopyCountsInItsOwnPlace() throws {
    try withRegister { register in
      let first = same([0, 1, 2], on: "2024-02-01")
      let between = submission(model, on: "2024-02-02", people([0, 1, 2], born: 1900))
      let copy = same([2, 1, 0], on: "2024-02-03")
      try register.append(first)
      try register.append(between)
      let receipt = try register.append(copy)
      #expect(receipt.counts("person") == "3 rows: 0 new, 1 changed, 2 unchanged, 0 superseded; 0 waiting")
      #expect(try storedRows(register) == 6)
      #expect(try born(register) == ["1990", "1991", "1992"])
      #expect(try born(register, on: "2024-02-02") == ["1900", "1991", "1992"])
      #expect(try born(register, on: "2024-02-01") == ["1990", "1991", "1992"])
      try withdraw(copy, register, on: "2024-03-01")
      #expect(try born(register) == ["1900", "1991", "1992"])
      try withdraw(between, register, on: "2024-03-02")
      #expect(try born(register) == ["1990", "1991", "1992"], "the first still counts")
      try withdraw(first, register, on: "2024-03-03")
      #expect(try register.snapshot().people.isEmpty && register.status().people == 0)
      #expect(try born(register, on: "2024-03-01") == ["1900", "1991", "1992"])
    }
  }

  @Test func aCopyStandsWhenTheReturnWhoseRowsItHasIsWithdrawn() throws {
    try withRegister { register in
      let first = same([0, 1, 2], on: "2024-02-01")
      try register.append(first)
      try register.append(same([1, 2, 0], on: "2024-02-02"))
      try withdraw(first, register, on: "2024-03-01")
      #expect(try register.snapshot().people.count == 3 && register.status().people == 3)
      #expect(try register.returns().count == 1)
    }
  }

  @Test func aComparisonSaysThatNothingChanged() throws {
    try withRegister { register in
      try register.append(same([0, 1, 2], on: "2024-02-01"))
      let copy = same([2, 0, 1], on: "2024-02-02")
      let preview = try register.preview(copy, withSnapshots: false)
      #expect(preview.receipt.counts("person") == "3 rows: 0 new, 0 changed, 3 unchanged, 0 superseded; 0 waiting")
      try register.append(copy)
      let comparison = try register.comparison(of: copy.source.fingerprint).comparison
      #expect(comparison.rows.isEmpty && comparison.newPeople == 0)
      #expect(comparison == preview.comparison)
    }
  }

  @Test func whatIsKnownOfAPersonNamesBothReturns() throws {
    try withRegister { register in
      try register.append(same([0, 1, 2], on: "2024-02-01"))
      try register.append(same([2, 0, 1], on: "2024-02-02"))
      let dossier = try register.dossier(ofPerson: "A", provider: "north", by: .unnamed(on: day("2024-03-01")))
      #expect(dossier.sources.map(\.receivedOn.iso) == ["2024-02-01", "2024-02-02"])
      #expect(dossier.sources[0].rows == dossier.sources[1].rows && dossier.rows.count == 1)
    }
  }

  @Test func aTermRunsFromTheLastTimeThatTheRowsWereSent() throws {
    try withRegister { register in
      try register.append(same([0, 1, 2], on: "2024-02-01"))
      try register.append(same([2, 0, 1], on: "2024-06-02"))
      try register.database.read { connection in
        let clocks = try TermClocks(model: model, connection)
        let days = try clocks.rows(of: model.person).rows.map { clocks.day(.receipt, of: $0)?.iso }
        #expect(days == ["2024-06-02", "2024-06-02", "2024-06-02"])
      }
    }
  }

  @Test func markIsOfTheContentsAndNotOfTheirForm() throws {
    let keys = RegisterKeys()
    func mark(_ each: AcceptedSubmission, _ keys: RegisterKeys) throws -> String {
      try ContentsMark.of(each, model: model, keys: keys)
    }
    let first = try mark(same([0, 1, 2], on: "2024-02-01"), keys)
    #expect(try mark(same([1, 2, 0], about: "2024-05", on: "2024-09-01"), keys) == first)
    #expect(try mark(same([1, 2, 0], on: "2024-02-01"), RegisterKeys()) != first, "nobody can test a guess")
    #expect(try mark(same([0, 1], on: "2024-02-01"), keys) != first)
    #expect(try mark(same([0, 1, 2], from: "south", on: "2024-02-01"), keys) != first)
  }

  @Test(arguments: [false, true])
  func anAppendThatFailsLeavesNothingHalf(isCopy: Bool) throws {
    try withRegister { register in
      try register.append(same([0, 1, 2], on: "2024-02-01"))
      let next = isCopy ? same([2, 1, 0], on: "2024-02-02") : sent([2, 1, 0], born: 1980, on: "2024-02-02")
      let files = [Register.registerFile(register.folder), Register.vaultFile(register.folder)]
      let before = try files.map { try Data(contentsOf: $0) }
      for table in ["returns", "files", "receipts", isCopy ? "return_copies" : "record person", "audit"] {
        try register.database.write {
          try $0.execute(
            "CREATE TEMP TRIGGER stop AFTER INSERT ON main.\"\(table)\" BEGIN SELECT RAISE(ABORT, 'stopped'); END")
        }
        #expect(throws: RegisterError.self, "\(table)") { try register.append(next) }
        try register.database.write { try $0.execute("DROP TRIGGER stop") }
        #expect(try files.map { try Data(contentsOf: $0) } == before, "\(table)")
      }
      #expect(try register.append(next).outcome == .added)
      #expect(try register.verifyAudit().isSound)
    }
  }

  @Test func theFingerprintOfTheHistoryHoldsDecisionsAndItsFirstVersionDoesNot() throws {
    try withRegister { register in
      let first = same([0, 1, 2], on: "2024-02-01")
      try register.append(first)
      let before = try HistoryVersion.allCases.map { try register.historyFingerprint($0) }
      try withdraw(first, register, on: "2024-03-01")
      let after = try HistoryVersion.allCases.map { try register.historyFingerprint($0) }
      #expect(before[0] == after[0] && before[1] != after[1])
    }
  }

  /// A register as the program before copies made it, with a fingerprint of its history that was noted down.
  @Test func anOlderRegisterIsBroughtUpToDateAndItsHistoryIsTheSame() throws {
    try withRegister { register in
      try register.append(same([0, 1, 2], on: "2024-02-01"))
      let noted = try register.historyFingerprint(.returnsOnly)
      let place = Schema.register.migrations.firstIndex { $0.sql == Schema.copiesMigration.sql }!
      try rawDatabase(of: register.folder).write { connection in
        // Its entries said less; they are written anew.
        try Schema.withoutGuards(["audit"], connection) { try connection.execute("DELETE FROM main.audit") }
        try connection.execute(
          """
          DROP TABLE return_copies; DROP TABLE content_marks; DROP TABLE table_sums;
          DROP TABLE partial_returns; DROP TABLE held_keys;
          ALTER TABLE audit DROP COLUMN day; ALTER TABLE audit DROP COLUMN tables;
          ALTER TABLE receipts DROP COLUMN entered_on; ALTER TABLE decisions DROP COLUMN entered_on;
          ALTER TABLE cycle_decisions DROP COLUMN entered_on; ALTER TABLE link_decisions DROP COLUMN entered_on;
          PRAGMA main.user_version = \(place)
          """)
      }
      let opened = try Register.open(in: register.folder, model: model)
      #expect(try opened.historyFingerprint(.returnsOnly) == noted)
      // Its returns have no marks: what is sent again is written once, and known from then on.
      try opened.append(same([2, 0, 1], on: "2024-02-02"))
      try opened.append(same([1, 0, 2], on: "2024-02-03"))
      #expect(try storedRows(opened) == 6 && opened.verifyAudit().isSound)
    }
  }
}
