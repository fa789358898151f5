import CReadStat
import Foundation
import Primitives
import Tables

/// Writes a described table as a file of SPSS, with ReadStat: labels of variables and codes, dates as dates.
///
/// Codes are written as they are, as text with labels; SPSS needs other names where ours have a hyphen (`birth-year`
/// becomes `birth_year`, which is read back as the same field). A value that is missing is missing in SPSS too. The same
/// table gives the same bytes on any day.
public struct SpssWriter: Sendable {
  public var table: DescribedTable
  /// Whether the file is packed (`.zsav`), which SPSS reads from version 21.
  public var isPacked: Bool
  /// The day in the header of the file. Not today's: the same data must give the same file.
  public var created: CalendarDate

  public init(
    _ table: DescribedTable, isPacked: Bool = false, created: CalendarDate = CalendarDate(daysSinceEpoch: 10_957)
  ) {
    self.table = table
    self.isPacked = isPacked
    self.created = created
  }

  /// The bytes of the file.
  ///
  /// - Throws: ``TableFileError/textTooLong(sheet:address:limit:)`` when a text has more than 32,767 bytes.
  public func data() throws(TableFileError) -> Data {
    let names = SpssVariable.names(of: table.columns)
    let variables = table.columns.indices.map {
      SpssVariable(table.columns[$0], values: table.table.columns[$0], name: names[$0])
    }
    for (position, variable) in variables.enumerated() {
      guard case .text(let width) = variable.content, width > SpssVariable.maximumTextLength else { continue }
      throw .textTooLong(
        sheet: table.name, address: CellAddress(column: position, row: 1), limit: SpssVariable.maximumTextLength)
    }
    guard let writer = readstat_writer_init() else { throw .notWritable(file: table.name) }
    defer { readstat_writer_free(writer) }
    let target = SpssTarget()
    _ = readstat_set_data_writer(writer) { bytes, count, context in
      guard let bytes, let context else { return -1 }
      let target = Unmanaged<SpssTarget>.fromOpaque(context).takeUnretainedValue()
      target.bytes.append(UnsafeRawBufferPointer(start: bytes, count: count).assumingMemoryBound(to: UInt8.self))
      return count
    }
    _ = readstat_writer_set_file_label(writer, table.title.prefix(bytes: 64))
    // Half a day, so that no time zone turns it into another.
    _ = readstat_writer_set_file_timestamp(writer, time_t(created.daysSinceEpoch) * 86_400 + 43_200)
    _ = readstat_writer_set_compression(writer, isPacked ? READSTAT_COMPRESS_BINARY : READSTAT_COMPRESS_ROWS)
    let declared = variables.enumerated().map { declare($1, column: table.columns[$0], writer) }
    let status = withExtendedLifetime(target) {
      write(variables, declared, to: writer, context: Unmanaged.passUnretained(target).toOpaque())
    }
    guard status == READSTAT_OK else { throw .notWritable(file: table.name) }
    return target.withoutTimeOfDay
  }

  /// Writes the file, which is replaced in one step.
  public func write(to url: URL) throws(TableFileError) {
    let bytes = try data()
    do {
      try bytes.write(to: url, options: .atomic)
    } catch {
      throw .notWritable(file: url.lastPathComponent)
    }
  }

  private typealias Writer = UnsafeMutablePointer<readstat_writer_t>
  private typealias Declared = UnsafeMutablePointer<readstat_variable_t>?

  private func declare(_ variable: SpssVariable, column: DescribedTable.Column, _ writer: Writer) -> Declared {
    let made: Declared
    var labels: UnsafeMutablePointer<readstat_label_set_t>?
    if case .text(let width) = variable.content {
      made = readstat_add_variable(writer, variable.name, READSTAT_TYPE_STRING, width)
      // SPSS keeps one label for the whole of an answer of several items, which has none.
      if !variable.codes.isEmpty, column.kind == .code {
        labels = readstat_add_label_set(writer, READSTAT_TYPE_STRING, variable.name)
        for (code, label) in variable.codes { readstat_label_string_value(labels, code, label) }
      }
    } else {
      made = readstat_add_variable(writer, variable.name, READSTAT_TYPE_DOUBLE, 8)
    }
    readstat_variable_set_label(made, variable.label)
    readstat_variable_set_format(made, variable.format)
    if let labels { readstat_variable_set_label_set(made, labels) }
    switch variable.content {
    case .text:
      readstat_variable_set_measure(made, column.isOrdered ? READSTAT_MEASURE_ORDINAL : READSTAT_MEASURE_NOMINAL)
    default: readstat_variable_set_measure(made, READSTAT_MEASURE_SCALE)
    }
    return made
  }

  private func write(
    _ variables: [SpssVariable], _ declared: [Declared], to writer: Writer, context: UnsafeMutableRawPointer
  ) -> readstat_error_t {
    var status = readstat_begin_writing_sav(writer, context, table.table.rowCount)
    for row in 0..<table.table.rowCount where status == READSTAT_OK {
      status = readstat_begin_row(writer)
      for position in variables.indices where status == READSTAT_OK {
        status = insert(
          table.table.columns[position][row], variables[position].content, declared[position], writer)
      }
      if status == READSTAT_OK { status = readstat_end_row(writer) }
    }
    return status == READSTAT_OK ? readstat_end_writing(writer) : status
  }

  private func insert(
    _ value: Value, _ content: SpssVariable.Content, _ variable: Declared, _ writer: Writer
  ) -> readstat_error_t {
    switch (content, value) {
    case (_, .missing): return readstat_insert_missing_value(writer, variable)
    case (.text, _): return readstat_insert_string_value(writer, variable, value.canonicalText)
    case (.number, .number(let number)): return readstat_insert_double_value(writer, variable, number)
    case (.number, .integer(let integer)), (.number, .year(let integer)):
      return readstat_insert_double_value(writer, variable, Double(integer))
    case (.date, .date(let date)): return readstat_insert_double_value(writer, variable, SpssTime.seconds(of: date))
    case (.month, .month(let month)):
      return readstat_insert_double_value(writer, variable, SpssTime.seconds(of: month.firstDay))
    default: preconditionFailure("a column holds values of its own kind")
    }
  }
}

/// Where ReadStat's bytes go.
private final class SpssTarget {
  var bytes = Data()

  /// The file with midnight as the time of day in its header, which ReadStat writes in the time zone of the machine.
  var withoutTimeOfDay: Data {
    var bytes = bytes
    let place = 101..<109
    if bytes.count > place.upperBound { bytes.replaceSubrange(place, with: Data("00:00:00".utf8)) }
    return bytes
  }
}
