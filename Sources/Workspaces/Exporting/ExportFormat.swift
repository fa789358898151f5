import Primitives

/// In what records can be passed on.
public enum RecordFormat: String, CaseIterable, Codable, Sendable {
  /// A folder with a CSV file for each record, and a codebook.
  case csv
  /// A workbook with a sheet for each record, and a codebook.
  case xlsx
  /// A folder with a file of SPSS for each record.
  case sav
  /// The same, packed.
  case zsav
  /// A database file with a table for each record.
  case sqlite
  /// A folder with a Data Package 2, or a zip of it where the name ends so.
  case package

  /// Whether it is a folder of files.
  var isFolder: Bool { self != .xlsx && self != .sqlite }
}

/// In what protected tables can be passed on.
public enum TableFormat: String, CaseIterable, Codable, Sendable {
  case sdmxCSV = "sdmx-csv"
  case jsonStat = "json-stat"
}

/// What was written for others, and what was left out of it.
public struct ExportResult: Encodable, Sendable {
  public struct Record: Encodable, Sendable {
    public let record: String
    public let rows: Int
    public let columns: Int
  }

  public let schema = "meedoen-export/1"
  public let format: RecordFormat
  /// Paths of what was written.
  public let files: [String]
  public let model: String
  public let modelVersion: String
  /// The day of the register; null for files that were checked.
  public let asKnownOn: CalendarDate?
  public let people: Int
  public let records: [Record]
  /// Fields that identify, as `record.field`: they are not in it.
  public let leftOut: [String]
  /// For whom the pseudonyms are; null when they fit no other export.
  public let recipient: String?
  /// Rows of the files that cannot be taken in, and are not in it; null for the register.
  public let held: Int?
  /// How far people could be recognised in it; null for files that were checked. For staff: it is not protected.
  public let risk: RiskResult?
}

/// The protected tables of a study that were written.
public struct TableExportResult: Encodable, Sendable {
  public let schema = "meedoen-table-export/1"
  public let format: TableFormat
  public let files: [String]
  public let study: String
  public let asKnownOn: CalendarDate
  /// How many values are withheld.
  public let withheld: Int
}
