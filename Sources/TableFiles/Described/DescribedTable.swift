import Primitives
import Tables

/// A table with what its columns mean: what is written to a format that can say so.
public struct DescribedTable: Sendable {
  /// A code and what it means.
  public struct Code: Hashable, Sendable {
    public let code: String
    public let label: String

    public init(_ code: String, label: String) {
      self.code = code
      self.label = label
    }
  }

  /// One column, in words.
  public struct Column: Hashable, Sendable {
    public enum Kind: String, Hashable, Codable, Sendable {
      case text, code, integer, number, date, month, year, list
    }

    /// Letters, digits, hyphens and underscores.
    public var name: String
    public var kind: Kind
    public var label: String
    public var help: String?
    /// The closed list of codes, in its order; empty when there is none.
    public var codes: [Code]
    /// Whether the order of the codes is one of more and less.
    public var isOrdered = false
    public var isRequired = false

    public init(_ name: String, _ kind: Kind, label: String, help: String? = nil, codes: [Code] = []) {
      self.name = name
      self.kind = kind
      self.label = label
      self.help = help
      self.codes = codes
    }
  }

  /// Columns whose values stand in another table too.
  public struct Reference: Hashable, Sendable {
    public var columns: [String]
    public var table: String
    public var tableColumns: [String]

    public init(columns: [String], table: String, tableColumns: [String]) {
      self.columns = columns
      self.table = table
      self.tableColumns = tableColumns
    }
  }

  public var name: String
  public var title: String
  public var help: String?
  public var columns: [Column]
  /// One column for each of ``columns``, in their order.
  public var table: Table
  /// The columns that together tell one row from another; empty when none do.
  public var key: [String] = []
  public var reference: Reference?

  public init(name: String, title: String, help: String? = nil, columns: [Column], table: Table) {
    precondition(columns.map(\.name) == table.names, "each column of the table is described, in its order")
    self.name = name
    self.title = title
    self.help = help
    self.columns = columns
    self.table = table
  }
}

extension DescribedTable {
  /// The rows as text, in the canonical spelling of values.
  ///
  /// - Parameter escapesFormulas: puts an apostrophe before free text that a spreadsheet would run. Codes of a closed
  ///   list are not free, and stay as they are.
  public func texts(escapesFormulas: Bool) -> [[String]] {
    let isFree = columns.map { escapesFormulas && $0.codes.isEmpty && ($0.kind == .text || $0.kind == .code) }
    let isList = columns.map { escapesFormulas && $0.codes.isEmpty && $0.kind == .list }
    return (0..<table.rowCount).map { row in
      table.columns.indices.map { column in
        let text = table.columns[column][row].canonicalText
        return (isFree[column] || isList[column]) && CSVWriter.isFormula(text) ? "'" + text : text
      }
    }
  }

  /// The rows as cells of a workbook: dates as dates, numbers as numbers, everything else as text.
  public var cells: [[RawCell]] {
    (0..<table.rowCount).map { row in table.columns.map { RawCell($0[row]) } }
  }
}

extension RawCell {
  /// The cell that holds a value.
  public init(_ value: Value) {
    switch value {
    case .missing: self = .empty
    case .integer(let integer), .year(let integer):
      // A workbook keeps 15 digits of a number.
      self = integer.magnitude < 1_000_000_000_000_000 ? .number(Double(integer)) : .text(String(integer))
    case .number(let number): self = .number(number)
    case .date(let date): self = .date(date)
    case .text, .month, .list:
      let text = value.canonicalText
      self = text.isEmpty ? .empty : .text(text)
    }
  }
}
