import COpenBLAS
import NumericalMethods

/// The sums of the derivatives over a range of positions, block after block.
final class CoxPart: @unchecked Sendable {
  private(set) var score: [Double]
  /// The first and the second sum of the information; only what lies on and above the diagonal.
  private(set) var first: Matrix
  private(set) var second: Matrix
  /// The largest |x| of each column, when asked.
  private(set) var spread: [Double]
  /// Σ (w̄ Σ_l (S₁ − (l/d) E₁) / q²) and Σ w̄ Σ_l 1/q² over the slots that what came before the part still counts in.
  private(set) var linear: [Double]
  private(set) var constant = 0.0
  /// S₁ after the part, as if it started at 0.
  private(set) var running: [Double]
  /// Whether the sum started anew somewhere in the part.
  private(set) var startsAnew = false

  private let k: Int
  private let size: Int
  /// E₁ of the slot that is under way.
  private var events: [Double]
  private let values: UnsafeMutablePointer<Double>
  private let spare: UnsafeMutablePointer<Double>
  private let outer: UnsafeMutablePointer<Double>
  private var segments: [Segment] = []

  /// A stretch of positions of one slot, all with or all without event.
  private struct Segment {
    var first: Int
    var count: Int
    var slot: Int
    var isEvents: Bool
    var startsAnew: Bool
    var ends: Bool
  }

  init(columns k: Int, blockSize: Int) {
    self.k = k
    size = blockSize
    let zeros = [Double](repeating: 0, count: k)
    score = zeros
    spread = zeros
    linear = zeros
    running = zeros
    events = zeros
    first = Matrix(rows: k, columns: k)
    second = first
    values = .allocate(capacity: blockSize * k)
    spare = .allocate(capacity: blockSize * k)
    outer = .allocate(capacity: 2 * blockSize * k)
  }

  deinit {
    values.deallocate()
    spare.deallocate()
    outer.deallocate()
  }

  /// The slots of the part that what came before still counts in.
  func carriedSlots(_ range: Range<Int>, _ grid: CoxGrid) -> Range<Int> {
    let first = Int(grid.leave[range.lowerBound])
    var slot = first
    while slot < grid.slots, Int(grid.starts[slot + 1]) <= range.upperBound, !grid.isClosing(slot) {
      if grid.isFresh[slot], Int(grid.starts[slot]) >= range.lowerBound { break }
      slot += 1
    }
    return first..<slot
  }

  func run(
    _ range: Range<Int>, _ columns: CoxColumns, _ hazards: CoxHazards, expected: [Double], martingale: [Double],
    _ target: MomentTarget?, measuresSpread: Bool
  ) {
    var nextEntering = firstEntering(range, columns.grid)
    var start = range.lowerBound
    while start < range.upperBound {
      let rows = start..<min(range.upperBound, start + size)
      cut(rows, columns.grid)
      let leaving = entering(rows, columns, hazards, &nextEntering)
      columns.fill(columns.design, rows, into: values)
      addMoments(rows, columns.grid, hazards, leaving, target)
      if measuresSpread { widen(rows.count) }
      addRows(rows, expected: expected, martingale: martingale)
      start = rows.upperBound
    }
  }

  /// Cuts a block into segments.
  private func cut(_ rows: Range<Int>, _ grid: CoxGrid) {
    segments.removeAll(keepingCapacity: true)
    var p = rows.lowerBound
    while p < rows.upperBound {
      let slot = Int(grid.leave[p])
      let slotStart = Int(grid.starts[slot])
      let eventStart = Int(grid.eventStarts[slot])
      let slotEnd = Int(grid.starts[slot + 1])
      let isEvents = p >= eventStart
      let end = min(rows.upperBound, isEvents ? slotEnd : eventStart)
      segments.append(
        Segment(
          first: p - rows.lowerBound, count: end - p, slot: slot, isEvents: isEvents,
          startsAnew: p == slotStart && grid.isFresh[slot], ends: end == slotEnd))
      p = end
    }
  }

  private func firstEntering(_ range: Range<Int>, _ grid: CoxGrid) -> Int {
    guard !grid.entering.isEmpty else { return 0 }
    let first = grid.leave[range.lowerBound]
    var low = 0
    var high = grid.entering.count
    while low < high {
      let middle = (low + high) / 2
      if grid.stop[Int(grid.entering[middle])] < first { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The sums of r x over the rows that enter at each slot that the block ends, ended × k; nil when there are none.
  private func entering(
    _ rows: Range<Int>, _ columns: CoxColumns, _ hazards: CoxHazards, _ next: inout Int
  ) -> [Double]? {
    guard let design = columns.entering else { return nil }
    let grid = columns.grid
    let ended = segments.filter(\.ends).map(\.slot)
    guard let last = ended.last else { return nil }
    var end = next
    while end < grid.entering.count, grid.stop[Int(grid.entering[end])] <= last { end += 1 }
    guard end > next else { return nil }
    var sums = [Double](repeating: 0, count: ended.count * k)
    var place = 0
    var start = next
    while start < end {
      let block = start..<min(end, start + size)
      columns.fill(design, block, into: spare)
      for (i, entry) in block.enumerated() {
        let position = Int(grid.entering[entry])
        while ended[place] < Int(grid.stop[position]) { place += 1 }
        if ended[place] != Int(grid.stop[position]) || grid.isFresh[ended[place]] { continue }
        let r = hazards.relativeRisk[position]
        for column in 0..<k { sums[place + column * ended.count] += r * spare[i + column * block.count] }
      }
      start = block.upperBound
    }
    next = end
    return sums
  }

  /// Adds to the second sum of the information what the slots that end in the block add.
  private func addMoments(
    _ rows: Range<Int>, _ grid: CoxGrid, _ hazards: CoxHazards, _ leaving: [Double]?, _ target: MomentTarget?
  ) {
    let count = rows.count
    let ended = segments.reduce(0) { $0 + ($1.ends ? 1 : 0) }
    let tied = segments.reduce(0) { $0 + ($1.ends && hazards.doublyTiedSquares[$1.slot] > 0 ? 1 : 0) }
    let height = ended + tied
    hazards.relativeRisk.withUnsafeBufferPointer { risk in
      let r = risk.baseAddress! + rows.lowerBound
      for column in 0..<k {
        let x = values + column * count
        var sum = running[column]
        var tiedSum = events[column]
        var place = 0
        var row = 0
        var isCarried = !startsAnew
        for segment in segments {
          if segment.startsAnew {
            sum = 0
            isCarried = false
          }
          let part = dot(r + segment.first, x + segment.first, segment.count)
          sum += part
          if segment.isEvents { tiedSum += part }
          guard segment.ends else { continue }
          if let leaving { sum -= leaving[place + column * ended] }
          place += 1
          let slot = segment.slot
          let square = hazards.squares[slot]
          let inner = square * sum - hazards.tiedSquares[slot] * tiedSum
          outer[row + column * height] = square > 0 ? inner / square.squareRoot() : 0
          row += 1
          if hazards.doublyTiedSquares[slot] > 0 {
            let rest = hazards.doublyTiedSquares[slot] - hazards.tiedSquares[slot] * hazards.tiedSquares[slot] / square
            outer[row + column * height] = max(0, rest).squareRoot() * tiedSum
            row += 1
          }
          if isCarried {
            linear[column] += inner
            if column == 0 { constant += square }
          }
          if let target {
            target.atRisk[slot + column * grid.slots] = sum
            target.events[slot + column * grid.slots] = tiedSum
          }
          tiedSum = 0
        }
        running[column] = sum
        events[column] = tiedSum
      }
    }
    if segments.contains(where: \.startsAnew) { startsAnew = true }
    guard height > 0 else { return }
    cblas_dsyrk(
      CblasColMajor, CblasUpper, CblasTrans, Int32(k), Int32(height), 1, outer, Int32(height), 1,
      &second.elements, Int32(k))
  }

  /// Adds the first sum of the information, and the score.
  private func addRows(_ rows: Range<Int>, expected: [Double], martingale: [Double]) {
    let count = rows.count
    martingale.withUnsafeBufferPointer {
      cblas_dgemv(
        CblasColMajor, CblasTrans, Int32(count), Int32(k), 1, values, Int32(count), $0.baseAddress! + rows.lowerBound,
        1, 1, &score, 1)
    }
    withUnsafeTemporaryAllocation(of: Double.self, capacity: count) { roots in
      for i in 0..<count { roots[i] = max(0, expected[rows.lowerBound + i]).squareRoot() }
      for column in 0..<k {
        let from = values + column * count
        let to = spare + column * count
        for i in 0..<count { to[i] = from[i] * roots[i] }
      }
    }
    cblas_dsyrk(
      CblasColMajor, CblasUpper, CblasTrans, Int32(k), Int32(count), 1, spare, Int32(count), 1,
      &first.elements, Int32(k))
  }

  private func widen(_ count: Int) {
    for column in 0..<k {
      let x = values + column * count
      var largest = spread[column]
      for i in 0..<count { largest = max(largest, abs(x[i])) }
      spread[column] = largest
    }
  }
}

/// Σ xᵢ yᵢ.
@inline(__always)
func dot(_ x: UnsafePointer<Double>, _ y: UnsafePointer<Double>, _ count: Int) -> Double {
  if count > 16 { return cblas_ddot(Int32(count), x, 1, y, 1) }
  var sum = 0.0
  for i in 0..<count { sum += x[i] * y[i] }
  return sum
}
