import Primitives
import TableFiles
import Testing

@Suite("Messages about files")
struct MessageTests {
  @Test("Every kind of note has a code and a sentence in both languages", arguments: ReadingNote.Kind.allCases)
  func notes(_ kind: ReadingNote.Kind) {
    let note = ReadingNote(kind, rows: [4, 7], column: 2, arguments: ["comma", "semicolon"])
    #expect(note.message.english.hasPrefix("Column C, rows 4 and 7: "))
    #expect(note.message[.dutch].hasPrefix("Kolom C, rijen 4 en 7: "))
    #expect(note.message.english.hasSuffix(".") && note.message[.dutch].hasSuffix("."))
  }

  @Test("A note names ten rows at most and counts the others")
  func manyRows() {
    let note = ReadingNote(.blankRowSkipped, rows: Array(2...14))
    #expect(note.message.english == "Rows 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 and 3 more: empty, skipped.")
    #expect(note.message[.dutch] == "Rijen 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 en 3 meer: leeg, overgeslagen.")
  }

  @Test("Errors say what, where and what to do")
  func errors() {
    let cases: [(TableFileError, String)] = [
      (.empty(file: "a.csv"), "FIL-01: “a.csv” is empty. Check that the right file was chosen."),
      (
        .tooLarge(file: "a.csv", bytes: 300 << 20, limit: 256 << 20),
        "FIL-02: “a.csv” is 300 MB, more than the 256 MB allowed. Split it by period or by table."
      ),
      (
        .notATable(file: "a.pdf", type: .pdf),
        "FIL-03: “a.pdf” is a PDF document, not a table. Send an Excel workbook (.xlsx), a CSV file, "
          + "or a file of SPSS (.sav)."
      ),
      (.encrypted(file: "a.xlsx"), "FIL-04: “a.xlsx” has a password. Save it without one and send it again."),
      (
        .oldExcel(file: "a.xls"),
        "FIL-08: “a.xls” is in the format of Excel 97-2003 (.xls). Open it and save it as .xlsx."
      ),
      (
        .damaged(file: "a.xlsx", part: "person!C14", line: nil, damage: .invalidCell),
        "FIL-09: “a.xlsx” is damaged in person!C14: a row or cell is not valid. "
          + "Open it in the program it came from and save it again."
      ),
    ]
    for (error, text) in cases {
      #expect(error.description == text)
      #expect(error.message.dutch != nil)
    }
  }
}
