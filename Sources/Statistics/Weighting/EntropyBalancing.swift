import Foundation
import NumericalMethods

/// Weights of least information that give a group the column means of a target population exactly.
///
/// Among all weights with Σ w x = (mean of x in the target), the ones closest to the base weights q in Kullback's sense:
/// wᵢ ∝ qᵢ exp(xᵢᵀλ). Newton's method on the dual, a convex function of as many numbers as there are columns
/// (Hainmueller 2012, doi:10.1093/pan/mpr025). For the treated the untreated are weighted, for the untreated the treated,
/// for everyone both groups (Källberg and Waernbaum 2023, doi:10.1016/j.ecosta.2023.11.004). For the treated this is also
/// a propensity score by another loss, and doubly robust (Zhao and Percival 2017, doi:10.1515/jci-2016-0010).
public struct EntropyBalancing: Sendable {
  public struct Settings: Codable, Hashable, Sendable {
    /// `treated`, `untreated` or `everyone`.
    public var target: TargetPopulation
    /// The highest power of numeric columns whose mean is balanced; 2 balances variances too.
    public var moments: Int
    /// Whether products of pairs of variables are balanced too.
    public var interactions: Bool
    /// What the weights of a reweighted group add up to.
    public var total: Total
    /// The largest difference of means that is accepted, in standard deviations.
    public var tolerance: Double
    public var maximumSteps: Int
    /// When the steps end.
    public var stopping: Stopping

    public init(
      target: TargetPopulation = .treated, moments: Int = 1, interactions: Bool = false, total: Total = .groupSize,
      tolerance: Double = 1e-10, maximumSteps: Int = 200,
      stopping: Stopping = .complete
    ) {
      self.target = target
      self.moments = moments
      self.interactions = interactions
      self.total = total
      self.tolerance = tolerance
      self.maximumSteps = maximumSteps
      self.stopping = stopping
    }
  }

  /// What the weights of a reweighted group add up to; effects do not depend on it.
  public enum Total: String, Codable, Hashable, Sendable, CaseIterable {
    /// The group's own size, as in R's WeightIt.
    case groupSize
    /// The size of the target, as in R's ebal.
    case targetSize
  }

  /// When the steps towards the weights end.
  public enum Stopping: String, Codable, Hashable, Sendable, CaseIterable {
    /// When the means are equal to the tolerance: the one solution there is.
    case complete
    /// When a variable-metric step changes the dual by less than 1.5e-8 of itself, on columns divided by their standard
    /// deviation: R's WeightIt 0.14. The means then differ by up to some 1e-4, and effects in the fourth digit.
    case relativeChange
  }

  public let settings: Settings
  /// The columns balanced, with powers and products.
  public let design: ModelMatrix
  /// For each row its weight; 1 in a group that is not reweighted.
  public let weights: [Double]
  /// The solution for each group that is reweighted.
  public let groups: [Group]
  let treated: [Bool]
  let samplingWeights: [Double]?
  let moments: BalancedMoments

  /// The dual solution of one reweighted group.
  public struct Group: Sendable {
    public let isTreated: Bool
    /// λ, one for each column of the design, per unit of the column; 0 for columns that depend on others.
    public let coefficients: [Double]
    /// Columns that depend on others within the group and are balanced with them.
    public let aliased: [String]
    /// The largest difference between a weighted mean and its target, in standard deviations.
    public let largestGap: Double
    public let steps: Int
    /// The largest weight's share of all: 1 when a single person stands for the group.
    public let largestShare: Double
  }

  /// Finds the weights.
  ///
  /// - Parameters:
  ///   - treated: n; who belongs to the treated.
  ///   - design: n × k; an intercept is not needed and does not matter.
  ///   - settings: the target and what is balanced.
  ///   - samplingWeights: n numbers, zero or more, by which every mean is weighted; ones when nil.
  ///   - baseWeights: n numbers above zero that the weights stay close to; ones when nil.
  /// - Throws: `.noObservations`, `.lengthsDiffer`, `.negativeWeight`, `.weightsSumToZero`, `.oneGroupOnly`, `.setting`;
  ///   `.balanceInfeasible` naming columns when no weights reach the means; `.notConverged`.
  public init(
    treated: [Bool], design: ModelMatrix, settings: Settings = Settings(), samplingWeights: [Double]? = nil,
    baseWeights: [Double]? = nil
  ) throws(StatisticsError) {
    guard [.treated, .untreated, .everyone].contains(settings.target) else {
      throw .notSupported(method: "entropy balancing", input: "the target \(settings.target.rawValue)")
    }
    guard settings.tolerance > 0, settings.maximumSteps > 0 else {
      throw .setting(name: "tolerance", reason: "tolerance and steps must be above 0")
    }
    try checkGroups(treated, rowCount: design.rowCount, weights: samplingWeights)
    if let baseWeights {
      try FollowUp.check(lengthOf: baseWeights, "base weights", treated.count)
      for i in baseWeights.indices where !(baseWeights[i] > 0 && baseWeights[i].isFinite) {
        throw .setting(name: "base weights", reason: "row \(i) must have a finite one above 0")
      }
    }
    let design = try design.withMoments(settings.moments, interactions: settings.interactions)
    let moments = BalancedMoments(
      design: design, treated: treated, target: settings.target, samplingWeights: samplingWeights)
    var weights = [Double](repeating: 1, count: treated.count)
    var groups: [Group] = []
    for isTreated in [false, true] where settings.target != (isTreated ? .treated : .untreated) {
      let problem = BalanceDual(
        design: design, treated: treated, isTreated: isTreated, moments: moments, samplingWeights: samplingWeights,
        baseWeights: baseWeights)
      let solution =
        settings.stopping == .complete ? try problem.solve(settings) : try problem.solveByRelativeChange()
      let size = settings.total == .groupSize ? problem.size : moments.targetSize
      let largest = problem.place(solution, size: size, into: &weights)
      groups.append(
        Group(
          isTreated: isTreated, coefficients: zip(solution.lambda, moments.scales).map { $0 / $1 },
          aliased: design.names.indices.filter { !solution.kept.contains($0) && moments.varies[$0] }.map {
            design.names[$0]
          },
          largestGap: solution.largestGap, steps: solution.steps, largestShare: largest))
    }
    self.settings = settings
    self.design = design
    self.weights = weights
    self.groups = groups
    self.treated = treated
    self.samplingWeights = samplingWeights
    self.moments = moments
  }
}

/// Checks what every comparison of two groups needs: lengths, weights, and somebody who counts in each.
func checkGroups(_ treated: [Bool], rowCount: Int, weights: [Double]?) throws(StatisticsError) {
  guard rowCount > 0 else { throw .noObservations }
  try FollowUp.check(lengthOf: treated, "treated", rowCount)
  if let weights {
    try FollowUp.check(lengthOf: weights, "weights", rowCount)
    try FollowUp.check(weights: weights)
  }
  var (some, others) = (false, false)
  for i in treated.indices where weights.map({ $0[i] > 0 }) ?? true {
    if treated[i] { some = true } else { others = true }
  }
  guard some, others else { throw .oneGroupOnly(variable: "the treatment") }
}
