import Primitives

/// Rows and typed columns with names: the one in-memory table that every module shares.
public struct Table: Hashable, Sendable {
  public let names: [String]
  public let columns: [Column]
  public let rowCount: Int
  private let places: [String: Int]

  /// - Precondition: names differ, and all columns have the same number of rows.
  public init(names: [String], columns: [Column]) {
    precondition(names.count == columns.count, "each column needs a name")
    precondition(Set(names).count == names.count, "column names differ")
    rowCount = columns.first?.count ?? 0
    precondition(columns.allSatisfy { $0.count == columns[0].count }, "columns have the same number of rows")
    self.names = names
    self.columns = columns
    places = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
  }

  /// The place of a column.
  public func index(of name: String) -> Int? { places[name] }

  public subscript(_ name: String) -> Column? { places[name].map { columns[$0] } }

  public func selecting(_ rows: [Int]) -> Table {
    Table(names: names, columns: columns.map { $0.selecting(rows) })
  }

  /// For each group of equal values in a column of categories or texts: the value and its rows, in order of first occurrence.
  public func groups(by name: String) -> [(value: Value, rows: [Int])] {
    guard let column = self[name] else { return [] }
    var order: [Value] = []
    var rows: [Value: [Int]] = [:]
    for row in 0..<rowCount {
      let value = column[row]
      if rows[value] == nil { order.append(value) }
      rows[value, default: []].append(row)
    }
    return order.map { ($0, rows[$0]!) }
  }
}
