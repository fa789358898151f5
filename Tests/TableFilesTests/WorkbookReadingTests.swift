import Foundation
import Primitives
import TableFiles
import TestSupport
import Testing

func readWorkbook(_ data: Data) throws -> [RawSheet] { try TableFileReader().read(data, named: "people.xlsx") }

@Suite("Reading workbooks")
struct WorkbookReadingTests {
  @Test("Every type of cell is read as what it is")
  func cellTypes() throws {
    let fixture = WorkbookFixture(
      """
      <sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>number</t></is></c>
      <c r="C1" t="str"><v>text</v></c><c r="D1" t="s"><v>1</v></c><c r="E1" t="s"><v>2</v></c></row>
      <row r="2"><c r="A2" t="s"><v>3</v></c><c r="B2"><v>12</v></c><c r="C2" t="inlineStr"><is><r><t>NA</t></r>
      <r><t xml:space="preserve"> x</t></r></is></c><c r="D2" t="b"><v>1</v></c><c r="E2" t="e"><v>#REF!</v></c></row>
      <row r="4"><c r="B4" t="n"><v>1.5E-2</v></c><c r="D4" t="b"><v>0</v></c></row></sheetData>
      """,
      sharedStrings: """
        <si><t>id</t></si><si><r><t>bool</t></r><r><t>ean</t></r><rPh sb="0" eb="1"><t>ignored</t></rPh></si>
        <si><t>error</t></si><si><t>5-11_x000D_&amp;</t></si>
        """)
    let sheet = try #require(try readWorkbook(fixture.data).first)
    #expect(sheet.sheet == "one")
    #expect(sheet.names == ["id", "number", "text", "boolean", "error"])
    #expect(sheet.rows.map(\.number) == [2, 4])
    #expect(sheet.rows[0].cells == [.text("5-11\r&"), .number(12), .text("NA x"), .boolean(true), .error("#REF!")])
    #expect(sheet.rows[1].cells == [.empty, .number(0.015), .empty, .boolean(false), .empty])
    #expect(sheet.rows[0].cells.map(\.text) == ["5-11\r&", "12", "NA x", "TRUE", "#REF!"])
    #expect(sheet.notes == [ReadingNote(.blankRowSkipped, rows: [3])])
  }

  @Test("Rows and cells without an address follow the one before")
  func absentAddresses() throws {
    let fixture = WorkbookFixture(
      """
      <sheetData><row><c t="inlineStr"><is><t>a</t></is></c><c t="inlineStr"><is><t>b</t></is></c></row>
      <row><c/><c><v>2</v></c></row><row r="9"><c r="B9"><v>3</v></c></row><row><c><v>4</v></c></row></sheetData>
      """)
    let sheet = try #require(try readWorkbook(fixture.data).first)
    #expect(sheet.rows.map(\.number) == [2, 9, 10])
    #expect(sheet.texts == [["", "2"], ["", "3"], ["4", ""]])
    #expect(sheet.note(.blankRowSkipped)?.rows == Array(3...8))
  }

  static let styles = """
    <numFmts><numFmt numFmtId="170" formatCode="d/mm/yyyy;@"/><numFmt numFmtId="171" formatCode="00000"/>
    <numFmt numFmtId="172" formatCode="0.0&quot;dy&quot;"/></numFmts>
    <cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>
    <cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/><xf numFmtId="22"/><xf numFmtId="20"/>
    <xf numFmtId="171"/><xf numFmtId="172"/></cellXfs>
    """

  static func column(_ cells: [(style: Int, value: String)]) -> String {
    let rows = cells.enumerated().map {
      "<row r=\"\($0 + 2)\"><c r=\"A\($0 + 2)\" s=\"\($1.style)\"><v>\($1.value)</v></c></row>"
    }
    return "<sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>a</t></is></c></row>\(rows.joined())</sheetData>"
  }

  @Test("A number with a date style is a date; what is no whole date says so")
  func dates() throws {
    let cells = Self.column([
      (0, "45323"), (1, "45323"), (2, "1"), (1, "59"), (1, "60"), (1, "61"), (3, "45323.75"), (4, "0.5"), (5, "42"),
      (6, "45323"), (1, "-1"),
    ])
    let sheet = try #require(try readWorkbook(WorkbookFixture(cells, styles: Self.styles).data).first)
    let expected: [RawCell] = [
      .number(45_323), day(2024, 2, 1), day(1900, 1, 1), day(1900, 2, 28), .number(60), day(1900, 3, 1),
      day(2024, 2, 1), .number(0.5), .number(42), .number(45_323), .number(-1),
    ]
    #expect(sheet.rows.map { $0.cells[0] } == expected)
    #expect(sheet.note(.impossibleDate)?.rows == [6, 12])
    #expect(sheet.note(.timeOfDayLeftOut)?.rows == [8])
    #expect(sheet.note(.timeWithoutDate)?.rows == [9])
    #expect(sheet.note(.leadingZerosOnlyShown)?.rows == [10])
  }

  @Test("Dates may count from 1904")
  func datesFrom1904() throws {
    var fixture = WorkbookFixture(Self.column([(1, "0"), (1, "43861")]), styles: Self.styles)
    fixture.properties = "date1904=\"1\""
    let sheet = try #require(try readWorkbook(fixture.data).first)
    #expect(sheet.rows.map { $0.cells[0] } == [day(1904, 1, 1), day(2024, 2, 1)])
  }

  @Test("Sheets are found through the workbook, in the order of their tabs, hidden ones included")
  func severalSheets() throws {
    var fixture = WorkbookFixture("")
    func content(_ text: String) -> String {
      "<sheetData><row><c t=\"inlineStr\"><is><t>\(text)</t></is></c></row></sheetData>"
    }
    fixture.sheets = [
      ("first &amp; best", "", content("a")), ("away", "state=\"veryHidden\"", content("b")),
      ("empty", "", "<sheetData/>"),
    ]
    let sheets = try readWorkbook(fixture.data)
    #expect(sheets.map(\.sheet) == ["first & best", "away", "empty"])
    #expect(sheets.map(\.isHidden) == [false, true, false])
    #expect(sheets.map(\.names) == [["a"], ["b"], []])
    #expect(sheets[1].note(.hiddenSheet) != nil)
    #expect(sheets[2].isEmpty && sheets[2].headerRow == nil)
  }

  @Test("Formulas give their last value; hidden rows, hidden columns and merged cells are said aloud")
  func notes() throws {
    let fixture = WorkbookFixture(
      """
      <cols><col min="2" max="3" hidden="1"/></cols><sheetData>
      <row><c t="inlineStr"><is><t>Report of March</t></is></c></row>
      <row><c t="inlineStr"><is><t>a</t></is></c><c t="inlineStr"><is><t>b</t></is></c></row>
      <row hidden="1"><c><f>1+1</f><v>2</v></c><c><f>X()</f></c></row>
      <row><c t="str"><f>T("x")</f><v>x</v></c><c t="inlineStr"><is><t>12</t></is></c></row>
      <row><c><v>4</v></c><c><v>7</v></c></row></sheetData><mergeCells><mergeCell ref="A1:B1"/></mergeCells>
      """)
    let sheet = try #require(try readWorkbook(fixture.data).first)
    #expect(sheet.headerRow == 2)
    #expect(
      sheet.notes == [
        ReadingNote(.titleRowSkipped, rows: [1]), ReadingNote(.formulaValueUsed, rows: [3, 4], column: 0),
        ReadingNote(.formulaWithoutValue, rows: [3], column: 1), ReadingNote(.hiddenRow, rows: [3]),
        ReadingNote(.hiddenColumn, column: 1), ReadingNote(.mergedCells, arguments: ["A1:B1"]),
        ReadingNote(.numberStoredAsText, rows: [4], column: 1),
      ])
    #expect(sheet.texts == [["2", ""], ["x", "12"], ["4", "7"]])
  }

  @Test("A table that does not start in column A keeps its addresses")
  func offsetTable() throws {
    let fixture = WorkbookFixture(
      """
      <sheetData><row r="3"><c r="C3" t="inlineStr"><is><t>a</t></is></c><c r="E3" t="inlineStr"><is><t>b</t></is></c>
      </row><row r="4"><c r="C4"><v>1</v></c><c r="G4"><v>9</v></c></row></sheetData>
      """)
    let sheet = try #require(try readWorkbook(fixture.data).first)
    #expect(sheet.headers.map(\.column) == [2, 4, 6])
    #expect(sheet.address(of: 2, in: sheet.rows[0]).a1 == "G4")
    #expect(sheet.note(.blankHeader)?.column == 6)
  }

  @Test("The content decides, and a name that says otherwise is noted")
  func misnamed() throws {
    let data = WorkbookFixture(Self.column([(0, "1")])).data
    let sheet = try #require(try TableFileReader().read(data, named: "people.csv").first)
    #expect(sheet.note(.extensionMismatch)?.arguments == ["csv", "xlsx"])
  }
}

func day(_ year: Int, _ month: Int, _ day: Int) -> RawCell {
  CalendarDate(year: year, month: month, day: day).map { .date($0) } ?? .empty
}
