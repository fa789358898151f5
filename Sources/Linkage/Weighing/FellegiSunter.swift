import Foundation

/// How often a pattern of agreement occurs among pairs of records.
public struct AgreementPattern: Hashable, Sendable {
  /// The level of each field, or 255 where one of both is not known.
  public let levels: [UInt8]
  public let count: Double

  public init(levels: [UInt8], count: Double) {
    self.levels = levels
    self.count = count
  }
}

/// How much each level of agreement tells about two records being of one person, by the model of Fellegi and Sunter.
///
/// Pairs of records are of one person with probability λ. Within pairs of one person and within other pairs the fields
/// agree independently of each other: level l of field f with probability m(f, l) among the first and u(f, l) among the
/// others. The likelihood of the patterns is maximised by expectation and maximisation. A field that is not known in one
/// of both says nothing.
///
/// Only pairs that agree on something need be compared. What is left out counts as not of one person, and is known by
/// `background`: how often each level occurs among all pairs. When the patterns are of all pairs, this is the plain
/// algorithm.
///
/// Names go with origin and sex, so that two people of one origin share both their names far oftener than by chance.
/// With `grouping` fields, u of the other fields is apart for each company: each combination of levels of those fields.
///
/// Fellegi and Sunter 1969, doi:10.1080/01621459.1969.10501049; Winkler 1988, Proceedings of the Section on Survey
/// Research Methods of the American Statistical Association, 667–671, for the algorithm; Dempster, Laird and Rubin 1977,
/// doi:10.1111/j.2517-6161.1977.tb01600.x.
public struct FellegiSunter: Hashable, Sendable {
  /// The share of all pairs that are of one person.
  public let prevalence: Double
  /// By field and level: the probability of the level among pairs of one person.
  public let matching: [[Double]]
  /// By field and level: the same among other pairs, whatever company they are in.
  public let other: [[Double]]
  public let iterations: Int
  /// Whether the last step changed no probability by more than the tolerance.
  public let isConverged: Bool
  /// How many of the pairs are expected to be of one person.
  public let expectedMatches: Double
  private let grouping: [Int]
  /// By company, field and level.
  private let otherInCompany: [[[Double]]]

  /// - Parameters:
  ///   - patterns: of the pairs that were compared.
  ///   - grouping: fields by whose agreement u of the other fields is apart; their own is not.
  ///   - background: by company (``company(of:grouping:)``), field and level: how many of all pairs have it; nil to
  ///     count the patterns.
  ///   - pairTotal: how many pairs there are, compared or not; nil for those of the patterns.
  ///   - smoothing: how many pairs the average of all companies counts for in each.
  ///   - start: by field and level, where m starts from.
  ///   - startPrevalence: where λ starts from.
  ///   - settled: fields whose m of level 0 stays what `start` says. Patterns in which such a field is different are then
  ///     no part of `patterns`, and λ is raised by what they would have added.
  ///   - prior: how many pairs of one person `start` counts for, beside those that are found: keeps m sensible where
  ///     there are few. 0 is maximum likelihood.
  public init(
    _ patterns: [AgreementPattern], grouping: [Int] = [], background: [[[Double]]]? = nil, pairTotal: Double? = nil,
    smoothing: Double = 0, start: [[Double]], startPrevalence: Double, settled: Set<Int> = [], prior: Double = 0,
    tolerance: Double = 1e-7,
    iterationLimit: Int = 2000
  ) throws(LinkageError) {
    let compared = patterns.reduce(0) { $0 + $1.count }
    guard compared > 0 else { throw .nothingToCompare }
    let total = max(pairTotal ?? compared, compared)
    let companies = patterns.map { Self.company(of: $0.levels, grouping: grouping) }
    let counts = background ?? Self.levelCounts(patterns, companies, grouping: grouping, like: start)
    var m = start
    var others = OtherPairs(counts, grouping: grouping, smoothing: smoothing, isWhole: pairTotal == nil)
    let kept = settled.reduce(1) { $0 * (1 - start[$1][0]) }
    var prevalence = startPrevalence
    var iteration = 0
    var change = Double.infinity
    var matches = 0.0
    while iteration < iterationLimit, change > tolerance {
      iteration += 1
      var found = start.map { $0.map { $0 * prior } }
      var among = counts.map { $0.map { $0.map { _ in 0.0 } } }
      matches = 0
      for (pattern, company) in zip(patterns, companies) {
        let weight = pattern.count * Self.posterior(pattern.levels, prevalence, m, others.shares[company])
        matches += weight
        for (field, level) in pattern.levels.enumerated() where level != PreparedRecords.missing {
          found[field][Int(level)] += weight
          among[company][field][Int(level)] += weight
        }
      }
      change = others.update(without: among)
      for field in m.indices {
        var newM = levelShares(found[field])
        if settled.contains(field) {
          let different = start[field][0]
          newM = [different] + levelShares(Array(found[field].dropFirst())).map { $0 * (1 - different) }
        }
        for level in newM.indices { change = max(change, abs(newM[level] - m[field][level])) }
        m[field] = newM
      }
      let newPrevalence = settled.isEmpty ? matches / total : min(0.5, matches / total / kept)
      change = max(change, abs(newPrevalence - prevalence) / max(prevalence, 1e-300))
      prevalence = newPrevalence
      // Below half a pair there are none to learn from; what `start` says then stays.
      if matches < 0.5, prior > 0 {
        prevalence = max(newPrevalence, 0.5 / total)
        break
      }
    }
    self.prevalence = prevalence
    matching = m
    other = others.average
    otherInCompany = others.shares
    self.grouping = grouping
    iterations = iteration
    isConverged = change <= tolerance || (matches < 0.5 && prior > 0)
    expectedMatches = matches / kept
  }

  /// The number of the company that a pattern is in: for each grouping field not known, different or the same, in the
  /// order of the fields, the last running fastest. 0 without grouping fields.
  public static func company(of levels: [UInt8], grouping: [Int]) -> Int {
    grouping.reduce(0) { sum, field in
      sum * 3 + (levels[field] == PreparedRecords.missing ? 0 : levels[field] == 0 ? 1 : 2)
    }
  }

  /// The probability of a level among other pairs, in the company of a pattern.
  func other(field: Int, level: Int, in company: Int) -> Double { otherInCompany[company][field][level] }

  /// The weight of a level on average: log₂ of m/u; how many times more likely the level is among pairs of one person,
  /// in powers of two.
  public func weight(field: Int, level: Int) -> Double { Self.bits(matching[field][level], other[field][level]) }

  /// The weight of λ: log₂ of λ/(1 − λ), what a pair starts from.
  public var startingWeight: Double { Self.bits(prevalence, 1 - prevalence) }

  /// The weight of a pattern, that of λ included.
  public func weight(_ levels: [UInt8]) -> Double {
    let others = otherInCompany[Self.company(of: levels, grouping: grouping)]
    var sum = startingWeight
    for (field, level) in levels.enumerated() where level != PreparedRecords.missing {
      sum += Self.bits(matching[field][Int(level)], others[field][Int(level)])
    }
    return sum
  }

  /// How likely a pattern is among pairs of one person.
  func likelihood(_ levels: [UInt8]) -> Double { Self.product(levels, matching) }

  /// How likely a pattern is among other pairs, in its company.
  func likelihoodOfOthers(_ levels: [UInt8], in company: Int) -> Double {
    Self.product(levels, otherInCompany[company])
  }

  private static func product(_ levels: [UInt8], _ shares: [[Double]]) -> Double {
    var product = 1.0
    for (field, level) in levels.enumerated() where level != PreparedRecords.missing {
      product *= max(shares[field][Int(level)], 1e-12)
    }
    return product
  }

  /// The probability that a pair of this weight is of one person.
  public static func probability(ofWeight weight: Double) -> Double { 1 / (1 + exp2(-weight)) }

  private static func bits(_ a: Double, _ b: Double) -> Double { log2(max(a, 1e-12)) - log2(max(b, 1e-12)) }

  private static func posterior(_ levels: [UInt8], _ prevalence: Double, _ m: [[Double]], _ u: [[Double]]) -> Double {
    var (a, b) = (prevalence, 1 - prevalence)
    for (field, level) in levels.enumerated() where level != PreparedRecords.missing {
      a *= m[field][Int(level)]
      b *= u[field][Int(level)]
    }
    return a + b > 0 ? a / (a + b) : 0
  }

  private static func levelCounts(
    _ patterns: [AgreementPattern], _ companies: [Int], grouping: [Int], like start: [[Double]]
  ) -> [[[Double]]] {
    let number = grouping.reduce(1) { count, _ in count * 3 }
    var counts = Array(repeating: start.map { $0.map { _ in 0.0 } }, count: number)
    for (pattern, company) in zip(patterns, companies) {
      for (field, level) in pattern.levels.enumerated() where level != PreparedRecords.missing {
        counts[company][field][Int(level)] += pattern.count
      }
    }
    return counts
  }
}

/// Counts as shares of their sum; equal shares when there are none.
private func levelShares(_ counts: [Double]) -> [Double] {
  let sum = counts.reduce(0, +)
  return sum > 0 ? counts.map { $0 / sum } : counts.map { _ in 1 / Double(counts.count) }
}

/// How often levels occur among pairs that are not of one person.
private struct OtherPairs {
  /// By company, field and level.
  private(set) var shares: [[[Double]]]
  /// By field and level.
  private(set) var average: [[Double]]
  private let counts: [[[Double]]]
  private let grouping: [Int]
  private let smoothing: Double
  private let isWhole: Bool

  init(_ counts: [[[Double]]], grouping: [Int], smoothing: Double, isWhole: Bool) {
    self.counts = counts
    self.grouping = grouping
    self.smoothing = smoothing
    self.isWhole = isWhole
    average = counts[0].map(levelShares)
    shares = counts.map { $0.map(levelShares) }
    _ = update(without: counts.map { $0.map { $0.map { _ in 0.0 } } })
  }

  /// Takes away what is of one person; gives the greatest change.
  mutating func update(without among: [[[Double]]]) -> Double {
    var change = 0.0
    for field in average.indices {
      var left = counts.indices.map { company in
        zip(counts[company][field], among[company][field]).map { max($0 - $1, 0) }
      }
      let all = average[field].indices.map { level in counts.reduce(0) { $0 + $1[field][level] } }
      // A level that was never seen among other pairs may still occur there; half a pair stands for that.
      let least = isWhole ? 0 : 0.5 / max(1, all.reduce(0, +))
      let sum = average[field].indices.map { level in left.reduce(0) { $0 + $1[level] } }
      average[field] = levelShares(levelShares(sum).map { max($0, least) })
      if grouping.contains(field) { left = left.map { _ in sum } }
      for company in shares.indices {
        let smoothed = zip(left[company], average[field]).map { $0 + smoothing * $1 }
        let new = levelShares(levelShares(smoothed).map { max($0, least) })
        for level in new.indices { change = max(change, abs(new[level] - shares[company][field][level])) }
        shares[company][field] = new
      }
    }
    return change
  }
}
