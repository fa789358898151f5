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

@Suite struct RegisterOpeningTests {
  let model = fixtureModel()

  private func filled(_ body: (URL) throws -> Void) throws {
    try withTemporaryFolder { folder in
      let register = try Register.create(in: folder, model: model)
      try register.append(submission(model, on: "2024-02-01", persons([.text("P1"), .year(1990)])))
      try body(folder)
    }
  }

  @Test func aRegisterIsMadeOnceAndOpenedAgain() throws {
    try filled { folder in
      #expect(throws: RegisterError.alreadyExists(folder: folder.lastPathComponent)) {
        try Register.create(in: folder, model: model)
      }
      let again = try Register.open(in: folder, model: model)
      #expect(try again.snapshot().people.count == 1)
      #expect(try Register.exists(in: folder))
      #expect(try !Register.exists(in: folder.appendingPathComponent("elsewhere")))
    }
  }

  @Test func aMakingThatWasInterruptedIsCompleted() throws {
    try withTemporaryFolder { folder in
      try KeyFolder.createFolder(folder)
      _ = try KeyFolder(folder).create(nil)
      _ = try Database(
        Register.registerFile(folder), schema: .register,
        attached: [.init(name: "vault", file: Register.vaultFile(folder), schema: .vault)], for: .create)
      #expect(throws: RegisterError.incomplete(folder: folder.lastPathComponent)) {
        try Register.open(in: folder, model: model)
      }
      let register = try Register.create(in: folder, model: model)
      try register.append(submission(model, on: "2024-02-01", persons([.text("P1"), .year(1990)])))
      #expect(try Register.open(in: folder, model: model).snapshot().people.count == 1)
    }
  }

  @Test func aReaderNeedsNeitherVaultNorKeysAndMayNotAppend() throws {
    try filled { folder in
      try FileManager.default.removeItem(at: Register.vaultFile(folder))
      try FileManager.default.removeItem(at: folder.appendingPathComponent("keys"))
      let reader = try Register.openForReading(in: folder, model: model)
      #expect(try reader.snapshot().people.count == 1)
      #expect(try reader.status().vaultEntries == nil)
      #expect(throws: RegisterError.openedForReading(folder: folder.lastPathComponent)) {
        try reader.append(submission(model, on: "2024-03-01", persons([.text("P2"), .missing])))
      }
      #expect(throws: StorageError.self) { try reader.database.write { try $0.execute("DELETE FROM people") } }
      #expect(throws: RegisterError.storage(.notFound(file: "vault.sqlite"))) {
        try Register.open(in: folder, model: model)
      }
      #expect(!FileManager.default.fileExists(atPath: Register.vaultFile(folder).path))
    }
  }

  @Test func aMissingOrWrongKeyIsToldByName() throws {
    try filled { folder in
      for name in ["keys/pseudonym.key", "keys/vault.key"] {
        let url = folder.appendingPathComponent(name)
        let key = try Data(contentsOf: url)
        try FileManager.default.removeItem(at: url)
        #expect(throws: RegisterError.keyMissing(file: name)) { try Register.open(in: folder, model: model) }
        for wrong in ["", "no key", RegisterKeys().vault.bytes.base64EncodedString()] {
          try Data(wrong.utf8).write(to: url)
          #expect(throws: RegisterError.keyDoesNotFit(file: name)) { try Register.open(in: folder, model: model) }
        }
        try key.write(to: url)
      }
      _ = try Register.open(in: folder, model: model)
    }
  }

  @Test func theVaultOfAnotherRegisterIsRefused() throws {
    let vaultKey = RegisterKeys().vault
    try withTemporaryFolder { folder in
      for name in ["a", "b"] {
        _ = try Register.create(
          in: folder.appendingPathComponent(name), model: model, keys: RegisterKeys(vault: vaultKey))
      }
      let own = Register.vaultFile(folder.appendingPathComponent("a"))
      try FileManager.default.removeItem(at: own)
      try FileManager.default.copyItem(at: Register.vaultFile(folder.appendingPathComponent("b")), to: own)
      #expect(throws: RegisterError.vaultDoesNotFit(file: "vault.sqlite")) {
        try Register.open(in: folder.appendingPathComponent("a"), model: model)
      }
    }
  }

  @Test func aDamagedOrStrangeFileIsToldApartFromAMissingOne() throws {
    try filled { folder in
      let file = Register.registerFile(folder)
      let whole = try Data(contentsOf: file)
      try Data(repeating: 7, count: whole.count).write(to: file)
      #expect(throws: RegisterError.storage(.damaged(file: "register.sqlite"))) {
        try Register.open(in: folder, model: model)
      }
      try Data().write(to: file)
      #expect(throws: RegisterError.storage(.damaged(file: "register.sqlite"))) {
        try Register.open(in: folder, model: model)
      }
      try FileManager.default.removeItem(at: file)
      #expect(throws: RegisterError.storage(.notFound(file: "register.sqlite"))) {
        try Register.open(in: folder, model: model)
      }
      try FileManager.default.copyItem(at: Register.vaultFile(folder), to: file)
      #expect(throws: RegisterError.storage(.otherKind(file: "register.sqlite"))) {
        try Register.openForReading(in: folder, model: model)
      }
    }
  }

  @Test func aNewerVersionOfTheModelAddsItsFieldsAndAnOlderOneStillReads() throws {
    try filled { folder in
      let newer = fixtureModel(
        version: "2", extra: "      Town: {type: text, label: Town}\n      town: {type: integer, label: Town code}")
      let before = try Register.open(in: folder, model: model).fingerprint()
      #expect(try Register.openForReading(in: folder, model: newer).fingerprint() == before)
      let register = try Register.open(in: folder, model: newer)
      #expect(try register.fingerprint() == before)
      #expect(throws: RegisterError.otherModelVersion(reviewed: "1", opened: "2")) {
        try register.append(submission(model, on: "2024-03-01", persons([.text("P2"), .missing])))
      }
      try register.append(
        submission(
          newer, about: "2024-02", on: "2024-03-01",
          SentRows(
            record: "person", fields: ["number", "Town", "town"], rows: [[.text("P1"), .text("Ede"), .integer(228)]])))
      #expect(try register.snapshot().linesWithoutPerson("person") == ["|1990||||Ede|228"])
      let older = try Register.open(in: folder, model: model)
      #expect(try older.snapshot().linesWithoutPerson("person") == ["|1990|||"])
      #expect(try older.historyFingerprint() == register.historyFingerprint())
    }
  }

  @Test func aModelUnderWhichStoredRowsWouldMeanSomethingElseIsRefused() throws {
    try filled { folder in
      #expect(throws: RegisterError.otherModel(stored: "small", given: "other")) {
        try Register.open(in: folder, model: fixtureModel(id: "other"))
      }
      #expect(
        throws: RegisterError.otherIdentifiers(stored: "number (programme)", given: "number (provider)")
      ) { try Register.open(in: folder, model: fixtureModel(scope: "provider")) }
      #expect(
        throws: RegisterError.keyChanged(
          record: "visit", stored: ["number", "on"], given: ["number", "on", "order"])
      ) { try Register.open(in: folder, model: fixtureModel(visitKey: "[number, on, order]")) }
      let retyped = try DataModel(
        yaml: """
          meedoen: data-model/1
          id: small
          version: "3"
          title: Small
          records:
            person:
              is: person
              purpose: test
              key: [number]
              fields:
                number: {type: text, privacy: identifier, required: yes, label: Number}
                born: {type: date, privacy: quasi, label: Born}
          """, file: "small.yml")
      #expect(
        throws: RegisterError.fieldChanged(record: "person", field: "born", stored: "year", given: "date")
      ) { try Register.open(in: folder, model: retyped) }
    }
  }

  @Test func errorsSayWhatWhereAndWhatToDo() {
    #expect(
      RegisterError.keyMissing(file: "keys/vault.key").message.english
        == "The key “keys/vault.key” is missing. Put it back from where it is kept safe. Without it new returns cannot "
        + "be linked to the people in the register.")
    #expect(
      RegisterError.storage(.locked(file: "register.sqlite", seconds: 10)).message[.dutch]
        == "‘register.sqlite’ is in gebruik door een ander proces, ook na 10 seconden wachten. Er is niets gewijzigd. "
        + "Probeer het opnieuw als dat proces klaar is.")
  }
}
