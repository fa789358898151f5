import Primitives

/// Two records that may be of one person.
public struct LinkedPair: Hashable, Sendable {
  public enum Verdict: String, Codable, CaseIterable, Sendable {
    /// Certain enough to be taken as one without a look.
    case certain
    /// For somebody to look at.
    case review
  }

  /// Why a pair is for somebody to look at, although its weight would do.
  public enum Doubt: String, Codable, CaseIterable, Sendable {
    /// The first of the names, the given name, is another: twins agree on all else.
    case otherName = "other-name"
  }

  /// Places among the records, the lower first.
  public let first: Int
  public let second: Int
  /// log₂ of the odds that both are of one person.
  public let weight: Double
  public let probability: Double
  /// By field: the level of agreement, nil where one of both is not known.
  public let levels: [Int?]
  /// Whether the first two names were compared crosswise.
  public let isExchanged: Bool
  public let doubt: Doubt?
  public let verdict: Verdict
}

/// What linking gave: pairs, heaviest first, and the model that weighed them.
public struct LinkedRecords: Sendable {
  public let fields: [LinkageField]
  public let recordCount: Int
  /// Those that are certain or worth a look.
  public let pairs: [LinkedPair]
  /// nil when there was nothing to compare.
  public let fit: FellegiSunter?
  /// How many pairs were compared.
  public let candidateCount: Int
  /// Blocks that were too large to be compared, and how many records they hold. A pair in such a block may be found by
  /// what else it agrees on.
  public let largeBlocks: Int
  public let recordsInLargeBlocks: Int
  /// How many of the pairs of one person have their names exchanged.
  public let exchangeShare: Double

  public var certain: [LinkedPair] { pairs.filter { $0.verdict == .certain } }
  public var review: [LinkedPair] { pairs.filter { $0.verdict == .review } }

  /// How many of the certain pairs are expected to be of two people, by the model.
  public var expectedMistakes: Double { certain.reduce(0) { $0 + 1 - $1.probability } }

  init(
    fields: [LinkageField], recordCount: Int, pairs: [LinkedPair] = [], fit: FellegiSunter? = nil,
    candidates: CandidatePairs, exchangeShare: Double = 0
  ) {
    self.fields = fields
    self.recordCount = recordCount
    self.pairs = pairs
    self.fit = fit
    candidateCount = candidates.pairs.count
    largeBlocks = candidates.largeBlocks
    recordsInLargeBlocks = candidates.recordsInLargeBlocks
    self.exchangeShare = exchangeShare
  }
}

/// How many of the pairs that were found are of one person, and how many of those there are were found.
public struct LinkageAccuracy: Hashable, Codable, Sendable {
  public let found: Int
  public let right: Int
  /// Pairs of records of one person, all that there are.
  public let total: Int

  /// The share of what was found that is right; nil when nothing was found.
  public var precision: Double? { found > 0 ? Double(right) / Double(found) : nil }
  /// The share of what there is that was found; nil when there is nothing.
  public var recall: Double? { total > 0 ? Double(right) / Double(total) : nil }

  /// Of pairs.
  ///
  /// - Parameter people: the person of each record.
  public init(_ pairs: [LinkedPair], people: [String]) {
    found = pairs.count
    right = pairs.count { people[$0.first] == people[$0.second] }
    total = Self.pairCount(people)
  }

  /// Of all pairs within groups: when two are linked to a third, they are linked to each other.
  public init(groupsOf pairs: [LinkedPair], people: [String]) {
    var groups = LinkedGroups(count: people.count)
    for pair in pairs { groups.join(pair.first, pair.second) }
    let roots = people.indices.map { groups.root($0) }
    found = Self.pairCount(roots)
    right = Self.pairCount(zip(roots, people).map { "\($0) \($1)" })
    total = Self.pairCount(people)
  }

  private static func pairCount(_ values: [some Hashable]) -> Int {
    var counts: [AnyHashable: Int] = [:]
    for value in values { counts[AnyHashable(value), default: 0] += 1 }
    return counts.values.reduce(0) { $0 + $1 * ($1 - 1) / 2 }
  }
}

/// Puts what is linked together into groups: whatever is linked, directly or through others, is one.
public struct LinkedGroups: Sendable {
  private var parents: [Int]

  public init(count: Int) { parents = Array(0..<count) }

  public mutating func join(_ a: Int, _ b: Int) {
    let (a, b) = (root(a), root(b))
    // The lowest place stands for its group.
    if a != b { parents[max(a, b)] = min(a, b) }
  }

  /// The lowest place of the group.
  public mutating func root(_ place: Int) -> Int {
    var place = place
    while parents[place] != place {
      parents[place] = parents[parents[place]]
      place = parents[place]
    }
    return place
  }
}
