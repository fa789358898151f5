import Primitives

/// Finds records that are of one person, in one set of records.
///
/// Candidates are chosen by what they agree on, compared field by field, and weighed by a model that is fitted to the
/// records themselves (``FellegiSunter``). The weight of two values that are the same depends on how common the value is:
/// a rare name says more. Other names for it: deduplication, entity resolution.
///
/// Assumptions: see the page of the method. No training data, no clerical work beforehand.
public struct RecordLinkage: Hashable, Codable, Sendable {
  /// From this probability on, a pair is taken to be certain.
  public var certain = 0.90
  /// From this probability on, a pair is worth a look by somebody.
  public var review = 0.10
  /// Blocks of more records than this are left out, and told.
  public var largestBlock = 1000
  /// How many pairs at random tell how often values agree by chance; all pairs when there are fewer.
  public var backgroundPairs = 1_000_000
  /// How many pairs of one person the levels that are expected count for (``LinkageField/Kind/expected``).
  public var prior = 20.0
  /// Of the random pairs.
  public var seed: UInt64 = 1

  public init() {}

  /// Links records.
  ///
  /// - Parameter progress: told the stages `choosing`, `comparing` and `weighing`.
  public func link(_ records: LinkageRecords, progress: ProgressHandler? = nil) throws(LinkageError) -> LinkedRecords {
    try check(records.fields)
    guard records.count < Int(Int32.max) else { throw .tooManyRecords(records.count) }
    let prepared = PreparedRecords(records)
    progress?(StageProgress(stage: "choosing", completed: 0, total: 1))
    let candidates = CandidatePairs(prepared, largestBlock: largestBlock)
    progress?(StageProgress(stage: "choosing", completed: 1, total: 1))
    let comparison = ComparedPairs(candidates.pairs, prepared, progress: progress)
    let pairTotal = Double(records.count) * Double(records.count - 1) / 2
    guard !comparison.patterns.isEmpty else {
      return LinkedRecords(fields: records.fields, recordCount: records.count, candidates: candidates)
    }
    progress?(StageProgress(stage: "weighing", completed: 0, total: 1))
    let grouping = Array(records.fields.indices.filter { records.fields[$0].kind == .code }.prefix(3))
    // Members of a household share a family name, an origin and often a day. There are more such pairs than pairs of one
    // person, and a model left to itself would learn what a household looks like. So it learns from pairs whose names all
    // are alike; how often one person goes by another name is then what is expected.
    let names = records.fields.indices.filter { records.fields[$0].kind == .name }
    let alike = comparison.patterns.filter { pattern in names.allSatisfy { pattern.levels[$0] != 0 } }
    let counted = background(prepared, comparison.patterns, grouping: grouping, pairTotal: pairTotal)
    func fitted(_ patterns: [AgreementPattern]) throws(LinkageError) -> FellegiSunter {
      try FellegiSunter(
        patterns, grouping: grouping, background: counted, pairTotal: pairTotal,
        smoothing: 50 * max(1, pairTotal / Double(backgroundPairs)), start: records.fields.map(\.kind.expected),
        startPrevalence: min(0.5, 0.1 * Double(records.count) / max(1, pairTotal)), settled: Set(names), prior: prior)
    }
    var fit = try fitted(alike.isEmpty ? comparison.patterns : alike)
    var households: HouseholdPairs?
    if let first = prepared.names?.first, !alike.isEmpty {
      let companies = comparison.patterns.map { FellegiSunter.company(of: $0.levels, grouping: grouping) }
      // What households look like depends on the rest, and the rest on what is left to households.
      for _ in 0..<2 {
        let found = HouseholdPairs(
          comparison.patterns, companies: companies, fit: fit, kinds: records.fields.map(\.kind), firstName: first,
          pairTotal: pairTotal, prior: prior)
        households = found
        let rest = zip(comparison.patterns, found.posteriors).compactMap { pattern, posterior in
          names.allSatisfy { pattern.levels[$0] != 0 } && posterior < 1
            ? AgreementPattern(levels: pattern.levels, count: pattern.count * (1 - posterior)) : nil
        }
        fit = try fitted(rest)
      }
    }
    let scorer = PairScorer(
      records: prepared, fit: fit, households: households, grouping: grouping, comparison: comparison)
    let pairs = scorer.pairs(comparison, certain: certain, review: review)
    progress?(StageProgress(stage: "weighing", completed: 1, total: 1))
    return LinkedRecords(
      fields: records.fields, recordCount: records.count, pairs: pairs, fit: fit, candidates: candidates,
      exchangeShare: scorer.exchangeShare)
  }

  private func check(_ fields: [LinkageField]) throws(LinkageError) {
    guard !fields.isEmpty else { throw .noFields }
    let kinds = fields.map(\.kind)
    let hasDay = kinds.contains(.date) || kinds.contains(.identifier) || kinds.contains(.year)
    guard hasDay || kinds.count(where: { $0 == .name }) >= 2 else { throw .noFieldToChooseBy }
  }

  /// How many of all pairs have each level, by company and field: counted, or estimated from pairs at random.
  ///
  /// Pairs at random hardly meet a level that is rare. The pairs that were compared are some of all, so there are at least
  /// as many with that level as among these.
  private func background(
    _ records: PreparedRecords, _ compared: [AgreementPattern], grouping: [Int], pairTotal: Double
  ) -> [[[Double]]] {
    let companies = grouping.reduce(1) { count, _ in count * 3 }
    var counts = Array(
      repeating: records.fields.map { Array(repeating: 0.0, count: $0.kind.levelCount) }, count: companies)
    var levels = [UInt8](repeating: 0, count: records.fields.count)
    func count(_ a: Int, _ b: Int, _ weight: Double) {
      _ = records.compare(a, b, into: &levels)
      let company = FellegiSunter.company(of: levels, grouping: grouping)
      for (field, level) in levels.enumerated() where level != PreparedRecords.missing {
        counts[company][field][Int(level)] += weight
      }
    }
    if pairTotal <= Double(backgroundPairs) {
      for a in 0..<records.count { for b in a + 1..<max(a + 1, records.count) { count(a, b, 1) } }
    } else {
      var draws = SeededGenerator(seed: seed)
      let weight = pairTotal / Double(backgroundPairs)
      var drawn = 0
      while drawn < backgroundPairs {
        let a = Int(draws.uniform() * Double(records.count))
        let b = Int(draws.uniform() * Double(records.count))
        guard a != b else { continue }
        count(a, b, weight)
        drawn += 1
      }
      var least = counts.map { $0.map { $0.map { _ in 0.0 } } }
      for pattern in compared {
        let company = FellegiSunter.company(of: pattern.levels, grouping: grouping)
        for (field, level) in pattern.levels.enumerated() where level != PreparedRecords.missing {
          least[company][field][Int(level)] += pattern.count
        }
      }
      counts = zip(counts, least).map { zip($0, $1).map { zip($0, $1).map { max($0, $1) } } }
    }
    return counts
  }
}

/// The levels of every candidate pair that is worth weighing, and how often each pattern occurs.
///
/// Two people whose names are all different are two, however much else agrees, unless a number of theirs is the same:
/// otherwise those who were born on one day would be taken for what pairs of one person look like.
struct ComparedPairs {
  private(set) var pairs: [UInt64] = []
  private(set) var patterns: [AgreementPattern] = []
  /// For each pair the place of its pattern, with the highest bit set where the names are exchanged.
  private(set) var patternOfPair: [UInt32] = []
  static let exchanged: UInt32 = 1 << 31

  init(_ candidates: [UInt64], _ records: PreparedRecords, progress: ProgressHandler?) {
    var places: [[UInt8]: UInt32] = [:]
    var counts: [Double] = []
    var found: [[UInt8]] = []
    var levels = [UInt8](repeating: 0, count: records.fields.count)
    let names = records.fields.indices.filter { records.fields[$0].kind == .name }
    let numbers = records.fields.indices.filter { records.fields[$0].kind == .identifier }
    progress?(StageProgress(stage: "comparing", completed: 0, total: candidates.count))
    for (index, pair) in candidates.enumerated() {
      if index & 0x3FFFF == 0x3FFFF {
        progress?(StageProgress(stage: "comparing", completed: index + 1, total: candidates.count))
      }
      let isExchanged = records.compare(Int(pair >> 32), Int(pair & 0xFFFF_FFFF), into: &levels)
      if !names.isEmpty, names.allSatisfy({ levels[$0] == 0 }),
        !numbers.contains(where: { levels[$0] == LinkageField.Kind.identifier.sameLevel })
      {
        continue
      }
      let place: UInt32
      if let known = places[levels] {
        place = known
        counts[Int(place)] += 1
      } else {
        place = UInt32(found.count)
        places[levels] = place
        found.append(levels)
        counts.append(1)
      }
      pairs.append(pair)
      patternOfPair.append(isExchanged ? place | Self.exchanged : place)
    }
    progress?(StageProgress(stage: "comparing", completed: candidates.count, total: candidates.count))
    patterns = zip(found, counts).map { AgreementPattern(levels: $0, count: $1) }
  }
}
