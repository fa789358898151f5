import NumericalMethods

#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// The scale of time on which coefficients are tested for a trend.
public enum TimeScale: String, Codable, Hashable, Sendable, CaseIterable {
  /// One minus the Kaplan-Meier curve of all rows just before the time; the default of R's `cox.zph`.
  case kaplanMeier
  /// The rank of the time among all exits.
  case rank
  case identity
  /// The logarithm; times must be above 0.
  case log
}

/// The score test that coefficients do not change with time, β(t) = β + θ g(t); also test of proportional hazards.
///
/// For each term, and for all together, the test that θ = 0 with β free: a true score test on the information of both,
/// as `survival::cox.zph` has it since version 3.0 (earlier versions used an approximation from scaled Schoenfeld residuals).
/// g is centred on the mean over events. A small p says that a hazard ratio is not constant, not how far it is from so.
///
/// Grambsch and Therneau 1994, doi:10.1093/biomet/81.3.515.
public struct ProportionalHazardsTest: Hashable, Sendable {
  public let scale: TimeScale
  /// One test for each term that has a coefficient, named by the term: a factor by its variable, as in `cox.zph`.
  public let terms: [Term]
  public let global: WaldTest

  public struct Term: Hashable, Sendable {
    public let name: String
    /// Positions among the model's coefficients.
    public let columns: [Int]
    public let test: WaldTest
  }

  /// - Parameter byColumn: test each column for itself instead of each term.
  /// - Throws: `.notSupported` for exact ties, or a time of 0 on the log scale; `.singularCovariance`.
  public init(
    _ model: CoxModel, scale: TimeScale = .kaplanMeier, byColumn: Bool = false
  ) throws(StatisticsError) {
    guard model.ties != .exact else {
      throw .notSupported(method: "the test of proportional hazards", input: "exact ties")
    }
    let grid = model.columns.grid
    let (values, mean) = try Self.scaled(scale, model.followUp, grid)
    let lowest = zip(values, grid.eventStarts.indices).filter { !grid.isClosing($1) }.map(\.0).min() ?? 0
    // Above 0 while the sums are made, because roots are taken; moved to the mean afterwards.
    let raised = values.enumerated().map { grid.isClosing($0) ? 0 : $1 - lowest }
    let hazards = model.likelihood.hazards
    let columns = model.columns
    let sums = (0...2).map { power in
      let factors = raised.map { power == 0 ? 1 : power == 1 ? $0 : $0 * $0 }
      let scaled = hazards.scaled(by: factors, grid)
      let expected = scaled.expected(grid)
      let residuals = (0..<grid.count).map { p in
        let slot = Int(grid.leave[p])
        let isEvent = p >= Int(grid.eventStarts[slot])
        return (isEvent ? grid.weight(at: p) * factors[slot] : 0) - expected[p]
      }
      return columns.derivatives(scaled, expected: expected, residuals: residuals)
    }
    let move = lowest - mean
    let kept = model.kept
    let k = kept.count
    let information = sums.map { $0.information.selecting(rows: kept, columns: kept) }
    let linear = information[1] + move * information[0]
    let square = information[2] + (2 * move) * information[1] + (move * move) * information[0]
    var joint = Matrix(rows: 2 * k, columns: 2 * k)
    for c in 0..<k {
      for r in 0..<k {
        joint[r, c] = information[0][r, c]
        joint[r, c + k] = linear[r, c]
        joint[r + k, c] = linear[r, c]
        joint[r + k, c + k] = square[r, c]
      }
    }
    let score = kept.map { sums[1].score[$0] + move * sums[0].score[$0] }
    func test(_ chosen: [Int]) throws(StatisticsError) -> WaldTest {
      let places = Array(0..<k) + chosen.map { $0 + k }
      guard let inverse = scaledInverse(joint.selecting(rows: places, columns: places)) else {
        throw .singularCovariance(method: "the test of proportional hazards")
      }
      let vector = [Double](repeating: 0, count: k) + chosen.map { score[$0] }
      return WaldTest(
        statistic: inverse.quadraticForm(vector), degreesOfFreedom: chosen.count,
        denominatorDegreesOfFreedom: .infinity)
    }
    self.scale = scale
    global = try test(Array(0..<k))
    var tests: [Term] = []
    for (name, members) in byColumn ? model.names.enumerated().map({ ($1, [$0]) }) : model.coefficientsOfTerms {
      tests.append(Term(name: name, columns: members, test: try test(members)))
    }
    terms = tests
  }

  /// g at each slot, and its mean over events.
  private static func scaled(
    _ scale: TimeScale, _ followUp: FollowUp, _ grid: CoxGrid
  ) throws(StatisticsError) -> ([Double], Double) {
    let time: (Double) -> Double
    switch scale {
    case .identity: time = { $0 }
    case .log:
      for slot in 0..<grid.slots where grid.times[slot] == 0 {
        throw .notSupported(method: "the log scale of time", input: "an event at time 0")
      }
      time = { log($0) }
    case .rank:
      let exits = followUp.exit.sorted()
      time = { value in
        let below = countBelow(value, in: exits)
        return Double(below + countAtOrBelow(value, in: exits) + 1) / 2
      }
    case .kaplanMeier:
      let plain = FollowUp(
        checkedEntry: followUp.entry, exit: followUp.exit, cause: followUp.cause, causes: followUp.causes, weight: nil,
        cluster: nil)
      let risk = RiskSets(plain)
      let curve = ProductLimit(risk)
      time = { value in
        let earlier = countBelow(value, in: risk.times)
        return earlier == 0 ? 0 : 1 - curve.survival[earlier - 1]
      }
    }
    var sum = 0.0
    var events = 0
    var values = [Double](repeating: 0, count: grid.slots)
    for slot in 0..<grid.slots where !grid.isClosing(slot) {
      values[slot] = time(grid.times[slot])
      let count = Int(grid.starts[slot + 1] - grid.eventStarts[slot])
      sum += Double(count) * values[slot]
      events += count
    }
    return (values, sum / Double(events))
  }
}

extension CoxModel {
  /// The positions among the coefficients of each term that has any.
  var coefficientsOfTerms: [(String, [Int])] {
    design.terms.indices.compactMap { term in
      let columns = design.columns(ofTerm: term)
      let members = columns.compactMap { kept.firstIndex(of: $0) }
      guard !members.isEmpty else { return nil }
      return (design.terms[term].label, members)
    }
  }
}

extension ModelMatrix.Term {
  /// What the term is called as a whole.
  var label: String {
    switch self {
    case .intercept: "(Intercept)"
    case .numeric(let name, _), .factor(let name, _, _, _), .spline(let name, _, _): name
    case .product(let a, let b): "\(a.label):\(b.label)"
    }
  }
}
