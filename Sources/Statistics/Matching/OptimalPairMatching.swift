import NumericalMethods

/// Matching each unit to one or several of the other group so that the sum of all distances is smallest.
///
/// Unlike nearest-neighbour matching, what is a good match for one is given up when another needs it more. The optimum
/// is exact up to the rounding of distances to fifty bits; R's optmatch, which MatchIt calls, stops within a thousandth
/// of it. Which of several optimal matchings is found is not determined by the data. On a score the network is linear in
/// the number of units. With calipers or conditions as many units as possible are matched, as near as possible.
/// (Rosenbaum 1989, doi:10.1080/01621459.1989.10478868; Hansen and Klopfer 2006, doi:10.1198/106186006X137047.)
public struct OptimalPairMatching: Codable, Hashable, Sendable {
  /// `treated` or `control`.
  public var estimand: MatchingEstimand
  public var distance: MatchingDistance
  /// How many matches each unit gets; an average with `ratioLimits`.
  public var ratio: Double
  /// nil for the same number for all.
  public var ratioLimits: NearestNeighbourMatching.RatioLimits?
  /// On the score. R's MatchIt has none for optimal matching.
  public var caliper: Caliper?
  public var covariateCalipers: [String: Caliper]
  public var exactly: [String]
  public var differing: [String]
  public var support: CommonSupport

  public init(
    estimand: MatchingEstimand = .treated, distance: MatchingDistance = .score, ratio: Double = 1,
    ratioLimits: NearestNeighbourMatching.RatioLimits? = nil, caliper: Caliper? = nil,
    covariateCalipers: [String: Caliper] = [:], exactly: [String] = [], differing: [String] = [],
    support: CommonSupport = .none
  ) {
    self.estimand = estimand
    self.distance = distance
    self.ratio = ratio
    self.ratioLimits = ratioLimits
    self.caliper = caliper
    self.covariateCalipers = covariateCalipers
    self.exactly = exactly
    self.differing = differing
    self.support = support
  }

  static let name = "optimal pair matching"

  /// Makes the matches. Where a stratum has too few units of the other group for the ratio, all of them are matched:
  /// every unit gets fewer matches, or only some get one. The network is solved in one call that hears no cancellation.
  ///
  /// - Throws: `.setting`, `.notSupported` (too many possible pairs, no score), `.noMatches`.
  public func match(_ units: MatchingUnits) throws(StatisticsError) -> MatchedSample {
    guard estimand != .all else {
      throw .setting(name: "estimand", reason: "pairs are sought for the treated or for the controls")
    }
    guard ratio >= 1, ratio <= Double(units.count), ratioLimits != nil || ratio == ratio.rounded() else {
      throw .setting(
        name: "ratio", reason: "it is 1 or more, no more than there are people, and whole without limits")
    }
    if let limits = ratioLimits,
      !(limits.least >= 1 && Double(limits.least) <= ratio && ratio <= Double(limits.most))
    {
      throw .setting(name: "ratioLimits", reason: "the ratio lies between the least, 1 or more, and the most")
    }
    let problem = try OptimalProblem(units, self, focalAreTreated: estimand == .treated)
    var pairs: [MatchingNetwork.Pair] = []
    for (focal, others) in problem.problems {
      // With fewer others than focal units, each other gets one focal unit.
      let isShort = others.count < focal.count
      pairs += try problem.solve(
        focal, others, isTransposed: isShort, allowsFewer: !problem.isLine
      ) { (a, b) throws(StatisticsError) in limits(a, b, isShort: isShort, isLine: problem.isLine) }
    }
    let made = problem.matchedPairs(pairs)
    let sets = made.sets(units: units.count)
    let weights = try matchingWeights(
      sets: sets.sets, count: sets.count, treated: units.treated, estimand: estimand, method: Self.name)
    return MatchedSample(
      treated: units.treated, estimand: estimand, weights: weights, sets: sets.sets, setCount: sets.count,
      matches: made, discarded: problem.discarded, tiedUnits: nil)
  }

  private func limits(_ focal: Int, _ others: Int, isShort: Bool, isLine: Bool) -> PartnerLimits {
    let most = isShort ? 1 : ratioLimits?.most ?? Int(ratio)
    let least = isShort ? 1 : ratioLimits?.least ?? Int(ratio)
    let wanted = isShort ? Double(focal) : (ratio * Double(focal)).rounded()
    if wanted <= Double(others) || !isLine {
      return PartnerLimits(least: least, most: most, mostOfOther: 1, others: Int(wanted))
    }
    return PartnerLimits(least: min(least, others / focal), most: most, mostOfOther: 1, others: others)
  }
}
