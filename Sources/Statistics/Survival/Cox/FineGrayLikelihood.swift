import COpenBLAS
import NumericalMethods

#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// The partial likelihood in which those who had another event stay at risk, with the weight G(t−) / G(T−).
struct FineGrayLikelihood: PartialLikelihood {
  let grid: FineGrayGrid
  /// The columns at each position, less `shift`.
  let design: ModelMatrix
  let shift: [Double]
  let names: [String]
  let eventWeight: Double
  let ties: CoxTies
  /// At the coefficients moved to last.
  private(set) var state: FineGrayState
  private var spread: [Double]?

  init(_ design: ModelMatrix, _ grid: FineGrayGrid, ties: CoxTies) {
    self.grid = grid
    self.ties = ties
    self.design = design.selecting(rows: grid.rows.map(Int.init))
    shift = CoxColumns.shift(self.design)
    names = design.names
    eventWeight = (0..<grid.count).reduce(0) { $0 + (grid.isEvent($1) ? grid.weight(at: $1) : 0) }
    state = FineGrayState(grid, [Double](repeating: 0, count: grid.count), ties: ties)
  }

  mutating func move(to coefficients: [Double]) -> Double {
    state = FineGrayState(grid, design.linearPredictor(coefficients), ties: ties)
    return state.logLikelihood
  }

  func fill(_ rows: Range<Int>, into start: UnsafeMutablePointer<Double>) {
    design.fill(rows, into: start, leadingDimension: rows.count)
    for (column, value) in shift.enumerated() where value != 0 {
      let values = start + column * rows.count
      for i in 0..<rows.count { values[i] -= value }
    }
  }

  mutating func derivatives() -> LikelihoodDerivatives {
    let sums = sums()
    let spread = spread ?? sums.spread
    self.spread = spread
    return LikelihoodDerivatives(
      score: sums.score, information: sums.information, firstDiagonal: sums.firstDiagonal, spread: spread)
  }

  private func sums() -> FineGrayPart {
    let k = names.count
    let moments = self.moments()
    let expected = state.expected(grid)
    let sums = WorkSharing.reduce(
      count: grid.count, blockSize: design.rowsPerBlock, empty: { FineGrayPart(columns: k, rows: design.rowsPerBlock) },
      add: { part, rows in
        fill(rows, into: part.values)
        part.add(rows, grid, expected, measuresSpread: spread == nil)
      }, combine: { $0.combine($1) })
    // Less the outer products of the means, one or two rows for each event time.
    let steps = grid.times.count
    var outer: [Double] = []
    outer.reserveCapacity(2 * steps * k)
    for column in 0..<k {
      for step in 0..<steps {
        let root = state.squares[step].squareRoot()
        outer.append(
          root * moments.atRisk[step, column] - state.tiedSquares[step] / root * moments.events[step, column])
      }
      for step in 0..<steps {
        let rest =
          state.doublyTiedSquares[step] - state.tiedSquares[step] * state.tiedSquares[step] / state.squares[step]
        outer.append(max(0, rest).squareRoot() * moments.events[step, column])
      }
    }
    if steps > 0 {
      cblas_dsyrk(
        CblasColMajor, CblasUpper, CblasTrans, Int32(k), Int32(2 * steps), -1, outer, Int32(2 * steps), 1,
        &sums.information.elements, Int32(k))
    }
    sums.information.copyUpperToLower()
    return sums
  }

  /// S₁ and E₁ at each event time, T × k, for columns less their shift.
  func moments() -> CoxMoments {
    let k = names.count
    let steps = grid.times.count
    var atRisk = Matrix(rows: steps + 1, columns: k)
    var events = Matrix(rows: steps, columns: k)
    // Groups × (T + 1) for each column.
    var others = [Double](repeating: 0, count: grid.groups * (steps + 1) * k)
    let room = Room(design.rowsPerBlock * k)
    var start = 0
    while start < grid.count {
      let rows = start..<min(grid.count, start + design.rowsPerBlock)
      fill(rows, into: room.start)
      // What each row of the block adds to those with another event, and where; looked up once for all columns.
      var elsewhere: [(row: Int, place: Int, share: Double)] = []
      for (i, p) in rows.enumerated() where grid.kind[p] == 2 {
        elsewhere.append(
          (i, Int(grid.group[p]) * (steps + 1) + Int(grid.reached[p]), state.relativeRisk[p] / grid.ownProbability[p]))
      }
      for column in 0..<k {
        let x = room.start + column * rows.count
        let first = column * (steps + 1)
        state.relativeRisk.withUnsafeBufferPointer { risk in
          atRisk.elements.withUnsafeMutableBufferPointer { atRisk in
            for i in 0..<rows.count {
              atRisk[first + Int(grid.reached[rows.lowerBound + i])] += risk[rows.lowerBound + i] * x[i]
            }
          }
          for i in 0..<rows.count where grid.isEvent(rows.lowerBound + i) {
            events.elements[column * steps + Int(grid.reached[rows.lowerBound + i]) - 1] +=
              risk[rows.lowerBound + i] * x[i]
          }
        }
        let width = grid.groups * (steps + 1)
        others.withUnsafeMutableBufferPointer { others in
          for other in elsewhere { others[column * width + other.place] += other.share * x[other.row] }
        }
      }
      start = rows.upperBound
    }
    var sums = Matrix(rows: steps, columns: k)
    for column in 0..<k {
      var later = 0.0
      for step in stride(from: steps - 1, through: 0, by: -1) {
        later += atRisk[step + 1, column]
        sums[step, column] = later
      }
      for group in 0..<grid.groups {
        var earlier = 0.0
        for step in 0..<steps {
          earlier += others[(column * grid.groups + group) * (steps + 1) + step]
          sums[step, column] += grid.probability[group][step] * earlier
        }
      }
    }
    return CoxMoments(atRisk: sums, events: events)
  }
}

/// What the likelihood needs of each event time and row at given coefficients; named as in ``CoxHazards``.
struct FineGrayState: Sendable {
  var logLikelihood = 0.0
  var relativeRisk: [Double]
  var increment: [Double]
  var tiedIncrement: [Double]
  var squares: [Double]
  var tiedSquares: [Double]
  var doublyTiedSquares: [Double]
  /// The weight of the events at each time.
  var eventWeight: [Double]
  let shift: Double

  init(_ grid: FineGrayGrid, _ linearPredictor: [Double], ties: CoxTies) {
    let steps = grid.times.count
    let shift = linearPredictor.reduce(0, +) / Double(max(1, linearPredictor.count))
    self.shift = shift
    relativeRisk = linearPredictor.indices.map { grid.weight(at: $0) * exp(linearPredictor[$0] - shift) }
    let zeros = [Double](repeating: 0, count: steps)
    increment = zeros
    tiedIncrement = zeros
    squares = zeros
    tiedSquares = zeros
    doublyTiedSquares = zeros
    eventWeight = zeros
    var leaving = [Double](repeating: 0, count: steps + 1)
    var events = zeros
    var counts = [Int](repeating: 0, count: steps)
    var others = [[Double]](repeating: leaving, count: grid.groups)
    for p in 0..<grid.count {
      let reached = Int(grid.reached[p])
      leaving[reached] += relativeRisk[p]
      if grid.isEvent(p) {
        let weight = grid.weight(at: p)
        events[reached - 1] += relativeRisk[p]
        eventWeight[reached - 1] += weight
        counts[reached - 1] += 1
        logLikelihood += weight * (linearPredictor[p] - shift)
      }
      if grid.kind[p] == 2 { others[Int(grid.group[p])][reached] += relativeRisk[p] / grid.ownProbability[p] }
    }
    for group in 0..<grid.groups {
      for step in 0..<steps { others[group][step + 1] += others[group][step] }
    }
    var later = 0.0
    for step in stride(from: steps - 1, through: 0, by: -1) {
      later += leaving[step + 1]
      var atRisk = later
      for group in 0..<grid.groups { atRisk += grid.probability[group][step] * others[group][step] }
      take(step, counts[step], atRisk, events[step], efron: ties == .efron)
    }
    if !logLikelihood.isFinite { logLikelihood = -.infinity }
  }

  private mutating func take(_ step: Int, _ count: Int, _ atRisk: Double, _ events: Double, efron: Bool) {
    let mean = eventWeight[step] / Double(count)
    for l in 0..<count {
      let share = efron ? Double(l) / Double(count) : 0
      let q = atRisk - share * events
      logLikelihood -= mean * log(q)
      increment[step] += mean / q
      tiedIncrement[step] += share * mean / q
      squares[step] += mean / (q * q)
      tiedSquares[step] += share * mean / (q * q)
      doublyTiedSquares[step] += share * share * mean / (q * q)
    }
  }

  /// r times the subdistribution hazard each row has gone through, also after another event; per position.
  func expected(_ grid: FineGrayGrid) -> [Double] {
    let steps = grid.times.count
    var before = [Double](repeating: 0, count: steps + 1)
    for step in 0..<steps { before[step + 1] = before[step] + increment[step] }
    let after = weightedAfter(grid, increment)
    return (0..<grid.count).map { p in
      let reached = Int(grid.reached[p])
      var hazard = before[reached]
      if grid.isEvent(p) { hazard -= tiedIncrement[reached - 1] }
      if grid.kind[p] == 2 { hazard += after[Int(grid.group[p])][reached] / grid.ownProbability[p] }
      return relativeRisk[p] * hazard
    }
  }

  /// Σ G(t−) v(t) over the event times from each step on, groups × (T + 1).
  func weightedAfter(_ grid: FineGrayGrid, _ values: [Double]) -> [[Double]] {
    (0..<grid.groups).map { group in
      var sums = [Double](repeating: 0, count: values.count + 1)
      for step in stride(from: values.count - 1, through: 0, by: -1) {
        sums[step] = sums[step + 1] + grid.probability[group][step] * values[step]
      }
      return sums
    }
  }
}

/// Sums over rows: score and first part of the information.
private final class FineGrayPart: @unchecked Sendable {
  var score: [Double]
  var information: Matrix
  var firstDiagonal: [Double]
  var spread: [Double]
  private let k: Int
  let values: UnsafeMutablePointer<Double>
  private let spare: UnsafeMutablePointer<Double>

  init(columns k: Int, rows: Int) {
    self.k = k
    score = [Double](repeating: 0, count: k)
    firstDiagonal = score
    spread = score
    information = Matrix(rows: k, columns: k)
    values = .allocate(capacity: rows * k)
    spare = .allocate(capacity: rows * k)
  }

  deinit {
    values.deallocate()
    spare.deallocate()
  }

  func add(_ rows: Range<Int>, _ grid: FineGrayGrid, _ expected: [Double], measuresSpread: Bool) {
    let count = rows.count
    WorkSharing.prepareLinearAlgebra()
    withUnsafeTemporaryAllocation(of: Double.self, capacity: count) { own in
      for i in 0..<count {
        let p = rows.lowerBound + i
        own[i] = (grid.isEvent(p) ? grid.weight(at: p) : 0) - expected[p]
      }
      cblas_dgemv(
        CblasColMajor, CblasTrans, Int32(count), Int32(k), 1, values, Int32(count), own.baseAddress!, 1, 1, &score, 1)
      for i in 0..<count { own[i] = max(0, expected[rows.lowerBound + i]).squareRoot() }
      for column in 0..<k {
        let (from, to) = (values + column * count, spare + column * count)
        for i in 0..<count { to[i] = from[i] * own[i] }
        firstDiagonal[column] += dot(to, to, count)
        guard measuresSpread else { continue }
        var largest = spread[column]
        for i in 0..<count { largest = max(largest, abs(from[i])) }
        spread[column] = largest
      }
    }
    cblas_dsyrk(
      CblasColMajor, CblasUpper, CblasTrans, Int32(k), Int32(count), 1, spare, Int32(count), 1,
      &information.elements, Int32(k))
  }

  func combine(_ other: FineGrayPart) {
    information += other.information
    for i in 0..<k {
      score[i] += other.score[i]
      firstDiagonal[i] += other.firstDiagonal[i]
      spread[i] = max(spread[i], other.spread[i])
    }
  }
}
