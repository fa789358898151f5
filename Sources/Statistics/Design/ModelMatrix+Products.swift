import COpenBLAS
import NumericalMethods

extension ModelMatrix {
  /// A block of rows, expanded.
  public struct Block: @unchecked Sendable {
    public let rows: Range<Int>
    /// Element (i, c) at values[i + c · rows.count]; may be overwritten.
    public let values: UnsafeMutablePointer<Double>
    /// Room for as many numbers as `values` has.
    public let spare: UnsafeMutablePointer<Double>
    public let columnCount: Int

    public func column(_ c: Int) -> UnsafeMutablePointer<Double> { values + c * rows.count }
  }

  /// How many rows a block has: as many as keep it within a core's cache.
  var rowsPerBlock: Int { max(256, min(4096, 49_152 / max(1, columnCount) / 64 * 64)) }

  /// Sums up something over all rows, expanded block by block on all cores and combined in order.
  ///
  /// - Parameters:
  ///   - empty: the value of no rows.
  ///   - add: adds a block to a part; blocks of one part come in ascending order.
  ///   - combine: adds a later part to an earlier one.
  public func reduceBlocks<Part: Sendable>(
    empty: @Sendable () -> Part, add: @Sendable (inout Part, Block) -> Void, combine: (inout Part, Part) -> Void
  ) -> Part {
    let width = columnCount
    let size = rowsPerBlock
    let total = WorkSharing.reduce(
      count: rowCount, blockSize: size,
      empty: { (empty(), Room(size * width)) },
      add: { part, rows in
        let block = Block(
          rows: rows, values: part.1.start, spare: part.1.start + size * width, columnCount: width)
        fill(rows, into: block.values, leadingDimension: rows.count)
        add(&part.0, block)
      },
      combine: { total, part in combine(&total.0, part.0) })
    return total.0
  }

  /// Xβ, n numbers.
  public func linearPredictor(_ coefficients: [Double]) -> [Double] {
    precondition(coefficients.count == columnCount, "each column has one coefficient")
    let all = spread(coefficients)
    return WorkSharing.array(count: rowCount) { rows, start in
      let target = start + rows.lowerBound
      target.update(repeating: 0, count: rows.count)
      for (number, term) in terms.enumerated() {
        term.addTimes(all[starts[number]..<starts[number + 1]], rows, to: target)
      }
    }
  }

  /// Xᵀv, k numbers.
  public func transposedTimes(_ v: [Double]) -> [Double] {
    precondition(v.count == rowCount, "each row has one number")
    let sums = WorkSharing.reduce(
      count: rowCount, empty: { [Double](repeating: 0, count: fullColumnCount) },
      add: { sums, rows in
        for (number, term) in terms.enumerated() {
          sums.withUnsafeMutableBufferPointer { sums in
            guard let start = sums.baseAddress else { return }
            v.withUnsafeBufferPointer {
              term.addSums(of: $0.baseAddress! + rows.lowerBound, rows, to: start + starts[number])
            }
          }
        }
      },
      combine: { total, part in for i in total.indices { total[i] += part[i] } })
    return ofChosen(sums)
  }

  /// XᵀWX, k × k, exactly symmetric.
  ///
  /// - Parameter weights: n numbers of any sign; nil for ones.
  public func crossProducts(weights: [Double]? = nil) -> Matrix {
    precondition(weights == nil || weights!.count == rowCount, "each row has one weight")
    let layout = IndicatorLayout(self)
    if !layout.groups.isEmpty { return ofChosen(layout.crossProducts(weights: weights)) }
    return crossProducts(weights: weights, changing: { _ in })
  }

  /// XᵀWX of the columns as they are once each block has been changed, k × k, exactly symmetric.
  ///
  /// - Parameter change: may overwrite the block's values.
  func crossProducts(weights: [Double]?, changing change: @Sendable (Block) -> Void) -> Matrix {
    let width = columnCount
    var result = reduceBlocks(
      empty: { Matrix(rows: width, columns: width) },
      add: { sum, block in
        change(block)
        guard let weights else { return block.addCrossProduct(to: &sum) }
        weights.withUnsafeBufferPointer {
          block.addCrossProduct(weights: $0.baseAddress! + block.rows.lowerBound, to: &sum)
        }
      },
      combine: { $0 += $1 })
    result.copyUpperToLower()
    return result
  }

  /// Of a matrix for all columns of all terms, what belongs to the columns that count.
  func ofChosen(_ matrix: Matrix) -> Matrix { chosen.map { matrix.selecting(rows: $0, columns: $0) } ?? matrix }

  /// Of one number for each column of all terms, those of the columns that count.
  func ofChosen(_ numbers: [Double]) -> [Double] { chosen.map { $0.map { numbers[$0] } } ?? numbers }

  /// One number for each column of all terms, 0 for those that do not count.
  func spread(_ coefficients: [Double]) -> [Double] {
    guard let chosen else { return coefficients }
    var all = [Double](repeating: 0, count: fullColumnCount)
    for (place, column) in chosen.enumerated() { all[column] = coefficients[place] }
    return all
  }
}

extension ModelMatrix.Block {
  /// Adds XᵀX of the block to what lies on and above the diagonal.
  public func addCrossProduct(to sum: inout Matrix) {
    guard columnCount > 0, !rows.isEmpty else { return }
    WorkSharing.prepareLinearAlgebra()
    cblas_dsyrk(
      CblasColMajor, CblasUpper, CblasTrans, Int32(columnCount), Int32(rows.count), 1, values, Int32(rows.count), 1,
      &sum.elements, Int32(columnCount))
  }

  /// Adds XᵀWX of the block to what lies on and above the diagonal; `values` stay, `spare` is overwritten.
  ///
  /// - Parameter weights: one number of any sign for each row of the block.
  public func addCrossProduct(weights: UnsafePointer<Double>, to sum: inout Matrix) {
    guard columnCount > 0, !rows.isEmpty else { return }
    let count = rows.count
    var negative = false
    for i in 0..<count where weights[i] < 0 { negative = true }
    WorkSharing.prepareLinearAlgebra()
    if negative {
      for c in 0..<columnCount {
        let (from, to) = (values + c * count, spare + c * count)
        for i in 0..<count { to[i] = from[i] * weights[i] }
      }
      cblas_dgemm(
        CblasColMajor, CblasTrans, CblasNoTrans, Int32(columnCount), Int32(columnCount), Int32(count), 1, values,
        Int32(count), spare, Int32(count), 1, &sum.elements, Int32(columnCount))
    } else {
      withUnsafeTemporaryAllocation(of: Double.self, capacity: count) { roots in
        for i in 0..<count { roots[i] = weights[i].squareRoot() }
        for c in 0..<columnCount {
          let (from, to) = (values + c * count, spare + c * count)
          for i in 0..<count { to[i] = from[i] * roots[i] }
        }
      }
      cblas_dsyrk(
        CblasColMajor, CblasUpper, CblasTrans, Int32(columnCount), Int32(count), 1, spare, Int32(count), 1,
        &sum.elements, Int32(columnCount))
    }
  }

  /// Adds Xᵀv of the block.
  ///
  /// - Parameter v: one number for each row of the block.
  public func addTransposedTimes(_ v: UnsafePointer<Double>, to sums: inout [Double]) {
    guard columnCount > 0, !rows.isEmpty else { return }
    WorkSharing.prepareLinearAlgebra()
    cblas_dgemv(
      CblasColMajor, CblasTrans, Int32(rows.count), Int32(columnCount), 1, values, Int32(rows.count), v, 1, 1, &sums, 1)
  }
}

/// Room for one expanded block and as much again, freed with the part that owns it.
final class Room: @unchecked Sendable {
  let start: UnsafeMutablePointer<Double>

  init(_ size: Int) { start = .allocate(capacity: 2 * max(1, size)) }

  deinit { start.deallocate() }
}

extension ModelMatrix.Term {
  /// Adds the term's columns times their coefficients, for a range of rows.
  func addTimes(_ coefficients: ArraySlice<Double>, _ rows: Range<Int>, to target: UnsafeMutablePointer<Double>) {
    let first = coefficients.startIndex
    switch self {
    case .intercept:
      let value = coefficients[first]
      for i in 0..<rows.count { target[i] += value }
    case .numeric(_, let values):
      let value = coefficients[first]
      values.withUnsafeBufferPointer { values in
        for i in 0..<rows.count { target[i] += value * values[rows.lowerBound + i] }
      }
    case .factor(_, let codes, let levels, let reference):
      var byLevel = Array(coefficients)
      if let reference { byLevel.insert(0, at: reference) }
      precondition(byLevel.count == levels.count, "each level has one coefficient")
      codes.withUnsafeBufferPointer { codes in
        byLevel.withUnsafeBufferPointer { byLevel in
          for i in 0..<rows.count { target[i] += byLevel[Int(codes[rows.lowerBound + i])] }
        }
      }
    case .spline, .product:
      let width = columnCount
      withUnsafeTemporaryAllocation(of: Double.self, capacity: rows.count * width) { block in
        guard let start = block.baseAddress else { return }
        fill(rows, into: start, rows.count)
        for c in 0..<width {
          let value = coefficients[first + c]
          let column = start + c * rows.count
          for i in 0..<rows.count { target[i] += value * column[i] }
        }
      }
    }
  }

  /// Adds the sums of the term's columns times v, for a range of rows; v starts at the first of them.
  func addSums(of v: UnsafePointer<Double>, _ rows: Range<Int>, to sums: UnsafeMutablePointer<Double>) {
    switch self {
    case .intercept:
      var sum = 0.0
      for i in 0..<rows.count { sum += v[i] }
      sums[0] += sum
    case .numeric(_, let values):
      var sum = 0.0
      values.withUnsafeBufferPointer { values in
        for i in 0..<rows.count { sum += v[i] * values[rows.lowerBound + i] }
      }
      sums[0] += sum
    case .factor(_, let codes, _, let reference):
      let reference = Int32(reference ?? Int(Int32.max))
      codes.withUnsafeBufferPointer { codes in
        for i in 0..<rows.count {
          let code = codes[rows.lowerBound + i]
          if code != reference { sums[Int(code > reference ? code - 1 : code)] += v[i] }
        }
      }
    case .spline, .product:
      let width = columnCount
      withUnsafeTemporaryAllocation(of: Double.self, capacity: rows.count * width) { block in
        guard let start = block.baseAddress else { return }
        fill(rows, into: start, rows.count)
        for c in 0..<width {
          let column = start + c * rows.count
          var sum = 0.0
          for i in 0..<rows.count { sum += v[i] * column[i] }
          sums[c] += sum
        }
      }
    }
  }
}
