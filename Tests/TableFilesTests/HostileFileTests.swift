import Foundation
import Primitives
import TableFiles
import TestSupport
import Testing

@Suite("Files that are not what they should be")
struct HostileFileTests {
  func error(_ data: Data, limits: ReadingLimits = ReadingLimits()) -> TableFileError? {
    do throws(TableFileError) {
      _ = try TableFileReader(limits: limits).read(data, named: "file.xlsx")
      return nil
    } catch {
      return error
    }
  }

  static let header = "<sheetData><row><c t=\"inlineStr\"><is><t>a</t></is></c></row></sheetData>"

  @Test(
    "What is no table is named",
    arguments: [
      ("%PDF-1.7\n", TableFileError.ContentType.pdf), ("\u{89}PNG", .image), ("<!DOCTYPE html><html>", .html),
      ("  <html><table>", .html), ("<?xml version=\"1.0\"?><a/>", .xml), ("{\"a\": 1}", .json), ("[{\"a\":1}]", .json),
      ("{\\rtf1", .richText), ("SQLite format 3\0", .database), ("<stata_dta>", .statisticsFile),
      ("Rar!\u{1A}", .archive),
    ])
  func otherTypes(_ start: String, _ type: TableFileError.ContentType) {
    let bytes = start.unicodeScalars.map { UInt8($0.value) }
    #expect(error(Data(bytes)) == .notATable(file: "file.xlsx", type: type))
  }

  @Test("Old Excel files, workbooks with a password and other documents in their container are told apart")
  func compoundFiles() {
    func file(_ stream: String) -> Data {
      var bytes: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1] + [UInt8](repeating: 0, count: 1016)
      bytes += stream.utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] } + [UInt8](repeating: 0, count: 200)
      return Data(bytes)
    }
    #expect(error(file("Workbook")) == .oldExcel(file: "file.xlsx"))
    #expect(error(file("EncryptedPackage")) == .encrypted(file: "file.xlsx"))
    #expect(error(file("WordDocument")) == .notATable(file: "file.xlsx", type: .word))
    #expect(error(Data([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1])) == .oldExcel(file: "file.xlsx"))
  }

  @Test("Other zip files are told apart")
  func otherArchives() {
    func zip(_ names: [String]) -> Data { ZipFixture(parts: names.map { .init($0, "x") }).data }
    #expect(error(zip(["word/document.xml"])) == .notATable(file: "file.xlsx", type: .word))
    #expect(error(zip(["ppt/presentation.xml"])) == .notATable(file: "file.xlsx", type: .presentation))
    #expect(error(zip(["xl/workbook.bin"])) == .notATable(file: "file.xlsx", type: .binaryWorkbook))
    #expect(error(zip(["mimetype", "META-INF/manifest.xml"])) == .notATable(file: "file.xlsx", type: .openDocument))
    #expect(error(zip(["photo.jpg"])) == .notATable(file: "file.xlsx", type: .archive))
  }

  @Test("A part that declares too much is refused before it is unpacked")
  func declaredBomb() {
    var parts = WorkbookFixture(Self.header).parts
    let position = parts.firstIndex { $0.name.hasPrefix("xl/worksheets") } ?? 0
    parts[position].packed = (ZipFixture.deflatedRun(of: 0x20, count: 1 << 20).stream, 8)
    parts[position].declaredSize = 3 << 30
    let part = parts[position].name
    #expect(
      error(ZipFixture(parts: parts).data) == .unpacksTooLarge(file: "file.xlsx", part: part, limit: 1 << 30))
    // Within the limit, but more than 200 times its packed size.
    parts[position].packed = (ZipFixture.deflatedRun(of: 0x20, count: 1 << 10).stream, 8)
    parts[position].declaredSize = 9 << 20
    #expect(
      error(ZipFixture(parts: parts).data) == .unpacksTooLarge(file: "file.xlsx", part: part, limit: 1 << 30))
  }

  @Test("A part that unpacks to more than it declares is stopped there")
  func actualBomb() {
    var parts = WorkbookFixture(Self.header).parts
    let position = parts.firstIndex { $0.name.hasPrefix("xl/worksheets") } ?? 0
    parts[position].packed = (ZipFixture.deflatedRun(of: 0x20, count: 1 << 20).stream, 8)
    parts[position].declaredSize = 500
    let expected = TableFileError.damaged(
      file: "file.xlsx", part: parts[position].name, line: nil, damage: .corruptData)
    #expect(error(ZipFixture(parts: parts).data) == expected)
  }

  @Test("All parts together stay within one limit")
  func sharedLimit() {
    var limits = ReadingLimits()
    limits.unpackedBytes = 400
    let failure = error(WorkbookFixture(Self.header).data, limits: limits)
    #expect(failure?.code == "FIL-10")
  }

  @Test("Too many parts, sheets, columns or cells are refused")
  func counts() {
    let file = "file.xlsx"
    var limits = ReadingLimits()
    limits.archiveEntries = 3
    limits.sheets = 0
    limits.columns = 1
    #expect(
      error(WorkbookFixture(Self.header).data, limits: limits) == .tooManyEntries(file: file, count: 4, limit: 3))
    limits.archiveEntries = 100
    #expect(error(WorkbookFixture(Self.header).data, limits: limits) == .tooManySheets(file: file, count: 1, limit: 0))
    limits.sheets = 10
    let wide = "<sheetData><row><c r=\"B1\"><v>1</v></c></row></sheetData>"
    #expect(
      error(WorkbookFixture(wide).data, limits: limits)
        == .tooManyColumns(file: file, sheet: "one", count: 2, limit: 1))
    let columns = (0..<1_000_000).map { _ in "a" }.joined(separator: ",")
    #expect(
      error(Data(columns.utf8)) == .tooManyColumns(file: file, sheet: nil, count: 1_000_000, limit: 16_384))
    limits = ReadingLimits()
    limits.cells = 5
    #expect(error(Data("a,b\n1,2\n1,2\n1,2\n".utf8), limits: limits) == .tooManyCells(file: file, sheet: nil, limit: 5))
    let sparse = """
      <sheetData><row><c t="inlineStr"><is><t>a</t></is></c><c r="Z1"><v>1</v></c></row><row><c r="Q2"><v>1</v></c></row>
      <row><c r="R3"><v>1</v></c></row></sheetData>
      """
    #expect(
      error(WorkbookFixture(sparse).data, limits: limits) == .tooManyCells(file: file, sheet: "one", limit: 5))
    limits.fileBytes = 3
    #expect(error(Data("a,b\n".utf8), limits: limits) == .tooLarge(file: file, bytes: 4, limit: 3))
  }

  @Test("Blank rows between others count towards what a file may hold")
  func blankRows() {
    var limits = ReadingLimits()
    limits.cells = 500
    let sheet = "<sheetData><row r=\"1\"><c><v>1</v></c></row><row r=\"400\"><c><v>1</v></c></row></sheetData>"
    var fixture = WorkbookFixture(sheet)
    #expect(error(fixture.data, limits: limits) == nil)
    fixture.sheets.append(("two", "", sheet))
    #expect(error(fixture.data, limits: limits) == .tooManyCells(file: "file.xlsx", sheet: "two", limit: 500))
  }

  @Test("A document type declaration, and with it every entity, is refused")
  func entities() {
    var fixture = WorkbookFixture(Self.header)
    fixture.prologue = """
      <!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">
      <!ENTITY c SYSTEM "file:///etc/passwd">]>
      """
    let expected = TableFileError.damaged(
      file: "file.xlsx", part: "xl/worksheets/sheet1.xml", line: 1, damage: .documentTypeDeclaration)
    #expect(error(fixture.data) == expected)
  }

  @Test(
    "What is wrong inside a workbook is told with its place",
    arguments: [
      ("<sheetData><row><c><v>1</v></row></sheetData>", "xl/worksheets/sheet1.xml", TableFileError.Damage.invalidXML),
      ("<sheetData><row r=\"2\"/><row r=\"2\"/></sheetData>", "one!3", .invalidCell),
      ("<sheetData><row r=\"0\"/></sheetData>", "one!1", .invalidCell),
      ("<sheetData><row><c r=\"B1\"/><c r=\"A1\"/></row></sheetData>", "one!C1", .invalidCell),
      ("<sheetData><row><c r=\"B9\"/></row></sheetData>", "one!A1", .invalidCell),
      ("<sheetData><row><c><v>twelve</v></c></row></sheetData>", "one!A1", .invalidCell),
      ("<sheetData><row><c><v>1e999</v></c></row></sheetData>", "one!A1", .invalidCell),
      ("<sheetData><row><c t=\"b\"><v>2</v></c></row></sheetData>", "one!A1", .invalidCell),
      ("<sheetData><row><c t=\"s\"><v>0</v></c></row></sheetData>", "one!A1", .danglingReference),
      ("<sheetData><row><c t=\"s\"><v>-1</v></c></row></sheetData>", "one!A1", .danglingReference),
    ])
  func damagedSheets(_ content: String, _ part: String, _ damage: TableFileError.Damage) throws {
    let failure = try #require(error(WorkbookFixture(content).data))
    guard case .damaged("file.xlsx", part, _, damage) = failure else {
      Issue.record("\(failure)")
      return
    }
  }

  @Test("Missing parts, wrong check sums, unknown methods and encrypted parts are told apart")
  func damagedParts() {
    let parts = WorkbookFixture(Self.header).parts
    func changed(_ change: (inout ZipFixture.Part) -> Void) -> TableFileError? {
      var copy = parts
      change(&copy[1])
      return error(ZipFixture(parts: copy).data)
    }
    let name = parts[1].name
    func damage(_ part: String, _ damage: TableFileError.Damage) -> TableFileError {
      .damaged(file: "file.xlsx", part: part, line: nil, damage: damage)
    }
    #expect(changed { $0.name = "elsewhere.xml" } == damage(name, .missingPart))
    #expect(changed { $0.checksum = 1 } == damage(name, .corruptData))
    #expect(changed { $0.packed = ($0.content, 12) } == damage(name, .unknownCompression))
    #expect(changed { $0.packed = ([0xFF, 0xFF], 8) } == damage(name, .corruptData))
    #expect(changed { $0.flags = 1 } == .encrypted(file: "file.xlsx"))
    #expect(changed { $0.name = "XL\\Workbook.xml" } == damage("xl/workbook.xml", .corruptData))
  }

  @Test("A workbook cut off anywhere gives a typed error")
  func truncation() throws {
    let data = try WorkbookWriter(sheets: [.init(name: "one", headers: ["a"], rows: [[.number(1)]])]).data()
    for length in stride(from: 0, to: data.count, by: 97) {
      #expect(error(data.prefix(length)) != nil, "\(length) of \(data.count) bytes")
    }
  }

  @Test("Random bytes and randomly damaged files never do worse than a typed error")
  func randomDamage() throws {
    var generator = SeededGenerator(seed: 20_240_201)
    for _ in 0..<300 {
      let count = Int.random(in: 1...600, using: &generator)
      let noise = Data((0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) })
      _ = error(noise)
    }
    #expect(error(Data((0..<4096).map { _ in UInt8.random(in: 0...255, using: &generator) }))?.code == "FIL-03")
    let stored = [UInt8](
      WorkbookFixture(WorkbookReadingTests.column([(1, "45323")]), styles: WorkbookReadingTests.styles).data)
    let deflated = [UInt8](try WorkbookWriter(sheets: [.init(name: "x", headers: ["a"], rows: [[.text("b")]])]).data())
    let text = Array("a,b\n\"1\n2\",Zoë\n\"x\"\"y\",2\r\n".utf8)
    for round in 0..<600 {
      var bytes = [stored, deflated, text][round % 3]
      for _ in 0..<Int.random(in: 1...6, using: &generator) {
        bytes[Int.random(in: 0..<bytes.count, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
      }
      _ = error(Data(bytes))
    }
  }

  @Test("Randomly damaged XML inside an intact archive never does worse than a typed error")
  func damagedXML() {
    var generator = SeededGenerator(seed: 20_240_202)
    let parts = WorkbookFixture(
      WorkbookReadingTests.column([(1, "45323"), (3, "1.5")]), sharedStrings: "<si><t>a</t></si>",
      styles: WorkbookReadingTests.styles
    ).parts
    let marks = Array("<>/\"&;=0123456789ABZrcvst_x".utf8)
    for _ in 0..<400 {
      var copy = parts
      let part = Int.random(in: 0..<copy.count, using: &generator)
      for _ in 0..<Int.random(in: 1...3, using: &generator) {
        let offset = Int.random(in: 0..<copy[part].content.count, using: &generator)
        copy[part].content[offset] = marks[Int.random(in: 0..<marks.count, using: &generator)]
      }
      _ = error(ZipFixture(parts: copy).data)
    }
  }
}
