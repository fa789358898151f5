import Foundation
import Primitives
import TestSupport
import Testing

@testable import TableFiles

/// A workbook that somebody sent, with marks, notes, columns and lists added to its own parts.
@Suite struct AnnotationTests {
  static let styles = """
    <fonts count="1"><font/></fonts><fills count="2"><fill><patternFill patternType="none"/></fill>
    <fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders>
    <cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/><xf numFmtId="14" fillId="1" applyFill="1">
    <alignment horizontal="center"/></xf></cellXfs>
    """

  /// Sheet one with odd forms: no addresses, an empty row, a comment with a tag in it, columns that reach to the end.
  static let content = """
    <sheetViews><sheetView tabSelected="1" workbookViewId="0"/></sheetViews><cols><col min="1" max="16384" width="9"/></cols>
    <sheetData><row r="1" spans="1:2"><c t="inlineStr"><is><t>id</t></is></c><c t="inlineStr"><is><t>day</t></is></c></row>
    <!-- <row> --><row><c t="inlineStr"><is><t xml:space="preserve">a &lt;row&gt; &amp; b</t></is></c>
    <c s="1"><v>42460</v></c></row><row r="4"/><row r="5"><c r="B5" s='1'><f>1+1</f><v>2</v></c></row></sheetData>
    <dataValidations count="1"><dataValidation type="whole" sqref="A2:A9"><formula1>1</formula1></dataValidation>
    </dataValidations><pageMargins left="1" right="1" top="1" bottom="1" header="1" footer="1"/>
    """

  static func workbook(_ content: String = content, styles: String? = styles) -> Data {
    let types = "<Types><Default Extension=\"xml\" ContentType=\"application/xml\"/></Types>"
    let parts = WorkbookFixture(content, styles: styles).parts
    return ZipFixture(parts: parts + [.init("[Content_Types].xml", types), .init("xl/media/picture.png", "untouched")])
      .data
  }

  static func annotation(_ marks: [WorkbookAnnotation.Mark], choices: [WorkbookAnnotation.Choice] = [])
    -> WorkbookAnnotation
  {
    var sheet = WorkbookAnnotation.Sheet(name: "one", headerRow: 1)
    sheet.marks = marks
    sheet.columns = [
      .init(column: 2, header: "__finding_count", values: [2: 1, 5: 0]),
      .init(column: 3, header: "__row_id", isHidden: true, values: [2: 2, 5: 5]),
    ]
    sheet.choices = choices
    let overview = WorkbookAnnotation.Overview(
      name: "Findings", lines: ["1 row is held."], headers: ["Code", "Cell"], widths: [9, 9],
      rows: [[.coloured("=X", .red), .place(sheet: "it's", CellAddress(a1: "B2")!)]])
    return WorkbookAnnotation(
      overview: overview, sheets: [sheet], author: "us", overviewMarker: "__o", listsMarker: "__l")
  }

  static func part(_ name: String, of data: Data) throws -> String {
    try data.withUnsafeBytes { bytes in
      var archive = try ZipArchive(bytes, file: "f", limits: ReadingLimits())
      let entry = try #require(archive[name], "\(name)")
      return String(decoding: try archive.contents(of: entry), as: UTF8.self)
    }
  }

  @Test func `a part that says it is larger than all memory is refused, not made room for`() throws {
    try Self.workbook().withUnsafeBytes { bytes in
      var archive = try ZipArchive(bytes, file: "f", limits: ReadingLimits())
      var entry = try #require(archive["xl/styles.xml"])
      entry.size = .max
      #expect(throws: TableFileError.unpacksTooLarge(file: "f", part: "xl/styles.xml", limit: 1 << 30)) {
        try archive.contents(of: entry)
      }
    }
  }

  @Test func `the sender's cells read back equal, behind them the added columns, in front the overview`() throws {
    let original = Self.workbook()
    let marks: [WorkbookAnnotation.Mark] = [
      .init(CellAddress(a1: "B2")!, .red, note: "wrong <day>\u{1}"), .init(CellAddress(a1: "A5")!, .yellow),
    ]
    let result = try #require(try WorkbookAnnotator.annotate(original, named: "f", with: Self.annotation(marks)))
    let before = try readWorkbook(original)
    let after = try readWorkbook(result.workbook)
    #expect(after.map(\.sheet) == ["Findings", "one"])
    #expect(after[1].headers.map(\.name) == ["id", "day", "__finding_count", "__row_id"])
    #expect(after[1].rows.map { Array($0.cells.prefix(2)) } == before[0].rows.map(\.cells))
    #expect(after[1].rows.map { $0.cells.suffix(2) } == [[.number(1), .number(2)], [.number(0), .number(5)]])
    #expect(try Self.part("xl/media/picture.png", of: result.workbook) == "untouched")

    let sheet = try Self.part("xl/worksheets/sheet1.xml", of: result.workbook)
    #expect(!sheet.contains("tabSelected") && !sheet.contains("spans"))
    #expect(sheet.contains("<col min=\"1\" max=\"2\" width=\"9\"/><col min=\"3\" max=\"3\" width=\"16\""))
    #expect(sheet.contains("<c r=\"A5\" s=\"") && sheet.contains("<f>1+1</f><v>2</v>"))
    let order = ["<cols>", "<sheetData>", "<dataValidations", "<pageMargins", "<legacyDrawing"]
    let places = order.compactMap { sheet.range(of: $0)?.lowerBound }
    #expect(places.count == order.count && places == places.sorted())
    let styles = try Self.part("xl/styles.xml", of: result.workbook)
    #expect(styles.contains("rgb=\"FFF8CBAE\"") && styles.contains("<fills count=\"6\">"))
    #expect(styles.contains("numFmtId=\"14\" fillId=\"2\" applyFill=\"1\""), "the date stays a date")
    let notes = try Self.part("xl/findings-notes1.xml", of: result.workbook)
    #expect(notes.contains("ref=\"B2\"") && notes.contains("wrong &lt;day&gt;_x0001_"))
    let overview = try Self.part("xl/worksheets/findings1.xml", of: result.workbook)
    #expect(overview.contains("location=\"'it''s'!B2\"") && overview.contains("<autoFilter ref=\"A3:B4\"/>"))
    #expect(!overview.contains("<f>"), "text that looks like a formula is text")
  }

  @Test func `the same again gives the same bytes, and takes the place of what was added before`() throws {
    let mark = WorkbookAnnotation.Mark(CellAddress(a1: "B2")!, .red, note: "wrong")
    let first = try #require(try WorkbookAnnotator.annotate(Self.workbook(), named: "f", with: Self.annotation([mark])))
    let again = try #require(try WorkbookAnnotator.annotate(Self.workbook(), named: "f", with: Self.annotation([mark])))
    #expect(first.workbook == again.workbook)

    var annotation = Self.annotation([.init(CellAddress(a1: "A2")!, .yellow, note: "look")])
    annotation.earlierOverview = "Findings"
    let second = try #require(try WorkbookAnnotator.annotate(first.workbook, named: "f", with: annotation)).workbook
    #expect(try readWorkbook(second).map(\.sheet) == ["Findings", "one"])
    let notes = try Self.part("xl/findings-notes1.xml", of: second)
    #expect(notes.contains("ref=\"A2\"") && !notes.contains("ref=\"B2\""))
    let shapes = try Self.part("xl/drawings/findings-notes1.vml", of: second)
    #expect(shapes.components(separatedBy: "<v:shape ").count == 2, "one box for one note")
    let row = try Self.part("xl/worksheets/sheet1.xml", of: second)
    #expect(row.components(separatedBy: "__row_id").count == 2, "one column, not two")
  }

  @Test func `a column with the sender's own check keeps it, others get their list, long ones on a hidden sheet`()
    throws
  {
    let long = (0..<60).map { "code number \($0)" }
    let choices: [WorkbookAnnotation.Choice] = [
      .init(column: 0, rows: 2...50, list: "short", values: ["a", "b"]),
      .init(column: 1, rows: 2...50, list: "long", values: long),
    ]
    let result = try #require(
      try WorkbookAnnotator.annotate(Self.workbook(), named: "f", with: Self.annotation([], choices: choices)))
    let sheet = try Self.part("xl/worksheets/sheet1.xml", of: result.workbook)
    #expect(sheet.contains("<dataValidations count=\"2\">") && sheet.contains("type=\"whole\" sqref=\"A2:A9\""))
    #expect(sheet.contains("sqref=\"B2:B50\"><formula1>'Codes'!$B$2:$B$61</formula1>"))
    let lists = try #require(try readWorkbook(result.workbook).last)
    #expect(lists.isHidden && lists.sheet == "Codes" && lists.rows.count == 60)
    #expect(lists.headers.map(\.name) == ["__l", "long"])
  }

  @Test func `notes beyond the limit are counted and their cells coloured`() throws {
    var annotation = Self.annotation(
      (2...30).map { .init(CellAddress(column: 0, row: $0), .red, note: "n") })
    annotation.noteLimit = 10
    let rows = (2...30).map { "<row r=\"\($0)\"><c r=\"A\($0)\"><v>1</v></c></row>" }.joined()
    let head = "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>a</t></is></c></row>"
    let result = try #require(
      try WorkbookAnnotator.annotate(
        Self.workbook("<sheetData>\(head)\(rows)</sheetData>"), named: "f", with: annotation))
    #expect(result.cellsWithoutNote == 19)
    let sheet = try Self.part("xl/worksheets/sheet1.xml", of: result.workbook)
    #expect(sheet.matches(of: /<c r="A[0-9]+" s="[0-9]+">/).count == 29)
  }

  @Test func `a workbook without styles cannot be edited, and says so by giving nothing`() throws {
    #expect(
      try WorkbookAnnotator.annotate(Self.workbook(styles: nil), named: "f", with: Self.annotation([])) == nil)
  }

  @Test(arguments: 0..<40)
  func `random tables keep every value under random marks`(_ seed: Int) throws {
    var generator = SeededGenerator(seed: 20, stream: UInt64(seed))
    let width = Int.random(in: 2...8, using: &generator)
    let rows: [[RawCell]] = (0..<Int.random(in: 1...30, using: &generator)).map { row in
      [.text("row \(row)")]
        + (1..<width).map { _ in
          switch Int.random(in: 0..<5, using: &generator) {
          case 0: .empty
          case 1: .number(Double(Int.random(in: -99...99, using: &generator)) / 4)
          case 2: .date(CalendarDate(daysSinceEpoch: Int32.random(in: 0...20_000, using: &generator)))
          case 3: .boolean(Bool.random(using: &generator))
          default: .text("=" + RoundTripTests.text(&generator))
          }
        }
    }
    let headers = (0..<width).map { "column \($0)" }
    let original = try WorkbookWriter(sheets: [WorkbookSheet(name: "one", headers: headers, rows: rows)]).data()
    var sheet = WorkbookAnnotation.Sheet(name: "one", headerRow: 1)
    for row in 1...rows.count + 1 {
      for column in 0..<width where Int.random(in: 0..<4, using: &generator) == 0 {
        sheet.marks.append(.init(CellAddress(column: column, row: row), .red, note: "note \(row)"))
      }
    }
    sheet.columns = [
      .init(
        column: width, header: "__row_id",
        values: Dictionary(uniqueKeysWithValues: (2...rows.count + 1).map { ($0, $0) }))
    ]
    var annotation = Self.annotation([])
    annotation.sheets = [sheet]
    let result = try #require(try WorkbookAnnotator.annotate(original, named: "f", with: annotation))
    let before = try #require(try readWorkbook(original).first)
    let after = try #require(try readWorkbook(result.workbook).last)
    #expect(after.rows.map { Array($0.cells.dropLast()) } == before.rows.map(\.cells))
    #expect(after.rows.map { $0.cells.last } == before.rows.map { .number(Double($0.number)) })
  }
}
