import NumericalMethods
import Primitives

/// On what units are compared when matches are sought.
public enum MatchingDistance: Codable, Hashable, Sendable {
  /// The difference in score.
  case score
  /// A distance in the covariates named; all of them when none is named.
  case covariates(CovariateDistance, [String])
}

/// How often a unit may be the match of another.
public enum MatchReuse: Codable, Hashable, Sendable {
  /// Once: matching without replacement.
  case once
  case atMost(Int)
  /// Any number of times: matching with replacement. Then the order of matching does not matter.
  case unlimited
}

/// What is taken of several candidates that are equally near.
public enum TieRule: String, Codable, Hashable, Sendable, CaseIterable {
  /// MatchIt's rule. On a score all stand in ascending order, equal scores in the order of the file; of two equally near
  /// the one fewer places away is taken, of equally many the lower. On covariates the one farthest away in the order of
  /// the first coordinate is taken.
  case sorted
  /// The first in the file.
  case first
  /// The last in the file.
  case last
  /// One drawn with the seed.
  case drawn
}

/// Matching each unit to its nearest neighbours in the other group, one after another (greedily).
///
/// Each treated unit (for `estimand` treated; each control for `control`) gets the nearest unit left of the other
/// group. Nothing is taken back, so the order matters; `OptimalPairMatching` makes the sum of the distances smallest.
/// Results agree with R's MatchIt 4.7 to the pair, ties included (`TieRule.sorted`). One million units are matched on a
/// score in a fraction of a second: the cost is that of sorting the scores.
/// (Rosenbaum and Rubin 1985, doi:10.1080/00031305.1985.10479383; Stuart 2010, doi:10.1214/09-STS313.)
public struct NearestNeighbourMatching: Codable, Hashable, Sendable {
  /// `treated` or `control`.
  public var estimand: MatchingEstimand
  public var distance: MatchingDistance
  /// How many matches each unit is to get; an average with `ratioLimits`.
  public var ratio: Double
  /// The smallest and largest number of matches of one unit: extremal matching (Ming and Rosenbaum 2000,
  /// doi:10.1111/j.0006-341X.2000.00118.x). Those with the smallest scores get the smallest number. nil for the same
  /// number for all.
  public var ratioLimits: RatioLimits?
  public var reuse: MatchReuse
  /// nil for the usual order: the highest score first for the treated, the lowest for the controls, the file's without a
  /// score.
  public var order: MatchingOrder?
  /// On the score, also when the distance is one in covariates.
  public var caliper: Caliper?
  /// On numeric covariates, by name.
  public var covariateCalipers: [String: Caliper]
  /// Covariates on which matches agree.
  public var exactly: [String]
  /// Covariates on which matches differ.
  public var differing: [String]
  public var support: CommonSupport
  public var ties: TieRule
  /// For orders and ties that are drawn.
  public var seed: UInt64

  public struct RatioLimits: Codable, Hashable, Sendable {
    public var least: Int
    public var most: Int

    public init(least: Int = 1, most: Int) {
      self.least = least
      self.most = most
    }
  }

  public init(
    estimand: MatchingEstimand = .treated, distance: MatchingDistance = .score, ratio: Double = 1,
    ratioLimits: RatioLimits? = nil, reuse: MatchReuse = .once, order: MatchingOrder? = nil, caliper: Caliper? = nil,
    covariateCalipers: [String: Caliper] = [:], exactly: [String] = [], differing: [String] = [],
    support: CommonSupport = .none, ties: TieRule = .sorted, seed: UInt64 = 1
  ) {
    self.estimand = estimand
    self.distance = distance
    self.ratio = ratio
    self.ratioLimits = ratioLimits
    self.reuse = reuse
    self.order = order
    self.caliper = caliper
    self.covariateCalipers = covariateCalipers
    self.exactly = exactly
    self.differing = differing
    self.support = support
    self.ties = ties
    self.seed = seed
  }

  static let name = "nearest-neighbour matching"

  /// Makes the matches.
  ///
  /// - Throws: `.setting` for a setting that cannot be; `.notSupported` when there is no score where one is needed;
  ///   `.noMatches` when no unit gets a match; `.cancelled`.
  public func match(
    _ units: MatchingUnits, progress: ProgressHandler? = nil
  ) throws(StatisticsError) -> MatchedSample {
    try match(units, tieDraw: 0, progress: progress)
  }

  /// - Parameter tieDraw: which of the orders of ties that the seed can draw.
  func match(
    _ units: MatchingUnits, tieDraw: UInt64, progress: ProgressHandler? = nil
  ) throws(StatisticsError) -> MatchedSample {
    try check(units)
    let discarded = try discarded(units)
    let left = discarded.map { $0.map { !$0 } }
    let wanted = estimand == .treated
    let isFocal = units.treated.map { $0 == wanted }
    let focal = isFocal.indices.filter { isFocal[$0] }.map { Int32($0) }
    let ratios = try ratios(units, focal: focal, isFocal: isFocal)
    let limit: Int? =
      switch reuse {
      case .once: 1
      case .atMost(let times): times >= focal.count ? nil : times
      case .unlimited: nil
      }
    let strata = try units.strata(agreeingOn: exactly, for: "exactly")
    let conditions = try conditions(units, discarded: discarded)
    let progress = progress.map { ThrottledProgress(stage: "matching", $0) }

    var scores = units.score
    var coordinates = try coordinates(units, discarded: discarded)
    if let line = coordinates, line.columns == 1, scores == nil {
      scores = line.column(0)
      coordinates = nil
    }
    let order = order(hasScore: units.score != nil, isUnlimited: limit == nil)
    let positions = positions(order, focal: focal, score: scores, left: left)
    let rows: GreedyPairs
    if let coordinates {
      var search = CoordinateSearch(
        coordinates: coordinates, isFocal: isFocal, left: left, strata: strata, conditions: conditions)
      rows = try assign(&search, focal, positions, order, ratios, limit, units.count, left, progress)
    } else {
      guard let score = scores else { throw .notSupported(method: Self.name, input: "units without a score") }
      var search = ScoreSearch(
        score: score, isFocal: isFocal, left: left, strata: strata,
        caliper: units.score == nil ? nil : caliper?.width(of: score, discarded: discarded), conditions: conditions,
        firstInOrder: ties != .sorted, tieOrder: tieOrder(units.count, draw: tieDraw))
      rows = try assign(&search, focal, positions, order, ratios, limit, units.count, left, progress)
    }
    return try sample(units, MatchedPairs(focal: focal, rows: rows), limit, discarded, rows.tiedUnits)
  }

  private func assign<Search: CandidateSearch>(
    _ search: inout Search, _ focal: [Int32], _ positions: [Int32]?, _ order: MatchingOrder, _ ratios: [Int32],
    _ limit: Int?, _ count: Int, _ left: [Bool]?, _ progress: ThrottledProgress?
  ) throws(StatisticsError) -> GreedyPairs {
    var ratios = ratios
    if let left {
      for place in focal.indices where !left[Int(focal[place])] { ratios[place] = 0 }
    }
    return try matchGreedily(
      &search, focal: focal, order: positions, farthestFirst: order == .farthest, ratios: ratios, reuse: limit,
      units: count, progress: progress)
  }

  private func sample(
    _ units: MatchingUnits, _ pairs: MatchedPairs, _ limit: Int?, _ discarded: [Bool]?, _ tied: Int
  ) throws(StatisticsError) -> MatchedSample {
    var sets: [Int32]?
    var setCount = 0
    let weights: [Double]
    if limit == 1 {
      let made = pairs.sets(units: units.count)
      weights = try matchingWeights(
        sets: made.sets, count: made.count, treated: units.treated, estimand: estimand, method: Self.name)
      sets = made.sets
      setCount = made.count
    } else {
      weights = try matchingWeights(pairs: pairs, treated: units.treated, method: Self.name)
    }
    return MatchedSample(
      treated: units.treated, estimand: estimand, weights: weights, sets: sets, setCount: setCount, matches: pairs,
      discarded: discarded, tiedUnits: tied)
  }
}

extension NearestNeighbourMatching {
  private func check(_ units: MatchingUnits) throws(StatisticsError) {
    guard estimand != .all else {
      throw .setting(name: "estimand", reason: "nearest neighbours are sought for the treated or for the controls")
    }
    guard ratio >= 1, ratio <= Double(units.count), ratioLimits != nil || ratio == ratio.rounded() else {
      throw .setting(
        name: "ratio", reason: "it is 1 or more, no more than there are people, and whole without limits")
    }
    if let limits = ratioLimits {
      guard distance == .score else {
        throw .setting(name: "ratioLimits", reason: "a number of matches that varies needs matching on a score")
      }
      guard limits.least >= 1, Double(limits.least) < ratio, ratio < Double(limits.most),
        limits.most <= units.count
      else {
        throw .setting(
          name: "ratioLimits",
          reason: "the ratio lies between the least, 1 or more, and the most, no more than there are people")
      }
    }
    if case .atMost(let times) = reuse, times < 1 {
      throw .setting(name: "reuse", reason: "a unit may be matched at least once")
    }
    try checkCaliper(units)
    if let order, [.largest, .smallest].contains(order) { _ = try units.requiredScore(for: "the order \(order)") }
    if distance == .score { _ = try units.requiredScore(for: Self.name) }
    if case .covariates = distance, ties != .sorted {
      throw .setting(name: "ties", reason: "ties of distances in covariates are settled in sorted order only")
    }
  }

  private func order(hasScore: Bool, isUnlimited: Bool) -> MatchingOrder {
    if isUnlimited { return .file }
    if let order { return order }
    guard hasScore else { return .file }
    return estimand == .treated ? .largest : .smallest
  }

  /// Positions in `focal`; nil for closest or farthest first.
  private func positions(_ order: MatchingOrder, focal: [Int32], score: [Double]?, left: [Bool]?) -> [Int32]? {
    switch order {
    case .closest, .farthest: return nil
    case .file: return (0..<Int32(focal.count)).map { $0 }
    case .random:
      var generator = CounterGenerator(seed: seed)
      return generator.permutation(of: focal.count)
    case .smallest: return sortedOrder(of: focal.map { score![Int($0)] })
    case .largest: return sortedOrder(of: focal.map { -score![Int($0)] })
    }
  }

  private func tieOrder(_ count: Int, draw: UInt64) -> [Int32]? {
    switch ties {
    case .sorted, .first: return nil
    case .last: return (0..<Int32(count)).reversed()
    case .drawn:
      var generator = CounterGenerator(seed: seed, stream: 1 + draw)
      return generator.permutation(of: count)
    }
  }

  /// How many matches each focal unit is to get.
  private func ratios(
    _ units: MatchingUnits, focal: [Int32], isFocal: [Bool]
  ) throws(StatisticsError) -> [Int32] {
    guard let limits = ratioLimits else { return [Int32](repeating: Int32(ratio), count: focal.count) }
    let score = try units.requiredScore(for: "a number of matches that varies")
    let n = focal.count
    let (least, most) = (limits.least, limits.most)
    let total = Int((ratio * Double(n)).rounded(.toNearestOrEven))
    let many = max(0, (total - least * (n - 1)) / (most - least))
    let few = n - many - 1
    var numbers = [Int](repeating: least, count: max(0, few))
    numbers.append(total - (least * few + most * many))
    numbers += [Int](repeating: most, count: many)
    numbers = Array(numbers.prefix(n))
    for i in numbers.indices where numbers[i] == 0 {
      numbers[i] = 1
      if i + 1 < n { numbers[i + 1] -= 1 }
    }
    var sums = (focal: 0.0, other: 0.0)
    for i in score.indices { if isFocal[i] { sums.focal += score[i] } else { sums.other += score[i] } }
    let isDescending = sums.focal / Double(n) > sums.other / Double(score.count - n)
    let order = sortedOrder(of: focal.map { isDescending ? -score[Int($0)] : score[Int($0)] })
    var result = [Int32](repeating: 0, count: n)
    for (rank, place) in order.enumerated() { result[Int(place)] = Int32(max(0, numbers[rank])) }
    return result
  }
}
