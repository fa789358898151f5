import Foundation
import NumericalMethods

/// The dual of entropy balancing for one group: the minimum over λ of log Σ qᵢ exp((xᵢ − m)ᵀλ).
///
/// Its gradient is the difference between the weighted means and the target m, its Hessian the weighted covariance.
struct BalanceDual: Sendable {
  let columns: CentredDesign
  /// n; the rows that are weighted.
  let group: [Bool]
  let isTreated: Bool
  /// n numbers: sampling weight times base weight.
  let base: [Double]?
  let samplingWeights: [Double]?
  let baseWeights: [Double]?
  let varies: [Bool]
  /// The sum of the group's sampling weights.
  let size: Double

  struct Solution: Sendable {
    /// Per standard deviation of the column.
    var lambda: [Double]
    var kept: [Int]
    var largestGap: Double
    var steps: Int
    /// n; exp((x − m)ᵀλ) up to a factor for the group's rows.
    var factors: [Double]
  }

  /// The function and its derivatives at a λ.
  struct State: Sendable {
    var value: Double
    var gradient: [Double]
    var hessian: Matrix?
    /// The largest (x − m)ᵀλ: below zero λ separates the group from the target.
    var largest: Double
    var factors: [Double]
  }

  init(
    design: ModelMatrix, treated: [Bool], isTreated: Bool, moments: BalancedMoments, samplingWeights: [Double]?,
    baseWeights: [Double]?
  ) {
    columns = moments.centred(design)
    self.isTreated = isTreated
    let group = treated.map { $0 == isTreated }
    self.group = group
    self.samplingWeights = samplingWeights
    self.baseWeights = baseWeights
    switch (samplingWeights, baseWeights) {
    case (nil, nil): base = nil
    case (let s?, nil): base = s
    case (nil, let q?): base = q
    case (let s?, let q?): base = zip(s, q).map { $0 * $1 }
    }
    varies = moments.varies
    var size = 0.0
    for i in group.indices where group[i] { size += samplingWeights?[i] ?? 1 }
    self.size = size
  }

  func solve(_ settings: EntropyBalancing.Settings) throws(StatisticsError) -> Solution {
    let k = columns.design.columnCount
    var lambda = startFromSample(settings) ?? [Double](repeating: 0, count: k)
    var state = evaluate(lambda, shift: nil, withHessian: true)
    if !state.value.isFinite {
      lambda = [Double](repeating: 0, count: k)
      state = evaluate(lambda, shift: nil, withHessian: true)
    }
    let kept = independentColumns(state.hessian!)
    var steps = 0
    var gap = BalanceDual.gap(state, kept)
    while gap > settings.tolerance {
      guard steps < settings.maximumSteps else {
        if gap < 1e-8 { break }
        guard gap < 1e-3 else { throw infeasible(state, kept) }
        throw .notConverged(method: "entropy balancing", iterations: steps)
      }
      guard state.largest > -1e-9 else { throw infeasible(state, kept) }
      if state.hessian == nil { state = evaluate(lambda, shift: state.value, withHessian: true) }
      let step = newtonStep(state, kept)
      let decrease = -zip(state.gradient, step).reduce(0) { $0 + $1.0 * $1.1 }
      var length = 1.0
      var next = state
      var accepted = false
      while length > 1e-8 {
        let trial = zip(lambda, step).map { $0 + length * $1 }
        next = evaluate(trial, shift: state.value, withHessian: gap > 1e-5)
        // Below the rounding of the function a decrease cannot be seen, but the gap can.
        if next.value <= state.value - 1e-4 * length * decrease
          || decrease < 1e-11 * max(1, abs(state.value)) && BalanceDual.gap(next, kept) < gap
        {
          lambda = trial
          accepted = true
          break
        }
        length /= 2
      }
      guard accepted else {
        if gap < 1e-8 { break }
        throw .notConverged(method: "entropy balancing", iterations: steps)
      }
      state = next
      gap = BalanceDual.gap(state, kept)
      steps += 1
    }
    // Columns that depend on others are balanced with them only if the target obeys the same dependence.
    let all = columns.design.names.indices.filter { varies[$0] }
    guard BalanceDual.gap(state, all) < 1e-6 else { throw infeasible(state, all) }
    return Solution(
      lambda: lambda, kept: kept, largestGap: BalanceDual.gap(state, all), steps: steps, factors: state.factors)
  }

  /// Writes the weights of the group's rows, which add up to `size` when multiplied by the sampling weights.
  ///
  /// - Returns: the largest share of one row.
  func place(_ solution: Solution, size: Double, into weights: inout [Double]) -> Double {
    var (total, largest) = (0.0, 0.0)
    for i in group.indices where group[i] {
      let share = (base?[i] ?? 1) * solution.factors[i]
      total += share
      largest = max(largest, share)
    }
    for i in group.indices where group[i] { weights[i] = size / total * (baseWeights?[i] ?? 1) * solution.factors[i] }
    return largest / total
  }

  func evaluate(_ lambda: [Double], shift: Double?, withHessian: Bool) -> State {
    let k = columns.design.columnCount
    let shift = shift ?? 0
    struct Sums: Sendable {
      var total = 0.0
      var gradient: [Double]
      var hessian: Matrix?
      var largest = -Double.infinity
    }
    var factors = [Double](repeating: 0, count: group.count)
    let sums = factors.withUnsafeMutableBufferPointer { buffer in
      let out = SendablePointer(buffer.baseAddress!)
      return columns.reduce(
        over: group,
        empty: {
          Sums(
            gradient: [Double](repeating: 0, count: k),
            hessian: withHessian ? Matrix(rows: k, columns: k) : nil)
        },
        add: { sums, block, rows in
          withUnsafeTemporaryAllocation(of: Double.self, capacity: rows.count) { room in
            let w = room.baseAddress!
            block.times(lambda, into: w)
            var (total, largest) = (0.0, sums.largest)
            for j in 0..<rows.count {
              let row = Int(rows[j])
              let own = base?[row] ?? 1
              if own > 0, w[j] > largest { largest = w[j] }
              let factor = exp(w[j] - shift)
              out.pointer[row] = factor
              w[j] = own > 0 ? own * factor : 0
              total += w[j]
            }
            sums.largest = largest
            sums.total += total
            guard total.isFinite else { return }
            block.addTransposedTimes(w, to: &sums.gradient)
            if sums.hessian != nil { block.addCrossProduct(weights: w, to: &sums.hessian!) }
          }
        },
        combine: { total, part in
          total.total += part.total
          total.largest = max(total.largest, part.largest)
          for c in 0..<k { total.gradient[c] += part.gradient[c] }
          if let hessian = part.hessian { total.hessian! += hessian }
        })
    }
    guard sums.total.isFinite, sums.total > 0 else {
      return State(
        value: sums.total > 0 ? .infinity : -.infinity, gradient: sums.gradient, hessian: sums.hessian,
        largest: sums.largest, factors: factors)
    }
    let gradient = sums.gradient.map { $0 / sums.total }
    var hessian = sums.hessian
    if hessian != nil {
      hessian!.copyUpperToLower()
      for c in 0..<k {
        for r in 0..<k { hessian![r, c] = hessian![r, c] / sums.total - gradient[r] * gradient[c] }
      }
    }
    return State(
      value: shift + log(sums.total), gradient: gradient, hessian: hessian, largest: sums.largest, factors: factors)
  }

  /// Columns that vary within the group and do not depend on earlier ones.
  func independentColumns(_ covariance: Matrix) -> [Int] {
    // A column that does not vary leaves rounding on the diagonal.
    var own = covariance
    for c in 0..<own.rows where !varies[c] || own[c, c] <= 1e-20 { own[c, c] = 0 }
    return Statistics.independentColumns(of: own, tolerance: 1e-11)
  }

  private func newtonStep(_ state: State, _ kept: [Int]) -> [Double] {
    var step = [Double](repeating: 0, count: state.gradient.count)
    let hessian = state.hessian!.selecting(rows: kept, columns: kept)
    let scales = hessian.diagonal.map { 1 / max($0, 1e-300).squareRoot() }
    var scaled = hessian.sandwiched(by: .diagonal(scales))
    let gradient = kept.indices.map { state.gradient[kept[$0]] * scales[$0] }
    // Weights that gather on few rows make the covariance singular; a little more on the diagonal keeps a descent.
    var ridge = 1e-14
    while true {
      if let factor = Cholesky(scaled) {
        let solved = factor.solve(gradient)
        if solved.allSatisfy(\.isFinite) {
          for (place, column) in kept.enumerated() { step[column] = -solved[place] * scales[place] }
          return step
        }
      }
      for i in kept.indices { scaled[i, i] = 1 + ridge }
      ridge *= 100
      if ridge > 1e6 { return state.gradient.map { -$0 } }
    }
  }

  private static func gap(_ state: State, _ columns: [Int]) -> Double {
    state.value.isFinite ? columns.reduce(0) { max($0, abs(state.gradient[$1])) } : .infinity
  }

  /// The error that names the columns whose target no weights reach.
  func infeasible(_ state: State, _ columns: [Int]) -> StatisticsError {
    let k = self.columns.design.columnCount
    struct Ends: Sendable { var low, high: [Double] }
    let ends = self.columns.reduce(
      over: group,
      empty: {
        Ends(low: [Double](repeating: .infinity, count: k), high: [Double](repeating: -.infinity, count: k))
      },
      add: { ends, block, rows in
        for c in 0..<k {
          let column = block.column(c)
          for j in 0..<rows.count where (base?[Int(rows[j])] ?? 1) > 0 {
            ends.low[c] = min(ends.low[c], column[j])
            ends.high[c] = max(ends.high[c], column[j])
          }
        }
      },
      combine: { total, part in
        for c in 0..<k {
          total.low[c] = min(total.low[c], part.low[c])
          total.high[c] = max(total.high[c], part.high[c])
        }
      })
    var named = columns.filter { ends.low[$0] > 1e-9 || ends.high[$0] < -1e-9 }
    if named.isEmpty {
      let gaps = state.value.isFinite ? state.gradient : [Double](repeating: 1, count: k)
      named = Array(columns.filter { abs(gaps[$0]) > 1e-6 }.sorted { abs(gaps[$0]) > abs(gaps[$1]) }.prefix(10))
    }
    return .balanceInfeasible(
      group: isTreated ? "treated" : "untreated", columns: named.map { self.columns.design.names[$0] })
  }

  /// λ of a sample of the rows, from which few steps remain for a long group; nil where that gives none.
  private func startFromSample(_ settings: EntropyBalancing.Settings) -> [Double]? {
    let wanted = 40_000
    guard group.count > 4 * wanted else { return nil }
    let stride = group.count / wanted
    let rows = Array(Swift.stride(from: 0, to: group.count, by: stride)).filter { group[$0] }
    guard rows.count > 50 * columns.design.columnCount else { return nil }
    let sample = BalanceDual(
      columns: CentredDesign(
        design: columns.design.selecting(rows: rows), centres: columns.centres, inverseScales: columns.inverseScales),
      group: [Bool](repeating: true, count: rows.count), isTreated: isTreated,
      base: base.map { base in rows.map { base[$0] } }, samplingWeights: nil, baseWeights: nil, varies: varies, size: 1)
    var rough = settings
    rough.tolerance = 1e-7
    rough.maximumSteps = 20
    return (try? sample.solve(rough))?.lambda
  }

  private init(
    columns: CentredDesign, group: [Bool], isTreated: Bool, base: [Double]?, samplingWeights: [Double]?,
    baseWeights: [Double]?, varies: [Bool], size: Double
  ) {
    self.columns = columns
    self.group = group
    self.isTreated = isTreated
    self.base = base
    self.samplingWeights = samplingWeights
    self.baseWeights = baseWeights
    self.varies = varies
    self.size = size
  }
}
