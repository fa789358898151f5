import Primitives

/// One word of a condition, with the column where it starts (from 1).
struct ConditionToken: Equatable {
  enum Kind: Equatable {
    case word(String)
    case quoted(String)
    case number(Double)
    case integer(Int)
    case date(CalendarDate)
    case month(CalendarMonth)
    case symbol(String)
    case end
  }
  let kind: Kind
  let column: Int
}

/// Why a condition was refused: what is wrong, and the column in its text.
public struct ConditionError: Error, Equatable, Sendable {
  public let message: String
  /// From 1, in characters (Unicode scalars) as YAML counts them.
  public let column: Int
}

func conditionTokens(_ text: String) throws(ConditionError) -> [ConditionToken] {
  let bytes = Array(text.utf8)
  var tokens: [ConditionToken] = []
  var at = 0
  // A column counts characters, and a byte that continues one starts none.
  var columns = [1]
  columns.reserveCapacity(bytes.count + 1)
  for byte in bytes { columns.append(columns.last! + (byte & 0xC0 == 0x80 ? 0 : 1)) }
  func isDigit(_ b: UInt8) -> Bool { (0x30...0x39).contains(b) }
  func isWordStart(_ b: UInt8) -> Bool {
    (0x41...0x5A).contains(b) || (0x61...0x7A).contains(b) || b == 0x5F || b >= 0x80
  }
  while at < bytes.count {
    let byte = bytes[at]
    let start = at
    func add(_ kind: ConditionToken.Kind) { tokens.append(ConditionToken(kind: kind, column: columns[start])) }
    if byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D {
      at += 1
    } else if isDigit(byte) {
      while at < bytes.count,
        isDigit(bytes[at]) || bytes[at] == 0x2D
          || (bytes[at] == 0x2E && at + 1 < bytes.count && isDigit(bytes[at + 1]) && bytes[at - 1] != 0x2E)
      { at += 1 }
      let word = String(decoding: bytes[start..<at], as: UTF8.self)
      if let date = CalendarDate(iso: word) {
        add(.date(date))
      } else if let month = CalendarMonth(iso: word) {
        add(.month(month))
      } else if let integer = Int(word) {
        add(.integer(integer))
      } else if let number = Double(word) {
        add(.number(number))
      } else {
        throw ConditionError(message: "“\(word)” is not a number, date or month", column: columns[start])
      }
    } else if isWordStart(byte) {
      while at < bytes.count,
        isWordStart(bytes[at]) || isDigit(bytes[at])
          || (bytes[at] == 0x2D && at + 1 < bytes.count && (isWordStart(bytes[at + 1]) || isDigit(bytes[at + 1])))
      { at += 1 }
      add(.word(String(decoding: bytes[start..<at], as: UTF8.self)))
    } else if byte == 0x27 || byte == 0x22 {
      at += 1
      var content: [UInt8] = []
      while at < bytes.count {
        if bytes[at] == byte {
          if at + 1 < bytes.count, bytes[at + 1] == byte { at += 1 } else { break }
        }
        content.append(bytes[at])
        at += 1
      }
      guard at < bytes.count else {
        throw ConditionError(message: "the quotation mark is not closed", column: columns[start])
      }
      at += 1
      add(.quoted(String(decoding: content, as: UTF8.self)))
    } else {
      let two = at + 1 < bytes.count ? String(decoding: bytes[at...at + 1], as: UTF8.self) : ""
      if ["!=", "<=", ">=", ".."].contains(two) {
        at += 2
        add(.symbol(two))
      } else if "()[],.=<>+-".utf8.contains(byte) {
        at += 1
        add(.symbol(String(decoding: [byte], as: UTF8.self)))
      } else {
        throw ConditionError(
          message: "“\(String(decoding: [byte], as: UTF8.self))” has no meaning here", column: columns[start])
      }
    }
  }
  tokens.append(ConditionToken(kind: .end, column: columns[bytes.count]))
  return tokens
}
