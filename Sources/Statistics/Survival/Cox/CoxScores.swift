import COpenBLAS
import NumericalMethods

/// What each row adds to the score, its score residual times its weight.
///
/// A row's residual is w δ (x − x̄) − r ∫ (x − x̄) dΛ over the time it is at risk, where tied events count as the
/// likelihood takes them. The integrals are differences of sums over slots, so one pass over the rows is enough,
/// however many are tied (Therneau and Grambsch 2000, Modeling Survival Data, 4.2).
struct CoxScores: Sendable {
  private let columns: CoxColumns
  private let hazards: CoxHazards
  /// ∫ x̄ dΛ up to the time of each slot, slots × k.
  private let passed: [Double]
  /// What is added for those with the event, per unit of r and per unit of weight, slots × k.
  private let tied: [Double]
  private let mean: [Double]
  private let residuals: [Double]

  init(_ columns: CoxColumns, _ hazards: CoxHazards, _ moments: CoxMoments) {
    self.columns = columns
    self.hazards = hazards
    let grid = columns.grid
    let k = columns.columnCount
    let slots = grid.slots
    var passed = [Double](repeating: 0, count: slots * k)
    var tied = passed
    var mean = passed
    for column in 0..<k {
      for slot in stride(from: slots - 1, through: 0, by: -1) where !grid.isClosing(slot) {
        let place = slot + column * slots
        let atRisk = moments.atRisk.elements[place]
        let events = moments.events.elements[place]
        passed[place] =
          passed[place + 1] + hazards.squares[slot] * atRisk - hazards.tiedSquares[slot] * events
        tied[place] = -(hazards.tiedSquares[slot] * atRisk - hazards.doublyTiedSquares[slot] * events)
        let weight = hazards.eventWeight[slot] * Double(grid.starts[slot + 1] - grid.eventStarts[slot])
        mean[place] = (hazards.increment[slot] * atRisk - hazards.tiedIncrement[slot] * events) / weight
      }
    }
    self.passed = passed
    self.tied = tied
    self.mean = mean
    residuals = columns.residuals(hazards.expected(grid))
  }

  /// The mean of the columns among those at risk of each slot's events, less the columns' shift; slots × k.
  var means: Matrix { Matrix(rows: columns.grid.slots, columns: columns.columnCount, elements: mean) }

  /// ∫ x̄ dΛ₀ up to each slot's time, for columns less their shift; slots × k.
  var integratedMeans: Matrix { Matrix(rows: columns.grid.slots, columns: columns.columnCount, elements: passed) }

  /// Writes the weighted score residuals of a block of positions over its columns.
  private func fill(_ rows: Range<Int>, into values: UnsafeMutablePointer<Double>) {
    let grid = columns.grid
    let slots = grid.slots
    let count = rows.count
    columns.fill(columns.design, rows, into: values)
    let isLate = !grid.entering.isEmpty
    var p = rows.lowerBound
    while p < rows.upperBound {
      let slot = Int(grid.leave[p])
      let isEvents = p >= Int(grid.eventStarts[slot])
      let end = min(rows.upperBound, Int(isEvents ? grid.starts[slot + 1] : grid.eventStarts[slot]))
      let first = p - rows.lowerBound
      for column in 0..<columns.columnCount {
        let x = values + column * count + first
        let place = slot + column * slots
        let slope = passed[place] + (isEvents ? tied[place] : 0)
        let drop = isEvents ? mean[place] : 0
        residuals.withUnsafeBufferPointer { residuals in
          hazards.relativeRisk.withUnsafeBufferPointer { risk in
            for i in 0..<(end - p) { x[i] = residuals[p + i] * x[i] + risk[p + i] * slope }
            if isEvents {
              for i in 0..<(end - p) { x[i] -= grid.weight(at: p + i) * drop }
            }
            if isLate {
              for i in 0..<(end - p) { x[i] -= risk[p + i] * passed[Int(grid.stop[p + i]) + column * slots] }
            }
          }
        }
      }
      p = end
    }
  }

  /// Σ over clusters of the outer product of their summed scores; every row for itself when nil.
  ///
  /// - Parameter clusters: of all rows of the follow-up, at risk or not.
  func outerProducts(_ clusters: Clusters?) -> Matrix {
    let k = columns.columnCount
    let size = columns.design.rowsPerBlock
    let grid = columns.grid
    guard let clusters else {
      var sum = WorkSharing.reduce(
        count: grid.count, blockSize: size, empty: { (Matrix(rows: k, columns: k), Room(size * k)) },
        add: { part, rows in
          fill(rows, into: part.1.start)
          cblas_dsyrk(
            CblasColMajor, CblasUpper, CblasTrans, Int32(k), Int32(rows.count), 1, part.1.start, Int32(rows.count), 1,
            &part.0.elements, Int32(k))
        },
        combine: { $0.0 += $1.0 }
      ).0
      sum.copyUpperToLower()
      return sum
    }
    // Each part has a sum for every cluster, so many clusters mean few parts. Few clusters lie side by side within a
    // column, many columns within a cluster: what is added to then stays in the cache.
    let parts = max(1, min(16, 8_000_000 / max(1, clusters.count * k)))
    let isNarrow = clusters.count <= 16_384
    let (perCluster, perColumn) = isNarrow ? (1, clusters.count) : (k, 1)
    let sums = WorkSharing.reduce(
      count: grid.count, blockSize: size, parts: parts,
      empty: { (Matrix(rows: k, columns: clusters.count), Room(size * k)) },
      add: { part, rows in
        let values = part.1.start
        fill(rows, into: values)
        part.0.elements.withUnsafeMutableBufferPointer { sums in
          if isNarrow {
            withUnsafeTemporaryAllocation(of: Int.self, capacity: rows.count) { codes in
              for i in 0..<rows.count { codes[i] = Int(clusters.codes[Int(grid.rows[rows.lowerBound + i])]) }
              for column in 0..<k {
                let (x, start) = (values + column * rows.count, column * perColumn)
                for i in 0..<rows.count { sums[start + codes[i]] += x[i] }
              }
            }
          } else {
            for i in 0..<rows.count {
              let start = Int(clusters.codes[Int(grid.rows[rows.lowerBound + i])]) * perCluster
              for column in 0..<k { sums[start + column] += values[i + column * rows.count] }
            }
          }
        }
      },
      combine: { $0.0 += $1.0 }
    ).0
    guard !isNarrow else {
      return Matrix(rows: clusters.count, columns: k, elements: sums.elements).crossProduct
    }
    var product = sums.timesTransposed(sums)
    product.symmetrise()
    return product
  }

  /// The score residual of each row of the follow-up times its weight, n × k; zeros for rows never at risk.
  func rows() -> Matrix {
    let grid = columns.grid
    let k = columns.columnCount
    let size = columns.design.rowsPerBlock
    var result = Matrix(rows: grid.rowCount, columns: k)
    let room = Room(size * k)
    var start = 0
    while start < grid.count {
      let block = start..<min(grid.count, start + size)
      fill(block, into: room.start)
      for i in 0..<block.count {
        let row = Int(grid.rows[block.lowerBound + i])
        for column in 0..<k { result[row, column] = room.start[i + column * block.count] }
      }
      start = block.upperBound
    }
    return result
  }
}
