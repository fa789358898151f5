import COpenBLAS
import NumericalMethods

/// The columns of a design less their mean (beside an intercept) and divided by their spread, in blocks of rows that are
/// kept when they take little room and expanded anew otherwise.
struct StandardisedBlocks: Sendable {
  let columnCount: Int
  private let design: ModelMatrix
  private let centres: [Double]
  private let inverseScales: [Double]
  private let stored: [Double]?
  private let blockSize: Int

  init(_ design: ModelMatrix) {
    let k = design.columnCount
    let n = design.rowCount
    self.design = design
    columnCount = k
    blockSize = design.rowsPerBlock
    let moments = BalancedMoments(
      design: design, treated: [Bool](repeating: true, count: n), target: .everyone, samplingWeights: nil)
    centres =
      design.hasIntercept ? (0..<k).map { moments.varies[$0] ? moments.means[$0] : 0 } : Array(repeating: 0, count: k)
    inverseScales = moments.scales.map { 1 / $0 }
    guard n * k <= 8_000_000 else {
      stored = nil
      return
    }
    let (centres, inverseScales, blockSize) = (centres, inverseScales, blockSize)
    var stored = [Double](repeating: 0, count: n * k)
    stored.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      for start in stride(from: 0, to: n, by: blockSize) {
        let rows = start..<min(n, start + blockSize)
        Self.expand(design, rows, centres, inverseScales, into: base + start * k)
      }
    }
    self.stored = stored
  }

  /// Calls with each block in turn, on this thread: draws are what is shared over the cores.
  func forEachBlock(_ body: (Range<Int>, ModelMatrix.Block) -> Void) {
    let n = design.rowCount
    let size = blockSize * columnCount
    withUnsafeTemporaryAllocation(of: Double.self, capacity: max(1, stored == nil ? 2 * size : size)) { room in
      for start in stride(from: 0, to: n, by: blockSize) {
        let rows = start..<min(n, start + blockSize)
        if let stored {
          stored.withUnsafeBufferPointer { all in
            // Nothing writes through this pointer: the products of a block read it only.
            let values = UnsafeMutablePointer(mutating: all.baseAddress! + start * columnCount)
            body(
              rows,
              ModelMatrix.Block(
                rows: 0..<rows.count, values: values, spare: room.baseAddress!, columnCount: columnCount))
          }
        } else {
          let values = room.baseAddress!
          Self.expand(design, rows, centres, inverseScales, into: values)
          body(
            rows,
            ModelMatrix.Block(rows: 0..<rows.count, values: values, spare: values + size, columnCount: columnCount))
        }
      }
    }
  }

  private static func expand(
    _ design: ModelMatrix, _ rows: Range<Int>, _ centres: [Double], _ inverseScales: [Double],
    into start: UnsafeMutablePointer<Double>
  ) {
    design.fill(rows, into: start, leadingDimension: rows.count)
    for c in centres.indices {
      let column = start + c * rows.count
      for i in 0..<rows.count { column[i] = (column[i] - centres[c]) * inverseScales[c] }
    }
  }
}

extension ModelMatrix.Block {
  /// Adds XᵀWX of the rows whose weight is above zero to what lies on and above the diagonal.
  ///
  /// - Parameters:
  ///   - all: the rows of the block among all rows.
  ///   - weight: of one of all rows.
  func addCrossProductOfPositive(_ all: Range<Int>, to sum: inout Matrix, weight: (Int) -> Double) {
    withUnsafeTemporaryAllocation(of: Int32.self, capacity: max(1, rows.count)) { chosen in
      withUnsafeTemporaryAllocation(of: Double.self, capacity: max(1, rows.count)) { roots in
        var count = 0
        for i in 0..<rows.count {
          let own = weight(all.lowerBound + i)
          guard own > 0 else { continue }
          chosen[count] = Int32(i)
          roots[count] = own.squareRoot()
          count += 1
        }
        guard count > 0 else { return }
        for c in 0..<columnCount {
          let (from, to) = (column(c), spare + c * count)
          for j in 0..<count { to[j] = from[Int(chosen[j])] * roots[j] }
        }
        WorkSharing.prepareLinearAlgebra()
        cblas_dsyrk(
          CblasColMajor, CblasUpper, CblasTrans, Int32(columnCount), Int32(count), 1, spare, Int32(count), 1,
          &sum.elements, Int32(columnCount))
      }
    }
  }
}
