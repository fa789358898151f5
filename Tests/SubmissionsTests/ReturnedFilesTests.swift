import DataModels
import Foundation
import Primitives
import Submissions
import TableFiles
import Testing

/// What a sender gets back: the annotated workbook, the held rows, the findings as a table. All people are invented.
@Suite struct ReturnedFilesTests {
  static let people = WorkbookSheet(
    name: "person", headers: ["id", "name", "hours_of_work", "born", "started", "nino"],
    rows: [
      [.text("p1"), .text("Anna"), .number(12), .number(1990), .text("2016-03"), .empty],
      [.text("p2"), .text("=cmd|x"), .text("many"), .number(1990), .text("2016-03"), .empty],
      [.text("p3"), .empty, .number(7), .number(1890), .text("2016-03"), .empty],
    ])
  static let jobs = WorkbookSheet(
    name: "job", headers: ["id", "starts", "kind", "hours_of_work_in_job"],
    rows: [
      [.text("p1"), .date(CalendarDate(iso: "2016-04-01")!), .text("wrok"), .number(3)],
      [.text("p2"), .date(CalendarDate(iso: "2016-04-01")!), .text("NO"), .empty],
    ])

  func read(_ data: Data, _ name: String = "return.xlsx") throws -> [RawSheet] {
    try TableFileReader().read(data, named: name)
  }

  func places(_ review: Review) -> [String] {
    review.findings.map { "\($0.code.rawValue) \($0.place.sheet ?? "") \($0.place.cell ?? "") \($0.value ?? "")" }
  }

  @Test(arguments: Language.allCases)
  func anAnnotatedWorkbookThatComesBackSaysTheSame(_ language: Language) throws {
    let sent = try WorkbookWriter(sheets: [Self.people, Self.jobs]).data()
    let sheets = try read(sent)
    let review = caseModel.review(sheets)
    #expect(review.summary.held == 3)
    let first = try review.annotated(
      sent, named: "return.xlsx", sheets: sheets, verdict: ["Verdict."], language: language)
    #expect(!first.isRewritten && first.cellsWithoutNote == 0)
    let returned = try read(first.workbook)
    #expect(returned.map(\.sheet) == [language == .dutch ? "Bevindingen" : "Findings", "person", "job"])
    #expect(returned[1].headers.map(\.name).suffix(2) == ["__finding_count", "__row_id"])
    #expect(returned[1].rows.map { $0.cells[6] } == [.number(0), .number(1), .number(2)])
    let again = caseModel.review(returned)
    #expect(places(again) == places(review) && again.summary == review.summary)
    #expect(caseModel.personNumbers(in: returned) == ["p1", "p2", "p3"])
    let second = try again.annotated(
      first.workbook, named: "return.xlsx", sheets: returned, verdict: ["Verdict."], language: language)
    #expect(try read(second.workbook).map(\.sheet) == returned.map(\.sheet))
    #expect(places(caseModel.review(try read(second.workbook))) == places(review))
  }

  @Test(arguments: Language.allCases)
  func moreFindingsThanASheetHasRowsForAreCountedAndSaidAloud(_ language: Language) throws {
    let sent = try WorkbookWriter(sheets: [Self.people, Self.jobs]).data()
    let sheets = try read(sent)
    let review = caseModel.review(sheets)
    let all = try review.annotated(sent, named: "return.xlsx", sheets: sheets, verdict: ["V."], language: language)
    #expect(all.findings == review.findings.count && all.findingsNamed == all.findings)
    let some = try review.annotated(
      sent, named: "return.xlsx", sheets: sheets, verdict: ["V."], language: language, most: 2)
    #expect(some.findings == review.findings.count && some.findingsNamed == 2)
    let titles = { (workbook: Data) in
      try read(workbook)[0].notes.first { $0.kind == .titleRowSkipped }?.rows
    }
    #expect(try titles(all.workbook) == [1] && titles(some.workbook) == [1, 2], "one line more says so")
    #expect(try read(some.workbook)[0].rows.count == 2)
    let back = try read(some.workbook)
    #expect(places(caseModel.review(back)) == places(review), "every cell has its colour, and nothing else changed")
    #expect(back[1].rows.map { $0.cells[6] } == [.number(0), .number(1), .number(2)], "the counts are true")
  }

  @Test func aTextFileBecomesAWorkbookWithTheSameCellsAtTheSamePlaces() throws {
    let text = "title\n\nid,name,hours_of_work,born,started,nino\np1,Anna,0012,1990,2016-03,\n\np2,,x,1990,2016-03,\n"
    let sheets = try read(Data(text.utf8), "person.csv")
    let review = caseModel.review(sheets)
    let result = try review.annotated(
      Data(text.utf8), named: "person.csv", sheets: sheets, verdict: [], language: .english)
    #expect(!result.isRewritten)
    let back = try read(result.workbook, "person-checked.xlsx")
    #expect(back.map(\.sheet) == ["Findings", "person"])
    #expect(back[1].rows.map(\.number) == sheets[0].rows.map(\.number))
    #expect(back[1].rows.map { Array($0.cells.prefix(5)) } == sheets[0].rows.map { Array($0.cells.prefix(5)) })
    let errors = { (review: Review) in
      review.findings.filter { $0.severity >= .error }.map { "\($0.code) \($0.place.cell ?? "")" }
    }
    #expect(errors(caseModel.review(back)) == errors(review) && errors(review).count == 2)
  }

  @Test func heldRowsAreMendedAndSentBackAsTheyAre() throws {
    let sheets = try read(WorkbookWriter(sheets: [Self.people, Self.jobs]).data())
    let review = caseModel.review(sheets)
    var held = review.heldRowSheets(.english)
    #expect(held.map(\.name) == ["person", "job"] && held.map(\.rows.count) == [2, 1])
    #expect(held[0].headers.suffix(4) == ["__row_id", "__code", "__message", "__fix"])
    #expect(held[0].rows[0].suffix(4).map(\.text)[0...1] == ["3", "TYP-04"])
    #expect(held[0].rows[1].suffix(3)[0 + held[0].rows[1].count - 3].text == "VAL-01, VAL-04")
    #expect(held[0].rows.allSatisfy { !($0.last?.text ?? "").isEmpty }, "every row says what to do")
    #expect(review.heldRowText(.english) == nil, "a text file holds one table")
    held[0].rows[0][2] = .number(20)
    held[0].rows[1][1] = .text("Bo")
    held[0].rows[1][3] = .number(1980)
    held[1].rows[0][2] = .text("work")
    let mended = caseModel.review(try read(WorkbookWriter(sheets: held).data(), "held.xlsx"))
    #expect(mended.findings.filter { $0.severity > .notice }.map(\.code) == [])
    #expect(mended.summary.accepted == 3 && mended.summary.held == 0)
  }

  @Test func heldRowsAsTextDoNotRunAndLoseNothing() throws {
    let names = ["=1+1", "'=1+1", "+31 6 1", "-5", "@x", "plain", "'quoted'"]
    let rows = names.enumerated().map { "p\($0),\"\($1)\",x,1990,2016-03," }
    let sent = "id,name,hours_of_work,born,started,nino\n" + rows.joined(separator: "\n") + "\n"
    let review = caseModel.review(try read(Data(sent.utf8), "person.csv"))
    let text = try #require(review.heldRowText(.dutch))
    let raw = try read(text, "held.csv")[0]
    for row in raw.rows {
      for cell in row.cells { #expect(!CSVWriter.isFormula(cell.text), "a spreadsheet would run \(cell.text)") }
    }
    let again = caseModel.review([raw])
    #expect(again.summary.held == names.count)
    let twice = try read(try #require(again.heldRowText(.dutch)), "held.csv")[0]
    #expect(twice.rows.map { $0.cells[1] } == raw.rows.map { $0.cells[1] }, "guarded once, however often it goes round")
  }

  @Test func theFindingsAsATableHoldEachOneAndNobody() throws {
    let sheets = try read(WorkbookWriter(sheets: [Self.people, Self.jobs]).data())
    let review = caseModel.review(sheets)
    let table = try read(review.findingText(.english), "findings.csv")[0]
    #expect(table.rows.count == review.findings.count)
    #expect(
      table.headers.first?.name == "code"
        && table.headers.suffix(4).map(\.name) == ["fix", "scope", "status", "status-text"])
    let text = String(decoding: review.findingText(.english), as: UTF8.self)
    #expect(!text.contains("Anna") && !text.contains("cmd|x") && text.contains("wrok"))
  }

  @Test func whatIsKnownOfEachFindingStandsOnTheSheetOfFindingsAndInTheTable() throws {
    let sent = try WorkbookWriter(sheets: [Self.people, Self.jobs]).data()
    let sheets = try read(sent)
    var review = caseModel.review(sheets).adding([.returnMissing("2024-01", dueOn: CalendarDate(iso: "2024-02-14")!)])
    let month = CalendarMonth(iso: "2024-01")!
    for place in review.findings.indices { review.statuses[place] = .seen(in: month) }
    review.statuses[review.findings.count - 1] = .confirmed(
      on: CalendarDate(iso: "2024-03-01")!, by: "J. Bakker", reason: LocalizedText("a known exception"))
    let result = try review.annotated(sent, named: "return.xlsx", sheets: sheets, verdict: [], language: .english)
    let overview = try read(result.workbook)[0].rows.map { $0.cells.map(\.text) + $0.surplus.map(\.text) }
    let whole = try #require(overview.first { $0.contains("CMP-04") })
    #expect(whole.contains("whole return") && whole.contains("confirmed"))
    #expect(whole.contains("confirmed on 2024-03-01 by J. Bakker: a known exception"))
    #expect(overview.count { $0.contains("found in 2024-01 too") } == review.findings.count - 1)
    let table = try read(review.findingText(.dutch), "findings.csv")[0]
    #expect(table.rows.last?.cells.suffix(3).map(\.text).prefix(2) == ["return", "confirmed"])
    #expect(review.heldRowSheets(.english).allSatisfy { $0.headers.last == "__status" })
    #expect(try read(try #require(try? WorkbookWriter(sheets: review.heldRowSheets(.english)).data())).count > 0)
  }

  @Test func aSheetThatIsNotReadIsNotWrittenIn() throws {
    let notes = WorkbookSheet(name: "our notes", headers: ["a", "b"], rows: [[.text("x"), .text("y")]])
    let sent = try WorkbookWriter(sheets: [Self.people, notes]).data()
    let sheets = try read(sent)
    let review = caseModel.review(sheets)
    let result = try review.annotated(sent, named: "return.xlsx", sheets: sheets, verdict: [], language: .english)
    #expect(try read(result.workbook)[2].headers.map(\.name) == ["a", "b"])
  }

  @Test func anAddedColumnAloneMakesNoRow() {
    let sheet = RawSheet(
      file: "return.xlsx", sheet: "person",
      headers: ["id", "name", "__row_id"].enumerated().map { RawHeader(name: $1, column: $0) },
      rows: [
        RawRow(number: 2, cells: [.text("p1"), .text("Anna"), .number(2)]),
        RawRow(number: 3, cells: [.empty, .empty, .number(3)]),
      ])
    let review = caseModel.review([sheet])
    #expect(review.summary.rows == 1 && review.findings.isEmpty)
  }
}
