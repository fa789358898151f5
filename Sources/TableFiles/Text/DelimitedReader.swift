/// Reads one CSV file into a sheet.
struct DelimitedReader {
  private let file: String
  private let limits: ReadingLimits
  private let declaredDelimiter: UInt8?
  private var notes: NoteCollector
  private var headers: [RawHeader] = []
  private var rows: [RawRow] = []
  private var blankRecords: [Int] = []
  /// The columns up to and including the last one with a name.
  private var namedWidth = 0
  /// Whether a column without a name has data.
  private var hasData: [Bool] = []

  /// - Parameter delimiter: the one that is known from elsewhere; nil when it has to be recognised.
  static func read(
    _ bytes: UnsafeRawBufferPointer, file: String, limits: ReadingLimits, delimiter: UInt8? = nil
  ) throws(TableFileError) -> RawSheet {
    let decoded = try DecodedText(bytes, file: file)
    var reader = DelimitedReader(file: file, limits: limits, declaredDelimiter: delimiter, notes: decoded.notes)
    guard let converted = decoded.converted else {
      return try reader.read(bytes.assumingMemoryBound(to: UInt8.self), from: decoded.start)
    }
    let result: Result<RawSheet, TableFileError> = converted.withUnsafeBufferPointer { text in
      do throws(TableFileError) {
        return .success(try reader.read(text, from: decoded.start))
      } catch {
        return .failure(error)
      }
    }
    return try result.get()
  }

  /// Reads the records at some places only, ascending; the headers are read as always.
  static func read(
    _ bytes: UnsafeRawBufferPointer, textFrom start: Int, file: String, limits: ReadingLimits,
    only places: [RecordPlace]
  ) throws(TableFileError) -> RawSheet {
    var notes = NoteCollector()
    if start > 0 { notes.add(.byteOrderMark) }
    var reader = DelimitedReader(file: file, limits: limits, declaredDelimiter: nil, notes: notes)
    return try reader.read(bytes.assumingMemoryBound(to: UInt8.self), from: start, only: places)
  }

  private init(file: String, limits: ReadingLimits, declaredDelimiter: UInt8?, notes: NoteCollector) {
    self.file = file
    self.limits = limits
    self.declaredDelimiter = declaredDelimiter
    self.notes = notes
  }

  private mutating func read(
    _ text: UnsafeBufferPointer<UInt8>, from start: Int, only places: [RecordPlace]? = nil
  ) throws(TableFileError) -> RawSheet {
    let recognition: DelimiterRecognition
    var skippedRecords = 0
    if let (delimiter, end) = Self.delimiterLine(text, from: start) {
      notes.add(.delimiterLine, row: 1)
      skippedRecords = 1
      recognition = DelimiterRecognition(text, from: end, delimiter: delimiter)
    } else if let declaredDelimiter {
      recognition = DelimiterRecognition(text, from: start, delimiter: declaredDelimiter)
    } else {
      recognition = DelimiterRecognition(text, from: start)
    }
    notes.add(.delimiterRecognised, arguments: [DelimiterRecognition.name(of: recognition.delimiter)])
    if let rival = recognition.rival {
      let names = [recognition.delimiter, rival].map(DelimiterRecognition.name)
      notes.add(.delimiterAmbiguous, arguments: names)
    }
    for record in recognition.titleRecords { notes.add(.titleRowSkipped, row: record + skippedRecords) }

    var scanner = RecordScanner(text, from: start, delimiter: recognition.delimiter)
    if skippedRecords == 1 { _ = scanner.next() }
    let headerRecord = recognition.headerRecord + skippedRecords
    var chosen = 0
    loop: while true {
      if let places, scanner.record >= headerRecord {
        guard chosen < places.count else { break }
        scanner.move(to: places[chosen])
        chosen += 1
      }
      switch scanner.next() {
      case .end: break loop
      case .unclosedQuotationMark(let line):
        throw .unclosedQuotationMark(file: file, row: scanner.record, line: line)
      case .record: break
      }
      guard scanner.fields.count <= limits.columns else {
        throw .tooManyColumns(file: file, sheet: nil, count: scanner.fields.count, limit: limits.columns)
      }
      addOddities(of: scanner)
      if scanner.record == headerRecord {
        takeHeaders(scanner)
      } else if scanner.record > headerRecord {
        try takeRow(scanner)
      }
    }
    dropEmptyColumns()
    HeaderSearch.addNotes(on: headers, to: &notes)
    return RawSheet(
      file: file, headerRow: headers.isEmpty ? nil : headerRecord, headers: headers, rows: rows, notes: notes.notes)
  }

  /// `sep=;` on the first line, and where that line ends.
  static func delimiterLine(
    _ text: UnsafeBufferPointer<UInt8>, from start: Int
  ) -> (delimiter: UInt8, end: Int)? {
    guard text.count >= start + 5, text[start..<start + 4].elementsEqual("sep=".utf8) else { return nil }
    let delimiter = text[start + 4]
    guard DelimiterRecognition.candidates.contains(delimiter) else { return nil }
    var end = start + 5
    guard end == text.count || text[end] == 0x0A || text[end] == 0x0D else { return nil }
    if end < text.count { end += text[end] == 0x0D && end + 1 < text.count && text[end + 1] == 0x0A ? 2 : 1 }
    return (delimiter, end)
  }

  private mutating func addOddities(of scanner: RecordScanner) {
    for (field, oddity) in scanner.oddities {
      switch oddity {
      case .strayQuotationMark: notes.add(.strayQuotationMark, row: scanner.record, column: field)
      case .control(let byte):
        let code = String(byte, radix: 16, uppercase: true)
        let name = "U+" + String(repeating: "0", count: 4 - code.count) + code
        notes.add(.controlCharacter, row: scanner.record, column: field, arguments: [name])
      }
    }
  }

  private mutating func takeHeaders(_ scanner: RecordScanner) {
    headers = scanner.fields.enumerated().map { RawHeader(name: scanner.text(of: $1), column: $0) }
    hasData = headers.map { !HeaderSearch.trimmed($0.name).isEmpty }
    namedWidth = (hasData.lastIndex(of: true) ?? -1) + 1
    headers = headers.map { hasData[$0.column] ? $0 : RawHeader(name: "", column: $0.column) }
  }

  private mutating func takeRow(_ scanner: RecordScanner) throws(TableFileError) {
    let fields = scanner.fields
    if fields.allSatisfy({ scanner.isBlank($0) }) {
      blankRecords.append(scanner.record)
      return
    }
    if !blankRecords.isEmpty {
      for record in blankRecords { notes.add(.blankRowSkipped, row: record) }
      blankRecords.removeAll()
    }
    let width = headers.count
    guard rows.count < limits.cells / max(width, 1) else {
      throw .tooManyCells(file: file, sheet: nil, limit: limits.cells)
    }
    var cells: [RawCell] = []
    cells.reserveCapacity(width)
    for position in 0..<min(width, fields.count) {
      let field = fields[position]
      guard field.end > field.start else {
        cells.append(.empty)
        continue
      }
      cells.append(.text(scanner.text(of: field)))
      if !hasData[position], !scanner.isBlank(field) { hasData[position] = true }
    }
    if fields.count < namedWidth { notes.add(.rowTooShort, row: scanner.record) }
    while cells.count < width { cells.append(.empty) }
    var surplus: [RawCell] = []
    if fields.count > width, let last = fields.lastIndex(where: { !scanner.isBlank($0) }), last >= width {
      surplus = fields[width...last].map { field in
        let text = scanner.text(of: field)
        return text.isEmpty ? .empty : .text(text)
      }
      notes.add(.rowTooLong, row: scanner.record)
    }
    let line = scanner.line == scanner.record ? nil : scanner.line
    rows.append(RawRow(number: scanner.record, line: line, cells: cells, surplus: surplus))
  }

  /// Leaves out the columns that have neither a name nor data: a trailing delimiter on every line makes one.
  private mutating func dropEmptyColumns() {
    guard hasData.contains(false) else { return }
    let kept = hasData.indices.filter { hasData[$0] }
    headers = kept.map { headers[$0] }
    for index in rows.indices { rows[index].cells = kept.map { rows[index].cells[$0] } }
  }
}
