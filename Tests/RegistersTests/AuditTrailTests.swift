import DataModels
import Fingerprints
import Foundation
import Primitives
import Storage
import TestSupport
import Tables
import Testing

@testable import Registers
@testable import Submissions

func stamp(_ actor: String = "Ada", _ second: Int = 0, reason: String? = nil) -> AuditStamp {
  AuditStamp(
    actor: actor, role: .dataOfficer, moment: Date(timeIntervalSince1970: 1_700_000_000 + Double(second)),
    reason: reason)
}

@Suite struct AuditTrailTests {
  let model = fixtureModel()

  private func filled(_ body: (Register, [AcceptedSubmission]) throws -> Void) throws {
    try withRegister { register in
      let returns = [
        submission(model, about: "2024-01", on: "2024-02-01", persons([.text("P1"), .year(1990)])),
        submission(model, about: "2024-02", on: "2024-03-01", visits([.text("P1"), date("2024-02-03"), .integer(1)])),
      ]
      for (index, each) in returns.enumerated() { try register.append(each, by: stamp("Ada", index)) }
      try body(register, returns)
    }
  }

  @Test func anEntrySaysWhoDidWhatWhenAndWhy() throws {
    try filled { register, returns in
      try register.append(returns[0], by: stamp("Bo", 60, reason: "sent again by mail"))
      let trail = try register.auditTrail()
      #expect(trail.map(\.sequence) == [1, 2, 3])
      #expect(trail.map(\.action) == ["return-taken-in", "return-taken-in", "return-received-again"])
      #expect(trail.map(\.actor) == ["Ada", "Ada", "Bo"])
      #expect(trail[0].at == "2023-11-14T22:13:20Z" && trail[2].at == "2023-11-14T22:14:20Z")
      #expect(trail[2].reason == "sent again by mail" && trail[2].role == "data-officer")
      #expect(trail[0].object == returns[0].source.fingerprint.hex && trail[0].after != nil)
      #expect(trail[0].previous == AuditEntry.origin && trail[1].previous == trail[0].hash)
      let check = try register.verifyAudit()
      #expect(check.isSound && check.entries == 3 && check.returns == 2 && check.head == trail[2].hash)
    }
  }

  /// By hand: SHA-256 of 64 zeros and this text, as any other program can compute it.
  @Test func aHashIsThatOfTheHashBeforeAndTheEntryAsJSON() throws {
    let entry = AuditEntry(
      sequence: 1, at: "2024-01-01T00:00:00Z", actor: "Ada", role: "auditor", action: "identity-read", kind: "person",
      object: "abc", before: nil, after: nil, reason: "vraag/1", previous: AuditEntry.origin)
    let text =
      #"{"action":"identity-read","actor":"Ada","at":"2024-01-01T00:00:00Z","kind":"person","object":"abc","#
      + #""reason":"vraag/1","role":"auditor","sequence":1}"#
    #expect(entry.canonicalText == text)
    #expect(entry.hash == Fingerprint(of: String(repeating: "0", count: 64) + text).hex)
    #expect(entry.isIntact)
  }

  @Test(arguments: [
    ("UPDATE audit SET actor = 'Eve' WHERE sequence = 1", AuditVerification.Problem.Kind.entryChanged),
    ("DELETE FROM audit WHERE sequence = 1", .gap),
    ("UPDATE audit SET previous = hash WHERE sequence = 2", .chainBroken),
  ])
  func aChangedEntryIsFound(_ change: String, _ kind: AuditVerification.Problem.Kind) throws {
    try filled { register, _ in
      try tamper(register, "audit", change)
      #expect(try register.verifyAudit().problems.map(\.kind).contains(kind))
    }
  }

  @Test func aRegisterThatWasChangedBehindTheTrailIsFound() throws {
    try filled { register, returns in
      try tamper(register, "record person", "UPDATE \"record person\" SET born = 1991")
      let problems = try register.verifyAudit().problems
      #expect(problems.map(\.kind) == [.returnChanged])
      #expect(problems.first?.object == returns[0].source.fingerprint.hex)
    }
    try filled { register, returns in
      try tamper(register, "findings", "UPDATE findings SET severity = severity")
      #expect(try register.verifyAudit().isSound)
      try tamper(register, "audit", "DELETE FROM audit WHERE sequence = 2")
      #expect(try register.verifyAudit().problems.map(\.kind) == [.returnUnknown, .sumsChanged])
    }
  }

  @Test func aTrailThatWasMadeAnewIsFoundByAHeadThatWasNotedDown() throws {
    try filled { register, returns in
      let head = try #require(try register.verifyAudit().head)
      #expect(try register.verifyAudit(noted: head).isSound)
      #expect(try register.verifyAudit(noted: String(head.prefix(16)).uppercased()).isSound)
      try register.append(
        submission(model, about: "2024-03", on: "2024-04-01", persons([.text("P2"), .missing])), by: stamp())
      #expect(try register.verifyAudit(noted: head).isSound, "an earlier head stays in the trail")
      try tamper(register, "audit", "DELETE FROM audit")
      try register.note(.identityRead, about: AuditSubject(.person, "x"), by: stamp("Eve"))
      #expect(try register.verifyAudit().isSound, "a whole new trail cannot be told from within")
      #expect(try register.verifyAudit(noted: head).problems.map(\.kind) == [.headMissing])
    }
  }

  @Test func theSameReturnsInAnotherOrderLeaveTheSameRegisterAndASoundTrail() throws {
    var fingerprints: Set<String> = []
    for seed in 0..<12 {
      var generator = SeededGenerator(seed: UInt64(seed))
      try withRegister(model, keys: RegisterKeys(pseudonym: .init(bytes: Data(repeating: 7, count: 32))!)) { register in
        var returns = (1...6).map { month in
          submission(
            model, about: "2024-0\(month)", on: "2024-0\(month + 1)-10",
            persons([.text("P1"), .year(1980 + month)], [.text("P\(month)"), .missing]))
        }
        returns.shuffle(using: &generator)
        for each in returns + returns.prefix(2) { try register.append(each, by: stamp()) }
        #expect(try register.verifyAudit().isSound)
        #expect(try register.auditTrail().count == 8)
        fingerprints.insert(try register.historyFingerprint().hex)
      }
    }
    #expect(fingerprints.count == 1)
  }

  @Test func aReadingOfAnIdentityIsWrittenDownWithoutTheIdentity() throws {
    try filled { register, _ in
      let pseudonym = try register.pseudonym(ofPerson: "P1", provider: "north")
      _ = try register.identity(of: pseudonym, by: stamp("Bo", reason: "asked by the person"))
      let entry = try #require(try register.auditTrail().last)
      #expect(entry.action == "identity-read" && entry.actor == "Bo")
      #expect(entry.object == (try register.auditMark(ofPerson: "P1", provider: "north")))
      #expect(!"\(entry)".contains("P1") && !"\(entry)".contains(pseudonym))
    }
  }

  /// A register as the program before the audit trail made it.
  @Test func anOlderRegisterIsBroughtUpToDateByOpeningItAndItsReturnsAreAdopted() throws {
    try filled { register, _ in
      try rawDatabase(of: register.folder).write { connection in
        try connection.execute(
          """
          DROP TABLE main.table_sums; ALTER TABLE main.receipts DROP COLUMN entered_on;
          DROP TABLE main.audit; DROP TABLE main.erasures; DROP TABLE main.decisions; DROP TABLE main.finding_marks;
          DROP TABLE main.return_bases; DROP TABLE main.cycle_decisions; DROP TABLE main.link_decisions;
          DROP TABLE main.model_versions; DROP TABLE main.return_copies; DROP TABLE main.content_marks;
          DROP TABLE main.partial_returns; DROP TABLE main.held_keys;
          PRAGMA main.user_version = 1;
          ALTER TABLE vault.identities DROP COLUMN key_mark; ALTER TABLE vault.files DROP COLUMN key_mark;
          PRAGMA vault.user_version = 1;
          """)
      }
      #expect(
        throws: RegisterError.storage(.olderSchema(file: "register.sqlite", version: 1, known: Schema.register.version))
      ) {
        try Register.openForReading(in: register.folder, model: model)
      }
      let again = try Register.open(in: register.folder, model: model)
      #expect(try again.auditTrail().isEmpty && again.verifyAudit().isSound)
      try again.append(
        submission(model, about: "2024-03", on: "2024-04-01", persons([.text("P2"), .missing])), by: stamp())
      #expect(try again.auditTrail().map(\.action) == ["return-adopted", "return-adopted", "return-taken-in"])
      #expect(try again.verifyAudit().isSound)
    }
  }

  @Test func anAppendThatFailsLeavesNoEntry() throws {
    try filled { register, _ in
      let pages = try register.database.read { try $0.integer("PRAGMA vault.page_count")! }
      try register.database.read { _ = try $0.integer("PRAGMA vault.max_page_count = \(pages)") }
      let large = submission(
        model, about: "2024-03", on: "2024-04-01",
        SentRows(
          record: "person", fields: ["number", "Name"], rows: (0..<900).map { [.text("Q\($0)"), .text("Name \($0)")] }))
      #expect(throws: RegisterError.self) { try register.append(large, by: stamp()) }
      #expect(try register.auditTrail().count == 2 && register.verifyAudit().isSound)
    }
  }
}

/// Changes a table as somebody would who may write the file.
func tamper(_ register: Register, _ table: String, _ change: String) throws {
  try register.database.write { connection in
    try Schema.withoutGuards([table], connection) { try connection.execute(change) }
  }
}
