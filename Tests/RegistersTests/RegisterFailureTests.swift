import DataModels
import Foundation
import Primitives
import Storage
import TestSupport
import Tables
import Testing

@testable import Registers
@testable import Submissions

@Suite struct RegisterFailureTests {
  let model = fixtureModel()

  private func large(_ received: String) -> AcceptedSubmission {
    submission(
      model, about: "2024-02", on: received,
      SentRows(
        record: "person", fields: ["number", "Name", "note"],
        rows: (0..<2000).map { [.text("P\($0)"), .text("Name \($0)"), .text(String(repeating: "x", count: 50))] }))
  }

  @Test(arguments: ["main", "vault"])
  func anAppendThatFailsHalfwayLeavesBothDatabasesAsTheyWere(full: String) throws {
    try withRegister { register in
      try register.append(submission(model, on: "2024-02-01", persons([.text("P1"), .year(1990)])))
      let files = [Register.registerFile(register.folder), Register.vaultFile(register.folder)]
      let before = try files.map { try Data(contentsOf: $0) }
      let history = try register.historyFingerprint()
      let pages = try register.database.read { try $0.integer("PRAGMA \(full).page_count")! }
      try register.database.read { _ = try $0.integer("PRAGMA \(full).max_page_count = \(pages + 5)") }
      #expect(throws: RegisterError.storage(.diskFull(file: "register.sqlite"))) {
        try register.append(large("2024-03-01"))
      }
      #expect(try files.map { try Data(contentsOf: $0) } == before)
      #expect(try register.historyFingerprint() == history)

      let again = try Register.open(in: register.folder, model: model)
      #expect(try again.append(large("2024-03-01")).outcome == .added)
      #expect(try again.snapshot().people.count == 2000)
    }
  }

  @Test func aSecondWriterWaitsAndThenIsToldSo() throws {
    try withRegister { register in
      let other = try Register.open(in: register.folder, model: model, patience: 0.05)
      try register.database.write { _ in
        #expect(throws: RegisterError.storage(.locked(file: "register.sqlite", seconds: 0.05))) {
          try other.append(large("2024-03-01"))
        }
      }
      #expect(try other.append(large("2024-03-01")).outcome == .added)
      #expect(try register.append(large("2024-03-01")).outcome == .receivedBefore)
    }
  }

  @Test func aValueThatWasTamperedWithIsFound() throws {
    try withRegister { register in
      try register.append(
        submission(
          model, on: "2024-02-01", persons([.text("P1"), .missing]),
          visits([.text("P1"), date("2024-01-03"), .integer(1)])))
      try register.database.write {
        try $0.execute("DROP TRIGGER \"record visit no update\"; UPDATE \"record visit\" SET \"on\" = '2024-13-01'")
      }
      #expect(throws: RegisterError.damagedValue(record: "visit", field: "on")) { try register.snapshot() }
    }
  }
}
