import COpenBLAS
import NumericalMethods

/// A block of rows of an ``IndicatorLayout``: the dense columns expanded, and for each group the one column a row uses.
final class IndicatorBlock: @unchecked Sendable {
  /// The most rows a block has.
  static let capacity = 1024

  let layout: IndicatorLayout
  private(set) var rows = 0..<0
  /// Element (i, c) of the dense columns at dense[i + c · rows.count].
  let dense: UnsafeMutablePointer<Double>
  /// Room for as many numbers as `dense` has.
  let spare: UnsafeMutablePointer<Double>
  private let columns: UnsafeMutablePointer<Int32>
  private let values: UnsafeMutablePointer<Double>
  /// Sums or coefficients of one group, with a place before its columns for rows that use none.
  private let table: UnsafeMutablePointer<Double>

  init(_ layout: IndicatorLayout) {
    self.layout = layout
    let size = max(1, Self.capacity * layout.dense.columnCount)
    dense = .allocate(capacity: size)
    spare = .allocate(capacity: size)
    columns = .allocate(capacity: max(1, Self.capacity * layout.groups.count))
    values = .allocate(capacity: max(1, Self.capacity * layout.groups.count))
    table = .allocate(capacity: 1 + (layout.groups.map(\.term.columnCount).max() ?? 0))
  }

  deinit {
    dense.deallocate()
    spare.deallocate()
    columns.deallocate()
    values.deallocate()
    table.deallocate()
  }

  /// Of a group, for each row: the column it uses, counted from 1 for the group's first, and 0 for none.
  func columns(ofGroup group: Int) -> UnsafeMutablePointer<Int32> { columns + group * Self.capacity }

  /// Of a group, for each row: the number in that column; nil when it is 1 throughout.
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
      group.term.fillIndicators(rows, columns: columns(ofGroup: g), values: values(ofGroup: g))
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
      let columns = columns(ofGroup: g)
      table[0] = 0
      for c in 0..<group.term.columnCount { table[c + 1] = coefficients[group.start + c] }
      if let values = values(ofGroup: g) {
        for i in 0..<rows.count { target[i] += table[Int(columns[i])] * values[i] }
      } else {
        for i in 0..<rows.count { target[i] += table[Int(columns[i])] }
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
      let columns = columns(ofGroup: g)
      let width = group.term.columnCount
      table.update(repeating: 0, count: width + 1)
      if let values = values(ofGroup: g) {
        for i in 0..<rows.count { table[Int(columns[i])] += v[i] * values[i] }
      } else {
        for i in 0..<rows.count { table[Int(columns[i])] += v[i] }
      }
      for c in 0..<width { sums[group.start + c] += table[c + 1] }
    }
  }
}
