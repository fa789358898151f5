import DisclosureControl
import Primitives

/// Protected counts with named dimensions, for formats that statistics offices read.
///
/// Made of ``DisclosureControl/DisclosedTable`` only, so nothing in it can be unprotected.
public struct AggregateDataset: Sendable {
  /// What counts are told apart by.
  public struct Dimension: Hashable, Sendable {
    public struct Category: Hashable, Sendable {
      public let id: String
      public let label: String

      public init(_ id: String, _ label: String) {
        self.id = id
        self.label = label
      }
    }

    public let id: String
    public let label: String
    public let categories: [Category]
    /// Whether its categories are calendar months, quarters, half-years or years.
    public let isTime: Bool

    public init(_ id: String, _ label: String, _ categories: [Category], isTime: Bool = false) {
      self.id = id
      self.label = label
      self.categories = categories
      self.isTime = isTime
    }
  }

  public let id: String
  public let label: String
  public let dimensions: [Dimension]
  /// The last dimension goes fastest.
  public let values: [DisclosedValue]

  /// One table.
  public init(id: String, label: String, rows: Dimension, columns: Dimension, table: DisclosedTable) {
    self.id = id
    self.label = label
    dimensions = [rows, columns]
    values = Self.values(of: table, rows, columns)
  }

  /// Tables with the same rows and columns, one for each category of another dimension.
  public init(
    id: String, label: String, slices: Dimension, rows: Dimension, columns: Dimension, tables: [DisclosedTable]
  ) {
    precondition(tables.count == slices.categories.count, "each slice has a table")
    self.id = id
    self.label = label
    dimensions = [slices, rows, columns]
    values = tables.flatMap { Self.values(of: $0, rows, columns) }
  }

  private static func values(of table: DisclosedTable, _ rows: Dimension, _ columns: Dimension) -> [DisclosedValue] {
    rows.categories.flatMap { row in
      columns.categories.map { column in
        guard let value = table[row.id, column.id] else {
          preconditionFailure("the table “\(table.id)” has a row and a column for each category")
        }
        return value
      }
    }
  }

  /// The places of the categories of each value, in the order of ``values``.
  var places: [[Int]] {
    var places: [[Int]] = [[]]
    for dimension in dimensions {
      places = places.flatMap { place in dimension.categories.indices.map { place + [$0] } }
    }
    return places
  }
}
