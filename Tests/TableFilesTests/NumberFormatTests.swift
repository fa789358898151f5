import Primitives
import Testing

@testable import TableFiles

@Suite("Number formats")
struct NumberFormatTests {
  @Test(
    "A format code is a date when it shows a year, month or day outside quotation marks and brackets",
    arguments: [
      ("yyyy-mm-dd", NumberFormat.date), ("d/m/yy", .date), ("mmm", .date), ("[$-413]d mmmm yyyy;@", .date),
      ("dd\\-mm\\-yyyy", .date), ("yyyy-mm-dd hh:mm", .dateAndTime), ("m/d/yy h:mm AM/PM", .dateAndTime),
      ("hh:mm:ss", .time), ("mm:ss.0", .time), ("[h]:mm", .time), ("[mm]:ss", .time), ("General", .general),
      ("0.00", .general), ("#,##0 \"days\"", .general), ("[Red]0.0;[Blue]d", .general), ("0\\d", .general),
      ("@", .general),
      ("_-€ * #,##0.00_-", .general), ("00000", .padded(5)), ("0", .general), ("000\\-000", .padded(6)),
    ])
  func codes(_ code: String, _ expected: NumberFormat) {
    #expect(NumberFormat(code: code) == expected)
  }

  @Test("The built-in formats 14 to 17 and 22 are dates, 18 to 21 and 45 to 47 times")
  func builtIn() {
    #expect((14...17).allSatisfy { NumberFormat(builtIn: $0) == .date })
    #expect(NumberFormat(builtIn: 22) == .dateAndTime)
    #expect([18, 19, 20, 21, 45, 46, 47].allSatisfy { NumberFormat(builtIn: $0) == .time })
    #expect([0, 1, 2, 9, 10, 49].allSatisfy { NumberFormat(builtIn: $0) == .general })
  }

  @Test("A time that rounds to midnight is the next day")
  func midnight() throws {
    let almost = try #require(SerialDate.date(45_322.999_999_9, countsFrom1904: false))
    #expect(almost.date.iso == "2024-02-01")
    #expect(!almost.hasTime)
    #expect(SerialDate.date(2_958_465, countsFrom1904: false)?.date.iso == "9999-12-31")
    #expect(SerialDate.date(2_958_465.999_999_99, countsFrom1904: false) == nil)
  }
}

@Suite("Cells and addresses")
struct CellTests {
  @Test(
    "Columns are lettered as a spreadsheet does",
    arguments: [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (701, "ZZ"), (702, "AAA"), (16_383, "XFD")])
  func letters(_ column: Int, _ letters: String) {
    #expect(CellAddress.columnLetters(column) == letters)
    #expect(CellAddress(a1: letters + "14") == CellAddress(column: column, row: 14))
  }

  @Test("What is no address is nil", arguments: ["", "A", "14", "A0", "a1", "A1B", "AAAA1", "A1:B2", "A-1", "Ä1"])
  func noAddress(_ text: String) {
    #expect(CellAddress(a1: text) == nil)
  }

  @Test("A number reads as a person writes it")
  func numbers() {
    let texts = [12.0, -3, 0.5, 1e14, 1.0 / 3, -0.0].map { RawCell.number($0).text }
    #expect(texts == ["12", "-3", "0.5", "100000000000000", "0.3333333333333333", "0"])
  }

  @Test("A cell of white space is blank, one with anything else is not")
  func blanks() {
    #expect(RawCell.text(" \t\u{A0}\u{2003}").isBlank && RawCell.empty.isBlank)
    #expect(!RawCell.text("-").isBlank && !RawCell.number(0).isBlank && !RawCell.boolean(false).isBlank)
  }
}
