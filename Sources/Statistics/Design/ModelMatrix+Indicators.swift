import NumericalMethods

/// A design matrix seen as a few dense columns and several groups of columns of which a row uses one at most.
///
/// A factor of twenty levels, or its product with a number, takes one addition a row in a cross product where twenty
/// columns would take twenty times as many.
struct IndicatorLayout: Sendable {
  /// What is taken off a dense column while it is expanded, and what it is multiplied by then.
  struct Change: Sendable {
    let centre: Double
    let factor: Double
  }

  let dense: ModelMatrix
  /// The place of each dense column among all columns of all terms.
  let denseColumns: [Int]
  let groups: [IndicatorGroup]
  /// For each dense column; nil for nothing.
  let changes: [Change?]
  /// How many columns all terms have.
  let columnCount: Int

  /// - Parameter change: what is done to a column, by its place among all columns of all terms; nil for nothing. A term
  ///   with such columns is dense.
  init(_ matrix: ModelMatrix, change: (_ column: Int) -> (centre: Double, factor: Double)? = { _ in nil }) {
    var denseTerms: [ModelMatrix.Term] = []
    var denseColumns: [Int] = []
    var groups: [IndicatorGroup] = []
    for (number, term) in matrix.terms.enumerated() {
      let columns = matrix.starts[number]..<matrix.starts[number + 1]
      if term.isIndicator, columns.count >= 3, columns.allSatisfy({ change($0) == nil }) {
        groups.append(IndicatorGroup(term, start: columns.lowerBound))
      } else {
        denseTerms.append(term)
        denseColumns += columns
      }
    }
    dense = ModelMatrix(unchecked: denseTerms, rowCount: matrix.rowCount)
    self.denseColumns = denseColumns
    self.groups = IndicatorGroup.joined(groups)
    changes = denseColumns.map { column in change(column).map { Change(centre: $0.centre, factor: $0.factor) } }
    columnCount = matrix.fullColumnCount
  }

  /// Sums up something over all rows, expanded block by block on all cores and combined in order.
  ///
  /// - Parameters:
  ///   - empty: the value of no rows.
  ///   - add: adds a block to a part; blocks of one part come in ascending order.
  ///   - combine: adds a later part to an earlier one.
  func reduceBlocks<Part: Sendable>(
    empty: @Sendable () -> Part, add: @Sendable (inout Part, IndicatorBlock) -> Void,
    combine: (inout Part, Part) -> Void
  ) -> Part {
    let total = WorkSharing.reduce(
      count: dense.rowCount, blockSize: IndicatorBlock.capacity, empty: { (empty(), IndicatorBlock(self)) },
      add: { part, rows in
        part.1.expand(rows)
        add(&part.0, part.1)
      },
      combine: { combine(&$0.0, $1.0) })
    return total.0
  }

  /// XᵀWX of all columns of all terms.
  func crossProducts(weights: [Double]?) -> Matrix {
    reduceBlocks(
      empty: { IndicatorSums(self) },
      add: { sums, block in
        guard let weights else { return sums.add(block, weights: nil) }
        weights.withUnsafeBufferPointer { sums.add(block, weights: $0.baseAddress! + block.rows.lowerBound) }
      },
      combine: { $0.add($1) }
    ).assembled()
  }
}

extension ModelMatrix.Term {
  /// Whether a row has at most one number other than zero in the term's columns.
  var isIndicator: Bool {
    switch self {
    case .intercept, .numeric, .factor: true
    case .spline: false
    case .product(let a, let b): a.isIndicator && b.isIndicator
    }
  }

  /// For each row of a range the column of its number, from 1 for the first and 0 for none, and the number.
  ///
  /// - Parameter values: nil for a term whose numbers are all 1.
  func fillIndicators(
    _ rows: Range<Int>, columns: UnsafeMutablePointer<Int32>, values: UnsafeMutablePointer<Double>?
  ) {
    let count = rows.count
    switch self {
    case .intercept, .numeric:
      columns.update(repeating: 1, count: count)
      if let values { fill(rows, into: values, count) }
    case .factor(_, let codes, let levels, let reference):
      values?.update(repeating: 1, count: count)
      // Looked up, because a choice that depends on the row is guessed wrong too often.
      withUnsafeTemporaryAllocation(of: Int32.self, capacity: levels.count) { column in
        for level in levels.indices {
          column[level] = Int32(level == reference ? 0 : level < reference ?? .max ? level + 1 : level)
        }
        codes.withUnsafeBufferPointer { codes in
          for i in 0..<count { columns[i] = column[Int(codes[rows.lowerBound + i])] }
        }
      }
    case .spline: preconditionFailure("a spline has several numbers a row")
    case .product(let a, let b):
      a.fillIndicators(rows, columns: columns, values: values)
      let width = Int32(a.columnCount)
      withUnsafeTemporaryAllocation(of: Int32.self, capacity: count) { second in
        withUnsafeTemporaryAllocation(of: Double.self, capacity: count) { secondValues in
          guard let secondColumns = second.baseAddress, let factors = secondValues.baseAddress else { return }
          b.fillIndicators(rows, columns: secondColumns, values: values == nil ? nil : factors)
          for i in 0..<count {
            let isUsed = columns[i] > 0 && secondColumns[i] > 0
            columns[i] = isUsed ? columns[i] + (secondColumns[i] - 1) * width : 0
          }
          if let values {
            for i in 0..<count { values[i] *= factors[i] }
          }
        }
      }
    }
  }
}
