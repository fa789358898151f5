import NumericalMethods

/// What to choose when a unit of effect is worth a given amount, and how sure that is.
public struct CostEffectivenessDecision: Codable, Hashable, Sendable {
  /// What a unit of effect is worth, k.
  public let willingnessToPay: Double
  /// The mean over draws of k·effect − cost, for each strategy.
  public let netBenefits: [Double]
  /// The mean net benefit of the reference minus that of each comparator, in the order of `comparators`.
  public let incrementalNetBenefits: [Double]
  /// For each comparator the share of draws in which the reference has more net benefit: a point of the acceptability
  /// curve (Van Hout, Al, Gordon, Rutten 1994, doi:10.1002/hec.4730030505).
  public let acceptabilities: [Double]
  /// For each strategy the share of draws in which it has most net benefit; a draw with equals is shared among them.
  public let probabilitiesBest: [Double]
  /// The strategy with the highest mean net benefit; of equals the reference, else the first.
  public let best: Int
  /// The share of draws in which the best on average is indeed best: the acceptability frontier (Fenwick, Claxton and
  /// Sculpher 2001, doi:10.1002/hec.635).
  public let probabilityOfBest: Double
  /// The highest of the shares in which a strategy is best, which may be another's: what R's BCEA calls the frontier.
  public let highestProbability: Double
  /// The expected value of perfect information for one person: the mean of the best net benefit in each draw minus the
  /// best mean net benefit. Times the people still to be decided for it bounds what further research can be worth.
  public let valueOfPerfectInformation: Double
}

extension CostEffectivenessSimulation {
  /// - Parameter k: what a unit of effect is worth, zero or more.
  /// - Throws: `.setting` when it is not.
  public func decision(willingnessToPay k: Double) throws(StatisticsError) -> CostEffectivenessDecision {
    try checkWillingness(k)
    let benefits = (0..<strategies).map { strategy in
      zip(effects.column(strategy), costs.column(strategy)).map { k * $0 - $1 }
    }
    let means = benefits.map { mean(of: $0) }
    guard means.allSatisfy(\.isFinite) else {
      throw .setting(name: "willingness to pay", reason: "the net benefits are not finite; use larger units of money")
    }
    let increments = comparators.map { comparator in
      zip(benefits[reference], benefits[comparator]).map(-)
    }
    var best = reference
    for strategy in 0..<strategies where means[strategy] > means[best] { best = strategy }
    var shares = [Double](repeating: 0, count: strategies)
    var losses = [Double](repeating: 0, count: draws)
    for draw in 0..<draws {
      var largest = -Double.infinity
      for strategy in 0..<strategies { largest = max(largest, benefits[strategy][draw]) }
      let winners = (0..<strategies).filter { benefits[$0][draw] == largest }
      for winner in winners { shares[winner] += 1 / Double(winners.count) }
      // The mean of what is lost by the choice is the difference of the two means, without their cancellation.
      losses[draw] = largest - benefits[best][draw]
    }
    shares = shares.map { $0 / Double(draws) }
    return CostEffectivenessDecision(
      willingnessToPay: k, netBenefits: means, incrementalNetBenefits: increments.map { mean(of: $0) },
      acceptabilities: increments.map { Double($0.count { $0 > 0 }) / Double(draws) }, probabilitiesBest: shares,
      best: best, probabilityOfBest: shares[best], highestProbability: shares.max() ?? 0,
      valueOfPerfectInformation: mean(of: losses))
  }

  /// The values of a unit of effect, zero or more, from which another strategy is best on average, ascending, with the
  /// strategy that is best from there on. The first entry is at 0.
  public func switchingPoints() throws(StatisticsError) -> [(willingnessToPay: Double, best: Int)] {
    let frontier = try frontier()
    var points = [(willingnessToPay: 0.0, best: try frontier.best(willingnessToPay: 0))]
    for strategy in frontier.frontier {
      guard case .onFrontier(let ratio, _) = frontier.statuses[strategy], ratio > 0 else { continue }
      points.append((ratio, strategy))
    }
    return points
  }
}
