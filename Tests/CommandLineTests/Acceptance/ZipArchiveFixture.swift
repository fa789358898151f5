import Foundation

/// Zip files that no honest program writes.
struct ZipArchiveFixture {
  struct Part {
    let name: String
    let packed: [UInt8]
    let method: UInt16
    /// The size that the archive says the part has.
    let declared: UInt32

    /// A part as it is, with a size that may not be its own.
    static func stored(_ content: [UInt8], _ name: String, declaring size: UInt32? = nil) -> Part {
      Part(name: name, packed: content, method: 0, declared: size ?? UInt32(content.count))
    }

    /// Blanks by the gigabyte: 13 bits for every 258 of them (RFC 1951, fixed codes).
    static func blanks(_ gigabytes: Int, _ name: String, declaring size: UInt32) -> Part {
      func packed(_ codes: [(value: Int, length: Int)]) -> [UInt8] {
        let bits = codes.flatMap { code in (0..<code.length).reversed().map { UInt8(code.value >> $0 & 1) } }
        return stride(from: 0, to: bits.count, by: 8).map { start in
          bits[start..<min(start + 8, bits.count)].enumerated().reduce(0) { $0 | $1.element << UInt8($1.offset) }
        }
      }
      let again = (value: 0b1100_0101_00000, length: 13)
      // The last block, fixed codes; one blank; and 258 more fill three bytes. Eight repetitions fill thirteen.
      var stream = packed([(0b110, 3), (0x30 + 0x20, 8), again])
      let eight = packed(Array(repeating: again, count: 8))
      for _ in 0..<(gigabytes * 1_000_000_000 / (8 * 258)) { stream += eight }
      return Part(name: name, packed: stream + [0], method: 8, declared: size)
    }
  }

  let parts: [Part]

  /// A workbook that is sound but for one part.
  static func workbook(with part: Part) -> ZipArchiveFixture {
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    func relationship(_ type: String, _ target: String) -> [UInt8] {
      Array(
        "<Relationships><Relationship Id=\"r1\" Type=\"\(office)/\(type)\" Target=\"\(target)\"/></Relationships>".utf8)
    }
    let book =
      "<workbook xmlns:r=\"\(office)\"><sheets><sheet name=\"person\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
    let sound: [Part] = [
      .stored(relationship("officeDocument", "xl/workbook.xml"), "_rels/.rels"),
      .stored(Array(book.utf8), "xl/workbook.xml"),
      .stored(relationship("worksheet", "worksheets/sheet1.xml"), "xl/_rels/workbook.xml.rels"),
    ]
    return ZipArchiveFixture(parts: sound.filter { $0.name != part.name } + [part])
  }

  var data: Data {
    var file: [UInt8] = []
    var directory: [UInt8] = []
    for part in parts {
      // What is packed is stopped by its size, before its checksum is looked at.
      let checksum = part.method == 0 ? Self.checksum(part.packed) : 0
      var common = bytes(UInt16(0)) + bytes(part.method) + bytes(UInt32(0)) + bytes(checksum)
      common += bytes(UInt32(part.packed.count)) + bytes(part.declared)
      common += bytes(UInt16(part.name.utf8.count)) + bytes(UInt16(0))
      directory += [0x50, 0x4B, 1, 2] + bytes(UInt16(20)) + bytes(UInt16(20)) + common
      directory += bytes(UInt16(0)) + bytes(UInt16(0)) + bytes(UInt16(0)) + bytes(UInt32(0)) + bytes(UInt32(file.count))
      directory += Array(part.name.utf8)
      file += [0x50, 0x4B, 3, 4] + bytes(UInt16(20)) + common + Array(part.name.utf8) + part.packed
    }
    let start = file.count
    file += directory + [0x50, 0x4B, 5, 6] + bytes(UInt32(0)) + bytes(UInt16(parts.count)) + bytes(UInt16(parts.count))
    file += bytes(UInt32(directory.count)) + bytes(UInt32(start)) + bytes(UInt16(0))
    return Data(file)
  }

  /// CRC-32, bit by bit.
  private static func checksum(_ bytes: [UInt8]) -> UInt32 {
    var sum: UInt32 = .max
    for byte in bytes {
      sum ^= UInt32(byte)
      for _ in 0..<8 { sum = sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1 }
    }
    return ~sum
  }

  private func bytes<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] {
    withUnsafeBytes(of: number.littleEndian) { Array($0) }
  }
}
