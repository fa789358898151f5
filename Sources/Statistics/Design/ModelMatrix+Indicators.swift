import COpenBLAS
import NumericalMethods

/// A design matrix seen as a few dense columns and several groups of columns of which a row uses one at most.
///
/// A factor of twenty levels, or its product with a number, takes one addition a row in a cross product where twenty
/// columns would take twenty times as many.
struct IndicatorLayout: Sendable {
  struct Group: Sendable {
    let term: ModelMatrix.Term
    /// Of the term's first column among all columns of all terms.
    let start: Int
  }

  let dense: ModelMatrix
  /// The place of each dense column among all columns of all terms.
  let denseColumns: [Int]
  let groups: [Group]

  init?(_ matrix: ModelMatrix) {
    var denseTerms: [ModelMatrix.Term] = []
    var denseColumns: [Int] = []
    var groups: [Group] = []
    for (number, term) in matrix.terms.enumerated() {
      if term.isIndicator, term.columnCount >= 3 {
        groups.append(Group(term: term, start: matrix.starts[number]))
      } else {
        denseTerms.append(term)
        denseColumns += matrix.starts[number]..<matrix.starts[number + 1]
      }
    }
    guard !groups.isEmpty else { return nil }
    dense = ModelMatrix(unchecked: denseTerms, rowCount: matrix.rowCount)
    self.denseColumns = denseColumns
    self.groups = groups
  }

  /// XᵀWX of all columns of all terms.
  func crossProducts(weights: [Double]?, columnCount: Int) -> Matrix {
    let sums = WorkSharing.reduce(
      count: dense.rowCount, blockSize: 1024,
      empty: { IndicatorSums(self) },
      add: { sums, rows in
        guard let weights else { return sums.add(rows, weights: nil) }
        weights.withUnsafeBufferPointer { sums.add(rows, weights: $0.baseAddress! + rows.lowerBound) }
      },
      combine: { total, part in total.add(part) })
    return sums.assembled(columnCount)
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

  /// For each row of a range the column of its number, −1 for none, and the number.
  func fillIndicators(
    _ rows: Range<Int>, columns: UnsafeMutablePointer<Int32>, values: UnsafeMutablePointer<Double>
  ) {
    let count = rows.count
    switch self {
    case .intercept, .numeric:
      columns.update(repeating: 0, count: count)
      fill(rows, into: values, count)
    case .factor(_, let codes, _, let reference):
      values.update(repeating: 1, count: count)
      let reference = Int32(reference ?? Int(Int32.max))
      codes.withUnsafeBufferPointer { codes in
        for i in 0..<count {
          let code = codes[rows.lowerBound + i]
          columns[i] = code < reference ? code : code > reference ? code - 1 : -1
        }
      }
    case .spline: preconditionFailure("a spline has several numbers a row")
    case .product(let a, let b):
      a.fillIndicators(rows, columns: columns, values: values)
      let width = Int32(a.columnCount)
      withUnsafeTemporaryAllocation(of: Int32.self, capacity: count) { second in
        withUnsafeTemporaryAllocation(of: Double.self, capacity: count) { secondValues in
          guard let secondColumns = second.baseAddress, let factors = secondValues.baseAddress else { return }
          b.fillIndicators(rows, columns: secondColumns, values: factors)
          for i in 0..<count {
            columns[i] = columns[i] < 0 || secondColumns[i] < 0 ? -1 : columns[i] + secondColumns[i] * width
            values[i] *= factors[i]
          }
        }
      }
    }
  }
}

/// Sums of products of the dense columns and the groups over the rows seen so far.
private final class IndicatorSums: @unchecked Sendable {
  private typealias Four = SIMD4<Double>

  private let layout: IndicatorLayout
  private let widths: [Int]
  /// Dense columns, and a row of them in fours.
  private let d: Int
  private let fours: Int
  private var denseSum: Matrix
  /// For each group, a row of fours per column: the sums with each dense column.
  private var mixed: [UnsafeMutablePointer<Four>]
  /// For each group, the sums of squares of its columns.
  private var squares: [[Double]]
  /// For each pair of groups a < b, element (i, j) at i + j · width(a).
  private var pairs: [[Double]]
  private let block: UnsafeMutablePointer<Double>
  private let scaled: UnsafeMutablePointer<Double>
  private let rowsOfFours: UnsafeMutablePointer<Four>
  private let columns: UnsafeMutablePointer<Int32>
  private let values: UnsafeMutablePointer<Double>
  private let capacity = 1024

  init(_ layout: IndicatorLayout) {
    self.layout = layout
    widths = layout.groups.map(\.term.columnCount)
    d = layout.dense.columnCount
    fours = (d + 3) / 4
    denseSum = Matrix(rows: d, columns: d)
    mixed = []
    squares = widths.map { [Double](repeating: 0, count: $0) }
    pairs = []
    for b in widths.indices {
      for a in 0..<b { pairs.append([Double](repeating: 0, count: widths[a] * widths[b])) }
    }
    block = .allocate(capacity: max(1, capacity * d))
    scaled = .allocate(capacity: max(1, capacity * d))
    rowsOfFours = .allocate(capacity: max(1, capacity * fours))
    rowsOfFours.initialize(repeating: .zero, count: max(1, capacity * fours))
    columns = .allocate(capacity: capacity * widths.count)
    values = .allocate(capacity: capacity * widths.count)
    for width in widths {
      let room = UnsafeMutablePointer<Four>.allocate(capacity: max(1, width * fours))
      room.initialize(repeating: .zero, count: max(1, width * fours))
      mixed.append(room)
    }
  }

  deinit {
    block.deallocate()
    scaled.deallocate()
    rowsOfFours.deallocate()
    columns.deallocate()
    values.deallocate()
    for room in mixed { room.deallocate() }
  }

  func add(_ rows: Range<Int>, weights: UnsafePointer<Double>?) {
    let count = rows.count
    addDense(rows, weights: weights)
    for (g, group) in layout.groups.enumerated() {
      let columns = columns + g * capacity
      let values = values + g * capacity
      group.term.fillIndicators(rows, columns: columns, values: values)
      addMixed(g, count, columns, values)
      squares[g].withUnsafeMutableBufferPointer { squares in
        for i in 0..<count where columns[i] >= 0 {
          squares[Int(columns[i])] += (weights?[i] ?? 1) * values[i] * values[i]
        }
      }
      for earlier in 0..<g { addPair(earlier, g, count, weights: weights) }
    }
  }

  private func addDense(_ rows: Range<Int>, weights: UnsafePointer<Double>?) {
    guard d > 0 else { return }
    let count = rows.count
    layout.dense.fill(rows, into: block, leadingDimension: count)
    let flat = UnsafeMutableRawPointer(rowsOfFours).assumingMemoryBound(to: Double.self)
    for c in 0..<d {
      let (from, to) = (block + c * count, scaled + c * count)
      if let weights {
        for i in 0..<count { to[i] = from[i] * weights[i] }
      } else {
        to.update(from: from, count: count)
      }
      for i in 0..<count { flat[i * fours * 4 + c] = to[i] }
    }
    WorkSharing.prepareLinearAlgebra()
    cblas_dgemm(
      CblasColMajor, CblasTrans, CblasNoTrans, Int32(d), Int32(d), Int32(count), 1, block, Int32(count), scaled,
      Int32(count), 1, &denseSum.elements, Int32(d))
  }

  private func addMixed(
    _ g: Int, _ count: Int, _ columns: UnsafeMutablePointer<Int32>, _ values: UnsafeMutablePointer<Double>
  ) {
    let sums = mixed[g]
    for i in 0..<count where columns[i] >= 0 {
      let target = sums + Int(columns[i]) * fours
      let source = rowsOfFours + i * fours
      let value = Four(repeating: values[i])
      for q in 0..<fours { target[q] = target[q] + value * source[q] }
    }
  }

  private func addPair(_ a: Int, _ b: Int, _ count: Int, weights: UnsafePointer<Double>?) {
    let width = widths[a]
    let (columnsOfA, columnsOfB) = (columns + a * capacity, columns + b * capacity)
    let (valuesOfA, valuesOfB) = (values + a * capacity, values + b * capacity)
    pairs[b * (b - 1) / 2 + a].withUnsafeMutableBufferPointer { sums in
      for i in 0..<count where columnsOfA[i] >= 0 && columnsOfB[i] >= 0 {
        sums[Int(columnsOfA[i]) + Int(columnsOfB[i]) * width] += (weights?[i] ?? 1) * valuesOfA[i] * valuesOfB[i]
      }
    }
  }

  func add(_ other: IndicatorSums) {
    denseSum += other.denseSum
    for g in widths.indices {
      for place in 0..<widths[g] * fours { mixed[g][place] += other.mixed[g][place] }
      for place in squares[g].indices { squares[g][place] += other.squares[g][place] }
    }
    for pair in pairs.indices {
      for place in pairs[pair].indices { pairs[pair][place] += other.pairs[pair][place] }
    }
  }

  func assembled(_ columnCount: Int) -> Matrix {
    var result = Matrix(rows: columnCount, columns: columnCount)
    func set(_ row: Int, _ column: Int, _ value: Double) {
      result[row, column] = value
      result[column, row] = value
    }
    for (i, row) in layout.denseColumns.enumerated() {
      for (j, column) in layout.denseColumns.enumerated() where i <= j { set(row, column, denseSum[i, j]) }
    }
    for (g, group) in layout.groups.enumerated() {
      for level in 0..<widths[g] {
        set(group.start + level, group.start + level, squares[g][level])
        for (i, row) in layout.denseColumns.enumerated() {
          set(row, group.start + level, mixed[g][level * fours + i / 4][i % 4])
        }
      }
      for earlier in 0..<g {
        let sums = pairs[g * (g - 1) / 2 + earlier]
        for j in 0..<widths[g] {
          for i in 0..<widths[earlier] {
            set(layout.groups[earlier].start + i, group.start + j, sums[i + j * widths[earlier]])
          }
        }
      }
    }
    return result
  }
}
