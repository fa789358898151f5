/// The arrays that the estimators of survival and incidence share, one element per event time.
struct ProductLimit {
  /// S just before each event time, length T.
  let survivalBefore: [Double]
  /// S at each event time, length T.
  let survival: [Double]
  /// d / n at each event time, length T.
  let hazard: [Double]

  init(_ risk: RiskSets) {
    var before: [Double] = []
    var after: [Double] = []
    var hazard: [Double] = []
    before.reserveCapacity(risk.times.count)
    after.reserveCapacity(risk.times.count)
    hazard.reserveCapacity(risk.times.count)
    var current = 1.0
    for step in 0..<risk.times.count {
      let n = risk.atRisk[step]
      let d = risk.allEvents[step]
      before.append(current)
      current *= (n - d) / n
      after.append(current)
      hazard.append(d / n)
    }
    survivalBefore = before
    survival = after
    self.hazard = hazard
  }
}
