import DataModels
import Foundation
import Primitives
import Submissions
import TableFiles
import Testing

/// Everything a charity sends: recognised, said aloud, and never guessed when two readings are possible.
@Suite struct ReadingAnythingTests {
  static let jobHeaders = "id;starts;ends;kind;hours_of_work_in_job;tags"
  let person = "id;name;hours_of_work;born;started;nino\np1;Anna;;1990;2016-03;\n"

  func review(_ jobs: String, name: String = "job.csv") throws -> Review {
    let reader = TableFileReader()
    return caseModel.review(
      try reader.read(Data(person.utf8), named: "person.csv")
        + reader.read(Data((Self.jobHeaders + "\n" + jobs).utf8), named: name))
  }

  func codes(_ review: Review) -> [String] {
    review.findings.filter { $0.place.file != "person.csv" && $0.severity > .confirm }.map {
      "\($0.code.rawValue) \($0.place.cell ?? "-")"
    }
  }

  func hours(_ review: Review) -> [Value] {
    let source = ProviderReturn(
      provider: "a", period: CalendarMonth(iso: "2016-04")!, receivedOn: CalendarDate(iso: "2016-05-01")!, files: [])
    let rows = review.accept(as: source).records.first { caseModel.records[$0.recordIndex].id == "job" }
    guard let rows,
      let position = rows.fieldIndices.firstIndex(of: caseModel.record("job")!.index(of: "hours_of_work_in_job")!)
    else { return [] }
    return (0..<rows.rowCount).map { rows.value(row: $0, position: position) }
  }

  @Test func aDecimalCommaIsReadEverywhere() throws {
    let review = try review("p1;2016-03-31;;work;12,5;\np1;2016-04-30;;work;8;\n")
    #expect(codes(review) == [])
    #expect(hours(review) == [.number(12.5), .number(8)])
  }

  @Test(arguments: ["1.250", "1,250", "-2,000"])
  func aNumberThatCanBeThousandsOrDecimalsIsNotGuessed(_ number: String) throws {
    #expect(codes(try review("p1;2016-03-31;;work;\(number);\n")) == ["TYP-13 E2"])
  }

  @Test func aMarkThatIsDecimalElsewhereInTheColumnIsDecimalHere() throws {
    let review = try review("p1;2016-03-31;;work;1,250;\np1;2016-04-30;;work;12,5;\n")
    #expect(codes(review) == [])
    #expect(hours(review) == [.number(1.25), .number(12.5)])
    // A decimal comma says nothing of a point.
    let mixed = try self.review("p1;2016-03-31;;work;1.250;\np1;2016-04-30;;work;12,5;\n")
    #expect(codes(mixed) == ["TYP-13 E2"])
    #expect(codes(try self.review("p1;2016-03-31;;work;0,125;\np1;2016-04-30;;work;1,250;\n")) == [])
  }

  @Test func aDayThatCanBeAMonthIsNotGuessed() throws {
    #expect(codes(try review("p1;03/04/2016;;work;8;\n")) == ["TYP-02 B2"])
    #expect(codes(try review("p1;03/04/2016;;work;8;\np1;31/12/2016;;work;8;\n")) == [])
  }

  @Test func codesThatLookLikeDatesOrCountriesStayCodes() throws {
    #expect(codes(try review("p1;2016-03-31;;5-11;8;NO, 5-11\n")) == [])
  }

  @Test func trailingBlanksAndTitlesAndEmptyRowsChangeNothing() throws {
    let text = "\"Jobs of April\"\n\(Self.jobHeaders)\np1 ;2016-03-31 ;;work\u{A0};8 ; work , NO \n;;;;;\n\n"
    let reader = TableFileReader()
    let review = caseModel.review(
      try reader.read(Data(person.utf8), named: "person.csv") + reader.read(Data(text.utf8), named: "job.csv"))
    #expect(codes(review) == [])
    #expect(review.summary.accepted == 2)
    #expect(review.findings.contains { $0.code == .titleRow && $0.place.row == 1 })
  }

  @Test func aWorkbookWithDatesNumbersAsTextAndHiddenPartsIsReadWhole() throws {
    let headers = Self.jobHeaders.split(separator: ";").map(String.init)
    let date = CalendarDate(iso: "2016-03-31")!
    let workbook = WorkbookWriter(sheets: [
      WorkbookSheet(
        name: "job", headers: headers,
        rows: [
          [.text("p1"), .date(date), .empty, .text("work"), .text("12,5"), .empty],
          [.text("p1"), .date(date.adding(days: 30)), .empty, .text("work"), .number(8), .empty],
          [.text("p1"), .date(date.adding(days: 60)), .empty, .date(date), .number(8), .empty],
        ])
    ])
    let reader = TableFileReader()
    let review = caseModel.review(
      try reader.read(Data(person.utf8), named: "person.csv") + reader.read(try workbook.data(), named: "job.xlsx"))
    // A code that the spreadsheet turned into a date is told, never turned back by guessing.
    #expect(codes(review) == ["TYP-11 D4"])
    #expect(hours(review) == [.number(12.5), .number(8)])
    #expect(review.findings.contains { $0.code == .numberAsText })
  }
}
