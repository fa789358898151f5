import COpenBLAS
import NumericalMethods

/// The first and second derivatives of a Cox log likelihood.
///
/// With Λᵢ the hazard a row has gone through, the information is Σ rᵢ Λᵢ xᵢxᵢᵀ − Σ_slots Σ_l w̄ (S₁ − (l/d) E₁)(…)ᵀ / q²:
/// one weighted cross product of the rows, and sums of first moments per slot. Parts of the rows start their sums S₁ at
/// 0; what earlier parts carry over, c, is put in afterwards, because the second sum is quadratic in it.
struct CoxDerivatives: Sendable {
  var score: [Double]
  /// k × k, symmetric.
  var information: Matrix
  /// The diagonal of the first sum, against which a column's information is judged to be nothing.
  var firstDiagonal: [Double]
  /// The largest |x| of each column, after its shift; zeros unless asked for.
  var spread: [Double]
  /// S₁ and E₁ of each slot, slots × k; nil unless asked for.
  var moments: CoxMoments?
}

/// First moments of those at risk and of those with the event, per slot.
struct CoxMoments: Sendable {
  /// slots × k.
  var atRisk: Matrix
  var events: Matrix
}

/// The columns of a Cox model in the order of its grid, moved by constants that do not change the likelihood.
struct CoxColumns: Sendable {
  let grid: CoxGrid
  /// The columns of all rows in their own order.
  let source: ModelMatrix
  /// The columns at each position of the grid.
  let design: ModelMatrix
  /// The columns of the rows that enter late, in the order of `grid.entering`.
  let entering: ModelMatrix?
  /// What is taken off each column, length k: 0, or a middle value where values are all far from 0.
  let shift: [Double]
  /// Whether some column lies so far from 0 that xβ of the column as it is would lose the digits in which rows differ.
  let isFarOff: Bool

  var columnCount: Int { design.columnCount }

  init(_ design: ModelMatrix, _ grid: CoxGrid) {
    self.grid = grid
    source = design
    self.design = design.selecting(rows: grid.rows.map(Int.init))
    entering =
      grid.entering.isEmpty
      ? nil : design.selecting(rows: grid.entering.map { Int(grid.rows[Int($0)]) })
    shift = Self.shift(self.design)
    isFarOff = shift.contains { abs($0) > 1e4 } && Self.isFarOff(self.design, shift)
  }

  /// xβ of each position, and what was taken off it: where columns lie far from 0, the shift of each times its
  /// coefficient, so that the likelihood does not change with the origin of a column (a year, a date, an amount).
  func linearPredictor(_ coefficients: [Double]) -> (values: [Double], moved: Double) {
    guard isFarOff else { return (design.linearPredictor(coefficients), 0) }
    let k = columnCount
    let values = WorkSharing.array(count: design.rowCount, blockSize: design.rowsPerBlock) { rows, start in
      withUnsafeTemporaryAllocation(of: Double.self, capacity: max(1, rows.count * k)) { room in
        fill(design, rows, into: room.baseAddress!)
        for i in 0..<rows.count {
          var sum = 0.0
          for c in 0..<k { sum += room[i + c * rows.count] * coefficients[c] }
          start[rows.lowerBound + i] = sum
        }
      }
    }
    return (values, zip(coefficients, shift).reduce(0) { $0 + $1.0 * $1.1 })
  }

  /// Whether the rows of a column differ by less than a ten-thousandth of what is taken off.
  private static func isFarOff(_ design: ModelMatrix, _ shift: [Double]) -> Bool {
    let count = min(design.rowCount, 101)
    let sample = design.selecting(rows: (0..<count).map { $0 * design.rowCount / count }).materialised()
    return shift.indices.contains { column in
      sample.column(column).allSatisfy { abs($0 - shift[column]) < 1e-4 * abs(shift[column]) } && shift[column] != 0
    }
  }

  /// The median of some hundred rows for columns whose values lie close together compared with how far they are from 0.
  static func shift(_ design: ModelMatrix) -> [Double] {
    let count = min(design.rowCount, 101)
    guard count > 0 else { return [Double](repeating: 0, count: design.columnCount) }
    let sample = design.selecting(rows: (0..<count).map { $0 * design.rowCount / count }).materialised()
    return (0..<design.columnCount).map { column in
      let values = sample.column(column)
      let median = values.sorted()[count / 2]
      let distance = values.reduce(0) { $0 + abs($1 - median) } / Double(count)
      return abs(median) > 4 * distance ? median : 0
    }
  }

  /// Writes a block of rows, less the shift.
  func fill(_ source: ModelMatrix, _ rows: Range<Int>, into start: UnsafeMutablePointer<Double>) {
    source.fill(rows, into: start, leadingDimension: rows.count)
    for (column, value) in shift.enumerated() where value != 0 {
      let values = start + column * rows.count
      for i in 0..<rows.count { values[i] -= value }
    }
  }

  /// - Parameters:
  ///   - expected: the hazard each row has gone through times r, per position.
  ///   - residuals: what each row's columns count for in the score; nil for w δ less what was expected.
  func derivatives(
    _ hazards: CoxHazards, expected: [Double], residuals: [Double]? = nil, keepsMoments: Bool = false,
    measuresSpread: Bool = false
  ) -> CoxDerivatives {
    let k = columnCount
    var sum = CoxDerivatives(
      score: [Double](repeating: 0, count: k), information: Matrix(rows: k, columns: k),
      firstDiagonal: [Double](repeating: 0, count: k), spread: [Double](repeating: 0, count: k))
    guard k > 0, grid.count > 0 else { return sum }
    let martingale = residuals ?? self.residuals(expected)
    let parts = self.parts()
    let target = keepsMoments ? MomentTarget(slots: grid.slots, columns: k) : nil
    let made = WorkSharing.map(parts.count) { number in
      let part = CoxPart(columns: k, blockSize: design.rowsPerBlock)
      part.run(
        parts[number], self, hazards, expected: expected, martingale: martingale, target,
        measuresSpread: measuresSpread)
      return part
    }
    var carried = [Double](repeating: 0, count: k)
    for (number, part) in made.enumerated() {
      for i in 0..<k {
        sum.score[i] += part.score[i]
        sum.firstDiagonal[i] += part.first[i, i]
        sum.spread[i] = max(sum.spread[i], part.spread[i])
        for j in 0...i {
          sum.information[j, i] +=
            part.first[j, i] - part.second[j, i] - carried[i] * part.linear[j] - carried[j] * part.linear[i]
            - part.constant * carried[i] * carried[j]
        }
      }
      if let target {
        for slot in part.carriedSlots(parts[number], grid) {
          for i in 0..<k { target.atRisk[slot + i * grid.slots] += carried[i] }
        }
      }
      for i in 0..<k { carried[i] = part.running[i] + (part.startsAnew ? 0 : carried[i]) }
    }
    sum.information.copyUpperToLower()
    sum.moments = target?.moments
    return sum
  }

  /// w δ − r Λ at each position: the martingale residual times the weight.
  func residuals(_ expected: [Double]) -> [Double] {
    WorkSharing.array(count: grid.count) { range, start in
      for p in range {
        let isEvent = p >= Int(grid.eventStarts[Int(grid.leave[p])])
        start[p] = (isEvent ? grid.weight(at: p) : 0) - expected[p]
      }
    }
  }

  /// Ranges of positions of about equal length that do not cut through the events of a slot.
  func parts() -> [Range<Int>] {
    let wanted = max(1, min(16, grid.count / design.rowsPerBlock))
    var ranges: [Range<Int>] = []
    var start = 0
    for number in 1...wanted {
      var end = number * grid.count / wanted
      if end < grid.count {
        let slot = Int(grid.leave[end])
        if end > Int(grid.eventStarts[slot]) { end = Int(grid.starts[slot + 1]) }
      }
      guard end > start else { continue }
      ranges.append(start..<end)
      start = end
    }
    return ranges
  }
}

/// Where parts write the moments of their own slots.
final class MomentTarget: @unchecked Sendable {
  let slots: Int
  let columns: Int
  /// slots × k.
  let atRisk: UnsafeMutablePointer<Double>
  let events: UnsafeMutablePointer<Double>

  init(slots: Int, columns: Int) {
    self.slots = slots
    self.columns = columns
    atRisk = .allocate(capacity: slots * columns)
    events = .allocate(capacity: slots * columns)
    atRisk.initialize(repeating: 0, count: slots * columns)
    events.initialize(repeating: 0, count: slots * columns)
  }

  deinit {
    atRisk.deallocate()
    events.deallocate()
  }

  var moments: CoxMoments {
    func matrix(_ start: UnsafeMutablePointer<Double>) -> Matrix {
      Matrix(rows: slots, columns: columns, elements: Array(UnsafeBufferPointer(start: start, count: slots * columns)))
    }
    return CoxMoments(atRisk: matrix(atRisk), events: matrix(events))
  }
}
