import NumericalMethods

/// What is known about costs and effects of several strategies, as a cloud of draws: from a probabilistic model or from
/// resampling people.
///
/// Every draw is one set of costs and effects that could be true. Incremental numbers are the reference strategy minus
/// the other, as in R's BCEA.
public struct CostEffectivenessSimulation: Sendable {
  /// draws × strategies.
  public let costs: Matrix
  /// draws × strategies.
  public let effects: Matrix
  public let names: [String]
  /// The position of the strategy that the others are compared with.
  public let reference: Int

  /// - Throws: `.noObservations`, `.lengthsDiffer`, `.notFinite`, `.tooFewGroups`, `.setting` for the reference.
  public init(costs: Matrix, effects: Matrix, names: [String], reference: Int) throws(StatisticsError) {
    guard costs.rows > 0 else { throw .noObservations }
    guard costs.columns >= 2 else { throw .tooFewGroups(found: costs.columns) }
    guard effects.rows == costs.rows else {
      throw .lengthsDiffer(array: "effects", expected: costs.rows, found: effects.rows)
    }
    guard effects.columns == costs.columns else {
      throw .lengthsDiffer(array: "strategies of the effects", expected: costs.columns, found: effects.columns)
    }
    guard names.count == costs.columns else {
      throw .lengthsDiffer(array: "names", expected: costs.columns, found: names.count)
    }
    try checkFinite(costs.elements, "costs")
    try checkFinite(effects.elements, "effects")
    guard names.indices.contains(reference) else {
      throw .setting(name: "reference", reason: "it is the position of a strategy, counted from 0")
    }
    self.costs = costs
    self.effects = effects
    self.names = names
    self.reference = reference
  }

  public var draws: Int { costs.rows }
  public var strategies: Int { costs.columns }
  /// The positions of all strategies but the reference.
  public var comparators: [Int] { (0..<strategies).filter { $0 != reference } }

  public var meanCosts: [Double] { (0..<strategies).map { mean(of: costs.column($0)) } }
  public var meanEffects: [Double] { (0..<strategies).map { mean(of: effects.column($0)) } }

  /// The mean differences, reference minus comparator, and their ratio.
  public func ratio(against comparator: Int) -> IncrementalRatio {
    let difference = differences(against: comparator)
    return IncrementalRatio(cost: mean(of: difference.costs), effect: mean(of: difference.effects))
  }

  /// The differences in each draw, reference minus comparator.
  public func differences(against comparator: Int) -> (costs: [Double], effects: [Double]) {
    precondition((0..<strategies).contains(comparator), "a comparator is the position of a strategy")
    return (
      zip(costs.column(reference), costs.column(comparator)).map(-),
      zip(effects.column(reference), effects.column(comparator)).map(-)
    )
  }

  /// The share of draws in each quadrant.
  public func quadrantShares(against comparator: Int) -> [CostEffectivenessQuadrant: Double] {
    let difference = differences(against: comparator)
    var counts: [CostEffectivenessQuadrant: Int] = [:]
    for (cost, effect) in zip(difference.costs, difference.effects) {
      counts[CostEffectivenessQuadrant(effect: effect, cost: cost), default: 0] += 1
    }
    return counts.mapValues { Double($0) / Double(draws) }
  }

  /// Which strategies are worth considering by their means.
  public func frontier() throws(StatisticsError) -> EfficiencyFrontier {
    try EfficiencyFrontier(costs: meanCosts, effects: meanEffects)
  }
}
