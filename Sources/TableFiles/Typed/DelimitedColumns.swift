import Tables

/// Reads a CSV file into typed columns without keeping its cells.
///
/// The first thousand records say what each column probably is; a column in which a later cell does not fit is read
/// again as text.
struct DelimitedColumns {
  private let file: String
  private let limits: ReadingLimits
  private let text: UnsafeBufferPointer<UInt8>
  private let start: Int
  private let recognition: DelimiterRecognition
  private let skippedRecords: Int
  private var notes: NoteCollector

  static func read(
    _ bytes: UnsafeRawBufferPointer, file: String, limits: ReadingLimits
  ) throws(TableFileError) -> TypedSheet {
    let decoded = try DecodedText(bytes, file: file)
    guard let converted = decoded.converted else {
      return try DelimitedColumns(
        bytes.assumingMemoryBound(to: UInt8.self), from: decoded.start, file, limits, decoded.notes
      ).read()
    }
    let result: Result<TypedSheet, TableFileError> = converted.withUnsafeBufferPointer { text in
      do throws(TableFileError) {
        return .success(try DelimitedColumns(text, from: decoded.start, file, limits, decoded.notes).read())
      } catch {
        return .failure(error)
      }
    }
    return try result.get()
  }

  private init(
    _ text: UnsafeBufferPointer<UInt8>, from start: Int, _ file: String, _ limits: ReadingLimits,
    _ notes: NoteCollector
  ) {
    self.file = file
    self.limits = limits
    self.text = text
    self.start = start
    self.notes = notes
    if let (delimiter, end) = DelimitedReader.delimiterLine(text, from: start) {
      skippedRecords = 1
      recognition = DelimiterRecognition(text, from: end, delimiter: delimiter)
    } else {
      skippedRecords = 0
      recognition = DelimiterRecognition(text, from: start)
    }
    self.notes.add(.delimiterRecognised, arguments: [DelimiterRecognition.name(of: recognition.delimiter)])
  }

  private var headerRecord: Int { recognition.headerRecord + skippedRecords }

  private consuming func read() throws(TableFileError) -> TypedSheet {
    var headers: [RawHeader] = []
    let sample = try collect(kinds: nil, stopAfter: 1000, headers: &headers).columns
    guard !headers.isEmpty else { throw .empty(file: file) }
    let names = TypedSheet.distinctNames(of: headers)
    var kinds: [ColumnCollector.Kind?] = []
    for trials in sample {
      let fitting = trials.first { !$0.failed && !$0.isEmpty } ?? trials.first { !$0.failed }
      kinds.append(fitting?.kind ?? .text)
    }
    var (found, rows) = try collect(kinds: kinds, stopAfter: .max, headers: &headers)
    let again = found.map { $0[0].failed ? ColumnCollector.Kind.text : nil }
    if again.contains(where: { $0 != nil }) {
      let (second, _) = try collect(kinds: again, stopAfter: .max, headers: &headers)
      for column in found.indices where again[column] != nil { found[column] = second[column] }
    }
    // A column that has neither a name nor a value comes from a delimiter at the end of each line.
    let kept = headers.indices.filter { !headers[$0].name.isEmpty || !found[$0][0].isEmpty }
    return TypedSheet(
      file: file, table: Table(names: kept.map { names[$0] }, columns: kept.map { found[$0][0].finish() }),
      notes: notes.notes, rowNumbers: rows.isConsecutive ? nil : rows.numbers, firstRow: rows.first)
  }

  /// The records that hold rows: only counted as long as they follow each other.
  private struct RowNumbers {
    var first = 0
    var count = 0
    var isConsecutive = true
    var numbers: [Int] = []

    mutating func append(_ record: Int) {
      if count == 0 { first = record }
      if isConsecutive, record != first + count {
        isConsecutive = false
        numbers = Array(first..<first + count)
      }
      if !isConsecutive { numbers.append(record) }
      count += 1
    }
  }

  /// Reads the records once.
  ///
  /// - Parameter kinds: what each column is read as, nil for a column to be passed over; nil to try all types.
  private mutating func collect(
    kinds: [ColumnCollector.Kind?]?, stopAfter: Int, headers: inout [RawHeader]
  ) throws(TableFileError) -> (columns: [[ColumnCollector]], rows: RowNumbers) {
    var scanner = RecordScanner(text, from: start, delimiter: recognition.delimiter)
    var rows = RowNumbers()
    var columns: [[ColumnCollector]] = []
    let isSample = kinds == nil
    loop: while rows.count < stopAfter {
      switch scanner.next() {
      case .end: break loop
      case .unclosedQuotationMark(let line):
        throw .unclosedQuotationMark(file: file, row: scanner.record, line: line)
      case .record: break
      }
      guard scanner.record >= headerRecord else { continue }
      if scanner.record == headerRecord {
        guard scanner.fields.count <= limits.columns else {
          throw .tooManyColumns(file: file, sheet: nil, count: scanner.fields.count, limit: limits.columns)
        }
        headers = scanner.fields.enumerated().map {
          RawHeader(name: String(HeaderSearch.trimmed(scanner.text(of: $1))), column: $0)
        }
        columns = headers.indices.map { column in
          guard let kinds else { return [ColumnCollector(.number), ColumnCollector(.date), ColumnCollector(.text)] }
          return kinds[column].map { [ColumnCollector($0)] } ?? []
        }
        if !isSample { HeaderSearch.addNotes(on: headers, to: &notes) }
        continue
      }
      // A blank line is no row, unless the table has one column, where it is a missing value.
      if columns.count > 1, scanner.fields.allSatisfy({ scanner.isBlank($0) }) { continue }
      guard rows.count < limits.cells / max(columns.count, 1) else {
        throw .tooManyCells(file: file, sheet: nil, limit: limits.cells)
      }
      rows.append(scanner.record)
      take(scanner, into: &columns, isSample: isSample)
    }
    return (columns, rows)
  }

  private mutating func take(_ scanner: RecordScanner, into columns: inout [[ColumnCollector]], isSample: Bool) {
    let fields = scanner.fields
    if !isSample, fields.count < columns.count { notes.add(.rowTooShort, row: scanner.record) }
    if !isSample, fields.count > columns.count, fields[columns.count...].contains(where: { !scanner.isBlank($0) }) {
      notes.add(.rowTooLong, row: scanner.record)
    }
    let commaIsMark = recognition.delimiter != 0x2C
    for column in columns.indices {
      for trial in columns[column].indices where !columns[column][trial].failed {
        guard column < fields.count, !scanner.isBlank(fields[column]) else {
          columns[column][trial].appendMissing()
          continue
        }
        let field = fields[column]
        switch field.form {
        case .plain:
          let isQuoted = field.start > 0 && text[field.start - 1] == 0x22
          columns[column][trial].append(
            UnsafeBufferPointer(rebasing: text[field.start..<field.end]), commaIsMark: commaIsMark || isQuoted)
        case .quoted:
          var unquoted = scanner.text(of: field)
          unquoted.withUTF8 { columns[column][trial].append($0, commaIsMark: true) }
        }
      }
    }
  }
}
