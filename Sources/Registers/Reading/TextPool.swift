/// Texts that recur, each kept once under a number; looked up by their bytes, without making a string of each.
struct TextPool {
  private(set) var texts: [String] = []
  private var bytes: [UInt8] = []
  /// Text `i` has the bytes `ends[i - 1] ..< ends[i]`.
  private var ends: [Int] = []
  /// Open addressing: a text's number plus 1, or 0 for a free slot. The count is a power of two.
  private var slots: [Int32] = Array(repeating: 0, count: 64)
  private var hashes: [UInt64] = []

  mutating func number(of text: UnsafeBufferPointer<UInt8>) -> Int32 {
    // FNV-1a (Fowler, Noll, Vo); the register's own texts, so nobody gains by making them collide.
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in text { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: hash ^ (hash >> 32)) & mask
    while slots[slot] != 0 {
      let number = Int(slots[slot]) - 1
      if hashes[number] == hash, holds(number, text) { return Int32(number) }
      slot = (slot + 1) & mask
    }
    let number = Int32(texts.count)
    texts.append(String(decoding: text, as: UTF8.self))
    bytes.append(contentsOf: text)
    ends.append(bytes.count)
    hashes.append(hash)
    slots[slot] = number + 1
    if texts.count * 2 > slots.count { grow() }
    return number
  }

  private func holds(_ number: Int, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
    let start = number == 0 ? 0 : ends[number - 1]
    return ends[number] - start == text.count && bytes[start..<ends[number]].elementsEqual(text)
  }

  private mutating func grow() {
    slots = Array(repeating: 0, count: slots.count * 2)
    let mask = slots.count - 1
    for (number, hash) in hashes.enumerated() {
      var slot = Int(truncatingIfNeeded: hash ^ (hash >> 32)) & mask
      while slots[slot] != 0 { slot = (slot + 1) & mask }
      slots[slot] = Int32(number) + 1
    }
  }
}
