/// The infinitesimal-jackknife variance of survival, cumulative hazard and cumulative incidence when rows are
/// independent.
///
/// The influence of row i on a curve depends on the row only through where it enters and leaves the grid of event
/// times, and is linear in running sums over that grid. The sum of squares over all rows then needs a handful of
/// totals: one pass over the rows and one over the times, instead of rows × times.
///
/// For a row at risk over (a, b], with S the survival, n the weight at risk, h and h_k the hazards of any event and of
/// cause k: U₀(t) = −S(t) V(t) is its influence on S, where V(t) = 1{event by t} / (n_b − d_b) − A(min(t, b)) + A(a),
/// A = Σ h / (n − d) is Greenwood's sum; and U_k(t) = Σ_{s ≤ t} U₀(s−) h_k(s) + S(s−) (dN_k(s) − Y(s) h_k(s)) / n(s).
/// Derived from the definition in Therneau and Grambsch (2000), Modeling Survival Data, doi:10.1007/978-1-4757-3294-8.
struct JackknifeVariance {
  /// Of S, length T.
  var survival: [Double] = []
  /// Of the Nelson-Aalen estimate, length T.
  var cumulativeHazard: [Double] = []
  /// Of each cause's cumulative incidence, causes × T.
  var incidence: [[Double]] = []

  /// - Parameter incidenceOf: the causes whose cumulative incidence is wanted, counted from 0.
  init(_ followUp: FollowUp, _ risk: RiskSets, _ curve: ProductLimit, incidenceOf causes: Range<Int>) {
    let steps = risk.times.count
    let none = [Double](repeating: 0, count: steps + 1)
    // Greenwood's and Aalen's sums, A = Σ h / (n − d) and Σ h / n, just before each event time and, last, after all.
    var greenwood = none
    var aalen = none
    for step in 0..<steps {
      let left = risk.atRisk[step] - risk.allEvents[step]
      // Once S is 0 nothing changes any more, so A may stop.
      greenwood[step + 1] = greenwood[step] + (left > 0 ? curve.hazard[step] / left : 0)
      aalen[step + 1] = aalen[step] + curve.hazard[step] / risk.atRisk[step]
    }
    var survivalSquares = SquaredInfluence(steps: steps)
    var hazardSquares = SquaredInfluence(steps: steps)
    var curves = causes.map { IncidenceInfluence(cause: $0, risk, curve, greenwood) }
    for i in 0..<followUp.count {
      let from = Int(risk.first[i])
      let to = Int(risk.last[i])
      let weight = followUp.weight?[i] ?? 1
      guard from < to, weight > 0 else { continue }
      let square = weight * weight
      let cause = followUp.cause[i]
      var ofSurvival = greenwood[to] - greenwood[from]
      var ofHazard = aalen[to] - aalen[from]
      if cause != 0 {
        let n = risk.atRisk[to - 1]
        let left = n - risk.allEvents[to - 1]
        ofSurvival = left > 0 ? ofSurvival - 1 / left : 0
        ofHazard -= 1 / n
      }
      survivalSquares.add(
        square, from: from, to: to, slope: 0, constant: -greenwood[from], finalConstant: ofSurvival, finalSlope: 0)
      hazardSquares.add(
        square, from: from, to: to, slope: 0, constant: -aalen[from], finalConstant: ofHazard, finalSlope: 0)
      for k in curves.indices {
        curves[k].add(square, from: from, to: to, cause: cause, slope: greenwood[from], final: ofSurvival)
      }
    }
    survival = survivalSquares.sums(level: greenwood, factor: none)
    for step in 0..<steps { survival[step] *= curve.survival[step] * curve.survival[step] }
    cumulativeHazard = hazardSquares.sums(level: aalen, factor: none)
    incidence = curves.map { $0.squares.sums(level: $0.level, factor: $0.incidence) }
  }
}

/// The part that belongs to one cause: G = Σ A(s−) dF − S(s−) h_k / n and F, at each position.
private struct IncidenceInfluence {
  let cause: Int
  var incidence: [Double]
  var level: [Double]
  /// What an event of the cause at each event time adds at once, S(s−) / n.
  var jump: [Double] = []
  var squares: SquaredInfluence

  init(cause: Int, _ risk: RiskSets, _ curve: ProductLimit, _ greenwood: [Double]) {
    let steps = risk.times.count
    self.cause = cause
    incidence = [Double](repeating: 0, count: steps + 1)
    level = incidence
    squares = SquaredInfluence(steps: steps)
    jump.reserveCapacity(steps)
    for step in 0..<steps {
      let share = curve.survivalBefore[step] / risk.atRisk[step]
      let rise = share * risk.events[cause][step]
      incidence[step + 1] = incidence[step] + rise
      level[step + 1] = level[step] + greenwood[step] * rise - rise / risk.atRisk[step]
      jump.append(share)
    }
  }

  mutating func add(_ square: Double, from: Int, to: Int, cause: Int, slope: Double, final influence: Double) {
    let constant = slope * incidence[from] - level[from]
    var constantAfter = level[to] - slope * incidence[to] + constant
    if cause == self.cause + 1 { constantAfter += jump[to - 1] }
    squares.add(
      square, from: from, to: to, slope: slope, constant: constant,
      finalConstant: constantAfter - influence * incidence[to], finalSlope: influence)
  }
}
