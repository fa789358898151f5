/// Where a cell is, as a spreadsheet shows it.
public struct CellAddress: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// 0 for column A.
  public var column: Int
  /// 1 for the first row.
  public var row: Int

  public init(column: Int, row: Int) {
    precondition(column >= 0 && row >= 1, "a cell address starts at column 0 and row 1")
    self.column = column
    self.row = row
  }

  /// Reads `C14`, with or without `$` signs; nil for anything else, columns beyond ZZZ included.
  public init?(a1 text: some StringProtocol) {
    var letters = 0
    var digits = 0
    var column = 0
    var row = 0
    for byte in text.utf8 {
      switch byte {
      case 0x24 where digits == 0: continue
      case 0x41...0x5A where digits == 0 && letters < 3:
        letters += 1
        column = column * 26 + Int(byte) - 0x40
      case 0x30...0x39 where letters > 0 && digits < 9:
        digits += 1
        row = row * 10 + Int(byte) - 0x30
      default: return nil
      }
    }
    guard letters > 0, row > 0 else { return nil }
    self.init(column: column - 1, row: row)
  }

  /// `C14`: the column's letters, then the row.
  public var a1: String { Self.columnLetters(column) + String(row) }

  public var description: String { a1 }

  /// The letters of a column: 0 is A, 25 is Z, 26 is AA.
  public static func columnLetters(_ column: Int) -> String {
    precondition(column >= 0, "a column starts at 0")
    var letters: [UInt8] = []
    var rest = column + 1
    while rest > 0 {
      letters.append(UInt8(0x41 + (rest - 1) % 26))
      rest = (rest - 1) / 26
    }
    return String(decoding: letters.reversed(), as: UTF8.self)
  }

  /// Reading order: row by row, then from left to right.
  public static func < (a: CellAddress, b: CellAddress) -> Bool {
    (a.row, a.column) < (b.row, b.column)
  }
}
