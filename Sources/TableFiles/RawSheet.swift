/// One table as it was sent: headers, rows, and everything that had to be decided to read it.
public struct RawSheet: Hashable, Sendable {
  /// The file's name, without its folder.
  public var file: String
  /// The sheet's name; nil for a CSV file.
  public var sheet: String?
  /// Whether the workbook hides this sheet. It is read all the same.
  public var isHidden: Bool
  /// The row of the headers as a spreadsheet shows it; nil when the sheet is empty, or when its names stand in no row
  /// (SPSS).
  public var headerRow: Int?
  /// The columns that have a header or data, from left to right.
  public var headers: [RawHeader]
  /// The rows below the headers that hold anything.
  public var rows: [RawRow]
  /// What the reader recognised, skipped or changed; empty when there was nothing to tell.
  public var notes: [ReadingNote]

  public init(
    file: String, sheet: String? = nil, isHidden: Bool = false, headerRow: Int? = 1, headers: [RawHeader],
    rows: [RawRow], notes: [ReadingNote] = []
  ) {
    self.file = file
    self.sheet = sheet
    self.isHidden = isHidden
    self.headerRow = headerRow
    self.headers = headers
    self.rows = rows
    self.notes = notes
  }

  /// Whether the sheet has neither headers nor rows.
  public var isEmpty: Bool { headers.isEmpty && rows.isEmpty }

  /// Where the cell at a position in `RawRow.cells` is.
  public func address(of position: Int, in row: RawRow) -> CellAddress {
    CellAddress(column: headers[position].column, row: row.number)
  }
}

/// The heading of one column.
public struct RawHeader: Hashable, Sendable {
  /// The name as it was written; empty when a column has data and no name.
  public var name: String
  /// 0 for column A.
  public var column: Int
  /// What the file says of the column in words, where its format can (SPSS, Data Package).
  public var label: String?
  /// What the file says that codes mean, by the text of the cell.
  public var codeLabels: [String: String]

  public init(name: String, column: Int, label: String? = nil, codeLabels: [String: String] = [:]) {
    self.name = name
    self.column = column
    self.label = label
    self.codeLabels = codeLabels
  }
}

/// One row of data.
public struct RawRow: Hashable, Sendable {
  /// The row as a spreadsheet shows it, the header counted: 2 for the first row under a header in row 1.
  /// In a CSV file a record that spans lines is one row; in a file of SPSS it is the number of the case.
  public var number: Int
  /// The line of a CSV file on which the record starts, where it is not `number`.
  public var line: Int?
  /// One cell for each header, in the order of the headers.
  public var cells: [RawCell]
  /// What a record of a CSV file holds to the right of the last header; the first is in the column after it.
  public var surplus: [RawCell]

  public init(number: Int, line: Int? = nil, cells: [RawCell], surplus: [RawCell] = []) {
    self.number = number
    self.line = line
    self.cells = cells
    self.surplus = surplus
  }
}
