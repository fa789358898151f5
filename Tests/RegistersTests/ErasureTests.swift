import DataModels
import Fingerprints
import Foundation
import Primitives
import Storage
import TableFiles
import TestSupport
import Tables
import Testing

@testable import Registers
@testable import Submissions

/// Everybody here is invented.
@Suite struct ErasureTests {
  let model = fixtureModel()

  private let csv = """
    number;Name;born;note
    K-1;Zwaluw;1990;kent Merel
    K-2;Merel;1991;
    K-3;Zwaluw;1066;te vroeg
    """

  /// Two returns of three people; two share a surname, and the third has a row that was held.
  private func returns() throws -> [AcceptedSubmission] {
    let workbook = try WorkbookWriter(sheets: [
      WorkbookSheet(
        name: "visit", headers: ["number", "on", "order"],
        rows: [
          [.text("K-1"), .date(day("2024-02-03")), .number(1)], [.text("K-2"), .date(day("2024-02-04")), .number(1)],
        ])
    ]).data()
    func accepted(
      _ name: String, _ content: Data, _ period: String, _ received: String, _ findings: [Finding], _ rows: [SentRows]
    )
      -> AcceptedSubmission
    {
      let base = submission(model, from: "north", about: period, on: received, findings: findings, rows)
      return AcceptedSubmission(
        source: ProviderReturn(
          provider: "north", period: CalendarMonth(iso: period)!, receivedOn: day(received),
          files: [ProviderReturn.File(name: name, content: content)]),
        model: base.model, records: base.records, findings: findings, held: [], summary: base.summary)
    }
    return [
      accepted(
        "people.csv", Data(csv.utf8), "2024-01", "2024-02-01",
        [
          Finding(
            code: .outOfRange, severity: .error, place: FindingPlace(file: "people.csv", row: 4), record: "person",
            field: "born", value: "1066", message: LocalizedText("Too early."))
        ],
        [
          SentRows(
            record: "person", fields: ["number", "Name", "born", "note"],
            rows: [
              [.text("K-1"), .text("Zwaluw"), .year(1990), .text("kent Merel")],
              [.text("K-2"), .text("Merel"), .year(1991), .missing],
            ])
        ]),
      accepted(
        "visits.xlsx", workbook, "2024-02", "2024-03-01", [],
        [
          visits(
            [.text("K-1"), date("2024-02-03"), .integer(1)], [.text("K-2"), date("2024-02-04"), .integer(1)])
        ]),
    ]
  }

  private func filled(_ body: (Register, [AcceptedSubmission]) throws -> Void) throws {
    try withRegister(model) { register in
      let all = try returns()
      for each in all { try register.append(each, by: stamp()) }
      try body(register, all)
    }
  }

  @Test func nothingOfThePersonIsLeftInAnyDayAnyFileOrAnyByte() throws {
    try filled { register, all in
      let pseudonym = try register.pseudonym(ofPerson: "K-1", provider: "north")
      let receipt = try register.erase(
        person: "K-1", provider: "north", residue: .nothing, on: day("2024-05-01"), by: stamp(reason: "asked"))
      #expect(receipt.outcome == .erased && receipt.rows == 2 && receipt.returns == 2)
      #expect(receipt.filesRedacted == 2 && receipt.filesDropped == 0 && receipt.fileRows == 2)
      #expect(receipt.identities == 2, "the number and the name; K-3 was held, so nobody else has the name in a row")
      for day in [nil, day("2024-02-01"), day("2024-03-01")] {
        let snapshot = try register.snapshot(asKnownOn: day)
        #expect(snapshot.people.count == 1 && !snapshot.people.contains(pseudonym))
      }
      #expect(try register.erasedPeople(asKnownOn: day("2024-01-31")) == 0)
      #expect(try register.erasedPeople(asKnownOn: day("2024-02-01")) == 1)
      #expect(try register.identity(of: pseudonym) == nil)
      let bytes = try Data(contentsOf: Register.registerFile(register.folder))
      for text in [pseudonym, "kent Merel"] { #expect(bytes.firstRange(of: Data(text.utf8)) == nil, "\(text)") }
      let file = try #require(try register.files(of: all[0].source.fingerprint).first)
      let text = String(decoding: file.content, as: UTF8.self)
      #expect(text == "number;Name;born;note\n;;;\nK-2;Merel;1991;\nK-3;Zwaluw;1066;te vroeg\n")
      let sheet = try #require(
        try TableFileReader().read(try register.files(of: all[1].source.fingerprint)[0].content, named: "visits.xlsx")
          .first)
      #expect(sheet.rows.map { $0.cells.map(\.text) } == [["K-2", "2024-02-04", "1"]] && sheet.rows[0].number == 3)
    }
  }

  @Test func theTrailSaysWhatWasTakenAwayAndIsSound() throws {
    try filled { register, all in
      let receipt = try register.erase(
        person: "K-1", provider: "north", residue: .nothing, on: day("2024-05-01"), by: stamp("Bo", reason: "asked"))
      let trail = try register.auditTrail()
      #expect(trail.map(\.action).suffix(3) == ["person-erased", "return-redacted", "return-redacted"])
      #expect(trail[2].object == receipt.mark && trail[2].reason == "asked")
      #expect(trail[3].before == trail[0].after && trail[3].after != trail[3].before)
      #expect(try register.verifyAudit().isSound)
    }
  }

  @Test func laterRowsOfAnErasedPersonStayOut() throws {
    try filled { register, all in
      _ = try register.erase(
        person: "K-1", provider: "north", residue: .nothing, on: day("2024-05-01"), by: stamp())
      #expect(try register.append(all[0]).outcome == .receivedBefore)
      let later = submission(
        model, about: "2024-05", on: "2024-06-01", persons([.text("K-1"), .year(1990)], [.text("K-9"), .year(1999)]))
      let receipt = try register.append(later)
      let counts = try #require(receipt.records.first)
      #expect(counts.rows == 2 && counts.new == 1 && counts.erased == 1)
      #expect(try register.snapshot().people.count == 2)
      let pseudonym = try register.pseudonym(ofPerson: "K-1", provider: "north")
      #expect(try register.identity(of: pseudonym) == nil)
      let again = try register.erase(
        person: "K-1", provider: "north", residue: .nothing, on: day("2024-07-01"), by: stamp())
      #expect(again.outcome == .erasedBefore && again.rows == 0)
      #expect(try register.verifyAudit().isSound)
    }
  }

  @Test func answersAboutThePersonGoToo() throws {
    try filled { register, _ in
      let person = try register.pseudonym(ofPerson: "K-1", provider: "north")
      let other = try register.pseudonym(ofPerson: "K-2", provider: "north")
      for each in [person, other] {
        try register.answer(
          .left, about: each, provider: "north", DecisionMaking(by: "Ada", on: day("2024-04-01"), reason: .finished))
      }
      _ = try register.erase(
        person: "K-1", provider: "north", residue: .nothing, on: day("2024-05-01"), by: stamp())
      let left = try register.decisions().map(\.matter)
      #expect(left == [.absence(person: other, provider: "north", answer: .left)])
    }
  }

  @Test func aReviewIsToldOfErasedPeopleByTheirNumbers() throws {
    try filled { register, _ in
      _ = try register.erase(
        person: "K-1", provider: "north", residue: .nothing, on: day("2024-05-01"), by: stamp())
      let known = try register.knownRecords(for: ["K-1", "K-2", "K-5"], provider: "north", records: [])
      #expect(known.erased == ["K-1"] && known.people == ["K-2"])
    }
  }

  /// The same rows, sent again in another file, are not taken for those that were there before the erasure.
  @Test func aReturnThatIsSentAgainAfterAnErasureIsNoCopyOfTheFirst() throws {
    try withRegister { register in
      let rows = [[Value.text("K-1"), .year(1990)], [.text("K-2"), .year(1991)]]
      try register.append(submission(model, about: "2024-01", on: "2024-02-01", persons(rows[0], rows[1])))
      _ = try register.erase(
        person: "K-1", provider: "north", residue: .nothing, on: day("2024-05-01"), by: stamp())
      let receipt = try register.append(
        submission(model, about: "2024-01", on: "2024-06-01", persons(rows[1], rows[0])))
      #expect(receipt.records[0].erased == 1 && receipt.records[0].unchanged == 1)
      #expect(try register.snapshot().people.count == 1)
      let third = try register.append(
        submission(model, about: "2024-02", on: "2024-06-02", persons(rows[1], rows[0])))
      #expect(third.records[0].erased == 1 && third.records[0].unchanged == 1)
      #expect(try register.verifyAudit().isSound)
    }
  }

  @Test func aNameThatSomebodyElseHasTooStaysInTheVault() throws {
    try filled { register, _ in
      try register.append(
        submission(
          model, about: "2024-03", on: "2024-04-01",
          SentRows(record: "person", fields: ["number", "Name"], rows: [[.text("K-4"), .text("Zwaluw")]])))
      let receipt = try register.erase(
        person: "K-1", provider: "north", residue: .nothing, on: day("2024-05-01"), by: stamp())
      #expect(receipt.identities == 1)
      let table = try register.snapshot().records[0].table
      let names = try (0..<table.rowCount).map { try register.identity(of: table["Name"]![$0].canonicalText)?.value }
      #expect(Set(names) == ["Merel", "Zwaluw"])
    }
  }

  @Test func somebodyWhoseRowsWereAllHeldIsErasedFromFilesAndFindings() throws {
    try filled { register, all in
      let receipt = try register.erase(
        person: "K-3", provider: "north", residue: .nothing, on: day("2024-05-01"), by: stamp())
      #expect(receipt.rows == 0 && receipt.fileRows == 1 && receipt.findings == 1 && receipt.filesRedacted == 1)
      let finding = try #require(try register.findings(of: all[0].source.fingerprint).first)
      #expect(
        finding.value == nil && finding.place.row == 4 && finding.message == FindingCode.outOfRange.explanation.title)
      #expect(try register.verifyAudit().isSound)
    }
  }

  @Test func aStatisticalResidueKeepsPlainValuesUnderANameOfChance() throws {
    try filled { register, _ in
      let pseudonym = try register.pseudonym(ofPerson: "K-1", provider: "north")
      let receipt = try register.erase(
        person: "K-1", provider: "north", residue: .statistical, on: day("2024-05-01"), by: stamp())
      #expect(receipt.rows == 2)
      let snapshot = try register.snapshot()
      #expect(snapshot.people.count == 2 && !snapshot.people.contains(pseudonym))
      // Name, year of birth and the note are gone; visits keep their day and place in the order.
      #expect(snapshot.linesWithoutPerson("person").contains("||||"))
      #expect(snapshot.linesWithoutPerson("visit").sorted() == ["2024-02-03|1", "2024-02-04|1"])
      #expect(throws: RegisterError.personErased(on: day("2024-05-01"))) {
        try register.dossier(ofPerson: "K-1", provider: "north", by: stamp())
      }
      #expect(try register.verifyAudit().isSound)
    }
  }

  @Test func aNumberThatNobodyHasChangesNothing() throws {
    try filled { register, _ in
      let before = try register.historyFingerprint()
      #expect(throws: RegisterError.unknownPerson) {
        try register.erase(person: "K-77", provider: "north", residue: .nothing, on: day("2024-05-01"), by: stamp())
      }
      #expect(try register.historyFingerprint() == before && register.auditTrail().count == 2)
    }
  }

  @Test func theGuardsOfTheTablesAreThereAgainAfterwards() throws {
    try filled { register, _ in
      _ = try register.erase(
        person: "K-1", provider: "north", residue: .nothing, on: day("2024-05-01"), by: stamp())
      #expect(throws: StorageError.self) { try register.database.write { try $0.execute("DELETE FROM people") } }
      #expect(throws: StorageError.self) {
        try register.database.write { try $0.execute("DELETE FROM \"record person\"") }
      }
    }
  }

  @Test func anErasureThatFailsHalfwayChangesNothing() throws {
    try filled { register, _ in
      let files = [Register.registerFile(register.folder), Register.vaultFile(register.folder)]
      let before = try files.map { try Data(contentsOf: $0) }
      try register.database.write { connection in
        try connection.execute(
          "CREATE TEMP TRIGGER stop BEFORE INSERT ON main.audit BEGIN SELECT RAISE(ABORT, 'stopped'); END")
      }
      #expect(throws: RegisterError.self) {
        try register.erase(person: "K-1", provider: "north", residue: .nothing, on: day("2024-05-01"), by: stamp())
      }
      #expect(try files.map { try Data(contentsOf: $0) } == before)
    }
  }

  /// A table that names a person has to be among those that an erasure reaches.
  @Test func everyTableThatNamesAPersonIsReached() throws {
    try withRegister(model) { register in
      let known = Set(["people"] + Schema.tablesOfPeople.map(\.table))
      try register.database.read { connection in
        let statement = try connection.statement(
          """
          SELECT t.name, c.name FROM main.sqlite_schema t JOIN pragma_table_info(t.name) c WHERE t.type = 'table'
          """)
        while try statement.step() {
          let (table, column) = (statement.text(at: 0)!, statement.text(at: 1)!)
          if table.hasPrefix("record ") || known.contains(table) { continue }
          let isOfPerson = ["person", "people", "pseudonym", "token", "number"].contains { column.contains($0) }
          #expect(!isOfPerson, "\(table).\(column) is not in Schema.tablesOfPeople")
        }
      }
    }
  }
}

@Suite struct DossierTests {
  @Test func aDossierHasEverythingInClearAndWhereItCameFrom() throws {
    let model = fixtureModel()
    try withRegister(model) { register in
      try register.append(
        submission(
          model, about: "2024-01", on: "2024-02-01",
          SentRows(
            record: "person", fields: ["number", "Name", "born"],
            rows: [[.text("K-1"), .text("Zwaluw"), .year(1990)], [.text("K-2"), .text("Merel"), .year(1991)]])))
      try register.append(
        submission(
          model, about: "2024-02", on: "2024-03-01", persons([.text("K-1"), .year(1989)]),
          visits([.text("K-1"), date("2024-02-03"), .integer(1)])))
      let dossier = try register.dossier(ofPerson: "K-1", provider: "north", by: stamp("Bo", reason: "asked"))
      #expect(
        dossier.rows.map { row in
          row.record + ": " + row.entries.map { "\($0.field)=\($0.value)" }.joined(separator: " ")
        }
          == ["person: number=K-1 Name=Zwaluw born=1989", "visit: number=K-1 on=2024-02-03 order=1"])
      #expect(dossier.sources.map(\.period.iso) == ["2024-01", "2024-02"])
      #expect(dossier.sources[0].rows.first?.entries.last?.value == "1990")
      #expect(try register.auditTrail().last?.action == "person-exported")
      #expect(try register.auditTrail().last?.object == dossier.mark)
      #expect(throws: RegisterError.unknownPerson) {
        try register.dossier(ofPerson: "K-9", provider: "north", by: stamp())
      }
    }
  }
}
