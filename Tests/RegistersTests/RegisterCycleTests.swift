import Foundation
import Primitives
import Storage
import SubmissionCycles
import TestSupport
import Testing

@testable import Registers

/// Decisions about periods, in registers new and old.
@Suite struct RegisterCycleTests {
  let model = fixtureModel()
  let january = CalendarMonth(iso: "2024-01")!

  @Test func decisionsAreKeptInTheirOrderAndByTheirDay() throws {
    try withTemporaryFolder { folder in
      let register = try Register.create(in: folder, model: model)
      let release = CycleDecision(
        .release, january, on: day("2024-02-20"), by: "W. Jansen", enteredOn: day("2024-02-20"))
      let reopen = CycleDecision(
        .reopen, january, on: day("2024-05-01"), by: "W. Jansen", reason: "wrong dates", until: day("2024-05-09"),
        enteredOn: day("2024-05-01"))
      try register.append(release)
      try register.append(reopen)
      let reader = try Register.openForReading(in: folder, model: model)
      #expect(try reader.cycleDecisions() == [release, reopen])
      #expect(try reader.cycleDecisions(asKnownOn: day("2024-04-30")) == [release])
      #expect(throws: RegisterError.openedForReading(folder: folder.lastPathComponent)) { try reader.append(release) }
    }
  }

  @Test func decisionsCannotBeChangedOrRemoved() throws {
    try withTemporaryFolder { folder in
      let register = try Register.create(in: folder, model: model)
      try register.append(CycleDecision(.lock, january, on: day("2024-02-20"), by: "w"))
      for sql in ["DELETE FROM cycle_decisions", "UPDATE cycle_decisions SET reason = 'x'"] {
        #expect(throws: StorageError.self) { try register.database.write { try $0.execute(sql) } }
      }
    }
  }

  @Test func aRegisterOfBeforeTheCycleGetsItsTableWhenItIsOpened() throws {
    try withTemporaryFolder { folder in
      // As it was made by the steps before this one.
      let steps = Schema.register.migrations
      let step = try #require(steps.firstIndex { $0.sql.contains("cycle_decisions") })
      let before = Schema(kind: Schema.register.kind, migrations: Array(steps[..<step]))
      try KeyFolder.createFolder(folder)
      let keys = try KeyFolder(folder).create(nil)
      let vault = Database.Attachment(name: "vault", file: Register.vaultFile(folder), schema: .vault)
      try Database(Register.registerFile(folder), schema: before, attached: [vault], for: .create).write { connection in
        try Properties.write(model: model, keys: keys, connection)
        try ModelTables(model).bringUpToDate(connection)
      }
      let register = try Register.open(in: folder, model: model)
      try register.append(submission(model, on: "2024-02-01", persons([.text("P1"), .year(1990)])))
      try register.append(CycleDecision(.open, january, on: day("2024-02-20"), by: "w"))
      #expect(try register.cycleDecisions().count == 1)
    }
  }

  @Test func aPersonBelongsToTheProviderOfTheLastReturnAboutThem() throws {
    try withTemporaryFolder { folder in
      let register = try Register.create(in: folder, model: model)
      try register.append(
        submission(model, from: "north", about: "2024-01", on: "2024-02-01", persons([.text("P1"), .year(1990)])))
      try register.append(
        submission(model, from: "south", about: "2024-03", on: "2024-04-01", persons([.text("P1"), .year(1990)])))
      #expect(try Array(register.providersOfPeople().values) == ["south"])
      #expect(try Array(register.providersOfPeople(asKnownOn: day("2024-03-31")).values) == ["north"])
      #expect(try register.providersOfPeople(asKnownOn: day("2024-01-31")).isEmpty)
    }
  }
}
