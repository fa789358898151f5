/// A number written in digits, with how it was written.
struct DecimalNumber {
  enum Form {
    /// No number at all.
    case none
    /// `NA`, `NaN` or `.`, which statistics programs write for a missing number.
    case missing
    /// Without a decimal mark.
    case whole
    case point, comma
  }

  var form = Form.none
  var value = 0.0

  /// Reads a sign, digits with one decimal mark at most, and an exponent; spaces around it are passed over.
  ///
  /// Up to 19 digits and powers of ten up to 22 are computed in place, and are exact (Clinger 1990,
  /// doi:10.1145/93542.93557); the rest goes to the library. Leading zeros before a digit make it no number but a code.
  init(_ cell: UnsafeBufferPointer<UInt8>) {
    var start = 0
    var end = cell.count
    while start < end, cell[start] == 0x20 { start += 1 }
    while end > start, cell[end - 1] == 0x20 { end -= 1 }
    guard start < end else { return }
    var offset = start
    let isNegative = cell[offset] == 0x2D
    if isNegative || cell[offset] == 0x2B { offset += 1 }
    var digits: UInt64 = 0
    var count = 0
    var significant = 0
    var exponent = 0
    var mark = Form.whole
    let firstDigit = offset
    while offset < end {
      let byte = cell[offset]
      if byte >= 0x30, byte <= 0x39 {
        count += 1
        if significant > 0 || byte != 0x30 { significant += 1 }
        if significant <= 19 { digits = digits &* 10 &+ UInt64(byte - 0x30) } else { exponent += 1 }
        if mark != .whole { exponent -= 1 }
      } else if mark == .whole, byte == 0x2E || byte == 0x2C {
        mark = byte == 0x2E ? .point : .comma
      } else {
        break
      }
      offset += 1
    }
    guard count > 0 else {
      self = Self.word(cell, start, end)
      return
    }
    if cell[firstDigit] == 0x30, firstDigit + 1 < end, (0x30...0x39).contains(cell[firstDigit + 1]) { return }
    if offset < end {
      guard cell[offset] == 0x65 || cell[offset] == 0x45 else { return }
      offset += 1
      let negative = offset < end && cell[offset] == 0x2D
      if offset < end, negative || cell[offset] == 0x2B { offset += 1 }
      guard offset < end else { return }
      var power = 0
      while offset < end, cell[offset] >= 0x30, cell[offset] <= 0x39, power < 10_000 {
        power = power * 10 + Int(cell[offset] - 0x30)
        offset += 1
      }
      guard offset == end else { return }
      exponent += negative ? -power : power
    }
    form = mark
    if significant <= 19, digits < 1 << 53, exponent >= -22, exponent <= 22 {
      value = exponent < 0 ? Double(digits) / Self.powers[-exponent] : Double(digits) * Self.powers[exponent]
      if isNegative { value = -value }
    } else {
      let text = String(decoding: UnsafeBufferPointer(rebasing: cell[start..<end]), as: UTF8.self)
      value = Double(mark == .comma ? String(text.map { $0 == "," ? "." : $0 }) : text) ?? .nan
    }
  }

  private static let powers: [Double] = [
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
    1e21, 1e22,
  ]

  private init(form: Form, value: Double) {
    self.form = form
    self.value = value
  }

  private static func word(_ cell: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> DecimalNumber {
    guard end - start <= 4 else { return DecimalNumber(form: .none, value: 0) }
    return switch String(decoding: UnsafeBufferPointer(rebasing: cell[start..<end]), as: UTF8.self) {
    case "NA", "NaN", ".": DecimalNumber(form: .missing, value: .nan)
    case "Inf", "inf": DecimalNumber(form: .whole, value: .infinity)
    case "-Inf", "-inf": DecimalNumber(form: .whole, value: -.infinity)
    default: DecimalNumber(form: .none, value: 0)
    }
  }
}
