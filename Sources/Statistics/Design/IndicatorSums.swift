import NumericalMethods

/// Sums of products of the dense columns and the groups over the rows seen so far.
final class IndicatorSums: @unchecked Sendable {
  private typealias Four = SIMD4<Double>

  private let layout: IndicatorLayout
  /// How many cells each group has.
  private let cells: [Int]
  /// Dense columns, and a row of them in fours.
  private let d: Int
  private let fours: Int
  /// What lies on and above the diagonal.
  private var denseSum: Matrix
  /// For each group, a row of fours per cell: the sums with each dense column.
  private var mixed: [UnsafeMutablePointer<Four>]
  /// For each group, the sums of squares of its cells.
  private var squares: [[Double]]
  /// For each pair of groups a < b, the sums of cells i and j at i + j · cells(a).
  private var pairs: [[Double]]
  /// The dense columns of a block times their weights, row after row.
  private let rowsOfFours: UnsafeMutablePointer<Four>

  init(_ layout: IndicatorLayout) {
    self.layout = layout
    cells = layout.groups.map(\.cells)
    d = layout.dense.columnCount
    fours = (d + 3) / 4
    denseSum = Matrix(rows: d, columns: d)
    mixed = []
    squares = cells.map { [Double](repeating: 0, count: $0) }
    pairs = []
    for b in cells.indices {
      for a in 0..<b { pairs.append([Double](repeating: 0, count: cells[a] * cells[b])) }
    }
    let room = max(1, IndicatorBlock.capacity * fours)
    rowsOfFours = .allocate(capacity: room)
    rowsOfFours.initialize(repeating: .zero, count: room)
    for count in cells {
      let room = UnsafeMutablePointer<Four>.allocate(capacity: max(1, count * fours))
      room.initialize(repeating: .zero, count: max(1, count * fours))
      mixed.append(room)
    }
  }

  deinit {
    rowsOfFours.deallocate()
    for room in mixed { room.deallocate() }
  }

  /// - Parameter weights: one number of any sign for each row of the block; nil for ones.
  func add(_ block: IndicatorBlock, weights: UnsafePointer<Double>?) {
    addDense(block, weights: weights)
    for g in cells.indices {
      addMixed(g, block)
      squares[g].withUnsafeMutableBufferPointer {
        Self.add(
          block.cells(ofGroup: g), nil, 0, block.values(ofGroup: g), block.values(ofGroup: g), weights,
          block.rows.count, to: $0.baseAddress!)
      }
      for earlier in 0..<g {
        pairs[g * (g - 1) / 2 + earlier].withUnsafeMutableBufferPointer {
          Self.add(
            block.cells(ofGroup: earlier), block.cells(ofGroup: g), Int32(cells[earlier]),
            block.values(ofGroup: earlier), block.values(ofGroup: g), weights, block.rows.count, to: $0.baseAddress!)
        }
      }
    }
  }

  /// Adds weight · value · value of each row at its place, cell + stride · second cell.
  @inline(__always) private static func add(
    _ cells: UnsafePointer<Int32>, _ second: UnsafePointer<Int32>?, _ stride: Int32, _ values: UnsafePointer<Double>?,
    _ secondValues: UnsafePointer<Double>?, _ weights: UnsafePointer<Double>?, _ count: Int,
    to sums: UnsafeMutablePointer<Double>
  ) {
    func place(_ i: Int) -> Int { Int(cells[i] &+ (second.map { $0[i] &* stride } ?? 0)) }
    if values == nil, secondValues == nil, let weights {
      if let second {
        for i in 0..<count { sums[Int(cells[i] &+ second[i] &* stride)] += weights[i] }
      } else {
        for i in 0..<count { sums[Int(cells[i])] += weights[i] }
      }
    } else {
      for i in 0..<count {
        sums[place(i)] += (weights?[i] ?? 1) * (values?[i] ?? 1) * (secondValues?[i] ?? 1)
      }
    }
  }

  private func addDense(_ block: IndicatorBlock, weights: UnsafePointer<Double>?) {
    guard d > 0 else { return }
    let count = block.rows.count
    if !cells.isEmpty {
      let flat = UnsafeMutableRawPointer(rowsOfFours).assumingMemoryBound(to: Double.self)
      for c in 0..<d {
        let column = block.denseColumn(c)
        if let weights {
          for i in 0..<count { flat[i * fours * 4 + c] = column[i] * weights[i] }
        } else {
          for i in 0..<count { flat[i * fours * 4 + c] = column[i] }
        }
      }
    }
    let expanded = ModelMatrix.Block(rows: block.rows, values: block.dense, spare: block.spare, columnCount: d)
    if let weights {
      expanded.addCrossProduct(weights: weights, to: &denseSum)
    } else {
      expanded.addCrossProduct(to: &denseSum)
    }
  }

  private func addMixed(_ g: Int, _ block: IndicatorBlock) {
    let sums = mixed[g]
    let cells = block.cells(ofGroup: g)
    guard let values = block.values(ofGroup: g) else {
      for i in 0..<block.rows.count {
        let target = sums + Int(cells[i]) * fours
        let source = rowsOfFours + i * fours
        for q in 0..<fours { target[q] += source[q] }
      }
      return
    }
    for i in 0..<block.rows.count {
      let target = sums + Int(cells[i]) * fours
      let source = rowsOfFours + i * fours
      let value = Four(repeating: values[i])
      for q in 0..<fours { target[q] += value * source[q] }
    }
  }

  func add(_ other: IndicatorSums) {
    denseSum += other.denseSum
    for g in cells.indices {
      for place in 0..<cells[g] * fours { mixed[g][place] += other.mixed[g][place] }
      for place in squares[g].indices { squares[g][place] += other.squares[g][place] }
    }
    for pair in pairs.indices {
      for place in pairs[pair].indices { pairs[pair][place] += other.pairs[pair][place] }
    }
  }

  /// k × k for the k columns of all terms, exactly symmetric.
  func assembled() -> Matrix {
    var result = Matrix(rows: layout.columnCount, columns: layout.columnCount)
    func set(_ row: Int, _ column: Int, _ value: Double) {
      result[row, column] = value
      result[column, row] = value
    }
    for (i, row) in layout.denseColumns.enumerated() {
      for (j, column) in layout.denseColumns.enumerated() where i <= j { set(row, column, denseSum[i, j]) }
    }
    func add(_ row: Int, _ column: Int, _ value: Double) {
      result[row, column] += value
      if row != column { result[column, row] += value }
    }
    for (g, group) in layout.groups.enumerated() {
      for (cell, columns) in group.columns.enumerated() {
        for (place, column) in columns.enumerated() {
          for earlier in columns[...place] { add(earlier, column, squares[g][cell]) }
          for (i, row) in layout.denseColumns.enumerated() { add(row, column, mixed[g][cell * fours + i / 4][i % 4]) }
        }
      }
      for earlier in 0..<g {
        let sums = pairs[g * (g - 1) / 2 + earlier]
        for (j, columns) in group.columns.enumerated() {
          for (i, others) in layout.groups[earlier].columns.enumerated() {
            let value = sums[i + j * cells[earlier]]
            guard value != 0 else { continue }
            for column in columns {
              for other in others { add(other, column, value) }
            }
          }
        }
      }
    }
    return result
  }
}
