/// The place of one count: the ids of its table, row and column.
public struct CellID: Hashable, Codable, Sendable, CustomStringConvertible {
  public let table: String
  public let row: String
  public let column: String

  public init(table: String, row: String, column: String) {
    self.table = table
    self.row = row
    self.column = column
  }

  public var description: String { "\(table)[\(row), \(column)]" }
}

/// One cell before protection.
public enum CountCell: Hashable, Sendable {
  /// A number of people, to be printed when the policy allows.
  case count(Int)
  /// A number of people that is never printed but that relations may betray, such as those who left between two counts.
  case unprinted(Int)
  /// A number of people that readers know exactly from elsewhere, so that withholding it would protect nothing. It is
  /// printed as a count that stands alone.
  case known(Int)
  /// Nobody can be here by definition, which every reader knows; printed as zero.
  case structuralZero
  case absent(Absence)
}

/// A table of counts of people that is not yet protected: the input of ``DisclosurePolicy/protect(_:relations:)``.
///
/// Rows and columns have ids, not titles. Totals are ordinary rows and columns that relations tie to their parts.
public struct CountTable: Hashable, Sendable {
  public let id: String
  public let rows: [String]
  public let columns: [String]
  /// One array per row, each with a cell per column.
  public let cells: [[CountCell]]
  /// The sums within this table.
  public let relations: [AdditiveRelation]

  /// A table with its declared totals.
  ///
  /// - Parameters:
  ///   - totalRow: the row that holds, in every column, the sum of all other rows.
  ///   - totalColumn: the column that holds, in every row, the sum of all other columns.
  ///   - relations: other sums within this table.
  public init(
    id: String, rows: [String], columns: [String], cells: [[CountCell]], totalRow: String? = nil,
    totalColumn: String? = nil, relations: [AdditiveRelation] = []
  ) {
    self.id = id
    self.rows = rows
    self.columns = columns
    self.cells = cells
    var all = relations
    if let totalRow {
      for column in columns {
        all.append(
          AdditiveRelation(
            total: CellID(table: id, row: totalRow, column: column),
            parts: rows.filter { $0 != totalRow }.map { CellID(table: id, row: $0, column: column) }))
      }
    }
    if let totalColumn {
      for row in rows {
        all.append(
          AdditiveRelation(
            total: CellID(table: id, row: row, column: totalColumn),
            parts: columns.filter { $0 != totalColumn }.map { CellID(table: id, row: row, column: $0) }))
      }
    }
    self.relations = all
  }

  /// A table of counts to which a row `total` and a column `total` are added.
  public init(id: String, rows: [String], columns: [String], addingTotalsTo counts: [[Int]]) {
    var cells = counts.map { row in row.map(CountCell.count) + [.count(row.reduce(0, +))] }
    let sums = columns.indices.map { column in counts.reduce(0) { $0 + $1[column] } }
    cells.append(sums.map(CountCell.count) + [.count(sums.reduce(0, +))])
    self.init(
      id: id, rows: rows + ["total"], columns: columns + ["total"], cells: cells, totalRow: "total",
      totalColumn: "total")
  }

  /// Counts of one thing by category, in one column `count`; with a last row `total` when it is asked for.
  public init(id: String, categories: [String], counts: [Int], addingTotal: Bool = false) {
    let all = addingTotal ? counts + [counts.reduce(0, +)] : counts
    self.init(
      id: id, rows: addingTotal ? categories + ["total"] : categories, columns: ["count"],
      cells: all.map { [.count($0)] }, totalRow: addingTotal ? "total" : nil)
  }

  public func cellID(row: String, column: String) -> CellID { CellID(table: id, row: row, column: column) }
}

extension CountTable {
  /// One step of an attrition list: who is taken out, and why.
  public struct Exclusion: Hashable, Sendable {
    public let step: String
    public let excluded: Int

    public init(step: String, excluded: Int) {
      self.step = step
      self.excluded = excluded
    }
  }

  /// An attrition list: how many remain after each step, and how many each step took out.
  ///
  /// The rows are `start` and the steps; the columns are `remaining` and `excluded`. What remains before a step is what
  /// remains after it and what it took out.
  public static func attrition(id: String, start: Int, exclusions: [Exclusion]) -> CountTable {
    var remaining = start
    var cells: [[CountCell]] = [[.count(start), .absent(.notApplicable)]]
    var relations: [AdditiveRelation] = []
    var previous = CellID(table: id, row: "start", column: "remaining")
    for exclusion in exclusions {
      remaining -= exclusion.excluded
      cells.append([.count(remaining), .count(exclusion.excluded)])
      let next = CellID(table: id, row: exclusion.step, column: "remaining")
      relations.append(
        AdditiveRelation(total: previous, parts: [next, CellID(table: id, row: exclusion.step, column: "excluded")]))
      previous = next
    }
    return CountTable(
      id: id, rows: ["start"] + exclusions.map(\.step), columns: ["remaining", "excluded"], cells: cells,
      relations: relations)
  }
}
