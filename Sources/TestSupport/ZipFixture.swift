import Foundation

/// Makes zip files for tests, honest ones and others.
public struct ZipFixture {
  public struct Part {
    public var name: String
    public var content: [UInt8]
    /// What the directory says about the size and the method when that is not the truth.
    public var declaredSize: Int?
    public var packed: (bytes: [UInt8], method: UInt16)?
    public var flags: UInt16 = 0
    public var checksum: UInt32?

    public init(_ name: String, _ text: String) { self.init(name, Array(text.utf8)) }

    public init(_ name: String, _ content: [UInt8]) {
      self.name = name
      self.content = content
    }
  }

  public var parts: [Part]

  public init(parts: [Part]) { self.parts = parts }

  public var data: Data {
    var file: [UInt8] = []
    var directory: [UInt8] = []
    for part in parts {
      let (packed, method) = part.packed ?? (part.content, 0)
      var common: [UInt8] = []
      common += bytes(part.flags) + bytes(method) + bytes(UInt32(0)) + bytes(part.checksum ?? Self.crc(part.content))
      common += bytes(UInt32(packed.count)) + bytes(UInt32(part.declaredSize ?? part.content.count))
      common += bytes(UInt16(part.name.utf8.count)) + bytes(UInt16(0))
      directory += [0x50, 0x4B, 1, 2] + bytes(UInt16(20)) + bytes(UInt16(20)) + common
      directory += bytes(UInt16(0)) + bytes(UInt16(0)) + bytes(UInt16(0)) + bytes(UInt32(0)) + bytes(UInt32(file.count))
      directory += Array(part.name.utf8)
      file += [0x50, 0x4B, 3, 4] + bytes(UInt16(20)) + common + Array(part.name.utf8) + packed
    }
    let start = file.count
    file += directory + [0x50, 0x4B, 5, 6] + bytes(UInt32(0)) + bytes(UInt16(parts.count)) + bytes(UInt16(parts.count))
    file += bytes(UInt32(directory.count)) + bytes(UInt32(start)) + bytes(UInt16(0))
    return Data(file)
  }

  private func bytes<T: FixedWidthInteger>(_ number: T) -> [UInt8] {
    withUnsafeBytes(of: number.littleEndian) { Array($0) }
  }

  /// CRC-32 bit by bit: slow and plain.
  public static func crc(_ bytes: [UInt8]) -> UInt32 {
    var sum: UInt32 = .max
    for byte in bytes {
      sum ^= UInt32(byte)
      for _ in 0..<8 { sum = sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1 }
    }
    return ~sum
  }

  /// A deflate stream of about `count` equal bytes: 13 bits for every 258 of them (RFC 1951, fixed codes).
  public static func deflatedRun(of byte: UInt8, count: Int) -> (stream: [UInt8], size: Int) {
    precondition(byte < 144)
    var bits: [UInt8] = []
    func code(_ value: Int, _ length: Int) {
      for bit in (0..<length).reversed() { bits.append(UInt8(value >> bit & 1)) }
    }
    bits += [1, 1, 0]
    code(0x30 + Int(byte), 8)
    let matches = count / 258
    for _ in 0..<matches {
      code(0b1100_0101, 8)
      code(0, 5)
    }
    code(0, 7)
    var stream = [UInt8](repeating: 0, count: (bits.count + 7) / 8)
    for (position, bit) in bits.enumerated() { stream[position / 8] |= bit << UInt8(position % 8) }
    return (stream, 1 + matches * 258)
  }
}

/// Makes workbooks of raw XML, for what no writer writes.
public struct WorkbookFixture {
  /// Name, attributes of its `sheet` element, and the inside of its `worksheet` element.
  public var sheets: [(name: String, attributes: String, content: String)] = []
  public var sharedStrings: String?
  public var styles: String?
  public var properties = ""
  public var prologue = ""

  public init(_ content: String, sharedStrings: String? = nil, styles: String? = nil) {
    sheets = [("one", "", content)]
    self.sharedStrings = sharedStrings
    self.styles = styles
  }

  public var parts: [ZipFixture.Part] {
    let relationship = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    func relationships(_ targets: [(id: String, type: String, target: String)]) -> String {
      let items = targets.map {
        "<Relationship Id=\"\($0.id)\" Type=\"\(relationship)/\($0.type)\" Target=\"\($0.target)\"/>"
      }
      return "<Relationships>\(items.joined())</Relationships>"
    }
    var targets: [(id: String, type: String, target: String)] = []
    var names = ""
    var parts = [ZipFixture.Part("_rels/.rels", relationships([("r1", "officeDocument", "xl/workbook.xml")]))]
    // The numbers of the files run against the order of the tabs on purpose.
    for (index, sheet) in sheets.enumerated() {
      let file = "worksheets/sheet\(sheets.count - index).xml"
      targets.append(("s\(index)", "worksheet", file))
      names += "<sheet name=\"\(sheet.name)\" sheetId=\"\(index + 7)\" r:id=\"s\(index)\" \(sheet.attributes)/>"
      parts.append(.init("xl/" + file, prologue + "<worksheet>\(sheet.content)</worksheet>"))
    }
    if let sharedStrings {
      targets.append(("x1", "sharedStrings", "/xl/texts.xml"))
      parts.append(.init("xl/texts.xml", "<sst>\(sharedStrings)</sst>"))
    }
    if let styles {
      targets.append(("x2", "styles", "styles.xml"))
      parts.append(.init("xl/styles.xml", "<styleSheet>\(styles)</styleSheet>"))
    }
    let workbook =
      "<workbook xmlns:r=\"\(relationship)\"><workbookPr \(properties)/><sheets>\(names)</sheets></workbook>"
    parts.append(.init("xl/workbook.xml", workbook))
    parts.append(.init("xl/_rels/workbook.xml.rels", relationships(targets)))
    return parts
  }

  public var data: Data { ZipFixture(parts: parts).data }
}
