import NumericalMethods

/// The effect on the treated from each unit's change between two periods.
///
/// - Parameters:
///   - change: n changes of the outcome.
///   - treated: n numbers 0 or 1.
///   - x: n × k, first column of ones, others standardised.
///   - weight: n numbers, zero or more.
func compareChanges(
  _ method: ComparisonMethod, change: [Double], treated: [Double], x: Matrix, weight: [Double]
) throws(StatisticsError) -> Comparison {
  switch method {
  case .regression: try changeByRegression(change, treated, x, weight)
  case .weighting: try changeByWeighting(change, treated, x, weight)
  case .unnormalisedWeighting: try changeByUnnormalisedWeighting(change, treated, x, weight)
  case .doublyRobust: try changeDoublyRobust(change, treated, x, weight)
  case .improvedDoublyRobust: try changeImproved(change, treated, x, weight)
  }
}

private func products(_ a: [Double], _ b: [Double]) -> [Double] {
  a.indices.map { a[$0] * b[$0] }
}

/// Column means of w · x.
private func momentDerivative(_ x: Matrix, _ w: [Double]) -> [Double] {
  x.transposedTimes(w).map { $0 / Double(x.rows) }
}

private func changeByRegression(
  _ change: [Double], _ treated: [Double], _ x: Matrix, _ weight: [Double]
) throws(StatisticsError) -> Comparison {
  let own = products(weight, treated)
  let regression = try OutcomeRegression(x, change, weight: others(weight, treated))
  let share = mean(of: own)
  let gap = change.indices.map { change[$0] - regression.fitted[$0] }
  let effect = mean(of: products(own, gap)) / share
  let fromModel = regression.influence(x, derivative: momentDerivative(x, own))
  return Comparison(
    effect: effect,
    influence: change.indices.map { (own[$0] * (gap[$0] - effect) - fromModel[$0]) / share })
}

private func others(_ weight: [Double], _ treated: [Double]) -> [Double] {
  weight.indices.map { weight[$0] * (1 - treated[$0]) }
}

/// Weight · odds for those not treated.
private func oddsWeights(_ probability: [Double], _ treated: [Double], _ weight: [Double]) -> [Double] {
  weight.indices.map { treated[$0] == 1 ? 0 : weight[$0] * probability[$0] / (1 - probability[$0]) }
}

private func changeByWeighting(
  _ change: [Double], _ treated: [Double], _ x: Matrix, _ weight: [Double]
) throws(StatisticsError) -> Comparison {
  let share = try TreatedShare(x, treated: treated, weight: weight)
  let own = products(weight, treated)
  let other = oddsWeights(share.probability, treated, weight)
  let (meanOwn, meanOther) = (mean(of: own), mean(of: other))
  let changeOfTreated = mean(of: products(own, change)) / meanOwn
  let changeOfOthers = mean(of: products(other, change)) / meanOther
  let centred = change.map { $0 - changeOfOthers }
  let fromModel = share.influence(
    x, treated: treated, weight: weight, derivative: momentDerivative(x, products(other, centred)))
  return Comparison(
    effect: changeOfTreated - changeOfOthers,
    influence: change.indices.map {
      own[$0] * (change[$0] - changeOfTreated) / meanOwn - (other[$0] * centred[$0] + fromModel[$0]) / meanOther
    })
}

private func changeByUnnormalisedWeighting(
  _ change: [Double], _ treated: [Double], _ x: Matrix, _ weight: [Double]
) throws(StatisticsError) -> Comparison {
  let share = try TreatedShare(x, treated: treated, weight: weight)
  let own = products(weight, treated)
  let other = oddsWeights(share.probability, treated, weight)
  let meanOwn = mean(of: own)
  let gained = change.indices.map { (own[$0] - other[$0]) * change[$0] }
  let effect = mean(of: gained) / meanOwn
  let fromModel = share.influence(
    x, treated: treated, weight: weight, derivative: momentDerivative(x, products(other, change)))
  return Comparison(
    effect: effect,
    influence: change.indices.map { (gained[$0] - own[$0] * effect - fromModel[$0]) / meanOwn })
}

private func changeDoublyRobust(
  _ change: [Double], _ treated: [Double], _ x: Matrix, _ weight: [Double]
) throws(StatisticsError) -> Comparison {
  let share = try TreatedShare(x, treated: treated, weight: weight)
  let regression = try OutcomeRegression(x, change, weight: others(weight, treated))
  let own = products(weight, treated)
  let other = oddsWeights(share.probability, treated, weight)
  let (meanOwn, meanOther) = (mean(of: own), mean(of: other))
  let gap = change.indices.map { change[$0] - regression.fitted[$0] }
  let gapOfTreated = mean(of: products(own, gap)) / meanOwn
  let gapOfOthers = mean(of: products(other, gap)) / meanOther
  let centred = gap.map { $0 - gapOfOthers }
  let fromShare = share.influence(
    x, treated: treated, weight: weight, derivative: momentDerivative(x, products(other, centred)))
  let fromRegression = regression.influence(
    x, derivative: momentDerivative(x, own.indices.map { other[$0] / meanOther - own[$0] / meanOwn }))
  return Comparison(
    effect: gapOfTreated - gapOfOthers,
    influence: change.indices.map {
      own[$0] * (gap[$0] - gapOfTreated) / meanOwn - (other[$0] * centred[$0] + fromShare[$0]) / meanOther
        + fromRegression[$0]
    })
}

private func changeImproved(
  _ change: [Double], _ treated: [Double], _ x: Matrix, _ weight: [Double]
) throws(StatisticsError) -> Comparison {
  let probability = try TreatedShare.tilted(x, treated: treated, weight: weight)
  let other = oddsWeights(probability, treated, weight)
  let regression = try OutcomeRegression(x, change, weight: other)
  let own = products(weight, treated)
  let meanOwn = mean(of: own)
  let gained = change.indices.map { (own[$0] - other[$0]) * (change[$0] - regression.fitted[$0]) }
  let effect = mean(of: gained) / meanOwn
  return Comparison(
    effect: effect, influence: change.indices.map { (gained[$0] - own[$0] * effect) / meanOwn })
}
