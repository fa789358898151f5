import COpenBLAS
import NumericalMethods

/// A block of rows of an ``IndicatorLayout``: the dense columns expanded, and for each group the cell a row is in.
final class IndicatorBlock: @unchecked Sendable {
  /// The most rows a block has.
  static let capacity = 1024

  let layout: IndicatorLayout
  private(set) var rows = 0..<0
  /// Element (i, c) of the dense columns at dense[i + c · rows.count].
  let dense: UnsafeMutablePointer<Double>
  /// Room for as many numbers as `dense` has.
  let spare: UnsafeMutablePointer<Double>
  private let cells: UnsafeMutablePointer<Int32>
  private let memberColumns: UnsafeMutablePointer<Int32>
  private let values: UnsafeMutablePointer<Double>
  /// Sums or coefficients of the cells of one group.
  private let table: UnsafeMutablePointer<Double>

  init(_ layout: IndicatorLayout) {
    self.layout = layout
    let size = max(1, Self.capacity * layout.dense.columnCount)
    dense = .allocate(capacity: size)
    spare = .allocate(capacity: size)
    cells = .allocate(capacity: max(1, Self.capacity * layout.groups.count))
    memberColumns = .allocate(capacity: Self.capacity)
    values = .allocate(capacity: max(1, Self.capacity * layout.groups.count))
    table = .allocate(capacity: layout.groups.map(\.cells).max() ?? 1)
  }

  deinit {
    dense.deallocate()
    spare.deallocate()
    cells.deallocate()
    memberColumns.deallocate()
    values.deallocate()
    table.deallocate()
  }

  /// Of a group, for each row: the cell it is in.
  func cells(ofGroup group: Int) -> UnsafeMutablePointer<Int32> { cells + group * Self.capacity }

  /// Of a group, for each row: the number in the column of its cell; nil when it is 1 throughout.
  func values(ofGroup group: Int) -> UnsafeMutablePointer<Double>? {
    layout.groups[group].isPure ? nil : values + group * Self.capacity
  }

  func denseColumn(_ c: Int) -> UnsafeMutablePointer<Double> { dense + c * rows.count }

  func expand(_ rows: Range<Int>) {
    self.rows = rows
    for (number, term) in layout.dense.terms.enumerated() {
      let first = layout.dense.starts[number]
      let columns = first..<layout.dense.starts[number + 1]
      if case .numeric(_, let values) = term, let change = layout.changes[first] {
        let column = denseColumn(first)
        values.withUnsafeBufferPointer { values in
          for i in 0..<rows.count { column[i] = (values[rows.lowerBound + i] - change.centre) * change.factor }
        }
        continue
      }
      term.fill(rows, into: denseColumn(first), rows.count)
      for c in columns {
        guard let change = layout.changes[c] else { continue }
        let column = denseColumn(c)
        for i in 0..<rows.count { column[i] = (column[i] - change.centre) * change.factor }
      }
    }
    for (g, group) in layout.groups.enumerated() {
      let cells = cells(ofGroup: g)
      group.members[0].term.fillIndicators(rows, columns: cells, values: values(ofGroup: g))
      for member in group.members.dropFirst() {
        member.term.fillIndicators(rows, columns: memberColumns, values: nil)
        let stride = Int32(member.stride)
        for i in 0..<rows.count { cells[i] &+= memberColumns[i] &* stride }
      }
    }
  }

  /// Xβ of the block, plus an offset if there is one.
  ///
  /// - Parameters:
  ///   - coefficients: one for each column of all terms.
  ///   - offset: for all rows, not only the block's.
  ///   - target: room for one number a row.
  func times(_ coefficients: [Double], offset: [Double]?, into target: UnsafeMutablePointer<Double>) {
    for i in 0..<rows.count { target[i] = offset?[rows.lowerBound + i] ?? 0 }
    // Columns one after the other, so that people who are the same get the same bits wherever they stand.
    for (c, place) in layout.denseColumns.enumerated() {
      let (column, coefficient) = (denseColumn(c), coefficients[place])
      for i in 0..<rows.count { target[i] += coefficient * column[i] }
    }
    for (g, group) in layout.groups.enumerated() {
      let cells = cells(ofGroup: g)
      for (cell, columns) in group.columns.enumerated() {
        var sum = 0.0
        for column in columns { sum += coefficients[column] }
        table[cell] = sum
      }
      if let values = values(ofGroup: g) {
        for i in 0..<rows.count { target[i] += table[Int(cells[i])] * values[i] }
      } else {
        for i in 0..<rows.count { target[i] += table[Int(cells[i])] }
      }
    }
  }

  /// Adds Xᵀv of the block.
  ///
  /// - Parameters:
  ///   - v: one number for each row of the block.
  ///   - sums: one for each column of all terms.
  func addTransposedTimes(_ v: UnsafePointer<Double>, to sums: inout [Double]) {
    let d = layout.denseColumns.count
    if d > 0 {
      withUnsafeTemporaryAllocation(of: Double.self, capacity: d) { own in
        WorkSharing.prepareLinearAlgebra()
        cblas_dgemv(
          CblasColMajor, CblasTrans, Int32(rows.count), Int32(d), 1, dense, Int32(rows.count), v, 1, 0,
          own.baseAddress!, 1)
        for (c, place) in layout.denseColumns.enumerated() { sums[place] += own[c] }
      }
    }
    for (g, group) in layout.groups.enumerated() {
      let cells = cells(ofGroup: g)
      table.update(repeating: 0, count: group.cells)
      if let values = values(ofGroup: g) {
        for i in 0..<rows.count { table[Int(cells[i])] += v[i] * values[i] }
      } else {
        for i in 0..<rows.count { table[Int(cells[i])] += v[i] }
      }
      for (cell, columns) in group.columns.enumerated() {
        for column in columns { sums[column] += table[cell] }
      }
    }
  }
}
