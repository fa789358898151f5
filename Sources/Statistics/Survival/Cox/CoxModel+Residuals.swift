import NumericalMethods

#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// What each event's columns differ from the mean of those at risk; also Schoenfeld residuals.
public struct SchoenfeldResiduals: Sendable {
  /// The row of each event, by stratum and then time: D of them.
  public let rows: [Int]
  public let times: [Double]
  /// D × k.
  public let values: Matrix
  /// The values times D V, plus β: estimates of β at each event time (Grambsch and Therneau 1994). D × k.
  public let scaled: Matrix
}

extension CoxModel {
  /// Events less what was expected, one for each row: δ − ∫ exp(xβ) dΛ₀. They add up to 0 when weighted.
  public var martingaleResiduals: [Double] {
    let grid = columns.grid
    let hazards = likelihood.hazards
    var residuals = followUp.cause.map { $0 == 0 ? 0.0 : 1.0 }
    for p in 0..<grid.count {
      let row = Int(grid.rows[p])
      let leave = Int(grid.leave[p])
      var hazard = hazards.cumulative[leave] - hazards.cumulative[Int(grid.stop[p])]
      if p >= Int(grid.eventStarts[leave]) { hazard -= hazards.tiedIncrement[leave] }
      residuals[row] -= exp(linearPredictor[row] - hazards.shift) * hazard
    }
    return residuals
  }

  /// Martingale residuals made more symmetric: sign(m) √(−2 (m + δ log(δ − m))).
  public var devianceResiduals: [Double] {
    zip(martingaleResiduals, followUp.cause).map { m, cause in
      let inner = cause == 0 ? m : m + log(max(1 - m, .leastNormalMagnitude))
      return (m < 0 ? -1 : 1) * max(0, -2 * inner).squareRoot()
    }
  }

  /// Each row's part of the score, n × k, not multiplied by its weight.
  ///
  /// - Throws: `.notSupported` for exact ties.
  public func scoreResiduals() throws(StatisticsError) -> Matrix {
    var rows = try robustScores(at: likelihood.hazards, likelihood.moments).rows()
    if let weight = followUp.weight {
      for column in 0..<rows.columns {
        for row in weight.indices { rows[row, column] = weight[row] > 0 ? rows[row, column] / weight[row] : 0 }
      }
    }
    return rows.selecting(columns: kept)
  }

  /// How much each coefficient would change without each row, approximately: weighted score residuals times V, n × k.
  ///
  /// - Throws: `.notSupported` for exact ties.
  public func dfbeta() throws(StatisticsError) -> Matrix {
    try robustScores(at: likelihood.hazards, likelihood.moments).rows().selecting(columns: kept) * modelCovariance
  }

  /// What each event's columns differ from those at risk.
  public var schoenfeldResiduals: SchoenfeldResiduals {
    let grid = columns.grid
    let means = scores(at: likelihood.hazards, likelihood.moments).means
    var rows: [Int] = []
    var times: [Double] = []
    var slots: [Int] = []
    for stratum in 0..<grid.strata {
      let range = grid.stratumStarts[stratum]..<(grid.stratumStarts[stratum + 1] - 1)
      for slot in range.reversed() {
        for p in Int(grid.eventStarts[slot])..<Int(grid.starts[slot + 1]) {
          rows.append(Int(grid.rows[p]))
          times.append(grid.times[slot])
          slots.append(slot)
        }
      }
    }
    let events = design.selecting(rows: rows).materialised()
    var values = Matrix(rows: rows.count, columns: kept.count)
    for (place, column) in kept.enumerated() {
      for event in rows.indices {
        values[event, place] = events[event, column] - columns.shift[column] - means[slots[event], column]
      }
    }
    var scaled = Double(rows.count) * (values * modelCovariance)
    for column in 0..<scaled.columns {
      for event in rows.indices { scaled[event, column] += coefficients[column] }
    }
    return SchoenfeldResiduals(rows: rows, times: times, values: values, scaled: scaled)
  }
}
