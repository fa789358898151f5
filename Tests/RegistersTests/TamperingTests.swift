import DataModels
import Foundation
import Primitives
import Storage
import SubmissionCycles
import TestSupport
import Testing

@testable import Registers
@testable import Submissions

/// Whatever is changed in a register or its vault by other means than the register's own is found by verifying. The test
/// goes over the tables that there are, so that a new one cannot be forgotten. Everybody is invented.
@Suite struct TamperingTests {
  let model = fixtureModel()

  /// A register with something in every table.
  private func filled(_ folder: URL) throws {
    let stamp = AuditStamp.named("w", on: day("2024-01-15"))
    let register = try Register.create(in: folder, model: model, by: stamp)
    let held = [HeldRow(file: "2024-01.csv", sheet: nil, row: 9, record: "person", codes: [.outOfRange])]
    let finding = Finding(
      code: .outOfRange, severity: .confirm, place: FindingPlace(file: "2024-01.csv", row: 2, column: "B"),
      record: "person", field: "born", rule: "person.born.range", value: "1990", message: LocalizedText("odd"))
    let named = SentRows(
      record: "person", fields: ["number", "Name", "born"],
      rows: [[.text("P1"), .text("N1"), .year(1990)], [.text("P2"), .text("N2"), .year(1991)]])
    let first = submission(
      model, about: "2024-01", on: "2024-02-01", findings: [finding], held: held, named,
      visits([.text("P1"), date("2024-01-03"), .integer(1)]))
    let second = submission(model, about: "2024-01", on: "2024-03-01", persons([.text("P3"), .year(1980)]))
    try register.append(first, by: stamp)
    try register.append(second, basedOn: .latest(first.source.fingerprint), by: stamp)
    let copy = submission(model, about: "2024-03", on: "2024-04-01", persons([.text("P3"), .year(1980)]))
    try register.append(copy, by: stamp)
    let making = DecisionMaking(by: "w", on: day("2024-04-02"), reason: .other, note: "n", stamp: stamp)
    try register.confirm([1], of: first.source.fingerprint, making)
    let people = try ["P1", "P2"].map { try register.pseudonym(ofPerson: $0, provider: "north") }
    try register.decide(
      [LinkDecision(people[0], people[1], .different, on: day("2024-04-02"), by: "w", reason: "r")], by: stamp)
    try register.append(
      CycleDecision(.open, CalendarMonth(iso: "2024-01")!, on: day("2024-04-02"), by: "w"), by: stamp)
    _ = try register.erase(person: "P3", provider: "north", residue: .nothing, on: day("2024-04-03"), by: stamp)
  }

  private func tables(_ connection: Connection, of database: String) throws -> [String] {
    let statement = try connection.statement(
      "SELECT name FROM \(database).sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name")
    var names: [String] = []
    while try statement.step() { names.append(statement.text(at: 0)!) }
    return names
  }

  private func columns(_ connection: Connection, of table: String, in database: String) throws -> [String] {
    let statement = try connection.statement("SELECT name FROM pragma_table_info(?, ?)")
    statement.bind(table, at: 0)
    statement.bind(database, at: 1)
    var names: [String] = []
    while try statement.step() { names.append(statement.text(at: 0)!) }
    return names
  }

  @Test func aChangeOfAnyColumnOfAnyTableIsFound() throws {
    try withTemporaryFolder { parent in
      let folder = parent.appendingPathComponent("whole")
      try filled(folder)
      #expect(try Register.openForVerifying(in: folder, model: model).verifyAudit().isSound)
      // Filled by other means than this fixture's, where the table is not of a register's first version.
      let mayBeEmpty: Set<String> = [
        "main.model_versions", "main.return_copies", "main.content_marks", "main.held_keys", "main.partial_returns",
      ]
      var attacks: [(table: String, sql: String)] = []
      try rawDatabase(of: folder).read { connection in
        for database in ["main", "vault"] {
          for table in try tables(connection, of: database) {
            let name = "\(database).\"\(table)\""
            guard try connection.integer("SELECT COUNT(*) FROM \(name)") ?? 0 > 0 else {
              #expect(
                mayBeEmpty.contains("\(database).\(table)") || table.hasPrefix("record "), "\(name) is empty here")
              continue
            }
            attacks.append(("\(database).\(table)", "DELETE FROM \(name)"))
            for column in try columns(connection, of: table, in: database) {
              let other =
                "CASE typeof(\"\(column)\") WHEN 'integer' THEN \"\(column)\" + 70 WHEN 'real' THEN 0.123 "
                + "WHEN 'text' THEN \"\(column)\" || 'x' WHEN 'blob' THEN x'00' ELSE 'x' END"
              // The number of a row says nothing, and neither does a field that no row carries.
              let says = "SELECT 1 FROM \(name) WHERE \"\(column)\" IS NOT NULL LIMIT 1"
              let isOfRecord = table.hasPrefix("record ")
              if isOfRecord, try column == "_row" || connection.integer(says) == nil { continue }
              attacks.append(("\(database).\(table)", "UPDATE \(name) SET \"\(column)\" = \(other)"))
            }
          }
        }
      }
      var found: [String: Int] = [:]
      for (number, attack) in attacks.enumerated() {
        let copy = parent.appendingPathComponent("copy-\(number)")
        try FileManager.default.copyItem(at: folder, to: copy)
        defer { try? FileManager.default.removeItem(at: copy) }
        guard try isDone(attack.sql, copy) else { continue }
        let isNoticed: Bool
        do {
          isNoticed = try !Register.openForVerifying(in: copy, model: model).verifyAudit().isSound
        } catch {
          // What a register remembers of its model is compared with that when it is opened.
          isNoticed = true
        }
        if isNoticed {
          found[attack.table, default: 0] += 1
        } else {
          // The keys are not needed to verify; whoever writes needs them.
          let opening: RegisterError? = {
            do throws(RegisterError) {
              _ = try Register.open(in: copy, model: model)
              return nil
            } catch { return error }
          }()
          #expect(
            ["main.properties", "vault.properties"].contains(attack.table) && opening != nil, "\(attack.sql) unseen")
        }
      }
      let all = Set(attacks.map(\.table)).subtracting(["main.properties", "vault.properties"])
      #expect(Set(found.keys).isSuperset(of: all), "\(all.subtracting(found.keys)) could not be tried")
    }
  }

  /// Tries it; false where SQLite itself does not let it happen.
  private func isDone(_ sql: String, _ folder: URL) throws -> Bool {
    do {
      try rawDatabase(of: folder).write { connection in
        let triggers = try connection.statement("SELECT name FROM main.sqlite_schema WHERE type = 'trigger'")
        var names: [String] = []
        while try triggers.step() { names.append(triggers.text(at: 0)!) }
        for name in names { try connection.execute("DROP TRIGGER main.\"\(name)\"") }
        try connection.execute(sql)
      }
      return true
    } catch is StorageError {
      return false
    }
  }

  @Test func whatIsWrittenAfterATamperingDoesNotHideIt() throws {
    try withTemporaryFolder { parent in
      let folder = parent.appendingPathComponent("r")
      try filled(folder)
      #expect(try isDone("DELETE FROM main.cycle_decisions", folder))
      let register = try Register.open(in: folder, model: model)
      try register.append(
        submission(model, about: "2024-05", on: "2024-06-01", persons([.text("P5"), .year(1970)])),
        by: .named("w", on: day("2024-06-01")))
      let found = try register.verifyAudit().problems
      #expect(found.map(\.kind) == [.tableChanged] && found.first?.object == "main.cycle_decisions")
    }
  }

  @Test func theOwnChangesOfARegisterAreSound() throws {
    try withTemporaryFolder { parent in
      let folder = parent.appendingPathComponent("r")
      try filled(folder)
      let stamp = AuditStamp.named("w", on: day("2024-06-01"))
      try Register.open(in: folder, model: model).changeVaultKey(by: stamp, batch: 1)
      let register = try Register.open(in: folder, model: model)
      #expect(try register.verifyAudit().isSound)
      _ = try register.erase(person: "P1", provider: "north", residue: .statistical, on: day("2024-06-02"), by: stamp)
      #expect(try register.verifyAudit().isSound)
      // A trying out leaves nothing behind, in the sums neither.
      _ = try register.preview(
        submission(model, about: "2024-05", on: "2024-06-01", persons([.text("P5"), .year(1970)])),
        withSnapshots: false)
      try register.append(
        submission(model, about: "2024-06", on: "2024-07-01", persons([.text("P6"), .year(1970)])), by: stamp)
      #expect(try register.verifyAudit().isSound)
    }
  }

  @Test func removedSumsAreNotMadeAnew() throws {
    try withTemporaryFolder { parent in
      let folder = parent.appendingPathComponent("r")
      try filled(folder)
      try rawDatabase(of: folder).write { try $0.execute("DELETE FROM main.table_sums") }
      let register = try Register.open(in: folder, model: model)
      try register.append(
        submission(model, about: "2024-05", on: "2024-06-01", persons([.text("P5"), .year(1970)])))
      #expect(try !register.verifyAudit().isSound)
    }
  }

  @Test func aRegisterOfBeforeTheSumsIsTakenAsItStandsAtItsNextWrite() throws {
    try withTemporaryFolder { folder in
      let steps = Schema.register.migrations
      let step = try #require(steps.firstIndex { $0.sql.contains("table_sums") })
      let before = Schema(kind: Schema.register.kind, migrations: Array(steps[..<step]))
      try KeyFolder.createFolder(folder)
      let keys = try KeyFolder(folder).create(nil)
      let vault = Database.Attachment(name: "vault", file: Register.vaultFile(folder), schema: .vault)
      try Database(Register.registerFile(folder), schema: before, attached: [vault], for: .create).write { connection in
        try Properties.write(model: model, keys: keys, connection)
        try ModelTables(model).bringUpToDate(connection)
        try connection.execute(
          "INSERT INTO main.cycle_decisions (kind, period, day, by) VALUES ('open', '2024-01', '2024-01-01', 'w')")
      }
      let register = try Register.open(in: folder, model: model)
      #expect(try register.verifyAudit().isSound, "nothing was written down yet")
      try register.append(submission(model, on: "2024-02-01", persons([.text("P1"), .year(1990)])))
      #expect(try register.verifyAudit().isSound)
      #expect(try isDone("DELETE FROM main.cycle_decisions", folder))
      #expect(try !Register.open(in: folder, model: model).verifyAudit().isSound)
    }
  }
}
