import CReadStat
import Foundation
import Primitives

/// Gathers what ReadStat finds in a file: variables, labels, then values, case by case.
final class SpssCollector {
  private struct Variable {
    var header: RawHeader
    var labelSet: String?
    var time: SpssTime
    var isNumeric: Bool
    /// As the note tells them.
    var missing: [String]
  }

  private let file: String
  private let limits: ReadingLimits
  private var variables: [Variable] = []
  private var labels: [String: [String: String]] = [:]
  private var rows: [RawRow] = []
  private var notes = NoteCollector()
  private var cellCount = 0
  private var textBytes = 0
  private(set) var encoding: String?
  private(set) var failure: TableFileError?

  init(file: String, limits: ReadingLimits) {
    self.file = file
    self.limits = limits
  }

  private static func at(_ pointer: UnsafeMutableRawPointer?) -> SpssCollector? {
    pointer.map { Unmanaged<SpssCollector>.fromOpaque($0).takeUnretainedValue() }
  }

  func connect(to parser: UnsafeMutablePointer<readstat_parser_t>) {
    _ = readstat_set_metadata_handler(parser) { metadata, context in
      SpssCollector.at(context)?.take(metadata) ?? 1
    }
    _ = readstat_set_variable_handler(parser) { _, variable, labelSet, context in
      guard let variable else { return 1 }
      return SpssCollector.at(context)?.take(variable, labelSet.map { String(cString: $0) }) ?? 1
    }
    _ = readstat_set_value_label_handler(parser) { labelSet, value, label, context in
      guard let collector = SpssCollector.at(context), let labelSet, let label else { return 1 }
      let key = SpssCollector.cell(value).text
      collector.labels[String(cString: labelSet), default: [:]][key] = String(cString: label)
      return 0
    }
    _ = readstat_set_value_handler(parser) { row, variable, value, context in
      guard let variable else { return 1 }
      return SpssCollector.at(context)?.take(value, of: variable, row: Int(row)) ?? 1
    }
  }

  // MARK: What is found

  private func stop(_ error: TableFileError) -> Int32 {
    failure = error
    return 1
  }

  private func take(_ metadata: UnsafeMutablePointer<readstat_metadata_t>?) -> Int32 {
    let count = Int(readstat_get_var_count(metadata))
    guard count <= limits.columns else {
      return stop(.tooManyColumns(file: file, sheet: nil, count: count, limit: limits.columns))
    }
    let cases = Int(readstat_get_row_count(metadata))
    guard cases <= limits.cells / max(count, 1) else {
      return stop(.tooManyCells(file: file, sheet: nil, limit: limits.cells))
    }
    encoding = readstat_get_file_encoding(metadata).map { String(cString: $0) }
    if let encoding, !["UTF-8", "UTF8", "US-ASCII", ""].contains(encoding.uppercased()) {
      notes.add(.declaredEncoding, arguments: [encoding])
    }
    return 0
  }

  private func take(_ variable: UnsafeMutablePointer<readstat_variable_t>, _ labelSet: String?) -> Int32 {
    guard variables.count < limits.columns else {
      return stop(.tooManyColumns(file: file, sheet: nil, count: variables.count + 1, limit: limits.columns))
    }
    func text(_ pointer: UnsafePointer<CChar>?) -> String? {
      pointer.map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
    }
    let isNumeric = readstat_variable_get_type_class(variable) == READSTAT_TYPE_CLASS_NUMERIC
    var missing: [String] = []
    for index in 0..<readstat_variable_get_missing_ranges_count(variable) {
      let (low, high) = (
        Self.cell(readstat_variable_get_missing_range_lo(variable, index)).text,
        Self.cell(readstat_variable_get_missing_range_hi(variable, index)).text
      )
      missing.append(low == high ? low : "\(low)…\(high)")
    }
    variables.append(
      Variable(
        header: RawHeader(
          name: text(readstat_variable_get_name(variable)) ?? "", column: variables.count,
          label: text(readstat_variable_get_label(variable))),
        labelSet: labelSet,
        time: isNumeric ? SpssTime(format: text(readstat_variable_get_format(variable)) ?? "") : .none,
        isNumeric: isNumeric, missing: missing))
    return 0
  }

  private func take(
    _ value: readstat_value_t, of variable: UnsafeMutablePointer<readstat_variable_t>, row: Int
  ) -> Int32 {
    let position = Int(readstat_variable_get_index(variable))
    guard variables.indices.contains(position), row >= 0 else {
      return stop(.damaged(file: file, part: nil, line: nil, damage: .danglingReference))
    }
    if row >= rows.count {
      cellCount += variables.count
      guard cellCount <= limits.cells else { return stop(.tooManyCells(file: file, sheet: nil, limit: limits.cells)) }
      let empty = [RawCell](repeating: .empty, count: variables.count)
      // Cases come in their order; a gap would be a case without any value.
      while rows.count <= row { rows.append(RawRow(number: rows.count + 1, cells: empty)) }
    }
    if readstat_value_is_system_missing(value) != 0 { return 0 }
    if readstat_value_is_defined_missing(value, variable) != 0 {
      notes.add(.declaredMissing, row: row + 1, column: position, arguments: variables[position].missing)
      return 0
    }
    var cell = Self.cell(value)
    if case .text(let text) = cell {
      guard !text.isEmpty else { return 0 }
      textBytes += text.utf8.count
      guard textBytes <= limits.unpackedBytes else {
        return stop(.unpacksTooLarge(file: file, part: variables[position].header.name, limit: limits.unpackedBytes))
      }
    }
    if case .number(let number) = cell, variables[position].time != .none {
      cell = time(number, variables[position].time, row: row + 1, column: position)
    }
    rows[row].cells[position] = cell
    return 0
  }

  private func time(_ number: Double, _ time: SpssTime, row: Int, column: Int) -> RawCell {
    switch time {
    case .none: break
    case .duration: notes.add(.timeWithoutDate, row: row, column: column)
    case .date:
      guard let (date, hasTime) = SpssTime.date(ofSeconds: number) else {
        notes.add(.impossibleDate, row: row, column: column)
        break
      }
      if hasTime { notes.add(.timeOfDayLeftOut, row: row, column: column) }
      return .date(date)
    }
    return .number(number)
  }

  private static func cell(_ value: readstat_value_t) -> RawCell {
    if readstat_value_type_class(value) == READSTAT_TYPE_CLASS_STRING {
      return .text(readstat_string_value(value).map { String(cString: $0) } ?? "")
    }
    return .number(readstat_double_value(value))
  }

  // MARK: The sheet

  var sheet: RawSheet {
    var headers: [RawHeader] = []
    for variable in variables {
      var header = variable.header
      if let found = variable.labelSet.flatMap({ labels[$0] }), !found.isEmpty {
        header.codeLabels = found
        notes.add(.codesHaveLabels, column: header.column, arguments: [String(found.count)])
      }
      headers.append(header)
    }
    HeaderSearch.addNotes(on: headers, to: &notes)
    let filled = rows.filter { row in row.cells.contains { !$0.isBlank } }
    if filled.count < rows.count {
      for row in rows where !row.cells.contains(where: { !$0.isBlank }) { notes.add(.blankRowSkipped, row: row.number) }
    }
    return RawSheet(file: file, headerRow: nil, headers: headers, rows: filled, notes: notes.notes)
  }
}

/// What the numbers of a variable of SPSS are in time, by its format.
enum SpssTime {
  case none, date, duration

  /// 14 October 1582, the day before the first of the Gregorian calendar, in days since 1970-01-01.
  static let origin = -141_428

  init(format: String) {
    switch format.prefix(while: { !$0.isNumber }).uppercased() {
    case "DATE", "ADATE", "EDATE", "SDATE", "JDATE", "QYR", "MOYR", "WKYR", "DATETIME", "YMDHMS": self = .date
    case "TIME", "DTIME", "MTIME": self = .duration
    default: self = .none
    }
  }

  /// The date, and whether there is a time of day too; nil when the number is no day of the years 1 to 9999.
  static func date(ofSeconds seconds: Double) -> (date: CalendarDate, hasTime: Bool)? {
    guard seconds.isFinite, abs(seconds) < 1e12 else { return nil }
    let days = (seconds / 86_400).rounded(.down)
    let date = CalendarDate(daysSinceEpoch: Int32(days) + Int32(origin))
    guard (CalendarDate.earliest...CalendarDate.latest).contains(date) else { return nil }
    return (date, seconds - days * 86_400 >= 1)
  }

  /// The seconds of SPSS at the beginning of a day.
  static func seconds(of date: CalendarDate) -> Double { Double(Int(date.daysSinceEpoch) - origin) * 86_400 }
}
