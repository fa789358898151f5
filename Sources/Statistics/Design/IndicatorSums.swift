import NumericalMethods

/// Sums of products of the dense columns and the groups over the rows seen so far.
final class IndicatorSums: @unchecked Sendable {
  private typealias Four = SIMD4<Double>

  private let layout: IndicatorLayout
  private let widths: [Int]
  /// Dense columns, and a row of them in fours.
  private let d: Int
  private let fours: Int
  /// What lies on and above the diagonal.
  private var denseSum: Matrix
  /// For each group, a row of fours per column, after one for rows that use none: the sums with each dense column.
  private var mixed: [UnsafeMutablePointer<Four>]
  /// For each group, the sums of squares of its columns, after one for rows that use none.
  private var squares: [[Double]]
  /// For each pair of groups a < b, element (i, j) at i + j · (1 + width(a)), both counted from 1.
  private var pairs: [[Double]]
  /// The dense columns of a block times their weights, row after row.
  private let rowsOfFours: UnsafeMutablePointer<Four>

  init(_ layout: IndicatorLayout) {
    self.layout = layout
    widths = layout.groups.map(\.term.columnCount)
    d = layout.dense.columnCount
    fours = (d + 3) / 4
    denseSum = Matrix(rows: d, columns: d)
    mixed = []
    squares = widths.map { [Double](repeating: 0, count: 1 + $0) }
    pairs = []
    for b in widths.indices {
      for a in 0..<b { pairs.append([Double](repeating: 0, count: (1 + widths[a]) * (1 + widths[b]))) }
    }
    let room = max(1, IndicatorBlock.capacity * fours)
    rowsOfFours = .allocate(capacity: room)
    rowsOfFours.initialize(repeating: .zero, count: room)
    for width in widths {
      let room = UnsafeMutablePointer<Four>.allocate(capacity: max(1, (1 + width) * fours))
      room.initialize(repeating: .zero, count: max(1, (1 + width) * fours))
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
    for g in widths.indices {
      addMixed(g, block)
      squares[g].withUnsafeMutableBufferPointer {
        Self.add(
          block.columns(ofGroup: g), nil, 0, block.values(ofGroup: g), block.values(ofGroup: g), weights,
          block.rows.count, to: $0.baseAddress!)
      }
      for earlier in 0..<g {
        pairs[g * (g - 1) / 2 + earlier].withUnsafeMutableBufferPointer {
          Self.add(
            block.columns(ofGroup: earlier), block.columns(ofGroup: g), Int32(1 + widths[earlier]),
            block.values(ofGroup: earlier), block.values(ofGroup: g), weights, block.rows.count, to: $0.baseAddress!)
        }
      }
    }
  }

  /// Adds weight · value · value of each row at its place, column + stride · second column.
  @inline(__always) private static func add(
    _ columns: UnsafePointer<Int32>, _ second: UnsafePointer<Int32>?, _ stride: Int32, _ values: UnsafePointer<Double>?,
    _ secondValues: UnsafePointer<Double>?, _ weights: UnsafePointer<Double>?, _ count: Int,
    to sums: UnsafeMutablePointer<Double>
  ) {
    func place(_ i: Int) -> Int { Int(columns[i] &+ (second.map { $0[i] &* stride } ?? 0)) }
    if values == nil, secondValues == nil, let weights {
      if let second {
        for i in 0..<count { sums[Int(columns[i] &+ second[i] &* stride)] += weights[i] }
      } else {
        for i in 0..<count { sums[Int(columns[i])] += weights[i] }
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
    if !widths.isEmpty {
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
    let columns = block.columns(ofGroup: g)
    guard let values = block.values(ofGroup: g) else {
      for i in 0..<block.rows.count {
        let target = sums + Int(columns[i]) * fours
        let source = rowsOfFours + i * fours
        for q in 0..<fours { target[q] += source[q] }
      }
      return
    }
    for i in 0..<block.rows.count {
      let target = sums + Int(columns[i]) * fours
      let source = rowsOfFours + i * fours
      let value = Four(repeating: values[i])
      for q in 0..<fours { target[q] += value * source[q] }
    }
  }

  func add(_ other: IndicatorSums) {
    denseSum += other.denseSum
    for g in widths.indices {
      for place in 0..<(1 + widths[g]) * fours { mixed[g][place] += other.mixed[g][place] }
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
    for (g, group) in layout.groups.enumerated() {
      for level in 0..<widths[g] {
        set(group.start + level, group.start + level, squares[g][level + 1])
        for (i, row) in layout.denseColumns.enumerated() {
          set(row, group.start + level, mixed[g][(level + 1) * fours + i / 4][i % 4])
        }
      }
      for earlier in 0..<g {
        let sums = pairs[g * (g - 1) / 2 + earlier]
        for j in 0..<widths[g] {
          for i in 0..<widths[earlier] {
            set(layout.groups[earlier].start + i, group.start + j, sums[i + 1 + (j + 1) * (1 + widths[earlier])])
          }
        }
      }
    }
    return result
  }
}
