import CXlsxWriter
import Foundation
import Primitives
import Synchronization

/// One sheet to write.
public struct WorkbookSheet: Sendable {
  /// What a reader is told about one cell of the written sheet.
  public struct Mark: Hashable, Sendable {
    /// One step beside the colours that spreadsheets offer, so that a mark is not taken for somebody's own colour.
    public enum Colour: UInt32, CaseIterable, Sendable {
      case red = 0xF8CB_AE
      case yellow = 0xFFE6_9A
      case green = 0xC6E0_B5
      case blue = 0xDDEB_F8
    }

    public var colour: Colour
    /// Shown when the pointer is on the cell; none when empty.
    public var note: String

    public init(_ colour: Colour, note: String = "") {
      self.colour = colour
      self.note = note
    }
  }

  /// 1 to 31 characters, without any of `[]:*?/\`.
  public var name: String
  public var headers: [String]
  public var rows: [[RawCell]]
  /// Cells to colour, with a note.
  public var marks: [CellAddress: Mark] = [:]
  /// The values to choose from below the header, by column (0 for A): at most 255 characters together.
  public var choices: [Int: [String]] = [:]
  /// Where the values to choose from stand when they are many, by column: a range such as `='Codes'!$A$2:$A$250`.
  public var choiceRanges: [Int: String] = [:]
  /// What is shown beside a cell while a value is chosen, by column: at most 255 characters.
  public var choiceHints: [Int: String] = [:]
  /// Columns in which a spreadsheet keeps what is typed as it is: in others it makes a date of `5-11`.
  public var textColumns: Set<Int> = []
  /// Who made the notes.
  public var noteAuthor = ""
  /// Whether the headers have a filter.
  public var hasFilter = false
  /// Whether it is to be read rather than filled in: long texts are broken within their columns, and it is printed as wide
  /// as a page.
  public var isPage = false

  public init(name: String, headers: [String], rows: [[RawCell]]) {
    self.name = name
    self.headers = headers
    self.rows = rows
  }

  /// How many characters wide a column can get: a page of one column has room for a line.
  fileprivate var widestColumn: Double { isPage ? (headers.count == 1 ? 110 : 40) : 60 }
}

/// Writes an Excel workbook: bold headers that stay in view, real dates, text that stays text.
///
/// The same sheets give the same bytes on any day. Numbers are written with 16 significant digits.
/// Text that looks like a formula is written as text and does not run.
public struct WorkbookWriter: Sendable {
  public static let maximumTextLength = 32_767
  public static let maximumRows = 1_048_576
  public static let maximumColumns = 16_384

  public var sheets: [WorkbookSheet]
  /// The day in the document's properties. Not today's: the same data must give the same file.
  public var created: CalendarDate

  public init(sheets: [WorkbookSheet], created: CalendarDate = CalendarDate(daysSinceEpoch: 10_957)) {
    self.sheets = sheets
    self.created = created
  }

  /// The workbook as the bytes of a file.
  public func data() throws(TableFileError) -> Data {
    let name = "workbook-\(UUID().uuidString).xlsx"
    let url = FileManager.default.temporaryDirectory.appendingPathComponent(name)
    defer { try? FileManager.default.removeItem(at: url) }
    try write(toPath: url.path, named: name)
    do {
      return try Data(contentsOf: url)
    } catch {
      throw .notWritable(file: name)
    }
  }

  /// Writes the workbook to a file, which is replaced in one step.
  public func write(to url: URL) throws(TableFileError) {
    let bytes = try data()
    do {
      try bytes.write(to: url, options: .atomic)
    } catch {
      throw .notWritable(file: url.lastPathComponent)
    }
  }

  // MARK: Checks

  private func check() throws(TableFileError) {
    precondition(!sheets.isEmpty, "a workbook has at least one sheet")
    var names: Set<String> = []
    for sheet in sheets {
      let name = sheet.name
      let isAllowed =
        (1...31).contains(name.utf16.count) && !name.contains { "[]:*?/\\".contains($0) } && name.first != "'"
        && name.last != "'"
      guard isAllowed, names.insert(name.lowercased()).inserted else { throw .sheetNameNotAllowed(name: name) }
      guard sheet.rows.count < Self.maximumRows else {
        throw .tooManyRowsToWrite(sheet: name, count: sheet.rows.count + 1, limit: Self.maximumRows)
      }
      let width = sheet.rows.reduce(sheet.headers.count) { max($0, $1.count) }
      guard width <= Self.maximumColumns else {
        throw .tooManyRowsToWrite(sheet: name, count: width, limit: Self.maximumColumns)
      }
    }
  }

  // MARK: Writing

  // libxlsxwriter 1.1 asks the C library's `gmtime` for the date of creation, which all threads share.
  private static let closing = Mutex(())

  private typealias Workbook = UnsafeMutablePointer<lxw_workbook>
  private typealias Worksheet = UnsafeMutablePointer<lxw_worksheet>
  private typealias Format = UnsafeMutablePointer<lxw_format>

  private func write(toPath path: String, named file: String) throws(TableFileError) {
    try check()
    guard let workbook = workbook_new(path) else { throw .notWritable(file: file) }
    setProperties(of: workbook)
    let failure: TableFileError?
    do throws(TableFileError) {
      var formats = FormatCatalogue(workbook: workbook)
      for sheet in sheets { try write(sheet, to: workbook, &formats) }
      failure = nil
    } catch {
      failure = error
    }
    // Closing also frees, so it is done after a failure as well.
    let status = Self.closing.withLock { _ in workbook_close(workbook) }
    if let failure { throw failure }
    guard status == LXW_NO_ERROR else { throw .notWritable(file: file) }
  }

  private func setProperties(of workbook: Workbook) {
    var properties = lxw_doc_properties()
    properties.created = time_t(created.daysSinceEpoch) * 86_400
    _ = workbook_set_properties(workbook, &properties)
  }

  private func write(
    _ sheet: WorkbookSheet, to workbook: Workbook, _ formats: inout FormatCatalogue
  ) throws(TableFileError) {
    guard let worksheet = workbook_add_worksheet(workbook, sheet.name) else {
      throw .sheetNameNotAllowed(name: sheet.name)
    }
    var widths = sheet.headers.map { min(Double($0.count) + 2, 60) }
    for (column, header) in sheet.headers.enumerated() {
      let format = formats[.init(isHeader: true, colour: sheet.marks[CellAddress(column: column, row: 1)]?.colour)]
      try write(.text(header), worksheet, CellAddress(column: column, row: 1), format, sheet, isDate: false)
    }
    for (index, row) in sheet.rows.enumerated() {
      for (column, cell) in row.enumerated() {
        let address = CellAddress(column: column, row: index + 2)
        let colour = sheet.marks.isEmpty ? nil : sheet.marks[address]?.colour
        var isDate = false
        if case .date = cell { isDate = true }
        let format =
          isDate || colour != nil || sheet.isPage
          ? formats[.init(isDate: isDate, isBroken: sheet.isPage, colour: colour)] : nil
        try write(cell, worksheet, address, format, sheet, isDate: isDate)
        while widths.count <= column { widths.append(8) }
        // A sample of the rows tells enough about a width.
        if index < 200 { widths[column] = max(widths[column], min(Double(cell.text.count) + 2, sheet.widestColumn)) }
      }
    }
    for (column, width) in widths.enumerated() {
      let format = sheet.textColumns.contains(column) ? formats[.init(isText: true)] : nil
      _ = worksheet_set_column(worksheet, lxw_col_t(column), lxw_col_t(column), max(width, 8), format)
    }
    worksheet_freeze_panes(worksheet, 1, 0)
    if sheet.isPage {
      worksheet_set_landscape(worksheet)
      worksheet_fit_to_pages(worksheet, 1, 0)
      _ = worksheet_repeat_rows(worksheet, 0, 0)
    }
    addNotes(sheet, worksheet)
    addChoices(sheet, worksheet)
    if sheet.hasFilter, !sheet.headers.isEmpty {
      _ = worksheet_autofilter(
        worksheet, 0, 0, lxw_row_t(max(sheet.rows.count, 1)), lxw_col_t(sheet.headers.count - 1))
    }
  }

  private func write(
    _ cell: RawCell, _ worksheet: Worksheet, _ address: CellAddress, _ format: Format?, _ sheet: WorkbookSheet,
    isDate: Bool
  ) throws(TableFileError) {
    let (row, column) = (lxw_row_t(address.row - 1), lxw_col_t(address.column))
    switch cell {
    case .empty:
      if format != nil { _ = worksheet_write_blank(worksheet, row, column, format) }
    case .text(let text), .error(let text):
      guard text.utf16.count <= Self.maximumTextLength else {
        throw .textTooLong(sheet: sheet.name, address: address, limit: Self.maximumTextLength)
      }
      _ = worksheet_write_string(worksheet, row, column, Self.escaped(text), format)
    case .number(let number):
      // A workbook has no word for infinity or for no number.
      guard number.isFinite else { return }
      _ = worksheet_write_number(worksheet, row, column, number, format)
    case .date(let date):
      // Before March 1900 workbooks count days that never were; text keeps such a date what it is.
      if date.daysSinceEpoch >= -25_508 {
        _ = worksheet_write_number(worksheet, row, column, Double(date.daysSinceEpoch + 25_569), format)
      } else {
        _ = worksheet_write_string(worksheet, row, column, date.iso, format)
      }
    case .boolean(let value): _ = worksheet_write_boolean(worksheet, row, column, value ? 1 : 0, format)
    }
  }

  /// Protects text that looks like the escape of a character (`_x000D_`), which a spreadsheet would replace.
  private static func escaped(_ text: String) -> String {
    guard text.utf8.contains(0x5F) else { return text }
    return text.replacing(/_(?=x[0-9A-Fa-f]{4}_)/, with: "_x005F_")
  }

  private func addNotes(_ sheet: WorkbookSheet, _ worksheet: Worksheet) {
    if !sheet.noteAuthor.isEmpty { worksheet_set_comments_author(worksheet, sheet.noteAuthor) }
    for (address, mark) in sheet.marks.sorted(by: { $0.key < $1.key }) where !mark.note.isEmpty {
      let note = String(mark.note.prefix(8000))
      _ = worksheet_write_comment(worksheet, lxw_row_t(address.row - 1), lxw_col_t(address.column), note)
    }
  }

  private func addChoices(_ sheet: WorkbookSheet, _ worksheet: Worksheet) {
    for (column, choices) in sheet.choices.sorted(by: { $0.key < $1.key }) {
      precondition(choices.joined(separator: ",").utf16.count <= 255, "a list of choices has at most 255 characters")
      precondition(!choices.contains { $0.contains(",") }, "a choice holds no comma")
      var strings: [UnsafeMutablePointer<CChar>?] = choices.map { strdup($0) } + [nil]
      defer { for string in strings { free(string) } }
      strings.withUnsafeMutableBufferPointer { list in
        var validation = lxw_data_validation()
        validation.validate = UInt8(LXW_VALIDATION_TYPE_LIST.rawValue)
        validation.value_list = list.baseAddress
        _ = worksheet_data_validation_range(
          worksheet, 1, lxw_col_t(column), lxw_row_t(max(sheet.rows.count, 1000)), lxw_col_t(column), &validation)
      }
    }
    for (column, range) in sheet.choiceRanges.sorted(by: { $0.key < $1.key }) {
      (sheet.choiceHints[column] ?? "").withCString { hint in
        range.withCString { formula in
          var validation = lxw_data_validation()
          validation.validate = UInt8(LXW_VALIDATION_TYPE_LIST_FORMULA.rawValue)
          validation.value_formula = UnsafeMutablePointer(mutating: formula)
          if hint.pointee != 0 { validation.input_message = UnsafeMutablePointer(mutating: hint) }
          _ = worksheet_data_validation_range(
            worksheet, 1, lxw_col_t(column), lxw_row_t(max(sheet.rows.count, 1000)), lxw_col_t(column), &validation)
        }
      }
    }
  }

  /// The formats of a workbook, each made once.
  private struct FormatCatalogue {
    struct Key: Hashable {
      var isHeader = false
      var isDate = false
      var isText = false
      var isBroken = false
      var colour: WorkbookSheet.Mark.Colour?
    }

    let workbook: Workbook
    private var made: [Key: Format] = [:]

    init(workbook: Workbook) { self.workbook = workbook }

    subscript(_ key: Key) -> Format? {
      mutating get {
        if let format = made[key] { return format }
        guard let format = workbook_add_format(workbook) else { return nil }
        if key.isHeader { format_set_bold(format) }
        if key.isDate { format_set_num_format(format, "yyyy-mm-dd") }
        if key.isText { format_set_num_format(format, "@") }
        if key.isBroken {
          format_set_text_wrap(format)
          format_set_align(format, UInt8(LXW_ALIGN_VERTICAL_TOP.rawValue))
        }
        if let colour = key.colour { format_set_bg_color(format, colour.rawValue) }
        made[key] = format
        return format
      }
    }
  }
}
