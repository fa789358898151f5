import NumericalMethods

/// Division of all units into sets of one treated unit with one or more controls, or one control with several treated
/// units, so that the sum of the distances between the one and the others is smallest.
///
/// Nobody need be left out, and close units share a set wherever either group is scarce. The optimum is exact up to the
/// rounding of distances to fifty bits (exact without limits on a score, where it is found in linear time); R's optmatch
/// stops within a thousandth of it. Which of several optimal divisions
/// is found is not determined by the data. (Rosenbaum 1991, doi:10.1111/j.2517-6161.1991.tb01848.x; Hansen 2004,
/// doi:10.1198/016214504000000647.)
public struct FullMatching: Codable, Hashable, Sendable {
  public var estimand: MatchingEstimand
  public var distance: MatchingDistance
  /// The smallest number of controls for each treated unit (the other way round for the controls); below 1 it allows
  /// sets of several treated units, 0.5 of at most two for one control; 0 of any number.
  public var least: Double
  /// The largest number; nil for any. Below 1 every set has one control and several treated units, 0.5 at least two.
  public var most: Double?
  /// The share of the controls (of the treated, for the controls) to leave out, those that cost most.
  public var omittedShare: Double
  public var caliper: Caliper?
  public var covariateCalipers: [String: Caliper]
  public var exactly: [String]
  public var differing: [String]
  public var support: CommonSupport

  public init(
    estimand: MatchingEstimand = .treated, distance: MatchingDistance = .score, least: Double = 0,
    most: Double? = nil, omittedShare: Double = 0, caliper: Caliper? = nil,
    covariateCalipers: [String: Caliper] = [:], exactly: [String] = [], differing: [String] = [],
    support: CommonSupport = .none
  ) {
    self.estimand = estimand
    self.distance = distance
    self.least = least
    self.most = most
    self.omittedShare = omittedShare
    self.caliper = caliper
    self.covariateCalipers = covariateCalipers
    self.exactly = exactly
    self.differing = differing
    self.support = support
  }

  static let name = "full matching"

  /// Makes the sets. Units that may be matched to nobody are left out; so are controls beyond `most` for every treated
  /// unit, those that cost most.
  ///
  /// - Throws: `.setting` (also when no division has the numbers asked for), `.notSupported` (too many possible pairs, no
  ///   score), `.noMatches`.
  public func match(_ units: MatchingUnits) throws(StatisticsError) -> MatchedSample {
    try check()
    let problem = try OptimalProblem(units, self, focalAreTreated: estimand != .control)
    // With at most part of a control for each treated unit, controls take the part of the treated.
    let isTransposed = (most ?? .infinity) < 1
    let isFree = least == 0 && most == nil && omittedShare == 0
    var owner = [Int32](repeating: -1, count: units.count)
    var sets: Int32 = 0
    for (focal, others) in problem.problems {
      let pairs: [MatchingNetwork.Pair]
      if let line = isFree ? problem.lineCover(focal, others) : nil {
        pairs = line
      } else {
        pairs = try problem.solve(focal, others, isTransposed: isTransposed) { (a, b) throws(StatisticsError) in
          try limits(a, b, isTransposed: isTransposed)
        }
      }
      for pair in pairs {
        // One of the two may have a set already, because sets are a unit with all its partners.
        let known = max(owner[Int(pair.focal)], owner[Int(pair.other)])
        let set = known >= 0 ? known : sets
        if known < 0 { sets += 1 }
        owner[Int(pair.focal)] = set
        owner[Int(pair.other)] = set
      }
    }
    let made = numberedByAppearance(owner, codes: Int(sets))
    let weights = try matchingWeights(
      sets: made.sets, count: made.count, treated: units.treated, estimand: estimand, method: Self.name)
    return MatchedSample(
      treated: units.treated, estimand: estimand, weights: weights, sets: made.sets, setCount: made.count,
      matches: nil, discarded: problem.discarded, tiedUnits: nil)
  }

  private func check() throws(StatisticsError) {
    guard least >= 0, least <= 1e6 else { throw .setting(name: "least", reason: "it lies between zero and a million") }
    guard (most ?? 1) >= 1e-6, least <= most ?? .infinity else {
      throw .setting(name: "most", reason: "it is a millionth or more and not below the least")
    }
    guard omittedShare >= 0, omittedShare < 1 else {
      throw .setting(name: "omittedShare", reason: "it is zero or more and below 1")
    }
  }

  private func limits(
    _ focal: Int, _ others: Int, isTransposed: Bool
  ) throws(StatisticsError) -> PartnerLimits {
    let least = isTransposed ? 1 / most! : self.least
    let most = isTransposed ? (self.least > 0 ? 1 / self.least : .infinity) : self.most ?? .infinity
    let wholeLeast = least > 1 ? Int((least - 1e-9).rounded(.up)) : 1
    let wholeMost = Int(min((most + 1e-9).rounded(.down), Double(others)))
    let mostOfOther = least >= 1 ? 1 : least > 0 ? Int(min((1 / least + 1e-9).rounded(.down), Double(focal))) : focal
    let omitted = isTransposed ? 0 : omittedShare
    var matched = Int((Double(others) * (1 - omitted)).rounded())
    matched = min(matched, wholeMost * focal)
    guard wholeLeast * focal <= matched || mostOfOther > 1 else {
      throw .setting(name: "least", reason: "there are \(others) units for at least \(wholeLeast) for each of \(focal)")
    }
    return PartnerLimits(
      least: wholeLeast, most: max(wholeMost, wholeLeast), mostOfOther: mostOfOther, others: max(1, matched))
  }
}
