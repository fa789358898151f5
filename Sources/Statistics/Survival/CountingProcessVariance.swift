/// Greenwood's standard error of survival, S √Σ d / (n (n − d)), at each event time; nil where S is 0.
///
/// Greenwood 1926, The natural duration of cancer, Reports on Public Health and Medical Subjects 33.
func greenwoodErrors(_ risk: RiskSets, _ curve: ProductLimit) -> [Double?] {
  var sum = 0.0
  return risk.times.indices.map { step in
    let left = risk.atRisk[step] - risk.allEvents[step]
    guard curve.survival[step] > 0, left > 0 else { return nil }
    sum += curve.hazard[step] / left
    return curve.survival[step] * sum.squareRoot()
  }
}

/// The delta-method variance of one cause's cumulative incidence at each event time, with the correction for ties of
/// `cmprsk::cuminc`.
///
/// Var F(t) = Σ_{s ≤ t} g(s, t)² S(s−)² c d / n², where an event of the cause has g = 1 − (F(t) − F(s)) / S(s) and an
/// event of another cause g = −(F(t) − F(s)) / S(s); c = 1 − (d − 1) / (n − 1) is the finite correction for d tied
/// events. The square is expanded, so that one pass over the times is enough.
///
/// Gray 1988, doi:10.1214/aos/1176350951; Aalen 1978, doi:10.1214/aos/1176344198.
///
/// - Parameter cause: counted from 0.
/// - Returns: length T.
func countingProcessVariance(of cause: Int, _ risk: RiskSets, _ curve: ProductLimit) -> [Double] {
  var incidence = 0.0
  // Σ x² v, Σ x y v and Σ y² v for g = x − y F(t).
  var xx = 0.0
  var xy = 0.0
  var yy = 0.0
  return risk.times.indices.map { step in
    let n = risk.atRisk[step]
    let own = risk.events[cause][step]
    let others = risk.allEvents[step] - own
    let before = curve.survivalBefore[step]
    let after = curve.survival[step]
    incidence += before * own / n
    let y = after > 0 ? 1 / after : 0
    func add(_ tied: Double, x: Double) {
      guard tied > 0 else { return }
      let correction = tied > 1 ? 1 - (tied - 1) / (n - 1) : 1
      let v = before * before * correction * tied / (n * n)
      xx += x * x * v
      xy += x * y * v
      yy += y * y * v
    }
    if after > 0 { add(others, x: incidence * y) }
    add(own, x: 1 + incidence * y)
    return max(0, xx - 2 * incidence * xy + incidence * incidence * yy)
  }
}
