/// Cuts UTF-8 text into records and fields by the rules of RFC 4180, one record at a time.
///
/// Works on bytes: in UTF-8 no delimiter, quotation mark or line end occurs inside another character.
struct RecordScanner {
  /// One field of the current record, as a range of bytes.
  struct Field {
    enum Form: UInt8 {
      /// The bytes are the text.
      case plain
      /// The bytes start with a quotation mark and hold doubled ones, or text after the closing one.
      case quoted
    }

    var start: Int
    var end: Int
    var form: Form
  }

  /// Something odd in the current record.
  enum Oddity {
    case strayQuotationMark
    case control(UInt8)
  }

  enum Step {
    case record
    case end
    /// A quotation mark that nothing closes, opened on this line.
    case unclosedQuotationMark(line: Int)
  }

  private enum ByteClass: UInt8 { case ordinary, delimiter, lineFeed, carriageReturn, quotationMark, control }

  let bytes: UnsafeBufferPointer<UInt8>
  /// The classes of all 256 bytes; raw values of `ByteClass`.
  private let classes: [UInt8]
  private(set) var position: Int
  /// The line on which the next record starts.
  private var nextLine = 1
  /// 1 for the first record; blank lines are records too.
  private(set) var record = 0
  /// The line on which the current record starts.
  private(set) var line = 1
  /// How many lines the current record takes.
  var linesRead: Int { nextLine - line }
  private(set) var fields: [Field] = []
  private(set) var oddities: [(field: Int, oddity: Oddity)] = []

  /// - Parameters:
  ///   - delimiter: 0 for a text of one column.
  ///   - record: the records before `start`.
  ///   - line: the line that starts there.
  init(
    _ bytes: UnsafeBufferPointer<UInt8>, from start: Int, delimiter: UInt8, record: Int = 0, line: Int = 1
  ) {
    self.bytes = bytes
    position = start
    self.record = record
    nextLine = line
    var classes = [UInt8](repeating: ByteClass.ordinary.rawValue, count: 256)
    for control in 1..<0x20 where control != 0x09 { classes[control] = ByteClass.control.rawValue }
    classes[0x7F] = ByteClass.control.rawValue
    classes[0x0A] = ByteClass.lineFeed.rawValue
    classes[0x0D] = ByteClass.carriageReturn.rawValue
    classes[0x22] = ByteClass.quotationMark.rawValue
    if delimiter != 0 { classes[Int(delimiter)] = ByteClass.delimiter.rawValue }
    self.classes = classes
  }

  /// Goes to a record that is known to start at a place.
  mutating func move(to place: RecordPlace) {
    position = place.offset
    record = place.record - 1
    nextLine = place.line
  }

  /// Reads the next record into `fields`.
  mutating func next() -> Step {
    guard position < bytes.count else { return .end }
    fields.removeAll(keepingCapacity: true)
    if !oddities.isEmpty { oddities.removeAll(keepingCapacity: true) }
    record += 1
    line = nextLine
    return classes.withUnsafeBufferPointer { scanRecord(classes: $0) }
  }

  private mutating func scanRecord(classes: UnsafeBufferPointer<UInt8>) -> Step {
    let bytes = bytes
    let count = bytes.count
    var offset = position
    var line = nextLine
    defer {
      position = offset
      nextLine = line
    }
    while true {
      let start = offset
      var form = Field.Form.plain
      var end = -1
      if offset < count, bytes[offset] == 0x22 {
        let opened = line
        offset += 1
        var doubled = false
        while true {
          guard offset < count else { return .unclosedQuotationMark(line: opened) }
          let byte = bytes[offset]
          offset += 1
          if byte == 0x22 {
            guard offset < count, bytes[offset] == 0x22 else { break }
            doubled = true
            offset += 1
          } else if byte < 0x20 || byte == 0x7F {
            if byte == 0x0D || (byte == 0x0A && bytes[offset - 2] != 0x0D) {
              line += 1
            } else if byte != 0x0A, byte != 0x09 {
              oddities.append((fields.count, .control(byte)))
            }
          }
        }
        let follows = offset < count ? classes[Int(bytes[offset])] : ByteClass.lineFeed.rawValue
        if follows >= ByteClass.delimiter.rawValue, follows <= ByteClass.carriageReturn.rawValue {
          if doubled { form = .quoted } else { end = offset - 1 }
        } else {
          form = .quoted
          oddities.append((fields.count, .strayQuotationMark))
        }
      }
      // The rest of the field, up to a delimiter or a line end.
      let contentStart = end >= 0 ? start + 1 : start
      var kind = ByteClass.lineFeed.rawValue
      while offset < count {
        kind = classes[Int(bytes[offset])]
        if kind == 0 {
          offset += 1
          continue
        }
        if kind <= ByteClass.carriageReturn.rawValue { break }
        if kind == ByteClass.control.rawValue {
          oddities.append((fields.count, .control(bytes[offset])))
        } else if form == .plain {
          oddities.append((fields.count, .strayQuotationMark))
        }
        offset += 1
      }
      fields.append(Field(start: contentStart, end: end >= 0 ? end : offset, form: form))
      guard offset < count else { return .record }
      let byte = bytes[offset]
      offset += 1
      if kind == ByteClass.delimiter.rawValue { continue }
      if byte == 0x0D, offset < count, bytes[offset] == 0x0A { offset += 1 }
      line += 1
      return .record
    }
  }

  /// The text of a field of the current record; empty for `""` and for nothing.
  func text(of field: Field) -> String {
    switch field.form {
    case .plain:
      return String(decoding: UnsafeBufferPointer(rebasing: bytes[field.start..<field.end]), as: UTF8.self)
    case .quoted:
      var text: [UInt8] = []
      text.reserveCapacity(field.end - field.start)
      var offset = field.start + 1
      while offset < field.end {
        if bytes[offset] == 0x22 {
          offset += 1
          guard offset < field.end, bytes[offset] == 0x22 else { break }
        }
        text.append(bytes[offset])
        offset += 1
      }
      text.append(contentsOf: bytes[offset..<field.end])
      return String(decoding: text, as: UTF8.self)
    }
  }

  /// Whether a field has nothing to see. Spaces that ASCII does not have are looked at in the text.
  func isBlank(_ field: Field) -> Bool {
    guard field.form == .plain else { return RawCell.text(text(of: field)).isBlank }
    for offset in field.start..<field.end {
      let byte = bytes[offset]
      if byte == 0x20 || (byte >= 0x09 && byte <= 0x0D) { continue }
      return byte >= 0xC2 && RawCell.text(text(of: field)).isBlank
    }
    return true
  }
}
