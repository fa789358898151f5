import Foundation

/// Weighs pairs: the model's weights, but for values that are the same the weight of that value.
///
/// A pair that agrees on a value which a share f of the records has is m/f times more likely of one person, instead of
/// m/u on average (Winkler 1989, Proceedings of the Section on Survey Research Methods of the American Statistical
/// Association, 778–783). For names that differ in spelling only, f is the share of the key.
///
/// Names that agree crosswise only weigh as they agree, less what the exchange itself costs: log₂ of how many times rarer
/// it is among pairs of one person.
struct PairScorer {
  let records: PreparedRecords
  let fit: FellegiSunter
  /// How many of the pairs of one person have their names exchanged.
  let exchangeShare: Double
  private let patternWeights: [Double]
  /// By pattern: log₂ of how many times likelier it is of one household than by chance, λ of households included.
  private let householdWeights: [Double]
  private let patterns: [AgreementPattern]

  private let companies: [Int]
  private let likeRecords: SharesAmongLike

  init(
    records: PreparedRecords, fit: FellegiSunter, households: HouseholdPairs?, grouping: [Int],
    comparison: ComparedPairs
  ) {
    self.records = records
    self.fit = fit
    companies = comparison.patterns.map { FellegiSunter.company(of: $0.levels, grouping: grouping) }
    likeRecords = SharesAmongLike(records, grouping: grouping)
    patterns = comparison.patterns
    patternWeights = comparison.patterns.map { fit.weight($0.levels) }
    let firstName = records.names?.first
    householdWeights = zip(comparison.patterns, companies).map { pattern, company in
      guard let households else { return -.infinity }
      var sum = log2(households.prevalence / max(1e-300, 1 - households.prevalence))
      for (field, level) in pattern.levels.enumerated() where level != PreparedRecords.missing && field != firstName {
        sum += log2(max(households.shares[field][Int(level)], 1e-12))
        sum -= log2(max(fit.other(field: field, level: Int(level), in: company), 1e-12))
      }
      return sum
    }
    var (exchanged, all) = (0.5, 50.0)
    for pattern in comparison.patternOfPair {
      let probability = FellegiSunter.probability(
        ofWeight: patternWeights[Int(pattern & ~ComparedPairs.exchanged)])
      all += probability
      if pattern & ComparedPairs.exchanged != 0 { exchanged += probability }
    }
    exchangeShare = exchanged / all
  }

  /// The pairs that are certain or worth a look, heaviest first.
  func pairs(_ comparison: ComparedPairs, certain: Double, review: Double) -> [LinkedPair] {
    let least = log2(review / (1 - review))
    var found: [LinkedPair] = []
    for (pair, code) in zip(comparison.pairs, comparison.patternOfPair) {
      let place = Int(code & ~ComparedPairs.exchanged)
      let isExchanged = code & ComparedPairs.exchanged != 0
      let (a, b) = (Int(pair >> 32), Int(pair & 0xFFFF_FFFF))
      let levels = patterns[place].levels
      var weight = patternWeights[place]
      var household = householdWeights[place]
      for (field, level) in levels.enumerated() where level != PreparedRecords.missing {
        guard let share = share(of: field, level: level, a, b) else { continue }
        let average = fit.other(field: field, level: Int(level), in: companies[place])
        weight += log2(average) - log2(share)
        // The first name of two of one household agrees as by chance, whichever it is.
        if field != records.names?.first { household += log2(average) - log2(share) }
      }
      if isExchanged { weight += min(0, log2(exchangeShare / (1 - exchangeShare))) }
      // The odds of one person against both other kinds.
      weight -= log2(1 + exp2(household))
      guard weight >= least else { continue }
      let probability = FellegiSunter.probability(ofWeight: weight)
      let doubt = doubt(levels)
      found.append(
        LinkedPair(
          first: a, second: b, weight: weight, probability: probability,
          levels: levels.map { $0 == PreparedRecords.missing ? nil : Int($0) }, isExchanged: isExchanged,
          doubt: doubt, verdict: probability >= certain && doubt == nil ? .certain : .review))
    }
    return found.sorted { ($1.weight, $0.first, $0.second) < ($0.weight, $1.first, $1.second) }
  }

  /// The share of the records that have the value on which two agree; nil where the level is no agreement on a value.
  private func share(of field: Int, level: UInt8, _ a: Int, _ b: Int) -> Double? {
    let kind = records.fields[field].kind
    // No two people are given one number. What agrees by a mistake all the same is taken to be one in a million.
    if kind == .identifier { return level == kind.sameLevel ? 1e-6 : nil }
    let isKey = kind == .name && level == LinkageField.Kind.spellingLevel
    guard level == kind.sameLevel || isKey else { return nil }
    return max(
      likeRecords.share(of: field, isKey: isKey, a, beside: b), likeRecords.share(of: field, isKey: isKey, b, beside: a)
    )
  }

  /// Why somebody should look at a pair, whatever its weight.
  private func doubt(_ levels: [UInt8]) -> LinkedPair.Doubt? {
    guard let names = records.names, levels[names.first] == 0 else { return nil }
    // Brothers and sisters of one birth share all but the given name.
    return .otherName
  }
}

/// How common a value is: among all records, and among those that have the same codes.
struct SharesAmongLike {
  private let records: PreparedRecords
  /// The combination of codes of each record; negative when one is not known.
  private let groups: [Int32]
  private let groupSizes: [Int32]
  /// By field: how many records of the same combination have the same value as this one.
  private let counts: [[Int32]]
  private let keyCounts: [[Int32]]
  private let isGrouping: [Bool]

  init(_ records: PreparedRecords, grouping: [Int]) {
    self.records = records
    isGrouping = records.fields.indices.map { grouping.contains($0) }
    var places: [[Int32]: Int32] = [:]
    var groups = [Int32](repeating: -1, count: records.count)
    if !grouping.isEmpty {
      for record in 0..<records.count {
        let codes = grouping.map { records.number(of: $0, record) }
        guard !codes.contains(where: { $0 < 0 }) else { continue }
        let place = places[codes] ?? Int32(places.count)
        places[codes] = place
        groups[record] = place
      }
    }
    self.groups = groups
    var sizes = [Int32](repeating: 0, count: places.count)
    for group in groups where group >= 0 { sizes[Int(group)] += 1 }
    groupSizes = sizes
    func counted(_ number: (Int) -> Int32) -> [Int32] {
      var counts: [UInt64: Int32] = [:]
      func key(_ record: Int) -> UInt64? {
        let value = number(record)
        guard value >= 0, groups[record] >= 0 else { return nil }
        return UInt64(groups[record]) << 32 | UInt64(value)
      }
      for record in 0..<records.count { if let key = key(record) { counts[key, default: 0] += 1 } }
      return (0..<records.count).map { key($0).flatMap { counts[$0] } ?? 0 }
    }
    counts = records.fields.indices.map { field in counted { records.number(of: field, $0) } }
    keyCounts = records.fields.indices.map { field in
      records.fields[field].kind == .name ? counted { records.keyNumber(of: field, $0) } : []
    }
  }

  /// The share of the value, or of the key, of one record.
  func share(of field: Int, isKey: Bool, _ record: Int, beside other: Int) -> Double {
    let all = isKey ? records.keyShares[field][record] : records.shares[field][record]
    let share = Self.others(all) / Double(max(1, records.known[field]))
    let group = groups[record]
    guard !isGrouping[field], group >= 0, groups[other] == group else { return share }
    let own = isKey ? keyCounts[field][record] : counts[field][record]
    return (Self.others(own) + 20 * share) / (Double(groupSizes[Int(group)]) + 20)
  }

  /// How many records beside the two at hand have a value; half a one stands for those that were never seen.
  private static func others(_ count: Int32) -> Double { Double(max(count - 2, 0)) + 0.5 }
}
