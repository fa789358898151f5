import Foundation
import Primitives
import TableFiles
import TestSupport
import Testing

@Suite("What is written reads back equal")
struct RoundTripTests {
  static let alphabet: [String] = [
    "a", "B", "7", " ", ",", ";", "\t", "|", "\"", "'", "\n", "\r\n", "é", "ş", "م", "😀", "_x000D_", "<", "&", "=",
  ]

  static func text(_ generator: inout SeededGenerator) -> String {
    (0..<Int.random(in: 0...8, using: &generator)).map { _ in
      alphabet[Int.random(in: 0..<alphabet.count, using: &generator)]
    }.joined()
  }

  @Test("The lowest whole number there is can be written")
  func lowestInteger() {
    #expect(RawCell(.integer(.min)) == .text("-9223372036854775808"))
    #expect(RawCell(.integer(12)) == .number(12))
  }

  @Test("Random tables as CSV", arguments: 0..<60)
  func csv(_ seed: Int) throws {
    var generator = SeededGenerator(seed: 1, stream: UInt64(seed))
    let width = Int.random(in: 2...6, using: &generator)
    let headers = (0..<width).map { "column \($0)" }
    let rows = (0..<Int.random(in: 2...20, using: &generator)).map { row in
      ["row \(row)"] + (1..<width).map { _ in Self.text(&generator) }
    }
    let writer = CSVWriter(
      delimiter: [.comma, .semicolon, .tab][seed % 3], lineEnding: seed % 2 == 0 ? .lineFeed : .carriageReturnLineFeed,
      hasByteOrderMark: seed % 5 == 0)
    let data = writer.data(headers: headers, rows: rows)
    let sheet = try #require(try TableFileReader().read(data, named: "table.csv").first)
    #expect(sheet.names == headers)
    #expect(sheet.texts == rows)
    #expect(sheet.rows.map(\.number) == Array(2..<rows.count + 2))
    #expect(sheet.notes.allSatisfy { $0.kind == .delimiterRecognised || $0.kind == .byteOrderMark })
  }

  @Test("Random tables as workbooks", arguments: 0..<40)
  func workbook(_ seed: Int) throws {
    var generator = SeededGenerator(seed: 2, stream: UInt64(seed))
    let sheets = (0..<Int.random(in: 1...3, using: &generator)).map { number in
      let width = Int.random(in: 2...5, using: &generator)
      let rows = (0..<Int.random(in: 1...15, using: &generator)).map { row in
        [RawCell.text("row \(row)")] + (1..<width).map { _ in Self.cell(&generator) }
      }
      return WorkbookSheet(name: "Sheet \(number)", headers: (0..<width).map { "column \($0)" }, rows: rows)
    }
    let read = try readWorkbook(try WorkbookWriter(sheets: sheets).data())
    #expect(read.map(\.sheet) == sheets.map(\.name))
    for (back, sheet) in zip(read, sheets) {
      #expect(back.names == sheet.headers)
      #expect(back.rows.map(\.cells) == sheet.rows)
      #expect(back.notes.allSatisfy { $0.kind == .numberStoredAsText })
    }
  }

  static func cell(_ generator: inout SeededGenerator) -> RawCell {
    switch Int.random(in: 0..<6, using: &generator) {
    case 0: return .empty
    case 1: return .number(Double(Int.random(in: -1_000_000...1_000_000, using: &generator)))
    case 2: return .number(Double(Int.random(in: -1_000_000...1_000_000, using: &generator)) / 1000)
    case 3: return .date(CalendarDate(daysSinceEpoch: Int32.random(in: -25_508...2_000_000, using: &generator)))
    case 4: return .boolean(Bool.random(using: &generator))
    default:
      let text = text(&generator)
      return text.isEmpty ? .empty : .text(text)
    }
  }
}

@Suite("Writing CSV")
struct CSVWriterTests {
  @Test("Only cells that need it are quoted")
  func quoting() {
    let text = CSVWriter().text(headers: ["a", "b;c"], rows: [["x,y", "5\" z"], ["", "l1\nl2"], ["p", "q"]])
    #expect(text == "a,b;c\n\"x,y\",\"5\"\" z\"\n,\"l1\nl2\"\np,q\n")
  }

  @Test("An empty cell that is alone on its line is quoted, so that the line is not blank")
  func aloneAndEmpty() {
    #expect(CSVWriter(lineEnding: .carriageReturnLineFeed).text(headers: ["a"], rows: [[""]]) == "a\r\n\"\"\r\n")
  }

  @Test("Formulas are escaped on request, and negative numbers never")
  func formulas() {
    let cells = ["=1+1", "+31,5", "-5", "-1.5e3", "-5+cmd", "+31 20 123", "@x", "\tx", "a=b", "-", "−5"]
    let text = CSVWriter(delimiter: .semicolon, escapesFormulas: true).text(headers: cells, rows: [])
    #expect(text == "'=1+1;+31,5;-5;-1.5e3;'-5+cmd;'+31 20 123;'@x;'\tx;a=b;'-;−5\n")
    #expect(CSVWriter().text(headers: ["=1"], rows: []) == "=1\n")
  }

  @Test("A file that cannot be written is an error with its name")
  func notWritable() {
    let url = URL(fileURLWithPath: "/does/not/exist/table.csv")
    #expect(throws: TableFileError.notWritable(file: "table.csv")) {
      try CSVWriter().write(headers: ["a"], rows: [], to: url)
    }
  }
}

@Suite("Writing workbooks")
struct WorkbookWriterTests {
  @Test("The same sheets give the same bytes")
  func reproducible() throws {
    var sheet = WorkbookSheet(name: "one", headers: ["a", "b"], rows: [[.text("x"), .number(1)]])
    sheet.marks = [CellAddress(column: 1, row: 2): .init(.red, note: "Too low.")]
    sheet.choices = [0: ["x", "y"]]
    sheet.hasFilter = true
    let first = try WorkbookWriter(sheets: [sheet]).data()
    #expect(try WorkbookWriter(sheets: [sheet]).data() == first)
    // Colours, notes, choices and filters change nothing of what is read.
    let back = try #require(try readWorkbook(first).first)
    #expect(back.rows.map(\.cells) == sheet.rows)
    #expect(back.notes.isEmpty)
  }

  @Test("Text that looks like a formula, a number or a link stays text")
  func textStaysText() throws {
    let cells: [RawCell] = ["=1+1", "007", "http://example.org", "TRUE", "{=A1}"].map { .text($0) }
    let sheet = WorkbookSheet(name: "one", headers: cells.map(\.text), rows: [cells])
    let back = try #require(try readWorkbook(try WorkbookWriter(sheets: [sheet]).data()).first)
    #expect(back.names == cells.map(\.text))
    #expect(back.rows[0].cells == cells)
    #expect(back.note(.formulaValueUsed) == nil)
  }

  @Test("Names and sizes that Excel does not take are refused")
  func refusals() {
    for name in ["", "a/b", "[x]", "'x", String(repeating: "x", count: 32)] {
      #expect(throws: TableFileError.sheetNameNotAllowed(name: name)) {
        try WorkbookWriter(sheets: [.init(name: name, headers: [], rows: [])]).data()
      }
    }
    #expect(throws: TableFileError.sheetNameNotAllowed(name: "ONE")) {
      let sheets = ["one", "ONE"].map { WorkbookSheet(name: $0, headers: [], rows: []) }
      return try WorkbookWriter(sheets: sheets).data()
    }
    let long = String(repeating: "x", count: 32_768)
    let address = CellAddress(column: 0, row: 2)
    #expect(throws: TableFileError.textTooLong(sheet: "one", address: address, limit: 32_767)) {
      try WorkbookWriter(sheets: [.init(name: "one", headers: ["a"], rows: [[.text(long)]])]).data()
    }
  }

  @Test("A file is written where it is asked for and read back from there")
  func files() throws {
    try withTemporaryFolder { folder in
      let url = folder.appendingPathComponent("people.xlsx")
      let sheet = WorkbookSheet(name: "one", headers: ["a"], rows: [[day(2024, 2, 29)]])
      try WorkbookWriter(sheets: [sheet]).write(to: url)
      let back = try TableFileReader().read(contentsOf: url)
      #expect(back.first?.file == "people.xlsx")
      #expect(back.first?.rows.first?.cells == [day(2024, 2, 29)])
      #expect(throws: TableFileError.notFound(file: "none.csv")) {
        try TableFileReader().read(contentsOf: folder.appendingPathComponent("none.csv"))
      }
      #expect(throws: TableFileError.unreadable(file: folder.lastPathComponent)) {
        try TableFileReader().read(contentsOf: folder)
      }
    }
  }
}
