import Foundation

/// Writes a table as CSV by RFC 4180: a cell with a delimiter, quotation mark or line end is quoted.
public struct CSVWriter: Hashable, Sendable {
  public enum LineEnding: String, Hashable, Codable, Sendable {
    case lineFeed = "\n"
    /// What RFC 4180 asks for and Excel writes.
    case carriageReturnLineFeed = "\r\n"
  }

  public enum Delimiter: Character, Hashable, Sendable {
    case comma = ","
    case semicolon = ";"
    case tab = "\t"
  }

  public var delimiter: Delimiter
  public var lineEnding: LineEnding
  /// Starts the file with the mark by which Excel recognises UTF-8.
  public var hasByteOrderMark: Bool
  /// Puts an apostrophe before text that a spreadsheet would run as a formula.
  public var escapesFormulas: Bool

  public init(
    delimiter: Delimiter = .comma, lineEnding: LineEnding = .lineFeed, hasByteOrderMark: Bool = false,
    escapesFormulas: Bool = false
  ) {
    self.delimiter = delimiter
    self.lineEnding = lineEnding
    self.hasByteOrderMark = hasByteOrderMark
    self.escapesFormulas = escapesFormulas
  }

  /// The table as text, without a byte order mark; every line ends in the line ending, the last one too.
  public func text(headers: [String], rows: some Sequence<[String]>) -> String {
    String(decoding: bytes(headers: headers, rows: rows), as: UTF8.self)
  }

  /// The table as the bytes of a file.
  public func data(headers: [String], rows: some Sequence<[String]>) -> Data {
    Data((hasByteOrderMark ? [0xEF, 0xBB, 0xBF] : []) + bytes(headers: headers, rows: rows))
  }

  /// Writes the table to a file, which is replaced in one step.
  public func write(headers: [String], rows: some Sequence<[String]>, to url: URL) throws(TableFileError) {
    do {
      try data(headers: headers, rows: rows).write(to: url, options: .atomic)
    } catch {
      throw .notWritable(file: url.lastPathComponent)
    }
  }

  /// Whether a spreadsheet would read this text as a formula (OWASP, CSV injection): it starts with `=`, `+`, `-`,
  /// `@`, a tab or a carriage return and is not a number such as `-5` or `+31,5`.
  public static func isFormula(_ text: String) -> Bool {
    switch text.utf8.first {
    case 0x3D, 0x40, 0x09, 0x0D: true
    case 0x2B, 0x2D: !looksLikeNumber(text.utf8) && Double(text) == nil
    default: false
    }
  }

  private func bytes(headers: [String], rows: some Sequence<[String]>) -> [UInt8] {
    var result: [UInt8] = []
    append(headers, to: &result)
    for row in rows { append(row, to: &result) }
    return result
  }

  private func append(_ cells: [String], to result: inout [UInt8]) {
    let separator = delimiter.rawValue.utf8.first ?? 0x2C
    for (position, cell) in cells.enumerated() {
      if position > 0 { result.append(separator) }
      let text = escapesFormulas && Self.isFormula(cell) ? "'" + cell : cell
      // A record of one empty cell would be a blank line, and a leading byte order mark would be eaten.
      let isAlone = cells.count == 1 && text.isEmpty
      let mustQuote = text.utf8.contains { $0 == separator || $0 == 0x22 || $0 == 0x0A || $0 == 0x0D }
      guard mustQuote || isAlone || text.utf8.starts(with: [0xEF, 0xBB, 0xBF]) else {
        result.append(contentsOf: text.utf8)
        continue
      }
      result.append(0x22)
      for byte in text.utf8 {
        if byte == 0x22 { result.append(0x22) }
        result.append(byte)
      }
      result.append(0x22)
    }
    result.append(contentsOf: lineEnding.rawValue.utf8)
  }
}
