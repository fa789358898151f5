import Foundation

/// The bytes of one cell.
struct CellText {
  let start: UnsafePointer<UInt8>
  let count: Int

  /// Eight bytes from a place, those past the end of the cell as zeros.
  @inline(__always)
  func word(_ offset: Int) -> UInt64 {
    let left = count - offset
    let place = UnsafeRawPointer(start + offset)
    if left >= 8 { return UInt64(littleEndian: place.loadUnaligned(as: UInt64.self)) }
    if left <= 0 { return 0 }
    // A page that has the first byte has all of them, when it does not end between.
    if UInt(bitPattern: place) & 4095 <= 4088 {
      return UInt64(littleEndian: place.loadUnaligned(as: UInt64.self)) & ((1 << UInt64(8 * left)) &- 1)
    }
    var word: UInt64 = 0
    for byte in 0..<left { word |= UInt64(start[offset + byte]) << UInt64(8 * byte) }
    return word
  }

  /// A number that differs for nearly all different texts; never 0.
  @inline(__always)
  var hash: UInt64 {
    var hash = UInt64(truncatingIfNeeded: count) &* 0x9E37_79B9_7F4A_7C15
    var offset = 0
    while offset < count {
      hash = (hash ^ word(offset)) &* 0xD6E8_FEB8_6659_FD93
      hash ^= hash >> 32
      offset += 8
    }
    hash = hash &* 0xD6E8_FEB8_6659_FD93
    hash ^= hash >> 29
    return hash | 1
  }

  /// Whether it is ASCII that can be seen, without a blank at either end.
  @inline(__always)
  var isPlain: Bool {
    var highs: UInt64 = 0
    var offset = 0
    while offset < count {
      highs |= word(offset)
      offset += 8
    }
    return highs & 0x8080_8080_8080_8080 == 0 && count > 0 && start[0] > 0x20 && start[count - 1] > 0x20
  }

  var string: String { String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self) }

  static func hash(of text: String) -> UInt64 {
    var text = text
    return text.withUTF8 { CellText(start: $0.baseAddress ?? UnsafePointer(bitPattern: 1)!, count: $0.count).hash }
  }
}

/// Numbers by text, for texts that recur.
struct CellTextTable {
  private struct Entry {
    let first: UInt64
    let place: Int32
    let count: Int32
    let value: Int32
  }

  private var slots: [Int32]
  private var entries: [Entry] = []
  private var bytes: [UInt8] = []

  init() { slots = Array(repeating: -1, count: 64) }

  var count: Int { entries.count }

  @inline(__always)
  func value(of text: CellText) -> Int32? {
    let first = text.word(0)
    var slot = Int(truncatingIfNeeded: text.hash >> 7) & (slots.count - 1)
    while true {
      let index = slots[slot]
      if index < 0 { return nil }
      let entry = entries[Int(index)]
      if entry.first == first, Int(entry.count) == text.count {
        if text.count <= 8 { return entry.value }
        let isSame = bytes.withUnsafeBufferPointer {
          memcmp($0.baseAddress! + Int(entry.place), text.start, text.count) == 0
        }
        if isSame { return entry.value }
      }
      slot = (slot + 1) & (slots.count - 1)
    }
  }

  /// Adds a text that is not there yet.
  mutating func add(_ text: CellText, _ value: Int32) {
    if entries.count * 2 >= slots.count { grow() }
    insert(text.hash, Int32(entries.count))
    entries.append(
      Entry(first: text.word(0), place: Int32(bytes.count), count: Int32(text.count), value: value))
    bytes.append(contentsOf: UnsafeBufferPointer(start: text.start, count: text.count))
  }

  private mutating func insert(_ hash: UInt64, _ index: Int32) {
    var slot = Int(truncatingIfNeeded: hash >> 7) & (slots.count - 1)
    while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
    slots[slot] = index
  }

  private mutating func grow() {
    slots = Array(repeating: -1, count: slots.count * 2)
    for (index, entry) in entries.enumerated() {
      let hash = bytes.withUnsafeBufferPointer {
        CellText(start: $0.baseAddress! + Int(entry.place), count: Int(entry.count)).hash
      }
      insert(hash, Int32(index))
    }
  }
}
