import NumericalMethods

/// The moves that are made at each time, and what each state's occupants weigh: the grid of a multi-state estimate.
struct TransitionGrid {
  /// T, the number of times.
  var steps: Int
  var states: Int
  /// The moves made at step r are at offsets[r]..<offsets[r + 1], those from one state next to each other.
  var offsets: [Int] = [0]
  var from: [Int32] = []
  var to: [Int32] = []
  /// The share of those at risk who move.
  var hazard: [Double] = []
  /// The probability of the state just before, divided by the weight at risk in it.
  var share: [Double] = []
}

/// Rows on a grid of times, each in one state; arrays of length n.
struct GridRows {
  /// Row i is at risk at the steps first[i]..<last[i].
  var first: [Int32]
  var last: [Int32]
  var from: [Int32]
  /// The state entered at step last[i] − 1, or −1.
  var to: [Int32]
  var weight: [Double]?
  /// The cluster of each row, 0..<clusters.
  var cluster: [Int32]
  var clusters: Int
}

/// The infinitesimal-jackknife variance of state occupation, with influences summed within clusters.
///
/// The influence of each cluster on the occupation probabilities, U(t) = U(t−) H(t) + p(t−) ∂H(t), is carried through
/// time; clusters are taken in blocks that stay in the processor's cache, and blocks are added in order.
///
/// - Parameters:
///   - keepsSource: leave the influence on the states that are left at 0. With shares 1 / n this makes the
///     influence on cumulative hazards.
///   - progress: stage `standard errors`, in clusters.
/// - Returns: the variance of each state at each step, states × T.
func sweptVariance(
  _ grid: TransitionGrid, _ rows: GridRows, keepsSource: Bool = false, progress: ThrottledProgress? = nil
) throws(StatisticsError) -> [[Double]] {
  let blockSize = 512
  let byCluster = sortedOrder(of: rows.cluster.map { UInt64($0) })
  var sums = [[Double]](repeating: [Double](repeating: 0, count: grid.steps), count: grid.states)
  var start = 0
  var firstCluster = 0
  progress?.report(0, of: rows.clusters)
  while firstCluster < rows.clusters {
    guard !Task.isCancelled else { throw .cancelled }
    let block = firstCluster..<min(firstCluster + blockSize, rows.clusters)
    var end = start
    while end < byCluster.count, block.contains(Int(rows.cluster[Int(byCluster[end])])) { end += 1 }
    sweep(block, Array(byCluster[start..<end]), grid, rows, keepsSource, &sums)
    start = end
    firstCluster = block.upperBound
    progress?.report(firstCluster, of: rows.clusters)
  }
  return sums
}

/// Adds the squared influences of one block of clusters to the sums.
private func sweep(
  _ block: Range<Int>, _ members: [Int32], _ grid: TransitionGrid, _ rows: GridRows, _ keepsSource: Bool,
  _ sums: inout [[Double]]
) {
  let size = block.count
  let entering = sortedOrder(of: members.map { UInt64(rows.first[Int($0)]) }).map { Int(members[Int($0)]) }
  let leaving = sortedOrder(of: members.map { UInt64(rows.last[Int($0)]) }).map { Int(members[Int($0)]) }
  var nextEntering = 0
  var nextLeaving = 0
  // Influence, weight at risk and the influence that flows, each states × clusters of the block.
  // One piece of memory, because arrays that are checked at every element take about four times as long.
  let cells = grid.states * size
  let memory = UnsafeMutableBufferPointer<Double>.allocate(capacity: 3 * cells)
  defer { memory.deallocate() }
  memory.initialize(repeating: 0)
  let influence = UnsafeMutableBufferPointer(rebasing: memory[0..<cells])
  let weightAtRisk = UnsafeMutableBufferPointer(rebasing: memory[cells..<(2 * cells)])
  let flowing = UnsafeMutableBufferPointer(rebasing: memory[(2 * cells)...])
  let weightOf = { (row: Int) in rows.weight?[row] ?? 1 }
  for step in 0..<grid.steps {
    while nextEntering < entering.count, rows.first[entering[nextEntering]] <= step {
      let row = entering[nextEntering]
      nextEntering += 1
      guard rows.first[row] < rows.last[row] else { continue }
      weightAtRisk[Int(rows.from[row]) * size + Int(rows.cluster[row]) - block.lowerBound] += weightOf(row)
    }
    let moves = grid.offsets[step]..<grid.offsets[step + 1]
    flow(moves, grid, size, keepsSource, influence, weightAtRisk, flowing)
    while nextLeaving < leaving.count, rows.last[leaving[nextLeaving]] <= step + 1 {
      let row = leaving[nextLeaving]
      nextLeaving += 1
      guard rows.first[row] < rows.last[row] else { continue }
      let column = Int(rows.cluster[row]) - block.lowerBound
      let source = Int(rows.from[row])
      weightAtRisk[source * size + column] -= weightOf(row)
      let target = Int(rows.to[row])
      guard target >= 0, target != source, rows.last[row] == step + 1 else { continue }
      guard let move = moves.first(where: { grid.from[$0] == source }) else { continue }
      influence[target * size + column] += weightOf(row) * grid.share[move]
      if !keepsSource { influence[source * size + column] -= weightOf(row) * grid.share[move] }
    }
    for state in 0..<grid.states {
      sums[state][step] += sumOfSquares(influence, (state * size)..<((state + 1) * size))
    }
  }
}

/// Moves the influence along with the hazards of one step.
private func flow(
  _ moves: Range<Int>, _ grid: TransitionGrid, _ size: Int, _ keepsSource: Bool,
  _ influence: UnsafeMutableBufferPointer<Double>, _ weightAtRisk: UnsafeMutableBufferPointer<Double>,
  _ flowing: UnsafeMutableBufferPointer<Double>
) {
  // What flows from a state is settled before any flow changes it.
  for move in moves where move == moves.lowerBound || grid.from[move] != grid.from[move - 1] {
    let source = Int(grid.from[move]) * size
    let share = grid.share[move]
    for column in source..<(source + size) {
      flowing[column] = influence[column] - share * weightAtRisk[column]
    }
  }
  for move in moves {
    let source = Int(grid.from[move]) * size
    let target = Int(grid.to[move]) * size
    let hazard = grid.hazard[move]
    for column in 0..<size { influence[target + column] += hazard * flowing[source + column] }
    if keepsSource { continue }
    for column in source..<(source + size) { influence[column] -= hazard * flowing[column] }
  }
}

/// The sum of squares, in four strands that the processor adds side by side.
private func sumOfSquares(_ values: UnsafeMutableBufferPointer<Double>, _ range: Range<Int>) -> Double {
  var strands = SIMD4<Double>.zero
  var position = range.lowerBound
  while position + 4 <= range.upperBound {
    let four = SIMD4(values[position], values[position + 1], values[position + 2], values[position + 3])
    strands += four * four
    position += 4
  }
  var sum = strands.sum()
  while position < range.upperBound {
    sum += values[position] * values[position]
    position += 1
  }
  return sum
}
