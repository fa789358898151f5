/// Some records of a text file, cut into cells: the cells of one column lie beside each other.
public final class RecordBlock {
  /// The records that a block holds at most.
  public static let capacity = 256
  /// From one column to the next. No power of two, so that the columns do not crowd the same lines of the cache.
  public static let stride = capacity + 20

  public let width: Int
  /// Start and end of each cell as bytes from `base`: `start << 32 | end`, at `column * stride + record`. For a record
  /// that is not regular nothing is there.
  public let cells: UnsafeMutablePointer<UInt64>
  /// Whether a record has as many cells as there are headers, no quotation mark inside a cell and no control character.
  public let isRegular: UnsafeMutablePointer<Bool>
  /// Where each record starts, from `base`.
  public let starts: UnsafeMutablePointer<UInt32>
  public internal(set) var base: UnsafePointer<UInt8>
  public internal(set) var count = 0
  /// The places of records that span more than one line, and by how many more.
  public internal(set) var extraLines: [(record: Int, lines: Int)] = []

  init(width: Int, base: UnsafePointer<UInt8>) {
    self.width = width
    self.base = base
    cells = .allocate(capacity: width * Self.stride)
    isRegular = .allocate(capacity: Self.capacity)
    starts = .allocate(capacity: Self.capacity)
  }

  deinit {
    cells.deallocate()
    isRegular.deallocate()
    starts.deallocate()
  }
}

/// Cuts text into records and cells, eight bytes at a time.
///
/// Records in which anything is unusual are left to ``RecordScanner``, so that both always agree on where a record ends.
struct RecordCutter {
  enum Failure: Error {
    /// A quotation mark that nothing closes, or a NUL.
    case unreadable
    /// The text is cut into pieces that are too large.
    case tooLong
  }

  let text: UnsafeBufferPointer<UInt8>
  let delimiter: UInt8
  private(set) var position: Int
  /// Whether a byte was seen that is no ASCII.
  private(set) var isWide = false

  init(_ text: UnsafeBufferPointer<UInt8>, from start: Int, delimiter: UInt8) {
    self.text = text
    self.delimiter = delimiter
    position = start
  }

  private static let ones: UInt64 = 0x0101_0101_0101_0101
  private static let highs: UInt64 = 0x8080_8080_8080_8080
  private static let lows: UInt64 = 0x7F7F_7F7F_7F7F_7F7F

  /// The high bit of each byte that equals the one that `pattern` repeats.
  @inline(__always)
  private static func equal(_ word: UInt64, _ pattern: UInt64) -> UInt64 {
    let difference = word ^ pattern
    return ~(((difference & lows) &+ lows) | difference | lows)
  }

  /// The high bit of each byte that is a control character.
  @inline(__always)
  private static func controls(_ word: UInt64) -> UInt64 {
    let low = word & lows
    // Below 0x20, or 0x7F.
    return (~(low &+ 0x6060_6060_6060_6060) | (low &+ ones)) & ~word & highs
  }

  /// Eight bytes; past the end of the text they are line feeds.
  @inline(__always)
  private func word(at place: Int) -> UInt64 {
    if place + 8 <= text.count {
      return UInt64(littleEndian: UnsafeRawPointer(text.baseAddress! + place).loadUnaligned(as: UInt64.self))
    }
    var word: UInt64 = 0x0A0A_0A0A_0A0A_0A0A
    for offset in 0..<max(0, text.count - place) {
      word = word & ~(0xFF << UInt64(8 * offset)) | UInt64(text[place + offset]) << UInt64(8 * offset)
    }
    return word
  }

  /// Fills a block with the next records, as many as it holds, of those that start before `limit`.
  mutating func fill(_ block: RecordBlock, base: Int, until limit: Int) throws(Failure) {
    let bytes = text.baseAddress!
    let count = text.count
    let width = block.width
    let cells = block.cells
    let stride = RecordBlock.stride
    let delimiters = Self.ones &* UInt64(delimiter)
    let quotes = Self.ones &* 0x22
    block.base = bytes + base
    block.extraLines.removeAll(keepingCapacity: true)
    var record = 0
    var place = position
    var next = place
    var marks: UInt64 = 0
    var seen: UInt64 = 0
    while record < RecordBlock.capacity, place < limit, place < count {
      let recordStart = place
      guard recordStart - base < Int(UInt32.max) / 2 else { throw .tooLong }
      block.starts[record] = UInt32(truncatingIfNeeded: recordStart - base)
      var start = place
      var column = 0
      var isRegular = true
      scan: while true {
        while marks == 0 {
          let word = word(at: next)
          seen |= word
          marks = Self.equal(word, delimiters) | Self.equal(word, quotes) | Self.controls(word)
          next += 8
        }
        let at = next - 8 + marks.trailingZeroBitCount >> 3
        marks &= marks &- 1
        let byte: UInt8 = at < count ? bytes[at] : 0x0A
        if byte == delimiter, at < count {
          if column < width {
            cells[column &* stride &+ record] = UInt64(start - base) << 32 | UInt64(at - base)
          }
          column += 1
          start = at + 1
          continue
        }
        if byte == 0x0A || byte == 0x0D {
          if column < width {
            cells[column &* stride &+ record] = UInt64(start - base) << 32 | UInt64(min(at, count) - base)
          }
          column += 1
          place = at + 1
          if byte == 0x0D, place < count, bytes[place] == 0x0A {
            place += 1
            marks = 0
            next = place
          }
          break scan
        }
        if byte == 0x09 { continue }
        if byte == 0x22, at == start, let close = closing(after: at, &seen) {
          if column < width {
            cells[column &* stride &+ record] = UInt64(start + 1 - base) << 32 | UInt64(close - base)
          }
          column += 1
          let after = close + 1
          marks = 0
          if after < count, bytes[after] == delimiter {
            start = after + 1
            next = start
            continue
          }
          place = after + 1
          if after < count, bytes[after] == 0x0D, place < count, bytes[place] == 0x0A { place += 1 }
          next = place
          break scan
        }
        // Whatever it is: the plain scanner says where the record ends.
        isRegular = false
        var scanner = RecordScanner(text, from: recordStart, delimiter: delimiter)
        guard case .record = scanner.next() else { throw .unreadable }
        if scanner.linesRead > 1 { block.extraLines.append((record, scanner.linesRead - 1)) }
        for (_, oddity) in scanner.oddities {
          if case .control(0) = oddity { throw .unreadable }
        }
        place = scanner.position
        for other in recordStart..<place { seen |= UInt64(bytes[other] & 0x80) }
        marks = 0
        next = place
        break scan
      }
      if column != width { isRegular = false }
      block.isRegular[record] = isRegular
      record += 1
    }
    block.count = record
    position = min(place, count)
    if seen & Self.highs != 0 { isWide = true }
  }

  /// The place of the quotation mark that closes a plain cell; nil where the cell is not plain.
  @inline(__always)
  private func closing(after opening: Int, _ seen: inout UInt64) -> Int? {
    let quotes = Self.ones &* 0x22
    var place = opening + 1
    while place < text.count {
      let word = word(at: place)
      seen |= word
      let marks = Self.equal(word, quotes) | Self.controls(word)
      if marks == 0 {
        place += 8
        continue
      }
      let at = place + marks.trailingZeroBitCount >> 3
      guard at < text.count, text[at] == 0x22 else { return nil }
      let after = at + 1
      if after >= text.count { return at }
      let follows = text[after]
      return follows == delimiter || follows == 0x0A || follows == 0x0D ? at : nil
    }
    return nil
  }
}
