import NumericalMethods

#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// The partial likelihood times the root of the determinant of its information.
///
/// The penalty's slope is ½ tr(V ∂I/∂β_j), a sum over slots of third central moments: with x̄ and C the mean and
/// covariance of those at risk and h = xᵀVx, it is E[h x_j] − E[h] x̄_j − 2 (C V x̄)_j. One pass over the rows finds I, a
/// second the slope; sums are taken row by row, because this likelihood is for small data.
struct FirthLikelihood: PartialLikelihood {
  let names: [String]
  let eventWeight: Double
  private let columns: CoxColumns
  private let offset: [Double]?
  private let ties: CoxTies
  private let k: Int
  /// Row after row, k numbers each, less the shift.
  private let x: [Double]
  private var hazards: CoxHazards
  private(set) var information: Matrix
  private var covariance: Matrix?
  /// The unpenalised log likelihood.
  var plainLogLikelihood: Double { hazards.logLikelihood }

  init(_ columns: CoxColumns, ties: CoxTies, offset: [Double]?) {
    self.columns = columns
    self.ties = ties
    self.offset = offset
    k = columns.columnCount
    names = columns.design.names
    let plain = CoxLikelihood(columns, ties: ties, offset: offset)
    eventWeight = plain.eventWeight
    hazards = plain.hazards
    information = Matrix(rows: k, columns: k)
    let count = columns.grid.count
    let room = Room(count * k)
    columns.fill(columns.design, 0..<count, into: room.start)
    var x = [Double](repeating: 0, count: count * k)
    for row in 0..<count {
      for column in 0..<k { x[row * k + column] = room.start[row + column * count] }
    }
    self.x = x
  }

  mutating func move(to coefficients: [Double]) -> Double {
    var (eta, moved) = columns.linearPredictor(coefficients)
    if let offset {
      for p in eta.indices { eta[p] += offset[p] }
    }
    hazards = CoxHazards(columns.grid, eta, moved: moved, ties: ties)
    guard hazards.logLikelihood.isFinite else { return -.infinity }
    information = columns.derivatives(hazards, expected: hazards.expected(columns.grid)).information
    covariance = scaledInverse(information)
    guard covariance != nil, let determinant = logDeterminant(information) else { return -.infinity }
    return hazards.logLikelihood + determinant / 2
  }

  private func logDeterminant(_ matrix: Matrix) -> Double? {
    let scale = matrix.diagonal.map { 1 / $0.squareRoot() }
    guard let factor = Cholesky(matrix.sandwiched(by: .diagonal(scale))) else { return nil }
    return factor.logDeterminant - 2 * scale.reduce(0) { $0 + log($1) }
  }

  func derivatives() -> LikelihoodDerivatives {
    let sums = columns.derivatives(hazards, expected: hazards.expected(columns.grid))
    var score = sums.score
    if let covariance {
      for (column, value) in penaltySlope(covariance).enumerated() { score[column] += value }
    }
    return LikelihoodDerivatives(
      score: score, information: sums.information, firstDiagonal: sums.firstDiagonal, spread: sums.spread)
  }

  private func penaltySlope(_ v: Matrix) -> [Double] {
    let grid = columns.grid
    var slope = [Double](repeating: 0, count: k)
    var atRisk = FirthMoments(k)
    var nextEntering = 0
    for slot in 0..<grid.slots {
      if grid.isFresh[slot] { atRisk = FirthMoments(k) }
      while nextEntering < grid.entering.count, Int(grid.stop[Int(grid.entering[nextEntering])]) <= slot {
        if !grid.isFresh[slot] { add(Int(grid.entering[nextEntering]), -1, v, &atRisk) }
        nextEntering += 1
      }
      guard !grid.isClosing(slot) else { continue }
      var events = FirthMoments(k)
      for p in Int(grid.starts[slot])..<Int(grid.eventStarts[slot]) { add(p, 1, v, &atRisk) }
      let tied = Int(grid.eventStarts[slot])..<Int(grid.starts[slot + 1])
      for p in tied {
        add(p, 1, v, &atRisk)
        add(p, 1, v, &events)
      }
      let steps = ties == .efron ? tied.count : 1
      let weight = hazards.eventWeight[slot] * Double(tied.count) / Double(steps)
      for step in 0..<steps {
        atRisk.addSlope(less: events, share: Double(step) / Double(tied.count), weight: weight / 2, v, &slope)
      }
    }
    return slope
  }

  private func add(_ p: Int, _ sign: Double, _ v: Matrix, _ moments: inout FirthMoments) {
    let r = sign * hazards.relativeRisk[p]
    var h = 0.0
    for c in 0..<k {
      for row in 0..<k { h += x[p * k + row] * v[row, c] * x[p * k + c] }
    }
    moments.zeroth += r
    moments.spread += r * h
    for c in 0..<k {
      let xc = x[p * k + c]
      moments.first[c] += r * xc
      moments.spreadFirst[c] += r * h * xc
      for row in 0..<k { moments.second[row + c * k] += r * xc * x[p * k + row] }
    }
  }
}

/// Σ r, Σ r x, Σ r xxᵀ, Σ r h, Σ r h x over those at risk.
private struct FirthMoments {
  var zeroth = 0.0
  var first: [Double]
  var second: [Double]
  var spread = 0.0
  var spreadFirst: [Double]
  private let k: Int

  init(_ k: Int) {
    self.k = k
    first = [Double](repeating: 0, count: k)
    second = [Double](repeating: 0, count: k * k)
    spreadFirst = first
  }

  func addSlope(less events: FirthMoments, share: Double, weight: Double, _ v: Matrix, _ slope: inout [Double]) {
    let q = zeroth - share * events.zeroth
    let mean = (0..<k).map { (first[$0] - share * events.first[$0]) / q }
    let spread = (self.spread - share * events.spread) / q
    let turned = v * mean
    for j in 0..<k {
      var inner = 0.0
      for i in 0..<k {
        let second = (self.second[i + j * k] - share * events.second[i + j * k]) / q
        inner += (second - mean[i] * mean[j]) * turned[i]
      }
      let third = (spreadFirst[j] - share * events.spreadFirst[j]) / q
      slope[j] += weight * (third - spread * mean[j] - 2 * inner)
    }
  }
}
