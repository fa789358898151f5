import NumericalMethods
import Primitives

/// Which part of the people each model is fitted without, so that nobody is predicted by a model that saw them.
public struct CrossFitting: Codable, Hashable, Sendable {
  /// How many parts, 2 or more.
  public var folds: Int
  public var seed: UInt64

  public init(folds: Int = 5, seed: UInt64 = 1) {
    self.folds = folds
    self.seed = seed
  }

  /// The part of each row: as many treated and untreated in each as can be; whole clusters when there are any.
  ///
  /// - Throws: `.setting` when there are not so many parts to make, `.lengthsDiffer`.
  public func parts(treated: [Bool], clusters: Clusters? = nil) throws(StatisticsError) -> [Int] {
    guard folds >= 2 else { throw .setting(name: "folds", reason: "cross-fitting needs 2 parts or more") }
    var generator = CounterGenerator(seed: seed)
    if let clusters {
      try FollowUp.check(lengthOf: clusters.codes, "clusters", treated.count)
      guard clusters.count >= folds else { throw .tooFewClusters(found: clusters.count, needed: folds) }
      var part = [Int](repeating: 0, count: clusters.count)
      for (place, cluster) in generator.permutation(of: clusters.count).enumerated() {
        part[Int(cluster)] = place % folds
      }
      return clusters.codes.map { part[Int($0)] }
    }
    var parts = [Int](repeating: 0, count: treated.count)
    for isTreated in [false, true] {
      let rows = treated.indices.filter { treated[$0] == isTreated }
      guard rows.count >= 2 * folds else { throw .tooFewObservations(found: rows.count, needed: 2 * folds) }
      for (place, number) in generator.permutation(of: rows.count).enumerated() {
        parts[rows[Int(number)]] = place % folds
      }
    }
    return parts
  }
}

/// Augmented weighting in which scores and outcome models are fitted to the other parts of the data: double machine
/// learning (Chernozhukov and others 2018, doi:10.1111/ectj.12097).
///
/// The estimate is made once from the scores of all parts together; its influence function does not depend, to first
/// order, on the models having been estimated.
public struct CrossFittedWeighting: Sendable {
  public let means: PotentialOutcomeMeans
  /// The part of each row.
  public let parts: [Int]
  /// The score of each row, from models of the other parts.
  public let scores: [Double]

  /// - Parameters:
  ///   - outcome: n numbers.
  ///   - propensity: n × k columns of the scores.
  ///   - design: n × k columns of the outcome models, without the treatment.
  ///   - target: `everyone`, `treated` or `untreated`; others when normalised.
  ///   - normalised: which form of augmented weighting, see `AugmentedWeighting`.
  ///   - scoreLimits: scores beyond these are set to them.
  ///   - parts: the part of each row from 0 on, for instance from `CrossFitting.parts`.
  /// - Throws: `.setting`, `.oneGroupOnly`, and what the models throw without a part.
  public init(
    outcome: [Double], treated: [Bool], propensity: ModelMatrix, link: PropensityLink = .logit, design: ModelMatrix,
    model: OutcomeModel = .linear, target: TargetPopulation = .everyone, normalised: Bool = false,
    samplingWeights: [Double]? = nil, scoreLimits: ClosedRange<Double> = 0...1, parts: [Int]
  ) throws(StatisticsError) {
    let n = treated.count
    try checkGroups(treated, rowCount: propensity.rowCount, weights: samplingWeights)
    guard design.rowCount == n else { throw .lengthsDiffer(array: "design", expected: n, found: design.rowCount) }
    try RegressionStandardisation.check(outcome, n)
    try FollowUp.check(lengthOf: parts, "parts", n)
    let count = (parts.max() ?? 0) + 1
    guard count >= 2, parts.allSatisfy({ $0 >= 0 }) else {
      throw .setting(name: "parts", reason: "there must be 2 or more, numbered from 0")
    }
    var scores = [Double](repeating: 0, count: n)
    var means = (untreated: scores, treated: scores)
    for part in 0..<count {
      let own = parts.indices.filter { parts[$0] == part }
      let rest = parts.indices.filter { parts[$0] != part }
      let fit = try PropensityScores(
        treated: rest.map { treated[$0] }, design: propensity.selecting(rows: rest), link: link,
        samplingWeights: samplingWeights.map { weights in rest.map { weights[$0] } })
      let kept = propensity.selecting(columns: fit.models[0].keptColumns).selecting(rows: own)
      for (place, eta) in kept.linearPredictor(fit.models[0].coefficients).enumerated() {
        scores[own[place]] = min(scoreLimits.upperBound, max(scoreLimits.lowerBound, link.family.link.mean(eta)))
      }
      for isTreated in [false, true] {
        let rows = rest.filter { treated[$0] == isTreated && (samplingWeights?[$0] ?? 1) > 0 }
        let fitted = try FittedOutcome(model, outcome, design, rows: rows, weights: samplingWeights)
        for row in own {
          if isTreated { means.treated[row] = fitted.means[row] } else { means.untreated[row] = fitted.means[row] }
        }
      }
    }
    let weights = BalancingWeights(
      try PropensityScores(treated: treated, values: scores, samplingWeights: samplingWeights), target: target)
    let (known, _) = try MeanEquations(
      outcome: outcome, weights: weights, among: nil, normalised: normalised,
      models: (
        OutcomePredictions(means: means.untreated, source: nil), OutcomePredictions(means: means.treated, source: nil)
      )
    ).solve()
    self.means = PotentialOutcomeMeans(
      target: target,
      method: LocalizedText(
        "augmented weighting (\(normalised ? "normalised" : "plain")), cross-fitted in \(count) parts, "
          + "\(model.words[.english]) outcome models, \(target.abbreviation) weights",
        nl: "aangevulde weging (\(normalised ? "genormaliseerd" : "gewoon")), kruislings geschat in \(count) delen, "
          + "\(model.words[.dutch]) uitkomstmodellen, \(target.abbreviation)-gewichten"),
      known: known, stacked: nil, observations: weights.totals.count { $0 > 0 })
    self.parts = parts
    self.scores = scores
  }
}
