import CExpat
import Foundation

/// Receives the elements of one part of a workbook.
protocol XMLPartHandler {
  mutating func start(_ name: XMLName, _ attributes: XMLAttributes) throws(TableFileError)
  mutating func end(_ name: XMLName) throws(TableFileError)
  mutating func text(_ bytes: UnsafeBufferPointer<UInt8>) throws(TableFileError)
}

extension XMLPartHandler {
  mutating func end(_ name: XMLName) throws(TableFileError) {}
  mutating func text(_ bytes: UnsafeBufferPointer<UInt8>) throws(TableFileError) {}
}

/// The name of an element without its prefix; valid during one call.
struct XMLName {
  fileprivate let pointer: UnsafePointer<CChar>

  fileprivate init(_ qualified: UnsafePointer<CChar>) {
    if let colon = strrchr(qualified, 0x3A) {
      pointer = UnsafePointer(colon) + 1
    } else {
      pointer = qualified
    }
  }

  static func ~= (name: StaticString, value: XMLName) -> Bool {
    strcmp(value.pointer, UnsafeRawPointer(name.utf8Start).assumingMemoryBound(to: CChar.self)) == 0
  }
}

/// The attributes of an element, by name without prefix; valid during one call.
struct XMLAttributes {
  fileprivate let pointer: UnsafeMutablePointer<UnsafePointer<CChar>?>?

  func bytes(_ name: StaticString) -> UnsafePointer<CChar>? {
    guard var pair = pointer else { return nil }
    while let key = pair[0], let value = pair[1] {
      if name ~= XMLName(key) { return value }
      pair += 2
    }
    return nil
  }

  /// A value that is one word, to compare without making a string: a sheet may have millions.
  func word(_ name: StaticString) -> XMLName? { bytes(name).map { XMLName($0) } }

  subscript(_ name: StaticString) -> String? { bytes(name).map { String(cString: $0) } }

  /// Whether an attribute is `1` or `true`.
  func isTrue(_ name: StaticString) -> Bool {
    guard let value = bytes(name) else { return false }
    return strcmp(value, "1") == 0 || strcmp(value, "true") == 0
  }
}

extension ZipArchive {
  /// Reads a part as XML.
  ///
  /// A document type declaration stops the reading at once, so that no entity can be declared, let alone grow.
  mutating func parse<Handler: XMLPartHandler>(
    _ entry: Entry, with handler: inout Handler
  ) throws(TableFileError) {
    guard let parser = XML_ParserCreate(nil) else {
      throw .damaged(file: file, part: entry.name, line: nil, damage: .invalidXML)
    }
    defer { XML_ParserFree(parser) }
    var context = ParsingContext(handler: handler, parser: parser)
    let file = file
    let result: Result<Void, TableFileError> = withUnsafeMutablePointer(to: &context) { context in
      XML_SetUserData(parser, context)
      Self.setCallbacks(of: parser)
      do throws(TableFileError) {
        try unpack(entry) { (piece, isLast) throws(TableFileError) in
          let text = piece.baseAddress?.assumingMemoryBound(to: CChar.self)
          let status = XML_Parse(parser, text, Int32(piece.count), isLast ? 1 : 0)
          if let failure = context.pointee.failure { throw failure }
          let isDeclared = context.pointee.hasDocumentType
          guard status == XML_STATUS_OK, !isDeclared else {
            throw .damaged(
              file: file, part: entry.name, line: Int(XML_GetCurrentLineNumber(parser)),
              damage: isDeclared ? .documentTypeDeclaration : .invalidXML)
          }
        }
        return .success(())
      } catch {
        return .failure(error)
      }
    }
    try result.get()
    if let changed = context.handler as? Handler { handler = changed }
  }

  private static func setCallbacks(of parser: XML_Parser) {
    XML_SetElementHandler(
      parser,
      { data, name, attributes in
        guard let name else { return }
        ParsingContext.handle(data) { (handler) throws(TableFileError) in
          try handler.start(XMLName(name), XMLAttributes(pointer: attributes))
        }
      },
      { data, name in
        guard let name else { return }
        ParsingContext.handle(data) { (handler) throws(TableFileError) in try handler.end(XMLName(name)) }
      })
    XML_SetCharacterDataHandler(parser) { data, text, count in
      guard let text else { return }
      ParsingContext.handle(data) { (handler) throws(TableFileError) in
        let bytes = UnsafeRawBufferPointer(start: text, count: Int(count))
        try handler.text(bytes.assumingMemoryBound(to: UInt8.self))
      }
    }
    XML_SetStartDoctypeDeclHandler(parser) { data, _, _, _, _ in
      guard let context = data?.assumingMemoryBound(to: ParsingContext.self) else { return }
      context.pointee.hasDocumentType = true
      _ = XML_StopParser(context.pointee.parser, 0)
    }
  }
}

/// What the callbacks of the C parser share.
private struct ParsingContext {
  var handler: any XMLPartHandler
  let parser: XML_Parser
  var failure: TableFileError?
  var hasDocumentType = false

  static func handle(
    _ data: UnsafeMutableRawPointer?, _ body: (inout any XMLPartHandler) throws(TableFileError) -> Void
  ) {
    guard let context = data?.assumingMemoryBound(to: ParsingContext.self), context.pointee.failure == nil else {
      return
    }
    do throws(TableFileError) {
      try body(&context.pointee.handler)
    } catch {
      context.pointee.failure = error
      _ = XML_StopParser(context.pointee.parser, 0)
    }
  }
}
