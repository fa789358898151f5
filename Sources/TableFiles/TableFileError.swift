/// Why a file gives no table at all, or cannot be written. Everything less is a ``ReadingNote``.
public enum TableFileError: Error, Hashable, Sendable {
  case notFound(file: String)
  /// A folder, or a file that may not be opened.
  case unreadable(file: String)
  /// No bytes, or nothing but blanks.
  case empty(file: String)
  case tooLarge(file: String, bytes: Int, limit: Int)
  /// A workbook with a password.
  case encrypted(file: String)
  /// `.xls`, the format of Excel 97-2003.
  case oldExcel(file: String)
  case notATable(file: String, type: ContentType)
  /// `part` is the place inside a workbook (`xl/workbook.xml`, a sheet's name); `line` is a line of that part.
  case damaged(file: String, part: String?, line: Int?, damage: Damage)
  /// A workbook that unpacks to more than ``ReadingLimits`` allows.
  case unpacksTooLarge(file: String, part: String, limit: Int)
  case tooManyEntries(file: String, count: Int, limit: Int)
  case tooManySheets(file: String, count: Int, limit: Int)
  case tooManyColumns(file: String, sheet: String?, count: Int, limit: Int)
  case tooManyCells(file: String, sheet: String?, limit: Int)
  /// Text in an encoding that was not recognised with certainty. `line` has the first byte that does not fit.
  case unknownEncoding(file: String, line: Int)
  /// An encoding that is recognised and not read: UTF-32, UTF-16 without a byte order mark.
  case unsupportedEncoding(file: String, encoding: String)
  /// A NUL byte in a text file.
  case nulByte(file: String, line: Int)
  /// A quotation mark opens a cell on this line and nothing closes it.
  case unclosedQuotationMark(file: String, row: Int, line: Int)

  case notWritable(file: String)
  /// Empty, longer than 31 characters, with one of `[]:*?/\`, with an apostrophe at an end, or used twice.
  case sheetNameNotAllowed(name: String)
  case textTooLong(sheet: String, address: CellAddress, limit: Int)
  case tooManyRowsToWrite(sheet: String, count: Int, limit: Int)

  /// What a file is when it is not a table.
  public enum ContentType: String, CaseIterable, Codable, Sendable {
    case pdf, image, html, xml, json, richText, word, presentation, openDocument, binaryWorkbook, archive, database
    case statisticsFile, binary
  }

  /// What is wrong with a damaged file.
  public enum Damage: String, CaseIterable, Codable, Sendable {
    /// The file ends too early or its directory points outside it.
    case truncated
    /// A part does not unpack, or its check sum is wrong.
    case corruptData
    case unknownCompression
    case missingPart
    case invalidXML
    /// A document type declaration, which a workbook never has and an attack may.
    case documentTypeDeclaration
    /// A cell points at a text, or a sheet at a part, that is not there.
    case danglingReference
    case invalidCell
    /// `datapackage.json` is no JSON, or names no tables.
    case invalidDescription
  }
}
