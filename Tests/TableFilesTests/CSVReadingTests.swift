import Foundation
import Primitives
import TableFiles
import Testing

func readCSV(_ text: String) throws -> RawSheet { try readCSV(bytes: Array(text.utf8)) }

func readCSV(bytes: [UInt8]) throws -> RawSheet {
  let sheets = try TableFileReader().read(Data(bytes), named: "folder/people.csv")
  return try #require(sheets.first)
}

extension RawSheet {
  var texts: [[String]] { rows.map { $0.cells.map(\.text) } }
  var names: [String] { headers.map(\.name) }
  func note(_ kind: ReadingNote.Kind) -> ReadingNote? { notes.first { $0.kind == kind } }
}

@Suite("Reading CSV")
struct CSVReadingTests {
  @Test("Each cell comes with its address, and a CSV cell is text or empty")
  func addresses() throws {
    let sheet = try readCSV("id,date,count\nA1,2024-02-01,3\nB2,,NA\n")
    #expect(sheet.file == "people.csv")
    #expect(sheet.sheet == nil)
    #expect(sheet.names == ["id", "date", "count"])
    #expect(sheet.rows.map(\.number) == [2, 3])
    #expect(sheet.rows[0].cells == [.text("A1"), .text("2024-02-01"), .text("3")])
    #expect(sheet.rows[1].cells == [.text("B2"), .empty, .text("NA")])
    #expect(sheet.address(of: 2, in: sheet.rows[1]).a1 == "C3")
    #expect(sheet.notes == [ReadingNote(.delimiterRecognised, arguments: ["comma"])])
  }

  @Test("Quoted cells hold delimiters, quotation marks and line ends (RFC 4180)")
  func quoting() throws {
    let sheet = try readCSV("id,text\r\n1,\"a, \"\"b\"\"\r\nc\"\r\n2,\"\"\r\n3,\"\"\"\"\r\n")
    #expect(sheet.texts == [["1", "a, \"b\"\r\nc"], ["2", ""], ["3", "\""]])
    #expect(sheet.rows.map(\.number) == [2, 3, 4])
    #expect(sheet.rows.map(\.line) == [nil, 4, 5])
    #expect(sheet.rows[1].cells[1] == .empty)
    #expect(sheet.notes.count == 1)
  }

  @Test("A record of blanks in quotation marks is blank, also with something odd behind the last of them")
  func quotedBlanks() throws {
    let sheet = try readCSV("a,b\n1,2\n\" \"\t,\n\"\u{A0}\",\" \"\n3,4\n")
    #expect(sheet.texts == [["1", "2"], ["3", "4"]])
    #expect(sheet.note(.blankRowSkipped)?.rows == [3, 4])
  }

  @Test("Lines may end in LF, CR LF or CR, and the last line needs no end", arguments: ["\n", "\r\n", "\r"])
  func lineEnds(_ end: String) throws {
    let sheet = try readCSV(["a;b", "1;2", "3;4"].joined(separator: end))
    #expect(sheet.texts == [["1", "2"], ["3", "4"]])
    #expect(sheet.rows.map(\.number) == [2, 3])
    #expect(sheet.rows.allSatisfy { $0.line == nil })
  }

  @Test(
    "The delimiter is the one that cuts the records alike, and a note says which",
    arguments: [
      ("a,b\n1,2\n", "comma", 2), ("a;b\n1,5;2\n2,5;3\n", "semicolon", 2), ("a\tb\n1,2\t3\n", "tab", 2),
      ("a|b|c\n1|2|3\n", "bar", 3), ("name\nAnna\nBram\n", "none", 1),
      ("amount\n1,5\n2,5\n3,5\n", "none", 1), ("remark\nYes, gladly\nNo, thanks\n", "none", 1),
      ("\"x;y\",z\n\"1;2\",3\n", "comma", 2),
    ])
  func delimiters(_ text: String, _ name: String, _ columns: Int) throws {
    let sheet = try readCSV(text)
    #expect(sheet.note(.delimiterRecognised)?.arguments == [name])
    #expect(sheet.headers.count == columns)
    #expect(sheet.note(.titleRowSkipped) == nil)
  }

  @Test("Two delimiters that fit equally well are said aloud")
  func ambiguousDelimiter() throws {
    let sheet = try readCSV("a,b;c\n1,2;3\n")
    #expect(sheet.note(.delimiterAmbiguous)?.arguments == ["comma", "semicolon"])
  }

  @Test("A first line sep=; names the delimiter and is no data")
  func delimiterLine() throws {
    let sheet = try readCSV("sep=;\r\na;b,c\r\n1;2,3\r\n")
    #expect(sheet.names == ["a", "b,c"])
    #expect(sheet.headerRow == 2)
    #expect(sheet.rows.map(\.number) == [3])
    #expect(sheet.note(.delimiterLine)?.rows == [1])
  }

  @Test("Title rows above the headers and blank rows are skipped with a note")
  func titleAndBlankRows() throws {
    let sheet = try readCSV("Monthly report,,\n\nname,start,place\nA,1,X\n,,\n\nB,2,Y\n\n")
    #expect(sheet.names == ["name", "start", "place"])
    #expect(sheet.headerRow == 3)
    #expect(sheet.rows.map(\.number) == [4, 7])
    #expect(sheet.note(.titleRowSkipped)?.rows == [1])
    #expect(sheet.note(.blankRowSkipped)?.rows == [5, 6])
  }

  @Test("A title without delimiters is recognised as well")
  func bareTitle() throws {
    let sheet = try readCSV("Monthly report\nname,start,place\nA,1,X\nB,2,Y\n")
    #expect(sheet.names == ["name", "start", "place"])
    #expect(sheet.rows.map(\.number) == [3, 4])
    #expect(sheet.note(.titleRowSkipped)?.rows == [1])
  }

  @Test("Ragged rows are kept and noted: what is missing is empty, what is left over stands apart")
  func raggedRows() throws {
    let sheet = try readCSV("a,b,c\n1,2\n1,2,3,4,,5,\n1,2,3,,\n1,2,3\n")
    #expect(sheet.texts == [["1", "2", ""], ["1", "2", "3"], ["1", "2", "3"], ["1", "2", "3"]])
    #expect(sheet.rows[1].surplus == [.text("4"), .empty, .text("5")])
    #expect(sheet.rows[2].surplus.isEmpty)
    #expect(sheet.note(.rowTooShort)?.rows == [2])
    #expect(sheet.note(.rowTooLong)?.rows == [3])
  }

  @Test("A column without a name stays when it has data and goes when it has none")
  func blankHeaders() throws {
    let sheet = try readCSV("a,,b, ,\n1,,2,x,\n1,,2,,\n")
    #expect(sheet.headers == [.init(name: "a", column: 0), .init(name: "b", column: 2), .init(name: "", column: 3)])
    #expect(sheet.texts == [["1", "2", "x"], ["1", "2", ""]])
    #expect(sheet.note(.blankHeader)?.column == 3)
    #expect(sheet.address(of: 1, in: sheet.rows[0]).a1 == "C2")
  }

  @Test("A name that is used twice is noted at its second column")
  func duplicateHeaders() throws {
    let note = try #require(try readCSV("a,b,a \n1,2,3\n").note(.duplicateHeader))
    #expect(note == ReadingNote(.duplicateHeader, column: 2, arguments: ["a"]))
  }

  @Test("Stray quotation marks are kept as written and noted")
  func strayQuotationMarks() throws {
    let sheet = try readCSV("a,b\n5\" pipe,x\n\"y\"z,\"w\"\n")
    #expect(sheet.texts == [["5\" pipe", "x"], ["yz", "w"]])
    #expect(sheet.note(.strayQuotationMark)?.rows == [2, 3])
    #expect(sheet.note(.strayQuotationMark)?.column == 0)
  }

  @Test("A quotation mark that nothing closes is an error with its line")
  func unclosedQuotationMark() {
    let error = TableFileError.unclosedQuotationMark(file: "people.csv", row: 3, line: 4)
    #expect(throws: error) { try readCSV("a,b\n\"1\n2\",3\n4,\"5\n6,7\n") }
  }

  @Test("Invisible characters are kept and noted; a NUL byte is refused with its line")
  func controlCharacters() throws {
    let sheet = try readCSV("a,b\n1,x\u{0B}y\n")
    #expect(
      sheet.note(.controlCharacter) == ReadingNote(.controlCharacter, rows: [2], column: 1, arguments: ["U+000B"]))
    let filler = String(repeating: "value,other\n", count: 50)
    #expect(throws: TableFileError.nulByte(file: "people.csv", line: 51)) { try readCSV(filler + "x\0y,z\n") }
  }

  @Test("Headers without rows are a table; nothing, or nothing but blanks, is not")
  func emptyFiles() throws {
    let sheet = try readCSV("a,b\n")
    #expect(sheet.rows.isEmpty && sheet.headers.count == 2)
    for text in ["", "\n\n", " , \n,\n", "\u{FEFF}"] {
      #expect(throws: TableFileError.empty(file: "people.csv")) { try readCSV(text) }
    }
  }
}

@Suite("Encodings of CSV")
struct EncodingTests {
  @Test("A byte order mark is recognised and is not part of the first name")
  func byteOrderMark() throws {
    let sheet = try readCSV("\u{FEFF}naam,leeftijd\nZoë,30\n")
    #expect(sheet.names == ["naam", "leeftijd"])
    #expect(sheet.texts == [["Zoë", "30"]])
    #expect(sheet.note(.byteOrderMark) != nil)
  }

  @Test("What is not UTF-8 is read as Windows-1252 with a note")
  func windows1252() throws {
    let sheet = try readCSV(bytes: Array("naam;bedrag\nZo".utf8) + [0xEB, 0x3B, 0x80] + Array("5\n".utf8))
    #expect(sheet.texts == [["Zoë", "€5"]])
    #expect(sheet.note(.windows1252) != nil)
  }

  @Test("UTF-16 with a byte order mark is read in either byte order", arguments: [true, false])
  func utf16(_ bigEndian: Bool) throws {
    let units = Array("\u{FEFF}naam\tx\r\nZoë 😀\t1\r\n".utf16)
    let bytes = units.flatMap { bigEndian ? [UInt8($0 >> 8), UInt8($0 & 255)] : [UInt8($0 & 255), UInt8($0 >> 8)] }
    let sheet = try readCSV(bytes: bytes)
    #expect(sheet.names == ["naam", "x"])
    #expect(sheet.texts == [["Zoë 😀", "1"]])
    #expect(sheet.note(.utf16) != nil)
  }

  @Test("Text in two encodings, or in one nobody can be certain of, is refused with its line")
  func uncertain() {
    let mixed = Array("naam\nZoë\nRen".utf8) + [0xE9] + Array("\n".utf8)
    #expect(throws: TableFileError.unknownEncoding(file: "people.csv", line: 3)) { try readCSV(bytes: mixed) }
    // 0x81 is ü in the code page of DOS and nothing in Windows-1252.
    let dos = Array("naam,x\nM".utf8) + [0x81] + Array("ller,1\n".utf8)
    #expect(throws: TableFileError.unknownEncoding(file: "people.csv", line: 2)) { try readCSV(bytes: dos) }
  }

  @Test("UTF-16 without a mark and UTF-32 are named")
  func unsupported() {
    let utf16 = "naam,x\nZ,1\n".utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
    #expect(throws: TableFileError.unsupportedEncoding(file: "people.csv", encoding: "UTF-16")) {
      try readCSV(bytes: utf16)
    }
    #expect(throws: TableFileError.unsupportedEncoding(file: "people.csv", encoding: "UTF-32")) {
      try readCSV(bytes: [0xFF, 0xFE, 0, 0, 0x61, 0, 0, 0])
    }
  }

  @Test("Overlong, surrogate and truncated sequences are not UTF-8")
  func invalidSequences() {
    for bytes: [UInt8] in [[0xC0, 0x81], [0xED, 0xA0, 0x81], [0xF4, 0x90, 0x81, 0x81], [0xE2, 0x81]] {
      #expect(throws: TableFileError.unknownEncoding(file: "people.csv", line: 2)) {
        try readCSV(bytes: Array("a,b\n".utf8) + bytes)
      }
    }
  }
}
