import Foundation
import Primitives
import TableFiles
import Tables
import TestSupport
import Testing

@Suite("Files of SPSS")
struct SpssTests {
  func read(_ data: Data, named name: String = "people.sav") throws -> RawSheet {
    try #require(try TableFileReader().read(data, named: name).first)
  }

  @Test("A packed file of another program: codes, labels, missing values, dates, texts of any script")
  func pyreadstat() throws {
    let sheet = try read(SpssFixture.pyreadstat, named: "people.zsav")
    #expect(sheet.names == ["person_id", "sex", "born", "seen", "name_ar", "hours"])
    #expect(sheet.headers[1].label == "Sex")
    #expect(sheet.headers[1].codeLabels == ["1": "Man", "2": "Vrouw", "9": "Onbekend"])
    #expect(sheet.headerRow == nil)
    #expect(sheet.rows.map(\.number) == [1, 2, 3])
    let first = CalendarDate(iso: "1990-03-31")!
    #expect(
      sheet.rows[0].cells == [
        .text("W-1"), .number(1), .date(first), .date(CalendarDate(iso: "2016-03-31")!), .text("مريم"), .number(12.5),
      ])
    #expect(
      sheet.rows[1].cells == [
        .text("W-2"), .number(2), .empty, .date(CalendarDate(iso: "2016-04-01")!), .text("Zoë"), .empty,
      ])
    #expect(
      sheet.rows[2].cells == [
        .text("W-3"), .empty, .date(CalendarDate(iso: "2016-02-29")!), .empty, .empty, .number(-3),
      ])
    #expect(sheet.note(.declaredMissing) == ReadingNote(.declaredMissing, rows: [3], column: 1, arguments: ["9"]))
    #expect(sheet.note(.codesHaveLabels) == ReadingNote(.codesHaveLabels, column: 1, arguments: ["3"]))
    #expect(sheet.note(.timeOfDayLeftOut) == ReadingNote(.timeOfDayLeftOut, rows: [1], column: 3))
    #expect(sheet.notes.count == 3)
  }

  @Test("A file of PSPP: a range of missing values, months, times of day")
  func pspp() throws {
    let sheet = try read(SpssFixture.pspp)
    #expect(sheet.texts.map { $0[0] } == ["a", "b", "c"])
    #expect(sheet.texts.map { $0[1] } == ["1", "", ""])
    #expect(sheet.texts.map { $0[2] } == ["2016-03-31", "2016-02-29", "1900-01-01"])
    #expect(sheet.texts.map { $0[3] } == ["2016-03-01", "2016-04-01", "2016-05-01"])
    #expect(sheet.texts.map { $0[4] } == ["37800", "0", "3600"])
    // The third is missing by the system, which nobody declared.
    #expect(sheet.note(.declaredMissing) == ReadingNote(.declaredMissing, rows: [2], column: 1, arguments: ["7…9"]))
    #expect(sheet.note(.timeWithoutDate)?.column == 4)
    #expect(sheet.headers[2].label == "Day of it")
  }

  @Test("The content decides, and a name that says otherwise is noted")
  func names() throws {
    #expect(try read(SpssFixture.pspp, named: "people.csv").note(.extensionMismatch)?.arguments == ["csv", "sav"])
    #expect(try read(SpssFixture.pspp, named: "people.zsav").note(.extensionMismatch) == nil)
  }

  @Test("Typed columns are numbers, dates and texts, and the row is that of the case")
  func typed() throws {
    try withTemporaryFolder { folder in
      let file = folder.appendingPathComponent("people.sav")
      try SpssFixture.pyreadstat.write(to: file)
      let sheet = try #require(try TableFileReader().readTyped(contentsOf: file).first)
      #expect(sheet.table["hours"]?[0] == .number(12.5))
      #expect(sheet.table["sex"]?[2] == .missing)
      #expect(sheet.table["born"]?[0] == .date(CalendarDate(iso: "1990-03-31")!))
      #expect(sheet.fileRow(of: 2) == 3)
    }
  }

  @Test("A file that is cut off or changed anywhere is refused or read, and never crashes")
  func damaged() throws {
    for fixture in [SpssFixture.pyreadstat, SpssFixture.pspp] {
      for length in 4..<fixture.count { _ = try? read(fixture.prefix(length)) }
      var generator = SeededGenerator(seed: 4, stream: 1)
      for _ in 0..<2000 {
        var bytes = fixture
        for _ in 0..<Int.random(in: 1...4, using: &generator) {
          bytes[Int.random(in: 3..<bytes.count, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
        }
        _ = try? read(bytes)
      }
    }
    #expect(throws: TableFileError.self) { try read(Data("$FL2".utf8)) }
  }

  @Test("Limits hold for what a file promises and for what it brings")
  func limits() throws {
    var limits = ReadingLimits()
    limits.columns = 5
    #expect(throws: TableFileError.tooManyColumns(file: "a.sav", sheet: nil, count: 6, limit: 5)) {
      try TableFileReader(limits: limits).read(SpssFixture.pyreadstat, named: "a.sav")
    }
    limits.columns = 10
    limits.cells = 17
    #expect(throws: TableFileError.tooManyCells(file: "a.sav", sheet: nil, limit: 17)) {
      try TableFileReader(limits: limits).read(SpssFixture.pyreadstat, named: "a.sav")
    }
  }
}

/// Tables of every kind of column for tests of writing.
enum DescribedTableFixture {
  /// Row 2 is missing throughout, but for its id.
  static func table() -> DescribedTable {
    typealias Column = DescribedTable.Column
    let codes = [
      DescribedTable.Code("m", label: "Man"), DescribedTable.Code("family-reunification", label: "Nareis ‘x’"),
    ]
    var required = Column("person-id", .text, label: "Person’s number")
    required.isRequired = true
    let long = String(repeating: "é", count: 400)
    return DescribedTable(
      name: "person", title: "Persons", help: "Invented.",
      columns: [
        required, Column("all", .code, label: "Kind", codes: codes), Column("note", .text, label: "Note"),
        Column("born", .date, label: "Born"), Column("month", .month, label: "Month"),
        Column("year", .year, label: "Year"), Column("children", .integer, label: "Children"),
        Column("hours", .number, label: "Hours"), Column("help", .list, label: "Help", codes: codes),
      ],
      table: Table(
        names: ["person-id", "all", "note", "born", "month", "year", "children", "hours", "help"],
        columns: [
          .texts(["P1", "P2", "P3"]),
          .categories(CategoryColumn(levels: ["m", "family-reunification"], codes: [0, -1, 1])),
          .texts(["=1+1", nil, long]),
          .dates(DateColumn(days: [CalendarDate(iso: "1931-12-31")!.daysSinceEpoch, DateColumn.missing, 0])),
          .months(MonthColumn(indices: [CalendarMonth(iso: "2016-03")!.index, MonthColumn.missing, 24_000])),
          .integers([2016, nil, 1999]), .integers([0, nil, -4]), .numbers([12.25, .nan, -0.5]),
          .lists([["m", "family-reunification"], nil, ["m"]]),
        ]))
  }
}

@Suite("Writing for SPSS")
struct SpssWriterTests {
  @Test("What is written reads back equal, packed or not", arguments: [false, true])
  func roundTrip(_ isPacked: Bool) throws {
    let table = DescribedTableFixture.table()
    let data = try SpssWriter(table, isPacked: isPacked).data()
    let sheet = try #require(
      try TableFileReader().read(data, named: isPacked ? "person.zsav" : "person.sav").first)
    // Words of SPSS's own language and hyphens cannot be names.
    #expect(
      sheet.names == ["person_id", "all_1", "note", "born", "month", "year", "children", "hours", "help"])
    #expect(sheet.headers.map(\.label) == table.columns.map(\.label))
    #expect(sheet.headers[1].codeLabels == ["m": "Man", "family-reunification": "Nareis ‘x’"])
    #expect(sheet.headers[8].codeLabels.isEmpty)
    let expected = table.cells.map { row in row.map(asRead) }
    #expect(sheet.rows.map(\.cells) == expected)
    #expect(sheet.notes.map(\.kind) == [.codesHaveLabels])
  }

  /// A month is the first day of it in SPSS.
  func asRead(_ cell: RawCell) -> RawCell {
    guard case .text(let text) = cell, let month = CalendarMonth(iso: text) else { return cell }
    return .date(month.firstDay)
  }

  @Test("The same table gives the same bytes")
  func sameBytes() throws {
    let table = DescribedTableFixture.table()
    #expect(try SpssWriter(table).data() == SpssWriter(table).data())
  }

  @Test("A table without rows keeps its variables")
  func empty() throws {
    let table = DescribedTable(
      name: "a", title: "A", columns: [.init("x", .number, label: "X")],
      table: Table(names: ["x"], columns: [.numbers([])]))
    let sheet = try #require(try? TableFileReader().read(try SpssWriter(table).data(), named: "a.sav").first)
    #expect(sheet.names == ["x"])
    #expect(sheet.rows.isEmpty)
  }

  @Test("A text that SPSS cannot hold is refused with its place")
  func tooLong() throws {
    let table = DescribedTable(
      name: "a", title: "A", columns: [.init("x", .text, label: "X")],
      table: Table(names: ["x"], columns: [.texts([String(repeating: "x", count: 32_768)])]))
    #expect(
      throws: TableFileError.textTooLong(sheet: "a", address: CellAddress(column: 0, row: 1), limit: 32_767)
    ) { try SpssWriter(table).data() }
  }
}
