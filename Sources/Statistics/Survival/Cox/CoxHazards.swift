import NumericalMethods

#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// How a Cox model takes events at one time.
public enum CoxTies: String, Codable, Hashable, Sendable, CaseIterable {
  /// As if tied events came one after another, each with the mean share of those tied still at risk (Efron 1977,
  /// doi:10.1080/01621459.1977.10480613). The default of R's `coxph`.
  case efron
  /// All tied events with everybody at risk (Breslow 1974, doi:10.2307/2529620). Coefficients tend to 0 with many ties.
  case breslow
  /// The probability that just these of those at risk have the event, for times that are truly discrete (Cox 1972);
  /// also conditional logistic likelihood. Takes time that grows with ties × those at risk; no weights.
  case exact
}

/// What a Cox likelihood needs to know of each slot and row at given coefficients.
///
/// With S₀ the sum of r = w exp(η) over those at risk, E₀ over the d events and w̄ the mean weight of these, Efron's
/// likelihood takes d steps l with q = S₀ − (l/d) E₀; Breslow's has l = 0 throughout.
struct CoxHazards: Sendable {
  var logLikelihood = 0.0
  /// r at each position.
  var relativeRisk: [Double] = []
  /// Σ w̄ / q, per slot: the increment of the baseline hazard.
  var increment: [Double] = []
  /// Σ (l/d) w̄ / q, per slot: what those with the event are at risk less.
  var tiedIncrement: [Double] = []
  /// Σ (l/d)ʲ w̄ / q² for j = 0, 1, 2, per slot.
  var squares: [Double] = []
  var tiedSquares: [Double] = []
  var doublyTiedSquares: [Double] = []
  /// The mean weight of the events, and their number, per slot.
  var eventWeight: [Double] = []
  /// The sum of the increments from each slot to the end of its stratum, that is up to its time; 0 in closing slots.
  var cumulative: [Double] = []
  /// What was taken off η before exp, to keep it in range.
  let shift: Double

  /// - Parameters:
  ///   - linearPredictor: η with the offset, per position.
  ///   - moved: what was taken off η already.
  init(_ grid: CoxGrid, _ linearPredictor: [Double], moved: Double = 0, ties: CoxTies) {
    var sum = 0.0
    for value in linearPredictor { sum += value }
    let shift = grid.count == 0 ? 0 : sum / Double(grid.count)
    self.shift = moved + shift
    relativeRisk = WorkSharing.array(count: grid.count) { range, start in
      linearPredictor.withUnsafeBufferPointer { eta in
        if let weight = grid.weight {
          weight.withUnsafeBufferPointer { weight in
            for p in range { start[p] = weight[p] * exp(eta[p] - shift) }
          }
        } else {
          for p in range { start[p] = exp(eta[p] - shift) }
        }
      }
    }
    let zeros = [Double](repeating: 0, count: grid.slots)
    increment = zeros
    tiedIncrement = zeros
    squares = zeros
    tiedSquares = zeros
    doublyTiedSquares = zeros
    eventWeight = zeros
    cumulative = zeros
    walk(grid, linearPredictor, centre: shift, efron: ties == .efron)
    for slot in stride(from: grid.slots - 1, through: 0, by: -1) where !grid.isClosing(slot) {
      cumulative[slot] = cumulative[slot + 1] + increment[slot]
    }
  }

  private mutating func walk(_ grid: CoxGrid, _ eta: [Double], centre: Double, efron: Bool) {
    let risk = relativeRisk
    var atRisk = 0.0
    var nextEntering = 0
    for slot in 0..<grid.slots {
      let (start, eventStart, end) = (
        Int(grid.starts[slot]), Int(grid.eventStarts[slot]), Int(grid.starts[slot + 1])
      )
      guard eventStart < end else {
        continue
      }
      var leaving = 0.0
      risk.withUnsafeBufferPointer { for p in start..<eventStart { leaving += $0[p] } }
      while nextEntering < grid.entering.count, Int(grid.stop[Int(grid.entering[nextEntering])]) <= slot {
        atRisk -= risk[Int(grid.entering[nextEntering])]
        nextEntering += 1
      }
      // What rounding leaves of rows that are gone must not count.
      if grid.isFresh[slot] { atRisk = 0 }
      atRisk += leaving
      var events = 0.0
      var weights = 0.0
      for p in eventStart..<end {
        let weight = grid.weight(at: p)
        events += risk[p]
        weights += weight
        logLikelihood += weight * (eta[p] - centre)
      }
      atRisk += events
      take(slot, count: end - eventStart, weights: weights, atRisk: atRisk, events: events, efron: efron)
    }
    if !logLikelihood.isFinite { logLikelihood = -.infinity }
  }

  private mutating func take(
    _ slot: Int, count: Int, weights: Double, atRisk: Double, events: Double, efron: Bool
  ) {
    let mean = weights / Double(count)
    eventWeight[slot] = mean
    guard efron, count > 1 else {
      logLikelihood -= weights * log(atRisk)
      increment[slot] = weights / atRisk
      squares[slot] = weights / (atRisk * atRisk)
      return
    }
    var (a, b, p0, p1, p2, logs) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    for step in 0..<count {
      let share = Double(step) / Double(count)
      let q = atRisk - share * events
      let h = mean / q
      let square = h / q
      logs += log(q)
      a += h
      b += share * h
      p0 += square
      p1 += share * square
      p2 += share * share * square
    }
    logLikelihood -= mean * logs
    increment[slot] = a
    tiedIncrement[slot] = b
    squares[slot] = p0
    tiedSquares[slot] = p1
    doublyTiedSquares[slot] = p2
  }

  /// How much hazard a row has gone through, r (Λ(exit) − Λ(entry)), with what tied events are at risk less; per position.
  func expected(_ grid: CoxGrid) -> [Double] {
    WorkSharing.array(count: grid.count) { range, start in
      for p in range {
        let leave = Int(grid.leave[p])
        var hazard = cumulative[leave] - cumulative[Int(grid.stop[p])]
        if p >= Int(grid.eventStarts[leave]) { hazard -= tiedIncrement[leave] }
        start[p] = relativeRisk[p] * hazard
      }
    }
  }

  /// With everything of each slot times a factor of its own, zero or more.
  ///
  /// - Parameter factors: one for each slot.
  func scaled(by factors: [Double], _ grid: CoxGrid) -> CoxHazards {
    var result = self
    for slot in factors.indices {
      result.increment[slot] *= factors[slot]
      result.tiedIncrement[slot] *= factors[slot]
      result.squares[slot] *= factors[slot]
      result.tiedSquares[slot] *= factors[slot]
      result.doublyTiedSquares[slot] *= factors[slot]
    }
    for slot in stride(from: grid.slots - 1, through: 0, by: -1) where !grid.isClosing(slot) {
      result.cumulative[slot] = result.cumulative[slot + 1] + result.increment[slot]
    }
    return result
  }
}
