import NumericalMethods

#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// The likelihood that of those at risk just these have the event, given how many do.
///
/// The sum over all sets of d of those at risk is built up one row at a time, with its derivatives (Gail, Lubin and
/// Rubinstein 1981, doi:10.1093/biomet/68.3.703). Risks are divided by S₀ e / d, which keeps the sums in range.
struct ExactTiesLikelihood: PartialLikelihood {
  let names: [String]
  let eventWeight: Double
  private let columns: CoxColumns
  private let offset: [Double]?
  /// Row after row, k numbers each, less the shift.
  private let x: [Double]
  private var eta: [Double]
  /// The positions that enter late, in any slot, are found by their stop.
  private let k: Int

  init(_ columns: CoxColumns, offset: [Double]?) {
    self.columns = columns
    self.offset = offset
    names = columns.design.names
    k = columns.columnCount
    let grid = columns.grid
    eventWeight = Double((0..<grid.slots).reduce(0) { $0 + Int(grid.starts[$1 + 1] - grid.eventStarts[$1]) })
    eta = [Double](repeating: 0, count: grid.count)
    let k = self.k
    var x = [Double](repeating: 0, count: grid.count * k)
    let room = Room(grid.count * k)
    columns.fill(columns.design, 0..<grid.count, into: room.start)
    for row in 0..<grid.count {
      for column in 0..<k { x[row * k + column] = room.start[row + column * grid.count] }
    }
    self.x = x
  }

  mutating func move(to coefficients: [Double]) -> Double {
    eta = columns.design.linearPredictor(coefficients)
    if let offset {
      for p in eta.indices { eta[p] += offset[p] }
    }
    let mean = eta.reduce(0, +) / Double(max(1, eta.count))
    for p in eta.indices { eta[p] -= mean }
    var value = 0.0
    forEachSlot { atRisk, events in
      for p in events { value += eta[p] }
      let (risks, scale) = scaledRisks(atRisk, events.count)
      var sums = [Double](repeating: 0, count: events.count + 1)
      sums[0] = 1
      for (seen, r) in risks.enumerated() {
        for j in stride(from: min(events.count, seen + 1), to: 0, by: -1) { sums[j] += r * sums[j - 1] }
      }
      value -= log(sums[events.count]) + Double(events.count) * log(scale)
    }
    return value.isFinite ? value : -.infinity
  }

  func derivatives() throws(StatisticsError) -> LikelihoodDerivatives {
    var result = LikelihoodDerivatives(
      score: [Double](repeating: 0, count: k), information: Matrix(rows: k, columns: k),
      firstDiagonal: [Double](repeating: 0, count: k), spread: [Double](repeating: 0, count: k))
    var isCancelled = false
    forEachSlot { atRisk, events in
      if isCancelled || Task.isCancelled {
        isCancelled = true
        return
      }
      for p in events {
        for c in 0..<k { result.score[c] += x[p * k + c] }
      }
      let (mean, second) = moments(atRisk, events.count)
      for c in 0..<k {
        result.score[c] -= mean[c]
        for r in 0...c { result.information[r, c] += second[r + c * k] - mean[r] * mean[c] }
        result.firstDiagonal[c] += second[c + c * k]
      }
    }
    guard !isCancelled else { throw .cancelled }
    for p in 0..<columns.grid.count {
      for c in 0..<k { result.spread[c] = max(result.spread[c], abs(x[p * k + c])) }
    }
    result.information.copyUpperToLower()
    return result
  }

  /// The mean of Σ x over the sets, and of its outer product, on and above the diagonal.
  private func moments(_ atRisk: [Int], _ count: Int) -> ([Double], [Double]) {
    let (risks, _) = scaledRisks(atRisk, count)
    var sums = [Double](repeating: 0, count: count + 1)
    var firsts = [Double](repeating: 0, count: (count + 1) * k)
    var seconds = [Double](repeating: 0, count: (count + 1) * k * k)
    sums[0] = 1
    for (seen, p) in atRisk.enumerated() {
      let r = risks[seen]
      for j in stride(from: min(count, seen + 1), to: 0, by: -1) {
        let (now, before) = (j * k, (j - 1) * k)
        let (nowSecond, beforeSecond) = (j * k * k, (j - 1) * k * k)
        for c in 0..<k {
          let xc = x[p * k + c]
          for row in 0...c {
            let xr = x[p * k + row]
            seconds[nowSecond + row + c * k] +=
              r
              * (seconds[beforeSecond + row + c * k] + xr * firsts[before + c] + xc * firsts[before + row]
                + xr * xc * sums[j - 1])
          }
        }
        for c in 0..<k { firsts[now + c] += r * (firsts[before + c] + x[p * k + c] * sums[j - 1]) }
        sums[j] += r * sums[j - 1]
      }
    }
    let total = sums[count]
    return (firsts[(count * k)...].map { $0 / total }, seconds[(count * k * k)...].map { $0 / total })
  }

  private func scaledRisks(_ atRisk: [Int], _ count: Int) -> ([Double], Double) {
    let risks = atRisk.map { exp(eta[$0]) }
    let scale = risks.reduce(0, +) * M_E / Double(count)
    return (risks.map { $0 / scale }, scale)
  }

  /// The positions at risk in each slot, and those with the event.
  private func forEachSlot(_ body: ([Int], Range<Int>) -> Void) {
    let grid = columns.grid
    var present: [Int] = []
    for slot in 0..<grid.slots {
      if grid.isClosing(slot) {
        present = []
        continue
      }
      if !grid.entering.isEmpty { present.removeAll { Int(grid.stop[$0]) <= slot } }
      present.append(contentsOf: Int(grid.starts[slot])..<Int(grid.starts[slot + 1]))
      body(present, Int(grid.eventStarts[slot])..<Int(grid.starts[slot + 1]))
    }
  }
}
