/// The bytes of a text file as UTF-8, with what had to be recognised.
struct DecodedText {
  /// nil when the file's own bytes are UTF-8 and can be used in place.
  var converted: [UInt8]?
  /// Where the text starts in `converted` or the file: after a byte order mark.
  var start = 0
  var notes = NoteCollector()

  /// Recognises the encoding: a byte order mark, valid UTF-8, or else Windows-1252.
  ///
  /// Text that is partly UTF-8 (a valid sequence of several bytes) and partly not is refused: one of both would be
  /// garbled. So are bytes that Windows-1252 does not define.
  init(_ bytes: UnsafeRawBufferPointer, file: String) throws(TableFileError) {
    if bytes.starts(with: [0xFF, 0xFE, 0x00, 0x00]) || bytes.starts(with: [0x00, 0x00, 0xFE, 0xFF]) {
      throw .unsupportedEncoding(file: file, encoding: "UTF-32")
    }
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      converted = try Self.fromUTF16(bytes, bigEndian: bytes[0] == 0xFE, file: file)
      notes.add(.utf16)
      return
    }
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
      start = 3
      notes.add(.byteOrderMark)
    }
    try Self.refuseBinary(bytes, file: file)
    let check = UTF8Check(bytes, from: start)
    guard let firstInvalid = check.firstInvalid else { return }
    let line = Self.line(of: firstInvalid, in: bytes)
    guard start == 0, check.sequences == 0 else { throw .unknownEncoding(file: file, line: line) }
    converted = try Self.fromWindows1252(bytes, file: file)
    notes.add(.windows1252)
  }

  /// NUL bytes and many control characters: this is no text.
  private static func refuseBinary(_ bytes: UnsafeRawBufferPointer, file: String) throws(TableFileError) {
    let sample = bytes[0..<min(bytes.count, 65_536)]
    let controls = sample.count { $0 < 0x20 && $0 != 0x09 && $0 != 0x0A && $0 != 0x0D }
    let nuls = sample.count { $0 == 0 }
    // UTF-16 of western text has a NUL in every second byte.
    if nuls * 5 > sample.count * 2, controls - nuls <= sample.count / 50 {
      throw .unsupportedEncoding(file: file, encoding: "UTF-16")
    }
    if controls >= 8, controls * 50 > sample.count { throw .notATable(file: file, type: .binary) }
    if let nul = bytes.firstIndex(of: 0) { throw .nulByte(file: file, line: line(of: nul, in: bytes)) }
  }

  private static func line(of offset: Int, in bytes: UnsafeRawBufferPointer) -> Int {
    var line = 1
    var previous: UInt8 = 0
    for byte in bytes[0..<offset] {
      if byte == 0x0D || (byte == 0x0A && previous != 0x0D) { line += 1 }
      previous = byte
    }
    return line
  }

  private static func fromUTF16(
    _ bytes: UnsafeRawBufferPointer, bigEndian: Bool, file: String
  ) throws(TableFileError) -> [UInt8] {
    guard bytes.count % 2 == 0 else {
      throw .damaged(file: file, part: nil, line: nil, damage: .truncated)
    }
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count / 2 + 16)
    var line = 1
    var offset = 2
    func unit(_ offset: Int) -> UInt32 {
      let (first, second) = (UInt32(bytes[offset]), UInt32(bytes[offset + 1]))
      return bigEndian ? first << 8 | second : second << 8 | first
    }
    while offset < bytes.count {
      var code = unit(offset)
      offset += 2
      if code & 0xFC00 == 0xD800, offset < bytes.count, unit(offset) & 0xFC00 == 0xDC00 {
        code = 0x10000 + (code & 0x3FF) << 10 + unit(offset) & 0x3FF
        offset += 2
      }
      guard code != 0 else { throw .nulByte(file: file, line: line) }
      guard let scalar = Unicode.Scalar(code) else { throw .unknownEncoding(file: file, line: line) }
      if code == 0x0A { line += 1 }
      result.append(contentsOf: UTF8.encode(scalar).unsafelyUnwrapped)
    }
    return result
  }

  private static func fromWindows1252(
    _ bytes: UnsafeRawBufferPointer, file: String
  ) throws(TableFileError) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count + bytes.count / 16)
    for (offset, byte) in bytes.enumerated() {
      switch byte {
      case 0..<0x80: result.append(byte)
      case 0x80..<0xA0:
        let code = windows1252[Int(byte) - 0x80]
        guard code != 0, let scalar = Unicode.Scalar(code) else {
          throw .unknownEncoding(file: file, line: line(of: offset, in: bytes))
        }
        result.append(contentsOf: UTF8.encode(scalar).unsafelyUnwrapped)
      default:
        result.append(0xC0 | byte >> 6)
        result.append(0x80 | byte & 0x3F)
      }
    }
    return result
  }

  /// The characters of the bytes 0x80…0x9F; 0 where there is none.
  private static let windows1252: [UInt16] = [
    0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017D, 0,
    0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E,
    0x0178,
  ]
}

/// One pass over bytes that should be UTF-8.
struct UTF8Check {
  /// The offset of the first byte that is not part of valid UTF-8.
  var firstInvalid: Int?
  /// Valid sequences of several bytes in the whole text, also after an invalid byte.
  var sequences = 0

  init(_ bytes: UnsafeRawBufferPointer, from start: Int) {
    var offset = start
    let count = bytes.count
    while offset < count {
      while offset + 8 <= count,
        bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self) & 0x8080_8080_8080_8080 == 0
      {
        offset += 8
      }
      guard offset < count else { break }
      let first = bytes[offset]
      guard first >= 0x80 else {
        offset += 1
        continue
      }
      // Unicode 15, table 3-7: well-formed sequences.
      let (length, second): (Int, ClosedRange<UInt8>) =
        switch first {
        case 0xC2...0xDF: (2, 0x80...0xBF)
        case 0xE0: (3, 0xA0...0xBF)
        case 0xED: (3, 0x80...0x9F)
        case 0xE1...0xEF: (3, 0x80...0xBF)
        case 0xF0: (4, 0x90...0xBF)
        case 0xF1...0xF3: (4, 0x80...0xBF)
        case 0xF4: (4, 0x80...0x8F)
        default: (0, 0...0)
        }
      if length > 0, offset + length <= count, second.contains(bytes[offset + 1]),
        (2..<max(length, 2)).allSatisfy({ bytes[offset + $0] & 0xC0 == 0x80 })
      {
        sequences += 1
        offset += length
      } else {
        firstInvalid = firstInvalid ?? offset
        offset += 1
      }
    }
  }
}
