/// The sheets that `workbook.xml` names.
struct WorkbookPart: XMLPartHandler {
  struct Sheet {
    var name: String
    var relationship: String
    var isHidden: Bool
  }

  var sheets: [Sheet] = []
  /// Serial numbers count from 1904-01-01 instead of 1900-01-01.
  var countsFrom1904 = false

  mutating func start(_ name: XMLName, _ attributes: XMLAttributes) {
    switch name {
    case "sheet":
      let state = attributes["state"] ?? "visible"
      sheets.append(
        Sheet(name: attributes["name"] ?? "", relationship: attributes["id"] ?? "", isHidden: state != "visible"))
    case "workbookPr": countsFrom1904 = attributes.isTrue("date1904")
    default: break
    }
  }
}

/// Which part a relationship identifier stands for.
struct RelationshipsPart: XMLPartHandler {
  struct Relationship {
    /// The last part of the type: `worksheet`, `styles`. The part before differs between the two forms of the format.
    var type: Substring
    var target: String
  }

  var byIdentifier: [String: Relationship] = [:]

  mutating func start(_ name: XMLName, _ attributes: XMLAttributes) {
    guard case "Relationship" = name, attributes["TargetMode"] != "External" else { return }
    guard let identifier = attributes["Id"], let type = attributes["Type"], let target = attributes["Target"] else {
      return
    }
    byIdentifier[identifier] = Relationship(type: type.split(separator: "/").last ?? "", target: target)
  }

  func target(ofType type: String) -> String? {
    byIdentifier.values.filter { $0.type == type }.map(\.target).min()
  }

  /// A target seen from the folder of the part that refers to it: `worksheets/sheet1.xml` or `/xl/worksheets/…`.
  static func resolve(_ target: String, from folder: String) -> String {
    guard !target.hasPrefix("/") else { return target }
    var path = folder.split(separator: "/")
    for component in target.split(separator: "/") {
      switch component {
      case ".": continue
      case "..": _ = path.popLast()
      default: path.append(component)
      }
    }
    return path.joined(separator: "/")
  }
}

/// The texts that cells refer to by position.
struct SharedStringsPart: XMLPartHandler {
  let file: String
  let limit: Int
  var texts: [String] = []
  private var collector = TextCollector()

  init(file: String, limit: Int) {
    self.file = file
    self.limit = limit
  }

  mutating func start(_ name: XMLName, _ attributes: XMLAttributes) {
    if case "si" = name { collector.clear() } else { collector.start(name) }
  }

  mutating func end(_ name: XMLName) throws(TableFileError) {
    guard case "si" = name else { return collector.end(name) }
    guard texts.count < limit else { throw .tooManyCells(file: file, sheet: nil, limit: limit) }
    texts.append(collector.text)
  }

  mutating func text(_ bytes: UnsafeBufferPointer<UInt8>) { collector.add(bytes) }
}

/// Gathers the text of `t` elements, those of all runs of a rich text, and leaves out phonetic guides (`rPh`).
struct TextCollector {
  private var bytes: [UInt8] = []
  private var isInside = false
  private var phoneticDepth = 0

  mutating func clear() { bytes.removeAll(keepingCapacity: true) }

  mutating func start(_ name: XMLName) {
    switch name {
    case "t": isInside = phoneticDepth == 0
    case "rPh": phoneticDepth += 1
    default: break
    }
  }

  mutating func end(_ name: XMLName) {
    switch name {
    case "t": isInside = false
    case "rPh": phoneticDepth = max(0, phoneticDepth - 1)
    default: break
    }
  }

  mutating func add(_ piece: UnsafeBufferPointer<UInt8>) {
    if isInside { bytes.append(contentsOf: piece) }
  }

  var text: String { Self.unescaped(bytes) }

  /// Replaces `_x000D_`, the form in which workbooks write characters that XML does not allow (ECMA-376, ST_Xstring).
  static func unescaped(_ bytes: [UInt8]) -> String {
    guard bytes.count >= 7, bytes.contains(0x5F) else { return String(decoding: bytes, as: UTF8.self) }
    var units: [UInt16] = []
    var text = ""
    var literal: [UInt8] = []
    func hexadecimal(_ offset: Int) -> UInt16? {
      guard offset + 7 <= bytes.count, bytes[offset] == 0x5F, bytes[offset + 1] == 0x78, bytes[offset + 6] == 0x5F
      else { return nil }
      let digits = bytes[offset + 2..<offset + 6]
      guard digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }) else { return nil }
      return UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
    }
    var offset = 0
    while offset < bytes.count {
      if let unit = hexadecimal(offset) {
        text += String(decoding: literal, as: UTF8.self)
        literal.removeAll()
        units.append(unit)
        offset += 7
      } else {
        text += String(decoding: units, as: UTF16.self)
        units.removeAll()
        literal.append(bytes[offset])
        offset += 1
      }
    }
    return text + String(decoding: units, as: UTF16.self) + String(decoding: literal, as: UTF8.self)
  }
}
