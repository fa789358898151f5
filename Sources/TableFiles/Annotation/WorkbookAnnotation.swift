/// What is added to a workbook that somebody sent: colours, notes, columns behind the last one, lists to choose from,
/// and an overview in front. Nothing else of the workbook changes.
public struct WorkbookAnnotation: Sendable {
  /// What one cell is marked with.
  public struct Mark: Sendable {
    public var address: CellAddress
    public var colour: WorkbookSheet.Mark.Colour
    /// Shown when the pointer is on the cell; none when empty.
    public var note: String

    public init(_ address: CellAddress, _ colour: WorkbookSheet.Mark.Colour, note: String = "") {
      self.address = address
      self.colour = colour
      self.note = note
    }
  }

  /// A column of whole numbers that the sender did not send. What stood in it is replaced.
  public struct Column: Sendable {
    /// 0 for A.
    public var column: Int
    public var header: String
    public var isHidden: Bool
    /// By row.
    public var values: [Int: Int]

    public init(column: Int, header: String, isHidden: Bool = false, values: [Int: Int]) {
      self.column = column
      self.header = header
      self.isHidden = isHidden
      self.values = values
    }
  }

  /// The values to choose from in a column, from one row to another.
  public struct Choice: Sendable {
    public var column: Int
    public var rows: ClosedRange<Int>
    /// The name of the list, the same for equal lists.
    public var list: String
    public var values: [String]

    public init(column: Int, rows: ClosedRange<Int>, list: String, values: [String]) {
      self.column = column
      self.rows = rows
      self.list = list
      self.values = values
    }
  }

  /// What one sheet of the workbook gets.
  public struct Sheet: Sendable {
    public var name: String
    public var headerRow: Int
    /// At most one for a cell.
    public var marks: [Mark] = []
    /// Cells among them whose note was left out, because the sheet would have too many.
    public var notesLeftOut = 0
    public var columns: [Column] = []
    public var choices: [Choice] = []

    public init(name: String, headerRow: Int) {
      self.name = name
      self.headerRow = headerRow
    }
  }

  /// A sheet of text in front of the others: lines above, a table with a filter below.
  public struct Overview: Sendable {
    /// A row of the table. A cell that is a place is a link to it.
    public enum Cell: Sendable {
      case text(String)
      case coloured(String, WorkbookSheet.Mark.Colour)
      case place(sheet: String, CellAddress)
    }

    public var name: String
    public var lines: [String]
    public var headers: [String]
    public var widths: [Int]
    public var rowCount: Int
    /// Makes a row when it is written: there may be a million, and they are not kept.
    public var row: @Sendable (Int) -> [Cell]

    public init(
      name: String, lines: [String], headers: [String], widths: [Int], rowCount: Int,
      row: @escaping @Sendable (Int) -> [Cell]
    ) {
      precondition(headers.count == widths.count, "every column of the overview has a width")
      self.name = name
      self.lines = lines
      self.headers = headers
      self.widths = widths
      self.rowCount = rowCount
      self.row = row
    }

    public init(name: String, lines: [String], headers: [String], widths: [Int], rows: [[Cell]]) {
      self.init(name: name, lines: lines, headers: headers, widths: widths, rowCount: rows.count) { rows[$0] }
    }

    /// The rows of the table that find room below so many lines.
    public static func capacity(below lines: Int) -> Int { WorkbookWriter.maximumRows - (lines + 2) }
  }

  public var overview: Overview
  public var sheets: [Sheet]
  /// Whose the notes are. Earlier notes of the same author are taken out.
  public var author: String
  /// Whose notes on the headings of a template are: findings are told above them.
  public var templateAuthor: String?
  /// The most notes on one sheet: beyond it cells are coloured only, for a spreadsheet opens slowly with many.
  public var noteLimit = usualNoteLimit
  public static let usualNoteLimit = 5000
  /// Sheets that an earlier annotation added: they are used again.
  public var earlierOverview: String?
  public var earlierLists: String?
  /// Headers by which a reader knows the overview and the sheet of lists as added.
  public var overviewMarker: String
  public var listsMarker: String

  public init(overview: Overview, sheets: [Sheet], author: String, overviewMarker: String, listsMarker: String) {
    self.overview = overview
    self.sheets = sheets
    self.author = author
    self.overviewMarker = overviewMarker
    self.listsMarker = listsMarker
  }
}
