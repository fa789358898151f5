/// How the number in a cell is shown, as far as it changes what the number is.
enum NumberFormat: Hashable {
  case general
  case date
  case dateAndTime
  /// A time of day or a duration, without a date.
  case time
  /// Shown with leading zeros to this many digits: `00000`.
  case padded(Int)

  /// A format by its number in the list of ECMA-376 part 1, 18.8.30 (27–36 and 50–58: dates in East Asian locales).
  init(builtIn identifier: Int) {
    switch identifier {
    case 14...17, 27...31, 34...36, 50...54, 57, 58: self = .date
    case 22: self = .dateAndTime
    case 18...21, 32, 33, 45...47, 55, 56: self = .time
    default: self = .general
    }
  }

  /// Recognises a format code. Only its first section counts; text in quotation marks, brackets and after `\`, `_`
  /// and `*` does not. `m` means minutes beside hours or seconds.
  init(code: String) {
    var letters: Set<UInt8> = []
    var zeros = 0
    var others = 0
    var bytes = Array(code.utf8)[...]
    scan: while let byte = bytes.popFirst() {
      switch byte {
      case 0x3B: break scan
      case 0x22: bytes = bytes.drop { $0 != 0x22 }.dropFirst()
      case 0x5B:
        // [h], [mm] and [ss] are durations; other brackets hold a colour, a condition or a locale.
        let content = bytes.prefix { $0 != 0x5D }
        if let first = content.first, content.allSatisfy({ $0 | 0x20 == first | 0x20 }),
          "hms".utf8.contains(first | 0x20)
        {
          letters.insert(0x68)
        }
        bytes = bytes.drop { $0 != 0x5D }.dropFirst()
      case 0x5C, 0x5F, 0x2A: _ = bytes.popFirst()
      case 0x30: zeros += 1
      case 0x47 where bytes.starts(with: Array("eneral".utf8)): bytes = bytes.dropFirst(6)
      default:
        others += 1
        letters.insert(byte | 0x20)
      }
    }
    let hasTime = letters.contains(0x68) || letters.contains(0x73)
    let hasDate = letters.contains(0x79) || letters.contains(0x64) || (letters.contains(0x6D) && !hasTime)
    switch (hasDate, hasTime) {
    case (true, false): self = .date
    case (true, true): self = .dateAndTime
    case (false, true): self = .time
    case (false, false): self = zeros > 1 && others == 0 ? .padded(zeros) : .general
    }
  }
}

/// The number format of each style that a cell may have.
struct StylesPart: XMLPartHandler {
  /// By the number in a cell's `s`.
  var formats: [NumberFormat] = []
  private var custom: [Int: NumberFormat] = [:]
  private var identifiers: [Int] = []
  private var isInsideCellFormats = false

  mutating func start(_ name: XMLName, _ attributes: XMLAttributes) {
    switch name {
    case "numFmt":
      guard let identifier = attributes["numFmtId"].flatMap({ Int($0) }), let code = attributes["formatCode"] else {
        return
      }
      custom[identifier] = NumberFormat(code: code)
    case "cellXfs": isInsideCellFormats = true
    case "xf" where isInsideCellFormats:
      identifiers.append(attributes["numFmtId"].flatMap { Int($0) } ?? 0)
    default: break
    }
  }

  mutating func end(_ name: XMLName) {
    switch name {
    case "cellXfs": isInsideCellFormats = false
    case "styleSheet": formats = identifiers.map { custom[$0] ?? NumberFormat(builtIn: $0) }
    default: break
    }
  }
}
