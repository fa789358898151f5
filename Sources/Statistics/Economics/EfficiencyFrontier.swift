/// Which of several strategies are worth considering, and what each further unit of effect costs along them.
///
/// A strategy is dominated when another has at least its effect for at most its cost. It is dominated by extension when
/// a mixture of two others does better: its ratio to the one before exceeds the ratio of the next to it. The others
/// form the frontier, along which ratios rise (Weinstein and Stason 1977; Drummond et al. 2015, chapter 4).
public struct EfficiencyFrontier: Sendable {
  public enum Status: Codable, Hashable, Sendable {
    /// The cheapest strategy of the frontier.
    case start
    /// On the frontier, at this ratio to the one before.
    case onFrontier(ratio: Double, comparedWith: Int)
    /// Another has at least the effect for at most the cost.
    case dominated(by: Int)
    /// A mixture of these two has more effect for the cost.
    case extendedlyDominated(by: Int, and: Int)
  }

  public let costs: [Double]
  public let effects: [Double]
  /// One for each strategy, in the order given.
  public let statuses: [Status]
  /// The positions of the strategies on the frontier, from the cheapest on.
  public let frontier: [Int]

  /// - Parameters:
  ///   - costs: one for each strategy.
  ///   - effects: one for each strategy; of two equal strategies the first given is kept.
  /// - Throws: `.noObservations`, `.lengthsDiffer`, `.notFinite`.
  public init(costs: [Double], effects: [Double]) throws(StatisticsError) {
    guard !costs.isEmpty else { throw .noObservations }
    try checkFinite(costs, "costs")
    try checkFinite(effects, "effects", count: costs.count)
    var statuses = [Status](repeating: .start, count: costs.count)
    // From the cheapest on; of equal costs the one with most effect first.
    let order = costs.indices.sorted {
      (costs[$0], -effects[$0], $0) < (costs[$1], -effects[$1], $1)
    }
    var hull: [Int] = []
    for strategy in order {
      if let best = hull.last, effects[best] >= effects[strategy] {
        statuses[strategy] = .dominated(by: best)
        continue
      }
      while hull.count >= 2 {
        let middle = hull[hull.count - 1]
        let before = hull[hull.count - 2]
        let toMiddle = (costs[middle] - costs[before]) / (effects[middle] - effects[before])
        let onwards = (costs[strategy] - costs[middle]) / (effects[strategy] - effects[middle])
        guard toMiddle >= onwards else { break }
        statuses[middle] = .extendedlyDominated(by: before, and: strategy)
        hull.removeLast()
      }
      hull.append(strategy)
    }
    for (before, strategy) in zip(hull, hull.dropFirst()) {
      let ratio = (costs[strategy] - costs[before]) / (effects[strategy] - effects[before])
      statuses[strategy] = .onFrontier(ratio: ratio, comparedWith: before)
    }
    // The two that mix into something better are those of the final frontier on either side.
    for strategy in costs.indices {
      guard case .extendedlyDominated = statuses[strategy],
        let after = hull.firstIndex(where: { costs[$0] >= costs[strategy] && effects[$0] > effects[strategy] }),
        after > 0
      else { continue }
      statuses[strategy] = .extendedlyDominated(by: hull[after - 1], and: hull[after])
    }
    self.costs = costs
    self.effects = effects
    self.statuses = statuses
    frontier = hull
  }

  /// The strategy with the highest k·effect − cost; of equals the one that costs least.
  public func best(willingnessToPay k: Double) throws(StatisticsError) -> Int {
    try checkWillingness(k)
    var best = frontier[0]
    for strategy in frontier.dropFirst() {
      let ratio = (costs[strategy] - costs[best]) / (effects[strategy] - effects[best])
      if ratio < k { best = strategy }
    }
    return best
  }
}
