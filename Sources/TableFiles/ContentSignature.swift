/// What the first bytes of a file say it is.
enum ContentSignature: Equatable {
  case zip
  case encryptedWorkbook
  case oldExcel
  case spss
  case other(TableFileError.ContentType)
  /// None of the known signatures: perhaps a table in text.
  case text

  init(of bytes: UnsafeRawBufferPointer) {
    func starts(_ signature: [UInt8], at offset: Int = 0) -> Bool {
      bytes.count >= offset + signature.count
        && signature.indices.allSatisfy { bytes[offset + $0] == signature[$0] }
    }
    func starts(_ signature: StaticString, at offset: Int = 0) -> Bool {
      starts(Array(UnsafeBufferPointer(start: signature.utf8Start, count: signature.utf8CodeUnitCount)), at: offset)
    }
    if starts([0x50, 0x4B, 0x03, 0x04]) || starts([0x50, 0x4B, 0x05, 0x06]) {
      self = .zip
    } else if starts([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) {
      self = Self.compoundFile(bytes)
    } else if starts("%PDF") {
      self = .other(.pdf)
    } else if starts([0x89, 0x50, 0x4E, 0x47]) || starts([0xFF, 0xD8, 0xFF]) || starts("GIF8")
      || starts([0x49, 0x49, 0x2A, 0x00]) || starts([0x4D, 0x4D, 0x00, 0x2A]) || starts("WEBP", at: 8)
      || starts("ftyphei", at: 4) || starts("ftypmif1", at: 4)
    {
      self = .other(.image)
    } else if starts("{\\rtf") {
      self = .other(.richText)
    } else if starts("SQLite format 3\0") || starts("PAR1") {
      self = .other(.database)
    } else if starts("$FL2") || starts("$FL3") {
      self = .spss
    } else if starts("<stata_dta>") {
      self = .other(.statisticsFile)
    } else if starts([0x1F, 0x8B]) || starts([0x37, 0x7A, 0xBC, 0xAF]) || starts("Rar!") || starts("BZh")
      || starts([0xFD, 0x37, 0x7A, 0x58, 0x5A]) || starts([0x28, 0xB5, 0x2F, 0xFD])
    {
      self = .other(.archive)
    } else if starts([0x7F, 0x45, 0x4C, 0x46]) || starts([0x4D, 0x5A, 0x90, 0x00]) {
      self = .other(.binary)
    } else {
      self = Self.markup(bytes)
    }
  }

  /// HTML, XML and JSON start with white space at most and then a mark that no table starts with.
  private static func markup(_ bytes: UnsafeRawBufferPointer) -> ContentSignature {
    let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    let head = String(decoding: bytes[start..<min(bytes.count, start + 512)], as: UTF8.self).lowercased()
    let text = head.drop(while: \.isWhitespace)
    if text.hasPrefix("<!doctype html") || text.hasPrefix("<html") || text.hasPrefix("<table") { return .other(.html) }
    if text.hasPrefix("<?xml") { return .other(text.contains("<html") ? .html : .xml) }
    if let first = text.first, first == "{" || first == "[" {
      let next = text.dropFirst().first { !$0.isWhitespace }
      if next == "\"" || next == "{" || (first == "{" && next == "}") { return .other(.json) }
    }
    return .text
  }

  /// The container of Office 97-2003, which is also the container of workbooks with a password.
  ///
  /// The names of its streams are in UTF-16 in its directory, so they are looked for as bytes.
  private static func compoundFile(_ bytes: UnsafeRawBufferPointer) -> ContentSignature {
    func holds(_ name: String) -> Bool {
      let wanted = Array(name.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] })
      guard bytes.count > wanted.count else { return false }
      // The directory's entries lie on multiples of 128 bytes.
      return stride(from: 512, through: bytes.count - wanted.count, by: 128).contains { offset in
        bytes[offset] == wanted[0] && wanted.indices.allSatisfy { bytes[offset + $0] == wanted[$0] }
      }
    }
    if holds("EncryptedPackage") { return .encryptedWorkbook }
    if holds("WordDocument") { return .other(.word) }
    if holds("PowerPoint Document") { return .other(.presentation) }
    return .oldExcel
  }
}
