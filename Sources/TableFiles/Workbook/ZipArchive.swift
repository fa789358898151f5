import CZlib

/// The parts of a zip file that somebody else made: found through its central directory, unpacked within limits.
///
/// Reads stored and deflated parts, zip64 included (APPNOTE.TXT 6.3.10).
struct ZipArchive {
  struct Entry {
    var name: String
    var method: UInt16
    var packedSize: Int
    var size: Int
    var checksum: UInt32
    var headerOffset: Int
  }

  let file: String
  private let bytes: UnsafeRawBufferPointer
  private let limits: ReadingLimits
  /// By name in lower case with `/` between folders: names of parts do not distinguish case.
  private(set) var entries: [String: Entry] = [:]
  /// Bytes that may still be unpacked.
  private var remaining: Int

  init(_ bytes: UnsafeRawBufferPointer, file: String, limits: ReadingLimits) throws(TableFileError) {
    self.bytes = bytes
    self.file = file
    self.limits = limits
    remaining = limits.unpackedBytes
    try readDirectory()
  }

  subscript(_ name: String) -> Entry? { entries[Self.key(name)] }

  static func key(_ name: String) -> String {
    let path = name.lowercased().split(whereSeparator: { $0 == "/" || $0 == "\\" })
    return path.joined(separator: "/")
  }

  // MARK: Directory

  private func damaged(_ damage: TableFileError.Damage, part: String? = nil) -> TableFileError {
    .damaged(file: file, part: part, line: nil, damage: damage)
  }

  private func number<T: FixedWidthInteger>(_ type: T.Type, at offset: Int) throws(TableFileError) -> Int {
    guard offset >= 0, offset <= bytes.count - MemoryLayout<T>.size else { throw damaged(.truncated) }
    let value = T(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: T.self))
    guard let number = Int(exactly: value) else { throw damaged(.truncated) }
    return number
  }

  private func isSignature(_ signature: UInt32, at offset: Int) -> Bool {
    offset >= 0 && offset <= bytes.count - 4
      && UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self)) == signature
  }

  private mutating func readDirectory() throws(TableFileError) {
    // The end record is 22 bytes plus a comment of at most 65 535.
    var end = bytes.count - 22
    while end >= 0, end >= bytes.count - 22 - 65_535, !isSignature(0x0605_4B50, at: end) { end -= 1 }
    guard isSignature(0x0605_4B50, at: end) else { throw damaged(.truncated) }
    var count = try number(UInt16.self, at: end + 10)
    var offset = try number(UInt32.self, at: end + 16)
    if isSignature(0x0706_4B50, at: end - 20) {
      let end64 = try number(UInt64.self, at: end - 20 + 8)
      guard isSignature(0x0606_4B50, at: end64) else { throw damaged(.truncated) }
      count = try number(UInt64.self, at: end64 + 32)
      offset = try number(UInt64.self, at: end64 + 48)
    }
    guard count <= limits.archiveEntries else {
      throw .tooManyEntries(file: file, count: count, limit: limits.archiveEntries)
    }
    for _ in 0..<count {
      guard isSignature(0x0201_4B50, at: offset) else { throw damaged(.truncated) }
      offset = try readEntry(at: offset)
    }
  }

  private mutating func readEntry(at offset: Int) throws(TableFileError) -> Int {
    let flags = try number(UInt16.self, at: offset + 8)
    guard flags & 1 == 0 else { throw .encrypted(file: file) }
    let nameLength = try number(UInt16.self, at: offset + 28)
    let extraLength = try number(UInt16.self, at: offset + 30)
    let commentLength = try number(UInt16.self, at: offset + 32)
    let extraStart = offset + 46 + nameLength
    let next = extraStart + extraLength + commentLength
    guard next <= bytes.count else { throw damaged(.truncated) }
    let name = String(decoding: bytes[offset + 46..<extraStart], as: UTF8.self)
    var entry = Entry(
      name: name, method: UInt16(try number(UInt16.self, at: offset + 10)),
      packedSize: try number(UInt32.self, at: offset + 20), size: try number(UInt32.self, at: offset + 24),
      checksum: UInt32(try number(UInt32.self, at: offset + 16)),
      headerOffset: try number(UInt32.self, at: offset + 42))
    try readZip64(from: extraStart, to: extraStart + extraLength, into: &entry)
    guard name.last != "/" else { return next }
    guard entries.updateValue(entry, forKey: Self.key(name)) == nil else {
      throw damaged(.corruptData, part: name)
    }
    return next
  }

  /// The extra field 1 holds the 64-bit values of those fields that are all ones.
  private func readZip64(from start: Int, to end: Int, into entry: inout Entry) throws(TableFileError) {
    let full = Int(UInt32.max)
    var offset = start
    while offset + 4 <= end {
      let identifier = try number(UInt16.self, at: offset)
      let length = try number(UInt16.self, at: offset + 2)
      offset += 4
      if identifier == 1 {
        var field = offset
        if entry.size == full {
          entry.size = try number(UInt64.self, at: field)
          field += 8
        }
        if entry.packedSize == full {
          entry.packedSize = try number(UInt64.self, at: field)
          field += 8
        }
        if entry.headerOffset == full { entry.headerOffset = try number(UInt64.self, at: field) }
      }
      offset += length
    }
  }

  // MARK: Unpacking

  /// Unpacks one part, a piece at a time, and checks its size and check sum.
  ///
  /// - Parameter receive: takes each piece; the last call tells that there is no more.
  mutating func unpack(
    _ entry: Entry,
    _ receive: (_ piece: UnsafeRawBufferPointer, _ isLast: Bool) throws(TableFileError) -> Void
  ) throws(TableFileError) {
    let ratio = limits.unpackingRatio.multipliedReportingOverflow(by: max(entry.packedSize, 1))
    guard entry.size <= remaining, entry.size <= 8 << 20 || ratio.overflow || entry.size <= ratio.partialValue else {
      throw .unpacksTooLarge(file: file, part: entry.name, limit: limits.unpackedBytes)
    }
    remaining -= entry.size
    let packed = try packed(entry)
    switch entry.method {
    case 0:
      guard packed.count == entry.size, Self.checksum(0, packed) == UInt(entry.checksum) else {
        throw damaged(.corruptData, part: entry.name)
      }
      try receive(packed, true)
    case 8: try inflate(packed, entry, receive)
    default: throw damaged(.unknownCompression, part: entry.name)
    }
  }

  /// One part whole.
  mutating func contents(of entry: Entry) throws(TableFileError) -> [UInt8] {
    var content: [UInt8] = []
    // Not more at once than any honest part is likely to need: the size is what the sender says.
    content.reserveCapacity(min(max(entry.size, 0), 1 << 20))
    try unpack(entry) { (piece, _) throws(TableFileError) in content.append(contentsOf: piece) }
    return content
  }

  /// The bytes of a part as they lie in the file.
  func packed(_ entry: Entry) throws(TableFileError) -> UnsafeRawBufferPointer {
    let header = entry.headerOffset
    guard isSignature(0x0403_4B50, at: header) else { throw damaged(.truncated, part: entry.name) }
    let start = header + 30 + (try number(UInt16.self, at: header + 26)) + (try number(UInt16.self, at: header + 28))
    guard entry.packedSize >= 0, start <= bytes.count, entry.packedSize <= bytes.count - start else {
      throw damaged(.truncated, part: entry.name)
    }
    return UnsafeRawBufferPointer(rebasing: bytes[start..<start + entry.packedSize])
  }

  private static func checksum(_ sum: UInt, _ piece: UnsafeRawBufferPointer) -> UInt {
    crc32_z(sum, piece.baseAddress?.assumingMemoryBound(to: UInt8.self), piece.count)
  }

  private func inflate(
    _ packed: UnsafeRawBufferPointer, _ entry: Entry,
    _ receive: (UnsafeRawBufferPointer, Bool) throws(TableFileError) -> Void
  ) throws(TableFileError) {
    let corrupt = damaged(.corruptData, part: entry.name)
    guard let base = packed.baseAddress, packed.count <= Int(UInt32.max) else { throw corrupt }
    var stream = z_stream()
    guard inflateInit2_(&stream, -15, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
      throw corrupt
    }
    defer { inflateEnd(&stream) }
    stream.next_in = UnsafeMutablePointer(mutating: base.assumingMemoryBound(to: UInt8.self))
    stream.avail_in = UInt32(packed.count)
    let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
    defer { piece.deallocate() }
    var total = 0
    var sum: UInt = 0
    while true {
      stream.next_out = piece.baseAddress?.assumingMemoryBound(to: UInt8.self)
      stream.avail_out = UInt32(piece.count)
      let status = CZlib.inflate(&stream, Z_NO_FLUSH)
      guard status == Z_OK || status == Z_STREAM_END else { throw corrupt }
      let unpacked = UnsafeRawBufferPointer(rebasing: piece[0..<piece.count - Int(stream.avail_out)])
      total += unpacked.count
      guard total <= entry.size else { throw corrupt }
      guard status == Z_STREAM_END || !unpacked.isEmpty else { throw corrupt }
      sum = Self.checksum(sum, unpacked)
      let isLast = status == Z_STREAM_END
      if isLast, total != entry.size || sum != UInt(entry.checksum) { throw corrupt }
      try receive(unpacked, isLast)
      if isLast { return }
    }
  }
}
