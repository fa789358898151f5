import Charts
import Primitives

/// A table: a caption, columns with headings, and rows that each begin with their own heading.
public struct ReportTable: Hashable, Codable, Sendable {
  public var caption: LocalizedText
  /// The heading of the rows, above the first column.
  public var rowHeading: LocalizedText
  public var columns: [Column]
  public var rows: [Row]
  public var source: LocalizedText?
  public var provenance: ProvenanceCode?

  /// A table in which each row has one cell per column; another number of cells is a programming error.
  public init(
    caption: LocalizedText, rowHeading: LocalizedText, columns: [Column], rows: [Row], source: LocalizedText? = nil,
    provenance: ProvenanceCode? = nil
  ) {
    precondition(
      rows.allSatisfy { $0.cells.count == columns.count }, "each row of a report table has one cell per column")
    self.caption = caption
    self.rowHeading = rowHeading
    self.columns = columns
    self.rows = rows
    self.source = source
    self.provenance = provenance
  }

  public struct Column: Hashable, Codable, Sendable {
    public var heading: LocalizedText
    public var alignment: Alignment

    public init(_ heading: LocalizedText, _ alignment: Alignment = .trailing) {
      self.heading = heading
      self.alignment = alignment
    }
  }

  /// Words begin on the left, numbers end on the right.
  public enum Alignment: String, Codable, Hashable, Sendable {
    case leading, trailing
  }

  public struct Row: Hashable, Codable, Sendable {
    public var heading: LocalizedText
    public var cells: [Cell]
    public var kind: Kind

    public init(_ heading: LocalizedText, _ cells: [Cell], kind: Kind = .plain) {
      self.heading = heading
      self.cells = cells
      self.kind = kind
    }

    public enum Kind: String, Codable, Hashable, Sendable {
      case plain
      /// A part of the plain row above it, such as one reason among the people who left.
      case part
      case total
    }
  }

  public enum Cell: Hashable, Codable, Sendable {
    case number(ReportNumber)
    case text(LocalizedText)
    /// No number, for this reason.
    case absent(Absence)

    public var absence: Absence? {
      switch self {
      case .number(let number): number.value.absence
      case .text: nil
      case .absent(let absence): absence
      }
    }
  }

  /// The reasons for absence that occur in the table, in a fixed order: its legend explains no others.
  public var absences: [Absence] {
    let occurring = Set(rows.flatMap(\.cells).compactMap(\.absence))
    return Absence.allCases.filter(occurring.contains)
  }
}
