import Foundation
import Primitives
import TestSupport
import Testing

@testable import Storage

private struct Interruption: Error {}

private let plain = Schema(
  kind: 71, migrations: [Schema.Migration("CREATE TABLE main.words (word TEXT NOT NULL UNIQUE)")])
private let side = Schema(kind: 72, migrations: [Schema.Migration("CREATE TABLE side.words (word TEXT NOT NULL)")])

@Suite struct DatabaseTests {
  private func files(_ folder: URL) -> (URL, [Database.Attachment]) {
    (
      folder.appendingPathComponent("main.sqlite"),
      [Database.Attachment(name: "side", file: folder.appendingPathComponent("side.sqlite"), schema: side)]
    )
  }

  private func add(_ word: String, to tables: [String], _ connection: Connection) throws {
    for table in tables {
      let statement = try connection.statement("INSERT INTO \(table) (word) VALUES (?)")
      statement.bind(word, at: 0)
      try statement.run()
    }
  }

  private func count(_ table: String, _ database: Database) throws -> Int? {
    try database.read { try $0.integer("SELECT COUNT(*) FROM \(table)") }
  }

  @Test func aTransactionChangesBothFilesOrNeither() throws {
    try withTemporaryFolder { folder in
      let (file, attached) = files(folder)
      let database = try Database(file, schema: plain, attached: attached, for: .create)
      try database.write { try add("one", to: ["main.words", "side.words"], $0) }
      let urls = [file] + attached.map(\.file)
      let before = try urls.map { try Data(contentsOf: $0) }
      #expect(throws: Interruption.self) {
        try database.write { connection in
          for index in 0..<5000 { try add("word \(index)", to: ["main.words", "side.words"], connection) }
          throw Interruption()
        }
      }
      #expect(try urls.map { try Data(contentsOf: $0) } == before)
      #expect(try count("main.words", database) == 1 && count("side.words", database) == 1)
      #expect(throws: StorageError.refused(file: "main.sqlite", reason: "UNIQUE constraint failed: words.word")) {
        try database.write { try add("one", to: ["side.words", "main.words"], $0) }
      }
      #expect(try count("side.words", database) == 1)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).count == 2)
    }
  }

  @Test func bothFilesKeepARollbackJournalAndSyncTwice() throws {
    try withTemporaryFolder { folder in
      let (file, attached) = files(folder)
      let database = try Database(file, schema: plain, attached: attached, for: .create)
      for name in ["main", "side"] {
        #expect(try database.read { try $0.text("PRAGMA \(name).journal_mode") } == "delete")
        #expect(try database.read { try $0.integer("PRAGMA \(name).synchronous") } == 3)
      }
    }
  }

  @Test func migrationsAreTakenOnceAndInOrder() throws {
    try withTemporaryFolder { folder in
      let file = folder.appendingPathComponent("main.sqlite")
      try Database(file, schema: plain, for: .create).write { try add("one", to: ["words"], $0) }
      let newer = Schema(
        kind: 71, migrations: plain.migrations + [Schema.Migration("ALTER TABLE main.words ADD COLUMN length INTEGER")])
      #expect(throws: StorageError.olderSchema(file: "main.sqlite", version: 1, known: 2)) {
        try Database(file, schema: newer, for: .read)
      }
      for _ in 0..<2 {
        let database = try Database(file, schema: newer, for: .write)
        #expect(try count("words", database) == 1)
        #expect(try database.read { try $0.text("SELECT length FROM words") } == nil)
      }
      for access in [Database.Access.create, .write, .read] {
        #expect(throws: StorageError.newerSchema(file: "main.sqlite", version: 2, known: 1)) {
          try Database(file, schema: plain, for: access)
        }
        #expect(throws: StorageError.otherKind(file: "main.sqlite")) { try Database(file, schema: side, for: access) }
      }
    }
  }

  @Test func aFileThatIsMissingEmptyOrDamagedIsToldApart() throws {
    try withTemporaryFolder { folder in
      let file = folder.appendingPathComponent("main.sqlite")
      #expect(throws: StorageError.notFound(file: "main.sqlite")) { try Database(file, schema: plain, for: .write) }
      try Data().write(to: file)
      #expect(throws: StorageError.damaged(file: "main.sqlite")) { try Database(file, schema: plain, for: .write) }
      try Data(repeating: 65, count: 5000).write(to: file)
      #expect(throws: StorageError.damaged(file: "main.sqlite")) { try Database(file, schema: plain, for: .create) }
      let elsewhere = folder.appendingPathComponent("nowhere/main.sqlite")
      #expect(throws: StorageError.notAllowed(file: "main.sqlite")) {
        try Database(elsewhere, schema: plain, for: .create)
      }
    }
  }

  @Test func aReaderMayNotWriteAndSeesOneState() throws {
    try withTemporaryFolder { folder in
      let file = folder.appendingPathComponent("main.sqlite")
      _ = try Database(file, schema: plain, for: .create)
      let reader = try Database(file, schema: plain, for: .read)
      #expect(throws: StorageError.notAllowed(file: "main.sqlite")) {
        try reader.write { try add("one", to: ["words"], $0) }
      }
      #expect(throws: (any Error).self) { try reader.read { try $0.execute("DELETE FROM words") } }
    }
  }

  @Test func valuesComeBackAsTheyWereBound() throws {
    try withTemporaryFolder { folder in
      let database = try Database(folder.appendingPathComponent("main.sqlite"), schema: plain, for: .create)
      try database.read { connection in
        let statement = try connection.statement("SELECT ?, ?, ?, ?, ?, ?, ?")
        for _ in 0..<2 {
          statement.bind("é\u{0}x", at: 0)
          statement.bind("", at: 1)
          statement.bind(Int.min, at: 2)
          statement.bind(0.1, at: 3)
          statement.bindNull(at: 4)
          statement.bind(Data([0, 255]), at: 5)
          statement.bind(Data(), at: 6)
          #expect(try statement.step())
          #expect(statement.text(at: 0) == "é\u{0}x" && Array(statement.utf8(at: 0)) == [0xC3, 0xA9, 0, 0x78])
          #expect(statement.text(at: 1) == "" && !statement.isNull(at: 1))
          #expect(statement.integer(at: 2) == .min && statement.double(at: 3) == 0.1)
          #expect(statement.isNull(at: 4) && statement.text(at: 4) == nil && statement.data(at: 4) == nil)
          #expect(statement.data(at: 5) == Data([0, 255]) && statement.data(at: 6) == Data())
          #expect((0..<7).map { statement.type(at: $0) } == [.text, .text, .integer, .double, .null, .data, .data])
          #expect(try !statement.step())
        }
      }
    }
  }

  @Test func messagesSayWhatWhereAndWhatToDo() {
    #expect(
      StorageError.newerSchema(file: "main.sqlite", version: 3, known: 2).message.english
        == "“main.sqlite” was made by a newer version of this program (schema 3; this one knows up to 2). Install the "
        + "newer version.")
    #expect(
      StorageError.diskFull(file: "main.sqlite").message[.dutch]
        == "De schijf van ‘main.sqlite’ is vol. Er is niets gewijzigd. Maak ruimte vrij en probeer het opnieuw.")
  }
}
