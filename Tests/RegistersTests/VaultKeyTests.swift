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

@Suite struct VaultKeyTests {
  let model = fixtureModel()

  private func people(_ range: Range<Int>, about period: String = "2024-01") -> AcceptedSubmission {
    submission(
      model, about: period, on: "2024-06-01",
      SentRows(
        record: "person", fields: ["number", "Name"], rows: range.map { [.text("P\($0)"), .text("Surname\($0)")] }))
  }

  private func names(_ register: Register) throws -> [String] {
    let table = try register.snapshot().records[0].table
    return try (0..<table.rowCount).map { try register.identity(of: table["Name"]![$0].canonicalText)!.value }.sorted()
  }

  @Test func afterwardsOnlyTheNewKeyOpensTheVault() throws {
    try withRegister { register in
      let accepted = people(0..<30)
      try register.append(accepted)
      let before = try names(register)
      let key = VaultKey()
      let change = try register.changeVaultKey(to: key, by: stamp(reason: "yearly"), batch: 7)
      #expect(change == VaultKeyChange(identities: 60, files: 1, wasResumed: false, keyMark: key.mark))
      let again = try Register.open(in: register.folder, model: model)
      #expect(try names(again) == before)
      #expect(try again.files(of: accepted.source.fingerprint).map(\.content) == accepted.source.files.map(\.content))
      #expect(again.keys?.vault.bytes == key.bytes)
      #expect(
        !FileManager.default.fileExists(atPath: register.folder.appendingPathComponent("keys/vault.key.next").path))
      #expect(throws: RegisterError.vaultDamaged(file: "vault.sqlite")) { try names(register) }
      #expect(throws: RegisterError.keyDoesNotFit(file: "keys/vault.key")) { try register.append(people(50..<60)) }
      #expect(try again.auditTrail().map(\.action).suffix(2) == ["vault-key-changing", "vault-key-changed"])
      #expect(try again.verifyAudit().isSound)
      let rights =
        try FileManager.default.attributesOfItem(
          atPath: register.folder.appendingPathComponent("keys/vault.key").path)[.posixPermissions] as? Int
      #expect(rights == 0o600)
    }
  }

  /// Stopped after each of its steps: everything stays readable, returns go on coming in, and a next run ends it.
  @Test(arguments: 0..<14)
  func itCanBeStoppedAtAnyStepAndGoneOnWith(_ steps: Int) throws {
    struct Stopped: Error {}
    try withRegister { register in
      try register.append(people(0..<20))
      try register.append(people(20..<30, about: "2024-02"))
      let before = try names(register)
      let folder = KeyFolder(register.folder)
      let (key, stamp) = (VaultKey(), stamp())
      // The first step is the key on the disk; then the mark of the vault; then every seventh identity and each file.
      try folder.writeNext(key)
      if steps > 0 {
        try register.database.write { connection in
          let both = key.replacing(register.keys!.vault)
          let update = try connection.statement("UPDATE vault.properties SET sealed = ? WHERE name = 'register'")
          update.bind(try key.seal(Data(register.keys!.mark.utf8)), at: 0)
          try update.run()
          try AuditBook(connection).add(.vaultKeyChanging, AuditSubject(.vault, key.mark), by: stamp)
          for (position, token) in try tokens(connection).enumerated() where position < (steps - 1) * 7 {
            let select = try connection.statement("SELECT sealed FROM vault.identities WHERE token = ?")
            select.bind(token, at: 0)
            _ = try select.step()
            let sealed = try both.seal(try both.open(select.data(at: 0)!))
            select.reset()
            let update = try connection.statement(
              "UPDATE vault.identities SET sealed = ?, key_mark = '\(key.mark)' WHERE token = ?")
            update.bind(sealed, at: 0)
            update.bind(token, at: 1)
            try update.run()
          }
          _ = try TableSums(connection).bringUpToDate()
        }
      }
      let meanwhile = try Register.open(in: register.folder, model: model)
      #expect(try names(meanwhile) == before)
      try meanwhile.append(people(30..<40, about: "2024-03"))
      if steps > 0 {
        #expect(throws: RegisterError.keyDoesNotFit(file: "keys/vault.key")) {
          try register.append(people(40..<41, about: "2024-04"))
        }
      }
      let change = try Register.open(in: register.folder, model: model).changeVaultKey(by: stamp, batch: 5)
      #expect(change.wasResumed && change.keyMark == key.mark)
      #expect(change.identities == 80 - min(60, max(0, steps - 1) * 7) && change.files == 3)
      let again = try Register.open(in: register.folder, model: model)
      #expect(try names(again).count == 40 && again.keys?.vault.bytes == key.bytes)
      #expect(try again.verifyAudit().isSound)
      let trail = try again.auditTrail().map(\.action).filter { $0.hasPrefix("vault") }
      #expect(trail == ["vault-key-changing", "vault-key-changed"])
    }
  }

  private func tokens(_ connection: Connection) throws -> [String] {
    let statement = try connection.statement("SELECT token FROM vault.identities ORDER BY token")
    var tokens: [String] = []
    while try statement.step() { tokens.append(statement.text(at: 0)!) }
    return tokens
  }

  @Test func aMarkTellsNothingOfTheKeyAndKnowsItAgain() {
    let (one, other) = (VaultKey(), VaultKey())
    #expect(one.mark == VaultKey(bytes: one.bytes)!.mark && one.mark != other.mark && one.mark.count == 16)
    #expect(one.replacing(other).mark == one.mark)
    #expect(throws: (any Error).self) { try one.open(try other.seal(Data("x".utf8))) }
    #expect(throws: Never.self) { try one.replacing(other).open(try other.seal(Data("x".utf8))) }
    #expect(throws: (any Error).self) { try one.replacing(other).alone.open(try other.seal(Data("x".utf8))) }
  }
}
