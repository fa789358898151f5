import Foundation
import NumericalMethods

/// A difference of weighted means as a statistic of a bootstrap: the logistic scores are fitted anew for each draw.
///
/// `Bootstrap(plan, statistic: weighting.statistic)` gives the same numbers as fitting `PropensityScores` with the draw's
/// frequencies as weights each time, many times faster: no row is copied, the fit starts from that of the whole sample,
/// and one information matrix serves several steps. Statistic 0 is the difference, 1 the mean of the untreated and 2
/// the mean of the treated.
public struct RefittedWeighting: Sendable {
  public let target: TargetPopulation
  /// Of the whole sample.
  public let scores: PropensityScores
  private let outcome: [Double]
  private let treated: [Bool]
  private let samplingWeights: [Double]?
  private let columns: StandardisedBlocks
  /// The linear predictors of the whole sample, where every draw starts.
  private let predictors: [Double]

  /// - Parameters:
  ///   - outcome: n numbers.
  ///   - design: n × k columns of the scores.
  /// - Throws: see `PropensityScores`; `.lengthsDiffer` and `.notFinite` of the outcome.
  public init(
    outcome: [Double], treated: [Bool], design: ModelMatrix, target: TargetPopulation = .everyone,
    samplingWeights: [Double]? = nil
  ) throws(StatisticsError) {
    let scores = try PropensityScores(treated: treated, design: design, samplingWeights: samplingWeights)
    try RegressionStandardisation.check(outcome, treated.count)
    self.target = target
    self.scores = scores
    self.outcome = outcome
    self.treated = treated
    self.samplingWeights = samplingWeights
    columns = StandardisedBlocks(scores.models[0].design)
    predictors = scores.models[0].linearPredictor
  }

  /// The difference, the mean of the untreated and the mean of the treated of the rows weighted.
  ///
  /// - Throws: `.oneGroupOnly` and `.separated` where the rows that have a weight have no finite fit, `.notConverged`.
  public func statistic(_ weights: [Double]) throws(StatisticsError) -> [Double] {
    let n = treated.count
    precondition(weights.count == n, "each row has a weight")
    var own = weights
    if let samplingWeights { for i in 0..<n { own[i] *= samplingWeights[i] } }
    try checkGroups(treated, rowCount: n, weights: own)
    let fitted = try fit(own)
    var sums = (some: 0.0, ofSome: 0.0, others: 0.0, ofOthers: 0.0)
    for i in 0..<n where own[i] > 0 {
      let weight = own[i] * target.weight(treated: treated[i], fitted[i])
      if treated[i] {
        sums.some += weight
        sums.ofSome += weight * outcome[i]
      } else {
        sums.others += weight
        sums.ofOthers += weight * outcome[i]
      }
    }
    let (high, low) = (sums.ofSome / sums.some, sums.ofOthers / sums.others)
    return [high - low, low, high]
  }

  /// Newton's steps from the whole sample's fit; the information is made anew only when a step shrinks too little.
  private func fit(_ weights: [Double]) throws(StatisticsError) -> [Double] {
    let n = treated.count
    let k = columns.columnCount
    var change = [Double](repeating: 0, count: k)
    var fitted = [Double](repeating: 0, count: n)
    var rest = [Double](repeating: 0, count: n)
    var factor: SteadyCholesky?
    var before = Double.infinity
    for _ in 0..<100 {
      var gradient = [Double](repeating: 0, count: k)
      var largest = 0.0
      columns.forEachBlock { rows, block in
        let start = rows.lowerBound
        rest.withUnsafeMutableBufferPointer { rest in
          let place = rest.baseAddress! + start
          block.times(change, into: place)
          for i in 0..<rows.count {
            let row = start + i
            guard weights[row] > 0 else {
              place[i] = 0
              continue
            }
            let eta = predictors[row] + place[i]
            largest = max(largest, abs(eta))
            let e = 1 / (1 + exp(-eta))
            fitted[row] = e
            place[i] = weights[row] * ((treated[row] ? 1 : 0) - e)
          }
          block.addTransposedTimes(place, to: &gradient)
        }
      }
      guard largest < 500 else { throw .separated(columns: [], of: "the treatment") }
      if factor == nil {
        var information = Matrix(rows: k, columns: k)
        columns.forEachBlock { rows, block in
          block.addCrossProductOfPositive(rows, to: &information) { weights[$0] * fitted[$0] * (1 - fitted[$0]) }
        }
        information.copyUpperToLower()
        factor = SteadyCholesky(information)
      }
      let step = factor!.solve(gradient)
      let gain = zip(step, gradient).reduce(0) { $0 + $1.0 * $1.1 }
      guard gain.isFinite else { throw .separated(columns: [], of: "the treatment") }
      for c in 0..<k { change[c] += step[c] }
      // The distance from the maximum in standard errors is the root of the gain.
      if gain < 1e-13 { return try finished(change, weights) }
      if gain > 0.05 * before { factor = nil }
      before = gain
    }
    throw .notConverged(method: "the scores of a draw", iterations: 100)
  }

  private func finished(_ change: [Double], _ weights: [Double]) throws(StatisticsError) -> [Double] {
    var fitted = [Double](repeating: 0, count: treated.count)
    var isCertain = true
    columns.forEachBlock { rows, block in
      fitted.withUnsafeMutableBufferPointer { fitted in
        let place = fitted.baseAddress! + rows.lowerBound
        block.times(change, into: place)
        for i in 0..<rows.count {
          let row = rows.lowerBound + i
          let eta = predictors[row] + place[i]
          place[i] = 1 / (1 + exp(-eta))
          if weights[row] > 0, abs((treated[row] ? 1 : 0) - place[i]) > 1e-6 { isCertain = false }
        }
      }
    }
    // Everybody is predicted without error: the likelihood has no maximum.
    guard !isCertain else { throw .separated(columns: [], of: "the treatment") }
    return fitted
  }
}
