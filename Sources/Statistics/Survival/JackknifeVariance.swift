/// The infinitesimal-jackknife variance of survival, cumulative hazard and cumulative incidence when rows are independent.
///
/// The influence of row i on a curve depends on the row only through where it enters and leaves the grid of event times, and
/// is linear in running sums over that grid. The sum of squares over all rows then needs a handful of totals: one pass over
/// the rows and one over the times, instead of rows × times.
///
/// For a row at risk over (a, b], with S the survival, n the weight at risk, h and h_k the hazards of any event and of
/// cause k: U₀(t) = −S(t) V(t) is its influence on S, where V(t) = 1{event by t} / (n_b − d_b) − A(min(t, b)) + A(a),
/// A = Σ h / (n − d); and U_k(t) = Σ_{s ≤ t} U₀(s−) h_k(s) + S(s−) (dN_k(s) − Y(s) h_k(s)) / n(s).
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
    // A and L at a position are their values just before that event time; the last position is after the last.
    var A = none
    var L = none
    for step in 0..<steps {
      let left = risk.atRisk[step] - risk.allEvents[step]
      // Once S is 0 nothing changes any more, so A may stop.
      A[step + 1] = A[step] + (left > 0 ? curve.hazard[step] / left : 0)
      L[step + 1] = L[step] + curve.hazard[step] / risk.atRisk[step]
    }
    var survivalSquares = SquaredInfluence(steps: steps)
    var hazardSquares = SquaredInfluence(steps: steps)
    var curves = causes.map { IncidenceInfluence(cause: $0, risk, curve, A) }
    for i in 0..<followUp.count {
      let from = Int(risk.first[i])
      let to = Int(risk.last[i])
      let weight = followUp.weight?[i] ?? 1
      guard from < to, weight > 0 else { continue }
      let square = weight * weight
      let cause = followUp.cause[i]
      var V = A[to] - A[from]
      var H = L[to] - L[from]
      if cause != 0 {
        let n = risk.atRisk[to - 1]
        let left = n - risk.allEvents[to - 1]
        V = left > 0 ? V - 1 / left : 0
        H -= 1 / n
      }
      survivalSquares.add(square, from: from, to: to, slope: 0, constant: -A[from], finalConstant: V, finalSlope: 0)
      hazardSquares.add(square, from: from, to: to, slope: 0, constant: -L[from], finalConstant: H, finalSlope: 0)
      for k in curves.indices { curves[k].add(square, from: from, to: to, cause: cause, slope: A[from], V: V) }
    }
    survival = survivalSquares.sums(level: A, factor: none)
    for step in 0..<steps { survival[step] *= curve.survival[step] * curve.survival[step] }
    cumulativeHazard = hazardSquares.sums(level: L, factor: none)
    incidence = curves.map { $0.squares.sums(level: $0.level, factor: $0.F) }
  }
}

/// The part that belongs to one cause: G = Σ A(s−) dF − S(s−) h_k / n and F, at each position.
private struct IncidenceInfluence {
  let cause: Int
  var F: [Double]
  var level: [Double]
  /// What an event of the cause at each event time adds at once, S(s−) / n.
  var jump: [Double] = []
  var squares: SquaredInfluence

  init(cause: Int, _ risk: RiskSets, _ curve: ProductLimit, _ A: [Double]) {
    let steps = risk.times.count
    self.cause = cause
    F = [Double](repeating: 0, count: steps + 1)
    level = F
    squares = SquaredInfluence(steps: steps)
    jump.reserveCapacity(steps)
    for step in 0..<steps {
      let share = curve.survivalBefore[step] / risk.atRisk[step]
      let rise = share * risk.events[cause][step]
      F[step + 1] = F[step] + rise
      level[step + 1] = level[step] + A[step] * rise - rise / risk.atRisk[step]
      jump.append(share)
    }
  }

  mutating func add(_ square: Double, from: Int, to: Int, cause: Int, slope: Double, V: Double) {
    let constant = slope * F[from] - level[from]
    var final = level[to] - slope * F[to] + constant
    if cause == self.cause + 1 { final += jump[to - 1] }
    squares.add(
      square, from: from, to: to, slope: slope, constant: constant, finalConstant: final - V * F[to], finalSlope: V)
  }
}
