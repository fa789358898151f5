import NumericalMethods

/// The same variances as ``JackknifeVariance`` when rows belong together in clusters.
struct ClusteredVariance {
  private let rows: GridRows
  private let risk: RiskSets
  private let curve: ProductLimit

  init(_ followUp: FollowUp, _ risk: RiskSets, _ curve: ProductLimit, cluster: [Int]) {
    let (number, count) = denseNumbers(cluster)
    rows = GridRows(
      first: risk.first, last: risk.last, from: [Int32](repeating: 0, count: followUp.count),
      to: followUp.cause.map { $0 == 0 ? -1 : Int32($0) }, weight: followUp.weight, cluster: number, clusters: count)
    self.risk = risk
    self.curve = curve
  }

  /// The variances of survival (first) and of each cause's cumulative incidence, (1 + causes) × T.
  func occupation() throws(StatisticsError) -> [[Double]] {
    try sweptVariance(grid { curve.survivalBefore[$0] / risk.atRisk[$0] }, rows)
  }

  /// The variance of the Nelson-Aalen estimate of any event, length T.
  func cumulativeHazard() throws(StatisticsError) -> [Double] {
    var any = rows
    any.to = rows.to.map { min($0, 1) }
    var grid = TransitionGrid(steps: risk.times.count, states: 2)
    for step in 0..<risk.times.count {
      grid.append(from: 0, to: 1, hazard: curve.hazard[step], share: 1 / risk.atRisk[step])
      grid.offsets.append(grid.from.count)
    }
    return try sweptVariance(grid, any, keepsSource: true)[1]
  }

  private func grid(share: (Int) -> Double) -> TransitionGrid {
    var grid = TransitionGrid(steps: risk.times.count, states: 1 + risk.causes)
    for step in 0..<risk.times.count {
      for cause in 0..<risk.causes where risk.events[cause][step] > 0 {
        grid.append(
          from: 0, to: Int32(cause + 1), hazard: risk.events[cause][step] / risk.atRisk[step], share: share(step))
      }
      grid.offsets.append(grid.from.count)
    }
    return grid
  }
}

extension TransitionGrid {
  mutating func append(from source: Int32, to target: Int32, hazard: Double, share: Double) {
    from.append(source)
    to.append(target)
    self.hazard.append(hazard)
    self.share.append(share)
  }
}
