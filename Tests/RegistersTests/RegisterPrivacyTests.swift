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

@Suite struct RegisterPrivacyTests {
  let model = fixtureModel()

  private func people(_ count: Int) -> AcceptedSubmission {
    submission(
      model, on: "2024-02-01",
      findings: [
        Finding(
          code: .wrongFormat, severity: .error, place: FindingPlace(file: "2024-01.csv", row: 7), record: "person",
          field: "Name", value: "Surname7", message: LocalizedText("The form is wrong.")),
        Finding(
          code: .outOfRange, severity: .error, place: FindingPlace(file: "2024-01.csv", row: 7), record: "person",
          field: "born", value: "1066", message: LocalizedText("Too early."), recordKey: ["NUMBER-7"]),
      ],
      held: [HeldRow(file: "2024-01.csv", sheet: nil, row: 7, record: "person", codes: [.wrongFormat, .outOfRange])],
      SentRows(
        record: "person", fields: ["number", "Name", "born"],
        rows: (0..<count).map { [.text("NUMBER-\($0)"), .text("Surname\($0)"), .year(1990)] }))
  }

  @Test func noIdentifyingValueIsInTheBytesOfTheRegisterOrInClearInTheVault() throws {
    try withRegister { register in
      try register.append(people(200))
      for name in ["register.sqlite", "vault.sqlite"] {
        let bytes = try Data(contentsOf: register.folder.appendingPathComponent(name))
        for secret in ["NUMBER-", "Surname"] {
          #expect(bytes.firstRange(of: Data(secret.utf8)) == nil, "\(secret) in \(name)")
        }
      }
      let clear = try Data(contentsOf: Register.registerFile(register.folder))
      #expect(clear.firstRange(of: Data("north".utf8)) != nil)
    }
  }

  @Test func theVaultGivesBackWhatItSealedAndOnlyWithItsKey() throws {
    try withRegister { register in
      let accepted = people(3)
      try register.append(accepted)
      let pseudonym = try register.pseudonym(ofPerson: "NUMBER-2", provider: "north")
      #expect(
        try register.identity(of: pseudonym)
          == Identity(pseudonym: pseudonym, field: "number", provider: "north", value: "NUMBER-2"))
      #expect(try register.identity(of: "nobody") == nil)
      let names = try register.snapshot().records[0].table["Name"]!
      let found = try (0..<3).map { try register.identity(of: names[$0].canonicalText)?.value }
      #expect(Set(found) == ["Surname0", "Surname1", "Surname2"])
      #expect(
        try register.files(of: accepted.source.fingerprint).map(\.content) == accepted.source.files.map(\.content))
      #expect(try register.status().vaultEntries == 6)

      let other = Register(
        model: model, folder: register.folder, database: register.database,
        keys: RegisterKeys(pseudonym: register.keys!.pseudonym))
      #expect(throws: RegisterError.vaultDamaged(file: "vault.sqlite")) { try other.identity(of: pseudonym) }
      #expect(throws: RegisterError.vaultDamaged(file: "vault.sqlite")) {
        try other.files(of: accepted.source.fingerprint)
      }
    }
  }

  @Test func equalValuesInTwoFieldsHaveDifferentPseudonyms() throws {
    try withRegister { register in
      try register.append(
        submission(
          model, on: "2024-02-01",
          SentRows(record: "person", fields: ["number", "Name"], rows: [[.text("same"), .text("same")]])))
      let table = try register.snapshot().records[0].table
      #expect(table["number"]![0] != table["Name"]![0])
    }
  }

  @Test func anAccentWrittenInTwoWaysIsOnePerson() throws {
    try withRegister { register in
      let one = try register.pseudonym(ofPerson: "Jos\u{E9}", provider: "north")
      #expect(try register.pseudonym(ofPerson: "Jose\u{301}", provider: "north") == one)
    }
  }

  @Test func findingsAndHeldRowsAreKeptWithoutIdentifyingValues() throws {
    try withRegister { register in
      let accepted = people(1)
      try register.append(accepted)
      let findings = try register.findings(of: accepted.source.fingerprint)
      #expect(findings.map(\.value) == [nil, "1066"])
      #expect(findings.map(\.message.english) == ["The form is wrong.", "Too early."])
      #expect(
        try register.heldRows(of: accepted.source.fingerprint)
          == [
            HeldRow(file: "2024-01.csv", sheet: nil, row: 7, record: "person", codes: [.wrongFormat, .outOfRange])
          ])
      let stored = try #require(try register.returns().first)
      #expect(stored.count(.error) == 2 && stored.summary.accepted == 1 && stored.files == ["2024-01.csv"])
      let unknown = Fingerprint(of: "another")
      #expect(throws: RegisterError.unknownReturn(unknown)) { try register.findings(of: unknown) }
    }
  }

  /// What stands above a column can be a person's name.
  @Test func headersThatTheModelDoesNotKnowAreNotKept() throws {
    try withRegister { register in
      let accepted = submission(
        model, on: "2024-03-01",
        findings: [
          Finding(
            code: .unknownColumn, severity: .confirm,
            place: FindingPlace(file: "a.csv", row: 1, column: "F", header: "Mrs Surname7"),
            message: LocalizedText("The column “Mrs Surname7” is not in the model."),
            fix: LocalizedText("Did you mean “Mrs Surname7”?"), quotesHeader: true)
        ], SentRows(record: "person", fields: ["number", "Name"], rows: [[.text("n"), .text("m")]]))
      try register.append(accepted)
      let kept = try #require(try register.findings(of: accepted.source.fingerprint).first)
      #expect(kept.place.column == "F" && kept.place.header == nil)
      #expect(kept.message == FindingCode.unknownColumn.explanation.title)
      #expect(!"\(kept)".contains("Surname7"))
    }
  }

  @Test func theDatabaseRefusesToChangeOrRemoveARow() throws {
    try withRegister { register in
      try register.append(people(2))
      let before = try register.historyFingerprint()
      let tables = try register.database.read { connection in
        var names: [String] = []
        let statement = try connection.statement("SELECT name FROM main.sqlite_schema WHERE type = 'table'")
        while try statement.step() { names.append(statement.text(at: 0)!) }
        return names.filter { !$0.hasPrefix("sqlite_") }
      }
      #expect(tables.count == 26)
      // The sums follow every write, and are compared with the trail.
      for table in tables where table != "table_sums" {
        let column = try register.database.read {
          try $0.text("SELECT name FROM pragma_table_info('\(table)')")!
        }
        for change in ["UPDATE \"\(table)\" SET \"\(column)\" = \"\(column)\"", "DELETE FROM \"\(table)\""] {
          let isEmpty = try register.database.read { try $0.integer("SELECT COUNT(*) FROM \"\(table)\"") == 0 }
          guard !isEmpty else { continue }
          #expect(
            throws: StorageError.refused(
              file: "register.sqlite", reason: "rows of \(table) are added, never changed or removed")
          ) {
            try register.database.write { try $0.execute(change) }
          }
        }
      }
      #expect(try register.historyFingerprint() == before)
    }
  }

  @Test func filesAndFoldersAreTheOwnersOnly() throws {
    try withRegister { (register) throws in
      func rights(_ path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: register.folder.appendingPathComponent(path).path)[
          .posixPermissions] as? Int
      }
      for file in ["register.sqlite", "vault.sqlite", "keys/pseudonym.key", "keys/vault.key"] {
        #expect(try rights(file) == 0o600, "\(file)")
      }
      #expect(try rights("keys") == 0o700)
      #expect(try rights(".") == 0o700)
    }
  }
}
