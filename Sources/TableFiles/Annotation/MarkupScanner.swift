import Foundation

/// Walks over the tags of an XML text that was parsed before, with the place of every byte.
///
/// It changes nothing and unpacks nothing: an edit copies what lies between its places. Comments, processing
/// instructions and character data are passed over.
struct MarkupScanner {
  /// A tag, as places in the text.
  struct Tag {
    enum Kind { case open, empty, close }

    let kind: Kind
    /// From `<` up to and including `>`.
    let range: Range<Int>
    /// The name without its prefix.
    let name: Range<Int>
    /// What lies between the name and `>` or `/>`.
    let attributes: Range<Int>
  }

  let text: UnsafeBufferPointer<UInt8>
  private(set) var position: Int
  private let end: Int

  init(_ text: UnsafeBufferPointer<UInt8>, in range: Range<Int>? = nil) {
    self.text = text
    position = range?.lowerBound ?? 0
    end = range?.upperBound ?? text.count
  }

  /// The next tag; nil at the end.
  mutating func next() -> Tag? {
    while let start = find(0x3C, from: position) {
      guard start + 1 < end else { break }
      switch text[start + 1] {
      case 0x3F: position = after("?>", from: start + 2)
      case 0x21:
        if begins("<!--", at: start) {
          position = after("-->", from: start + 4)
        } else if begins("<![CDATA[", at: start) {
          position = after("]]>", from: start + 9)
        } else {
          position = after(">", from: start + 2)
        }
      default: return tag(at: start)
      }
    }
    position = end
    return nil
  }

  /// Goes on behind the close of a tag that `next` gave, and tells where that is.
  mutating func skip(_ tag: Tag) -> Int {
    guard tag.kind == .open else { return tag.range.upperBound }
    var depth = 1
    while depth > 0, let inner = next() {
      switch inner.kind {
      case .open: depth += 1
      case .close: depth -= 1
      case .empty: break
      }
    }
    return position
  }

  func isNamed(_ name: StaticString, _ tag: Tag) -> Bool { equals(name, tag.name) }

  func equals(_ word: StaticString, _ range: Range<Int>) -> Bool {
    range.count == word.utf8CodeUnitCount
      && memcmp(text.baseAddress! + range.lowerBound, word.utf8Start, range.count) == 0
  }

  func string(_ range: Range<Int>) -> String {
    String(decoding: UnsafeBufferPointer(rebasing: text[range]), as: UTF8.self)
  }

  /// The prefix of a tag's name with its colon; empty for none.
  func prefix(of tag: Tag) -> String {
    let start = tag.range.lowerBound + (tag.kind == .close ? 2 : 1)
    return string(start..<tag.name.lowerBound)
  }

  /// The value of an attribute as it is written, and the attribute with the blank before it.
  ///
  /// - Parameter anyPrefix: whether the name is compared without a prefix.
  func attribute(
    _ name: StaticString, of tag: Tag, anyPrefix: Bool = false
  ) -> (value: Range<Int>, whole: Range<Int>)? {
    var place = tag.attributes.lowerBound
    let end = tag.attributes.upperBound
    while place < end {
      let gap = place
      while place < end, Self.isBlank(text[place]) { place += 1 }
      var nameStart = place
      while place < end, text[place] != 0x3D, !Self.isBlank(text[place]) {
        if anyPrefix, text[place] == 0x3A { nameStart = place + 1 }
        place += 1
      }
      let nameEnd = place
      while place < end, text[place] != 0x22, text[place] != 0x27 { place += 1 }
      guard place < end else { return nil }
      let quote = text[place]
      let valueStart = place + 1
      place = valueStart
      while place < end, text[place] != quote { place += 1 }
      let valueEnd = place
      place = min(place + 1, end)
      if equals(name, nameStart..<nameEnd) { return (valueStart..<valueEnd, gap..<place) }
    }
    return nil
  }

  /// The value of an attribute that holds no escapes; nil when it is not there.
  func value(_ name: StaticString, of tag: Tag, anyPrefix: Bool = false) -> String? {
    attribute(name, of: tag, anyPrefix: anyPrefix).map { string($0.value) }
  }

  func number(_ name: StaticString, of tag: Tag) -> Int? {
    guard let (range, _) = attribute(name, of: tag), !range.isEmpty, range.count < 16 else { return nil }
    var number = 0
    for byte in text[range] {
      guard (0x30...0x39).contains(byte) else { return nil }
      number = number * 10 + Int(byte) - 0x30
    }
    return number
  }

  // MARK: Bytes

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 }

  private func find(_ byte: UInt8, from start: Int) -> Int? {
    guard start < end, let base = text.baseAddress else { return nil }
    return memchr(base + start, Int32(byte), end - start).map {
      UnsafeRawPointer($0) - UnsafeRawPointer(base)
    }
  }

  private func begins(_ word: StaticString, at place: Int) -> Bool {
    place + word.utf8CodeUnitCount <= end && equals(word, place..<place + word.utf8CodeUnitCount)
  }

  private func after(_ word: StaticString, from start: Int) -> Int {
    var place = start
    while let found = find(word.utf8Start.pointee, from: place) {
      if begins(word, at: found) { return found + word.utf8CodeUnitCount }
      place = found + 1
    }
    return end
  }

  private mutating func tag(at start: Int) -> Tag {
    let isClose = text[start + 1] == 0x2F
    var place = start + (isClose ? 2 : 1)
    var nameStart = place
    while place < end, text[place] != 0x3E, text[place] != 0x2F, !Self.isBlank(text[place]) {
      if text[place] == 0x3A { nameStart = place + 1 }
      place += 1
    }
    let nameEnd = place
    var quote: UInt8 = 0
    while place < end {
      let byte = text[place]
      if quote != 0 {
        if byte == quote { quote = 0 }
      } else if byte == 0x22 || byte == 0x27 {
        quote = byte
      } else if byte == 0x3E {
        break
      }
      place += 1
    }
    let isEmpty = !isClose && place > nameEnd && text[place - 1] == 0x2F
    position = min(place + 1, end)
    return Tag(
      kind: isClose ? .close : isEmpty ? .empty : .open, range: start..<position, name: nameStart..<nameEnd,
      attributes: nameEnd..<max(nameEnd, isEmpty ? place - 1 : place))
  }
}
