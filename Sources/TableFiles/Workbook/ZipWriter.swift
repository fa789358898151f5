import CZlib
import Foundation

/// Writes a zip file: new parts are deflated, parts of another zip file are taken over as they are.
///
/// The same parts give the same bytes: the time of every part is 1 January 1980, the first that a zip file can say
/// (APPNOTE.TXT 6.3.10, without zip64).
struct ZipWriter {
  private var file: [UInt8] = []
  private var directory: [UInt8] = []
  private var count = 0
  private let name: String

  /// - Parameter name: of the file, for an error.
  init(named name: String) { self.name = name }

  /// Adds a part, deflated.
  mutating func add(_ part: String, _ content: [UInt8]) throws(TableFileError) {
    let packed = content.withUnsafeBytes { Self.deflated($0) }
    guard let packed else { throw .notWritable(file: name) }
    let sum = content.withUnsafeBytes { crc32_z(0, $0.baseAddress?.assumingMemoryBound(to: UInt8.self), $0.count) }
    try add(part, packed, method: 8, size: content.count, checksum: UInt32(truncatingIfNeeded: sum))
  }

  /// Adds a part that was packed piece by piece.
  mutating func add(_ part: String, _ packed: PackedPart) throws(TableFileError) {
    try add(part, packed.bytes, method: 8, size: packed.size, checksum: packed.checksum)
  }

  /// Adds a part of another zip file, still packed.
  mutating func copy(_ entry: ZipArchive.Entry, _ packed: UnsafeRawBufferPointer) throws(TableFileError) {
    try add(entry.name, packed, method: entry.method, size: entry.size, checksum: entry.checksum)
  }

  /// The bytes of the file.
  consuming func finish() -> Data {
    let start = file.count
    file += directory
    append(UInt32(0x0605_4B50))
    append(UInt32(0))
    append(UInt16(count))
    append(UInt16(count))
    append(UInt32(directory.count))
    append(UInt32(start))
    append(UInt16(0))
    return Data(file)
  }

  private mutating func add(
    _ part: String, _ packed: some Collection<UInt8>, method: UInt16, size: Int, checksum: UInt32
  ) throws(TableFileError) {
    let offset = file.count
    let path = Array(part.utf8)
    guard count < Int(UInt16.max), path.count <= Int(UInt16.max), size < Int(UInt32.max),
      offset + packed.count + path.count + 1024 < Int(UInt32.max)
    else { throw .notWritable(file: name) }
    // Version 2.0, names in UTF-8, 1 January 1980.
    var common: [UInt8] = []
    for number in [UInt16(20), 0x0800, method, 0, 0x0021] { Self.append(number, to: &common) }
    for number in [checksum, UInt32(packed.count), UInt32(size)] { Self.append(number, to: &common) }
    Self.append(UInt16(path.count), to: &common)
    Self.append(UInt16(0), to: &common)
    append(UInt32(0x0403_4B50))
    file += common
    file += path
    file.append(contentsOf: packed)
    Self.append(UInt32(0x0201_4B50), to: &directory)
    Self.append(UInt16(20), to: &directory)
    directory += common
    // No comment, first disk, no attributes.
    directory += [UInt8](repeating: 0, count: 10)
    Self.append(UInt32(offset), to: &directory)
    directory += path
    count += 1
  }

  private mutating func append(_ number: some FixedWidthInteger) { Self.append(number, to: &file) }

  private static func append(_ number: some FixedWidthInteger, to bytes: inout [UInt8]) {
    withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
  }

  /// Raw deflate (RFC 1951); nil when memory is short.
  private static func deflated(_ bytes: UnsafeRawBufferPointer) -> [UInt8]? {
    var stream = z_stream()
    // Level 3 packs the markup of a sheet nearly as small as level 6, in a third of the time.
    let status = deflateInit2_(
      &stream, 3, Z_DEFLATED, -15, 9, Z_DEFAULT_STRATEGY, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    guard status == Z_OK, bytes.count < Int(UInt32.max) else { return nil }
    defer { deflateEnd(&stream) }
    let bound = Int(deflateBound(&stream, UInt(bytes.count)))
    var isWhole = false
    let packed = [UInt8](unsafeUninitializedCapacity: bound) { buffer, count in
      let base = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
      stream.next_in = UnsafeMutablePointer(mutating: base)
      stream.avail_in = UInt32(bytes.count)
      stream.next_out = buffer.baseAddress
      stream.avail_out = UInt32(min(buffer.count, Int(UInt32.max)))
      isWhole = deflate(&stream, Z_FINISH) == Z_STREAM_END
      count = Int(stream.total_out)
    }
    return isWhole ? packed : nil
  }
}
