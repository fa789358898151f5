/// A table of counts that may be printed. Holding one is the proof: only ``DisclosurePolicy/protect(_:relations:)``
/// makes it.
public struct DisclosedTable: Hashable, Encodable, Sendable {
  public let id: String
  public let rows: [String]
  public let columns: [String]
  /// One array per row, each with a value per column.
  public let values: [[DisclosedValue]]
  /// The policy by which it was protected, for the note under the table.
  public let policy: DisclosurePolicy

  init(id: String, rows: [String], columns: [String], values: [[DisclosedValue]], policy: DisclosurePolicy) {
    self.id = id
    self.rows = rows
    self.columns = columns
    self.values = values
    self.policy = policy
  }

  /// The value of a row and a column; nil when the table has no such row or column.
  public subscript(row: String, column: String) -> DisclosedValue? {
    guard let i = rows.firstIndex(of: row), let j = columns.firstIndex(of: column) else { return nil }
    return values[i][j]
  }

  /// One cell as a count of its own, for a sentence or a figure; nil when the table has no such row or column.
  public func count(row: String, column: String) -> DisclosedCount? {
    self[row, column].map { DisclosedCount(value: $0) }
  }

  /// Which marks and zeros occur, for the legend under the table.
  public var absences: [Absence] {
    let found = Set(values.joined().compactMap(\.absence))
    return Absence.allCases.filter(found.contains)
  }
}

/// Tables that were protected together, and what it took.
public struct Disclosure: Hashable, Encodable, Sendable {
  /// In the order in which they were given.
  public let tables: [DisclosedTable]
  public let summary: ProtectionSummary

  init(tables: [DisclosedTable], summary: ProtectionSummary) {
    self.tables = tables
    self.summary = summary
  }

  /// The table with an id; nil when none has it.
  public subscript(id: String) -> DisclosedTable? { tables.first { $0.id == id } }

  /// The value of a cell; nil when there is no such cell.
  public subscript(cell: CellID) -> DisclosedValue? { self[cell.table]?[cell.row, cell.column] }
}

/// How many cells protection cost and what it achieved.
///
/// A report prints ``suppressed`` only: how many of those were small is of use to an attacker.
public struct ProtectionSummary: Hashable, Encodable, Sendable {
  /// Cells that hold a number or a zero in the printed tables.
  public internal(set) var published = 0
  /// Cells withheld because they are small.
  public internal(set) var primary = 0
  /// Cells withheld because a small one could be computed from them.
  public internal(set) var secondary = 0
  /// Totals among the cells that are withheld; a reason to merge categories.
  public internal(set) var suppressedTotals = 0
  /// The width of the narrowest interval that an attacker can prove for a small count, or a lower bound of it in large
  /// systems; nil when there was nothing to protect or when no small count has an upper bound.
  public internal(set) var narrowestWidth: Int?

  public var suppressed: Int { primary + secondary }
}
