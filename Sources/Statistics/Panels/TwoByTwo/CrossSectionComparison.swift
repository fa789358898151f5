import NumericalMethods

/// The effect on the treated from different people before and after.
///
/// - Parameters:
///   - outcome: n outcomes, from both periods.
///   - after: n numbers, 1 for the later period.
///   - treated: n numbers, 1 for the group that is treated in the later period.
///   - x: n × k, first column of ones, others standardised.
///   - weight: n numbers, zero or more.
///   - locallyEfficient: for the doubly robust methods, whether the treated's own regressions are used too.
///   - exactInfluence: for `doublyRobust`, whether the estimation of the regressions before the treatment enters with
///     its own sign; DRDID (1.0.6 and later) gives it the other. Both are right in large samples when the probability is.
func compareCrossSections(
  _ method: ComparisonMethod, outcome: [Double], after: [Double], treated: [Double], x: Matrix, weight: [Double],
  locallyEfficient: Bool, exactInfluence: Bool
) throws(StatisticsError) -> Comparison {
  let rows = CrossSections(outcome, after, treated, x, weight)
  return switch method {
  case .regression: try rows.byRegression()
  case .weighting: try rows.byWeighting()
  case .unnormalisedWeighting: try rows.byUnnormalisedWeighting()
  case .doublyRobust: try rows.doublyRobust(locallyEfficient, exactInfluence)
  case .improvedDoublyRobust: try rows.improved(locallyEfficient)
  }
}

/// A weighted mean and the influence of its sums; the influence of what it is a mean of comes apart.
private struct MeanWithInfluence {
  let weights: [Double]
  let mean: Double
  let influence: [Double]
  let size: Double
}

/// Means before and after, of the treated and of the others, and their difference in differences.
private struct CellMeans {
  let ownBefore: MeanWithInfluence
  let ownLater: MeanWithInfluence
  let otherBefore: MeanWithInfluence
  let otherLater: MeanWithInfluence

  var effect: Double { (ownLater.mean - ownBefore.mean) - (otherLater.mean - otherBefore.mean) }

  func influence(_ i: Int) -> Double {
    (ownLater.influence[i] - ownBefore.influence[i]) - (otherLater.influence[i] - otherBefore.influence[i])
  }
}

private struct CrossSections {
  let y: [Double]
  let after: [Double]
  let treated: [Double]
  let x: Matrix
  let weight: [Double]
  let n: Int

  init(_ y: [Double], _ after: [Double], _ treated: [Double], _ x: Matrix, _ weight: [Double]) {
    self.y = y
    self.after = after
    self.treated = treated
    self.x = x
    self.weight = weight
    n = y.count
  }

  func each(_ value: (Int) -> Double) -> [Double] { (0..<n).map(value) }

  func derivative(_ w: [Double]) -> [Double] { x.transposedTimes(w).map { $0 / Double(n) } }

  /// The weights of one of the four cells; those not treated are multiplied by something of their own.
  func cell(treated isTreated: Bool, after isAfter: Bool, times factor: [Double]? = nil) -> [Double] {
    each {
      (treated[$0] == 1) == isTreated && (after[$0] == 1) == isAfter ? weight[$0] * (factor?[$0] ?? 1) : 0
    }
  }

  func odds(_ probability: [Double]) -> [Double] { probability.map { $0 / (1 - $0) } }

  func weightedMean(_ w: [Double], _ value: [Double]) -> MeanWithInfluence {
    let size = mean(of: w)
    let centre = mean(of: each { w[$0] * value[$0] }) / size
    return MeanWithInfluence(
      weights: w, mean: centre, influence: each { w[$0] * (value[$0] - centre) / size }, size: size)
  }

  /// - Parameter odds: of being treated, by which those not treated are multiplied.
  func cellMeans(of value: [Double], odds: [Double]) -> CellMeans {
    CellMeans(
      ownBefore: weightedMean(cell(treated: true, after: false), value),
      ownLater: weightedMean(cell(treated: true, after: true), value),
      otherBefore: weightedMean(cell(treated: false, after: false, times: odds), value),
      otherLater: weightedMean(cell(treated: false, after: true, times: odds), value))
  }

  func byRegression() throws(StatisticsError) -> Comparison {
    let before = try OutcomeRegression(x, y, weight: cell(treated: false, after: false))
    let later = try OutcomeRegression(x, y, weight: cell(treated: false, after: true))
    let own = each { weight[$0] * treated[$0] }
    let ownBefore = weightedMean(cell(treated: true, after: false), y)
    let ownLater = weightedMean(cell(treated: true, after: true), y)
    let predicted = weightedMean(own, each { later.fitted[$0] - before.fitted[$0] })
    let moment = derivative(own).map { $0 / predicted.size }
    let fromLater = later.influence(x, derivative: moment)
    let fromBefore = before.influence(x, derivative: moment)
    return Comparison(
      effect: ownLater.mean - ownBefore.mean - predicted.mean,
      influence: each {
        ownLater.influence[$0] - ownBefore.influence[$0] - predicted.influence[$0] - fromLater[$0] + fromBefore[$0]
      })
  }

  func byWeighting() throws(StatisticsError) -> Comparison {
    let share = try TreatedShare(x, treated: treated, weight: weight)
    let cells = cellMeans(of: y, odds: odds(share.probability))
    let moment = derivative(each { cells.otherLater.influence[$0] - cells.otherBefore.influence[$0] })
    let fromShare = share.influence(x, treated: treated, weight: weight, derivative: moment)
    return Comparison(effect: cells.effect, influence: each { cells.influence($0) - fromShare[$0] })
  }

  func byUnnormalisedWeighting() throws(StatisticsError) -> Comparison {
    let share = try TreatedShare(x, treated: treated, weight: weight)
    let scale = mean(of: weight)
    let odds = odds(share.probability)
    let shareTreated = mean(of: each { weight[$0] * treated[$0] }) / scale
    let shareLater = mean(of: each { weight[$0] * after[$0] }) / scale
    // Gain and loss of each row, divided by the share of the treated and of its own period.
    let signed = each { i in
      let period = after[i] == 1 ? shareLater : 1 - shareLater
      let group = treated[i] == 1 ? 1 : -odds[i]
      return weight[i] / scale * group * (after[i] == 1 ? 1 : -1) * y[i] / (shareTreated * period)
    }
    let effect = mean(of: signed)
    let effectLater = mean(of: each { after[$0] == 1 ? signed[$0] : 0 })
    let effectBefore = effect - effectLater
    let moment = derivative(each { treated[$0] == 1 ? 0 : signed[$0] })
    let fromShare = share.influence(x, treated: treated, weight: weight, derivative: moment)
    return Comparison(
      effect: effect,
      influence: each {
        let w = weight[$0] / scale
        return signed[$0] - effect - (w * treated[$0] - shareTreated) * effect / shareTreated
          - (w * after[$0] - shareLater) * effectLater / shareLater
          - (w * (1 - after[$0]) - (1 - shareLater)) * effectBefore / (1 - shareLater) + fromShare[$0]
      })
  }

  func doublyRobust(_ locallyEfficient: Bool, _ exactInfluence: Bool) throws(StatisticsError) -> Comparison {
    let share = try TreatedShare(x, treated: treated, weight: weight)
    let before = try OutcomeRegression(x, y, weight: cell(treated: false, after: false))
    let later = try OutcomeRegression(x, y, weight: cell(treated: false, after: true))
    let gap = each { y[$0] - (after[$0] == 1 ? later.fitted[$0] : before.fitted[$0]) }
    let cells = cellMeans(of: gap, odds: odds(share.probability))
    let moment = derivative(each { cells.otherLater.influence[$0] - cells.otherBefore.influence[$0] })
    let fromShare = share.influence(x, treated: treated, weight: weight, derivative: moment)
    func fromModel(_ model: OutcomeRegression, _ other: MeanWithInfluence, _ own: MeanWithInfluence) -> [Double] {
      model.influence(
        x, derivative: derivative(each { other.weights[$0] / other.size - own.weights[$0] / own.size }))
    }
    let fromLater = fromModel(later, cells.otherLater, cells.ownLater)
    let fromBefore = fromModel(before, cells.otherBefore, cells.ownBefore)
    let sign = exactInfluence ? -1.0 : 1
    let plain = Comparison(
      effect: cells.effect,
      influence: each { cells.influence($0) - fromShare[$0] + fromLater[$0] + sign * fromBefore[$0] })
    guard locallyEfficient else { return plain }
    return try adding(
      to: plain, later: later, before: before, ownWeightLater: cells.ownLater.weights,
      ownWeightBefore: cells.ownBefore.weights, coefficientsMatter: true)
  }

  /// The terms that use the treated's own regressions, over the treated of both periods instead of one.
  private func adding(
    to plain: Comparison, later: OutcomeRegression, before: OutcomeRegression, ownWeightLater: [Double],
    ownWeightBefore: [Double], coefficientsMatter: Bool
  ) throws(StatisticsError) -> Comparison {
    let treatedBefore = try OutcomeRegression(x, y, weight: ownWeightBefore)
    let treatedLater = try OutcomeRegression(x, y, weight: ownWeightLater)
    let own = each { weight[$0] * treated[$0] }
    let gapLater = each { treatedLater.fitted[$0] - later.fitted[$0] }
    let gapBefore = each { treatedBefore.fitted[$0] - before.fitted[$0] }
    let allLater = weightedMean(own, gapLater)
    let oneLater = weightedMean(ownWeightLater, gapLater)
    let allBefore = weightedMean(own, gapBefore)
    let oneBefore = weightedMean(ownWeightBefore, gapBefore)
    var fromModels = [Double](repeating: 0, count: n)
    if coefficientsMatter {
      let momentLater = derivative(each { own[$0] / allLater.size - ownWeightLater[$0] / oneLater.size })
      let momentBefore = derivative(each { own[$0] / allBefore.size - ownWeightBefore[$0] / oneBefore.size })
      let a = treatedLater.influence(x, derivative: momentLater)
      let b = later.influence(x, derivative: momentLater)
      let c = treatedBefore.influence(x, derivative: momentBefore)
      let d = before.influence(x, derivative: momentBefore)
      fromModels = each { a[$0] - b[$0] - c[$0] + d[$0] }
    }
    return Comparison(
      effect: plain.effect + (allLater.mean - oneLater.mean) - (allBefore.mean - oneBefore.mean),
      influence: each {
        plain.influence[$0] + (allLater.influence[$0] - oneLater.influence[$0])
          - (allBefore.influence[$0] - oneBefore.influence[$0]) + fromModels[$0]
      })
  }

  func improved(_ locallyEfficient: Bool) throws(StatisticsError) -> Comparison {
    let odds = odds(try TreatedShare.tilted(x, treated: treated, weight: weight))
    let before = try OutcomeRegression(x, y, weight: cell(treated: false, after: false, times: odds))
    let later = try OutcomeRegression(x, y, weight: cell(treated: false, after: true, times: odds))
    let gap = each { y[$0] - (after[$0] == 1 ? later.fitted[$0] : before.fitted[$0]) }
    let cells = cellMeans(of: gap, odds: odds)
    let plain = Comparison(effect: cells.effect, influence: each(cells.influence))
    guard locallyEfficient else { return plain }
    return try adding(
      to: plain, later: later, before: before, ownWeightLater: cells.ownLater.weights,
      ownWeightBefore: cells.ownBefore.weights, coefficientsMatter: false)
  }
}
