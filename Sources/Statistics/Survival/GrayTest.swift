import NumericalMethods

#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// Gray's test that groups share one cumulative incidence of a cause when other causes can come first.
///
/// A log-rank test on the subdistribution hazard: R_g = n_g (1 − F_g(t−)) / S_g(t−) stands for those who could still
/// have the event of interest had others not come first, and the events of each group are set against their share of
/// all R. The weight is (1 − F(t−))^ρ with F the pooled incidence under equality. The variance adds the influence of
/// the events of interest and of the other events, with the correction for ties of `cmprsk::cuminc`. With strata,
/// scores and variances are added.
///
/// Gray 1988, doi:10.1214/aos/1176350951.
public struct GrayTest: Codable, Hashable, Sendable {
  /// The cause that was compared, 1...causes.
  public let cause: Int
  public let rho: Double
  /// The number of rows per group.
  public let counts: [Int]
  /// Chi-square distributed when the incidences are equal.
  public let statistic: Double
  /// One less than the number of groups with rows.
  public let degreesOfFreedom: Int
  public let pValue: Double

  /// - Parameters:
  ///   - cause: 1...causes.
  ///   - group: n numbers 0..<groups.
  ///   - groups: how many groups there are; groups without rows take no part.
  ///   - stratum: n labels, or nil.
  ///   - rho: finite.
  /// - Throws: when fewer than two groups have rows, when nothing can be compared, or for delayed entry, weights or
  ///   clusters.
  public init(
    _ followUp: FollowUp, cause: Int, group: [Int], groups: Int, stratum: [Int]? = nil, rho: Double = 0
  ) throws(StatisticsError) {
    precondition((1...followUp.causes).contains(cause), "the cause is one of the follow-up's causes")
    guard followUp.weight == nil, followUp.cluster == nil else {
      throw .notSupported(method: "Gray's test", input: "weights or clusters")
    }
    guard followUp.entry?.allSatisfy({ $0 == 0 }) ?? true else {
      throw .notSupported(method: "Gray's test", input: "delayed entry")
    }
    guard rho.isFinite else { throw .notFinite(array: "rho", index: 0) }
    let counts = try FollowUp.sizes(of: group, groups: groups, count: followUp.count)
    let occupied = (0..<groups).filter { counts[$0] > 0 }
    guard occupied.count >= 2 else { throw .tooFewGroups(found: occupied.count) }
    var number = [Int](repeating: 0, count: groups)
    for (new, old) in occupied.enumerated() { number[old] = new }

    let free = occupied.count - 1
    var score = [Double](repeating: 0, count: free)
    var covariance = [[Double]](repeating: score, count: free)
    let numbers = occupied.count == groups ? group : group.map { number[$0] }
    let strata = try stratum.map { stratum throws(StatisticsError) in
      try FollowUp.strata(stratum, count: followUp.count).map { members in
        (followUp.selecting(members), members.map { numbers[$0] })
      }
    }
    for (members, group) in strata ?? [(followUp, numbers)] {
      var sums = GraySums(groups: occupied.count)
      sums.add(members, cause: cause, group: group, rho: rho)
      for i in 0..<free {
        score[i] += sums.score[i]
        for j in 0..<free { covariance[i][j] += sums.covariance(i, j) }
      }
    }
    guard let statistic = quadraticForm(score, covariance) else { throw .singularCovariance(method: "Gray's test") }
    self.cause = cause
    self.rho = rho
    self.counts = counts
    self.statistic = statistic
    degreesOfFreedom = free
    pValue = ChiSquared(degreesOfFreedom: Double(free)).upperTail(statistic)
  }
}

/// Score and covariance of one stratum.
///
/// The score of group i is asymptotically Σ_k ∫ (B_ik(t) + C_ik q_k(t)) dM_k over groups k, with C_ik only known at the
/// last time; so three sums of products are kept and put together at the end.
private struct GraySums {
  let groups: Int
  var score: [Double]
  /// C, the integrals ∫ a dF / (1 − F), groups × groups.
  private var integral: [[Double]]
  /// ∑ b_i b_j v, ∑ b_i q v and ∑ q² v per group k in which events fall; groups × groups (× groups).
  private var crossed: [[Double]]
  private var mixed: [[Double]]
  private var squared: [Double]

  init(groups: Int) {
    self.groups = groups
    score = [Double](repeating: 0, count: groups)
    integral = [[Double]](repeating: score, count: groups)
    crossed = integral
    mixed = integral
    squared = score
  }

  func covariance(_ i: Int, _ j: Int) -> Double {
    var sum = crossed[i][j]
    for k in 0..<groups {
      sum += integral[i][k] * integral[j][k] * squared[k] + integral[i][k] * mixed[j][k] + integral[j][k] * mixed[i][k]
    }
    return sum
  }

  mutating func add(_ followUp: FollowUp, cause: Int, group: [Int], rho: Double) {
    let risk = RiskSets(followUp)
    let all = GroupTable(followUp, risk, group: group, groups: groups)
    let own = GroupTable.events(of: cause, followUp, risk, group: group, groups: groups)
    // Survival and incidence of each group just before the time, and the pooled incidence.
    var survival = [Double](repeating: 1, count: groups)
    var incidence = [Double](repeating: 0, count: groups)
    var pooled = 0.0
    for step in risk.times.indices {
      let present = (0..<groups).filter { all.atRisk[$0][step] > 0 }
      // The potential numbers at risk of the cause, n / S and n (1 − F) / S.
      var potential = [Double](repeating: 0, count: groups)
      var total = 0.0
      var totalUnaffected = 0.0
      var ownTotal = 0.0
      for g in present {
        potential[g] = all.atRisk[g][step] / survival[g]
        total += potential[g]
        totalUnaffected += potential[g] * (1 - incidence[g])
        ownTotal += own[g][step]
      }
      let weight = pow(1 - pooled, rho)
      let rise = ownTotal / total
      var contrast = [[Double]](repeating: [Double](repeating: 0, count: groups), count: groups)
      for i in present {
        score[i] += weight * (own[i][step] - ownTotal * potential[i] * (1 - incidence[i]) / totalUnaffected)
        for j in present {
          contrast[i][j] = weight * potential[i] * ((i == j ? 1 : 0) - potential[j] / total)
          integral[i][j] += contrast[i][j] * rise / (1 - pooled)
        }
      }
      for k in present {
        let n = all.atRisk[k][step]
        let others = all.events[k][step] - own[k][step]
        let after = survival[k] * (n - all.events[k][step]) / n
        let q = after > 0 ? (1 - pooled - rise) / after : 0
        if ownTotal > 0 {
          // The cause's events are spread over the groups as they would be under equality.
          let correction = ownTotal > 1 ? 1 - (ownTotal - 1) / (total * survival[k] - 1) : 1
          include(contrast, group: k, factor: 1 - q, variance: correction * survival[k] * ownTotal / (total * n))
        }
        if others > 0, after > 0 {
          let correction = others > 1 ? 1 - (others - 1) / (n - 1) : 1
          include(nil, group: k, factor: -q, variance: correction * survival[k] * survival[k] * others / (n * n))
        }
        incidence[k] += survival[k] * own[k][step] / n
        survival[k] = after
      }
      pooled += rise
    }
  }

  /// Adds the events that fall in one group at one time.
  private mutating func include(_ contrast: [[Double]]?, group k: Int, factor: Double, variance: Double) {
    squared[k] += factor * factor * variance
    var b = [Double](repeating: 0, count: groups)
    for i in 0..<groups {
      b[i] = (contrast?[i][k] ?? 0) - factor * integral[i][k]
      mixed[i][k] += b[i] * factor * variance
    }
    for i in 0..<groups {
      for j in 0..<groups { crossed[i][j] += b[i] * b[j] * variance }
    }
  }
}
