import Primitives
import Tables

/// Collects the cells of one column under one assumption of its type, and notices when a cell does not fit.
struct ColumnCollector {
  enum Kind { case number, date, text }

  let kind: Kind
  /// Whether a cell was met that the type cannot hold; the column then has to be read again as another.
  private(set) var failed = false
  private var numbers: [Double] = []
  private var days: [Int32] = []
  private var codes: [Int32] = []
  private var interner = TextInterner()
  private var sawPoint = false
  private var sawComma = false
  private(set) var isEmpty = true

  init(_ kind: Kind) { self.kind = kind }

  mutating func reserve(_ rows: Int) {
    switch kind {
    case .number: numbers.reserveCapacity(rows)
    case .date: days.reserveCapacity(rows)
    case .text: codes.reserveCapacity(rows)
    }
  }

  mutating func appendMissing() {
    switch kind {
    case .number: numbers.append(.nan)
    case .date: days.append(DateColumn.missing)
    case .text: codes.append(-1)
    }
  }

  mutating func append(_ number: Double) {
    isEmpty = false
    numbers.append(number)
  }

  mutating func append(_ date: CalendarDate) {
    isEmpty = false
    days.append(date.daysSinceEpoch)
  }

  /// - Parameter commaIsMark: whether a comma may be a decimal mark here.
  mutating func append(_ cell: UnsafeBufferPointer<UInt8>, commaIsMark: Bool) {
    isEmpty = false
    switch kind {
    case .text: codes.append(interner.code(of: cell))
    case .date:
      guard let date = CalendarDate(iso: String(decoding: cell, as: UTF8.self)) else {
        failed = true
        return
      }
      days.append(date.daysSinceEpoch)
    case .number:
      let number = DecimalNumber(cell)
      switch number.form {
      case .none: failed = true
      case .missing: numbers.append(.nan)
      case .whole: numbers.append(number.value)
      case .point:
        sawPoint = true
        if sawComma { failed = true }
        numbers.append(number.value)
      case .comma:
        sawComma = true
        if sawPoint || !commaIsMark { failed = true }
        numbers.append(number.value)
      }
    }
  }

  func finish() -> Column {
    switch kind {
    case .number: .numbers(numbers)
    case .date: .dates(DateColumn(days: days))
    case .text: .categories(CategoryColumn(levels: interner.texts, codes: codes))
    }
  }
}

/// Gives each distinct text a number, in order of first occurrence, without making a string of every cell.
private struct TextInterner {
  private var bytes: [UInt8] = []
  private var ends: [Int] = [0]
  /// Positions of texts by hash, −1 where free; a power of two of them.
  private var slots = [Int32](repeating: -1, count: 64)

  var texts: [String] {
    bytes.withUnsafeBufferPointer { bytes in
      (0..<ends.count - 1).map {
        String(decoding: UnsafeBufferPointer(rebasing: bytes[ends[$0]..<ends[$0 + 1]]), as: UTF8.self)
      }
    }
  }

  mutating func code(of cell: UnsafeBufferPointer<UInt8>) -> Int32 {
    let mask = slots.count - 1
    var slot = Self.hash(cell) & mask
    while slots[slot] >= 0 {
      let code = Int(slots[slot])
      if isEqual(cell, code) { return Int32(code) }
      slot = (slot + 1) & mask
    }
    let code = Int32(ends.count - 1)
    slots[slot] = code
    bytes.append(contentsOf: cell)
    ends.append(bytes.count)
    if ends.count * 2 > slots.count { grow() }
    return code
  }

  private func isEqual(_ cell: UnsafeBufferPointer<UInt8>, _ code: Int) -> Bool {
    let start = ends[code]
    guard ends[code + 1] - start == cell.count else { return false }
    return bytes.withUnsafeBufferPointer { bytes in
      for i in 0..<cell.count where bytes[start + i] != cell[i] { return false }
      return true
    }
  }

  private mutating func grow() {
    let mask = slots.count * 2 - 1
    var larger = [Int32](repeating: -1, count: slots.count * 2)
    bytes.withUnsafeBufferPointer { bytes in
      for code in 0..<ends.count - 1 {
        var slot = Self.hash(UnsafeBufferPointer(rebasing: bytes[ends[code]..<ends[code + 1]])) & mask
        while larger[slot] >= 0 { slot = (slot + 1) & mask }
        larger[slot] = Int32(code)
      }
    }
    slots = larger
  }

  /// FNV-1a, with its upper half folded in.
  private static func hash(_ cell: UnsafeBufferPointer<UInt8>) -> Int {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in cell { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    return Int(truncatingIfNeeded: (hash ^ hash >> 32) & 0x7FFF_FFFF)
  }
}
