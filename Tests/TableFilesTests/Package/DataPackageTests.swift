import Foundation
import Primitives
import TableFiles
import Tables
import TestSupport
import Testing

@Suite("Data Packages")
struct DataPackageTests {
  func zip(_ files: [(name: String, content: Data)], folder: String = "") -> Data {
    ZipFixture(parts: files.map { ZipFixture.Part(folder + $0.name, Array($0.content)) }).data
  }

  func package(_ resource: String, _ csv: String, path: String = "a.csv") throws -> RawSheet {
    let descriptor = Data(#"{"resources": [\#(resource)]}"#.utf8)
    return try #require(try TableFileReader().read(package: descriptor, files: [path: Data(csv.utf8)]).first)
  }

  static let package = DataPackage(
    name: "invented", title: "Invented people", tables: [DescribedTableFixture.table()],
    created: CalendarDate(iso: "2016-03-31")!, origin: ["model": "test 1"], sha256: { "\($0.count)" })

  @Test("What is written reads back equal: dates as dates, formulas as they were", arguments: ["", "outer/"])
  func roundTrip(_ folder: String) throws {
    let table = DescribedTableFixture.table()
    let files = Self.package.files
    #expect(files.map(\.name) == ["person.csv", "datapackage.json"])
    let sheets = try TableFileReader().read(zip(files, folder: folder), named: "package.zip")
    let sheet = try #require(sheets.first)
    #expect(sheet.file == "package.zip")
    #expect(sheet.sheet == "person")
    #expect(sheet.names == table.columns.map(\.name))
    #expect(sheet.headers.map(\.label) == table.columns.map(\.label))
    #expect(sheet.headers[1].codeLabels == ["m": "Man", "family-reunification": "Nareis ‘x’"])
    #expect(sheet.texts == table.texts(escapesFormulas: false))
    #expect(sheet.rows[0].cells[3] == .date(CalendarDate(iso: "1931-12-31")!))
    #expect(sheet.notes.map(\.kind) == [.delimiterRecognised])
  }

  @Test("In the file itself a formula cannot run")
  func formulas() throws {
    let csv = String(decoding: Self.package.files[0].content, as: UTF8.self)
    #expect(csv.contains(",'=1+1,"))
  }

  @Test("A declared form is read for certain: day before month, decimal comma, own signs for missing")
  func declaredForms() throws {
    let sheet = try package(
      #"""
      {"name": "person", "path": "a.csv", "dialect": {"delimiter": ";"}, "schema": {"missingValues": ["", "-99", "NA"],
       "fields": [{"name": "day", "type": "date", "format": "%d/%m/%Y"},
                  {"name": "wage", "type": "number", "decimalChar": ",", "groupChar": "."},
                  {"name": "country", "type": "string", "missingValues": [{"value": "?", "label": "unknown"}]}]}}
      """#, "day;wage;country\n03/04/2016;1.250,50;NA\n-99;NA;?\n31/04/2016;x;SY\n")
    #expect(
      sheet.rows.map(\.cells) == [
        [.date(CalendarDate(iso: "2016-04-03")!), .number(1250.5), .text("NA")],
        [.empty, .empty, .empty],
        [.text("31/04/2016"), .text("x"), .text("SY")],
      ])
    #expect(
      sheet.notes.filter { $0.kind == .declaredForm }.map(\.arguments) == [["date", "%d/%m/%Y"], ["number", ".0,0"]])
    #expect(
      sheet.notes.filter { $0.kind == .declaredMissing }.map(\.arguments) == [["-99", "NA"], ["-99", "NA"], ["?"]])
    #expect(sheet.notes.filter { $0.kind == .differsFromDeclaredForm }.map(\.rows) == [[4], [4]])
  }

  @Test("A table without a row of names has those of the description, and its own row numbers")
  func withoutHeader() throws {
    let sheet = try package(
      #"{"name": "p", "path": "a.csv", "dialect": {"header": false}, "schema": {"fields": [{"name": "a"}, {"name": "b"}]}}"#,
      "1,x\n2,y\n")
    #expect(sheet.names == ["a", "b"])
    #expect(sheet.headerRow == nil)
    #expect(sheet.rows.map(\.number) == [1, 2])
  }

  @Test("What is not read is said: tables elsewhere, in parts, or missing; and a file that was changed since")
  func unread() throws {
    let descriptor = Data(
      #"""
      {"resources": [{"name": "a", "path": "a.csv", "bytes": 3}, {"name": "web", "path": "https://example.org/b.csv"},
       {"name": "up", "path": "../b.csv"}, {"name": "parts", "path": ["c1.csv", "c2.csv"]}, {"name": "gone", "path": "d.csv"},
       {"name": "inline", "data": [[1]]}]}
      """#.utf8)
    #expect(try TableFileReader.paths(inPackage: descriptor) == ["a.csv", "d.csv"])
    let sheets = try TableFileReader().read(package: descriptor, files: ["a.csv": Data("x,y\n1,2\n".utf8)])
    #expect(sheets.count == 1)
    #expect(sheets[0].note(.changedSinceDescribed)?.arguments == ["a.csv"])
    #expect(
      sheets[0].notes.filter { $0.kind == .partNotRead }.map(\.arguments)
        == [["web"], ["up"], ["parts"], ["gone"], ["inline"]])
  }

  @Test("A description that is none is refused, and other zips still are")
  func refusals() throws {
    #expect(
      throws: TableFileError.damaged(
        file: "p.zip", part: "datapackage.json", line: nil, damage: .invalidDescription)
    ) { try TableFileReader().read(zip([("datapackage.json", Data("[]".utf8))]), named: "p.zip") }
    #expect(throws: TableFileError.notATable(file: "p.zip", type: .archive)) {
      try TableFileReader().read(zip([("a.csv", Data("a,b\n1,2\n".utf8))]), named: "p.zip")
    }
  }
}
