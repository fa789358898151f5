import NumericalMethods

/// What optimal pair matching and full matching have in common: strata, distances, and who may be matched to whom.
struct OptimalProblem {
  let units: MatchingUnits
  let isFocal: [Bool]
  let discarded: [Bool]?
  private let strata: Strata?
  private let coordinates: Matrix?
  private let score: [Double]?
  private let caliper: Double?
  private let conditions: MatchingConditions

  /// More pairs than this do not fit in a network.
  static let mostArcs = 20_000_000

  init<Method: PairingSettings>(
    _ units: MatchingUnits, _ method: Method, focalAreTreated: Bool
  ) throws(StatisticsError) {
    self.units = units
    isFocal = units.treated.map { $0 == focalAreTreated }
    discarded = try method.discarded(units)
    strata = try units.strata(agreeingOn: method.exactly, for: "exactly")
    try method.checkCaliper(units)
    conditions = try method.conditions(units, discarded: discarded)
    coordinates = try method.coordinates(units, discarded: discarded)
    guard coordinates == nil else {
      score = nil
      caliper = nil
      return
    }
    let values = try units.requiredScore(for: Method.name)
    guard (values.max()! - values.min()!).isFinite else {
      throw .setting(name: "the score", reason: "its range is not a finite number; divide it by a constant")
    }
    score = values
    caliper = method.caliper?.width(of: values, discarded: discarded)
  }

  /// The units of each stratum that has both groups, focal ones first.
  var problems: [(focal: [Int32], others: [Int32])] {
    let members = strata?.members ?? (starts: [0, units.count], units: (0..<Int32(units.count)).map { $0 })
    return (0..<(strata?.count ?? 1)).compactMap { s in
      let here = members.units[members.starts[s]..<members.starts[s + 1]].filter { !(discarded?[Int($0)] ?? false) }
      let focal = here.filter { isFocal[Int($0)] }
      let others = here.filter { !isFocal[Int($0)] }
      return focal.isEmpty || others.isEmpty ? nil : (focal, others)
    }
  }

  /// Whether units can be laid out on a line.
  var isLine: Bool { score != nil && caliper == nil && conditions.isEmpty }

  /// One stratum without limits on the numbers of partners; nil when units cannot be laid out on a line.
  func lineCover(_ focal: [Int32], _ others: [Int32]) -> [MatchingNetwork.Pair]? {
    guard isLine, let score else { return nil }
    return LineCover.pairs(focal: focal, others: others, score: score)
  }

  /// Solves one stratum.
  ///
  /// - Parameters:
  ///   - limits: from the numbers of units that have anyone they may be matched to.
  ///   - isTransposed: whether the units of the other group take the part of the focal ones.
  func solve(
    _ focal: [Int32], _ others: [Int32], isTransposed: Bool = false, allowsFewer: Bool = false,
    limits: (_ focal: Int, _ others: Int) throws(StatisticsError) -> PartnerLimits
  ) throws(StatisticsError) -> [MatchingNetwork.Pair] {
    let (a, b) = isTransposed ? (others, focal) : (focal, others)
    var pairs: [MatchingNetwork.Pair]
    if isLine {
      let limits = try limits(a.count, b.count)
      pairs = try flow { () throws(NumericalMethodsError) in
        try MatchingNetwork.onLine(focal: a, others: b, score: score!, limits: limits)
      }
    } else {
      var arcs = try arcs(a, b)
      guard !arcs.isEmpty else { return [] }
      // Units that may be matched to nobody take no part.
      let usedA = Set(arcs.map(\.focal)).sorted()
      let usedB = Set(arcs.map(\.other)).sorted()
      var newA = [Int32](repeating: 0, count: a.count)
      var newB = [Int32](repeating: 0, count: b.count)
      for (place, old) in usedA.enumerated() { newA[Int(old)] = Int32(place) }
      for (place, old) in usedB.enumerated() { newB[Int(old)] = Int32(place) }
      for i in arcs.indices {
        arcs[i].focal = newA[Int(arcs[i].focal)]
        arcs[i].other = newB[Int(arcs[i].other)]
      }
      let limits = try limits(usedA.count, usedB.count)
      let (kept, rest) = (usedA.map { a[Int($0)] }, usedB.map { b[Int($0)] })
      pairs = try flow { () throws(NumericalMethodsError) in
        try MatchingNetwork.between(focal: kept, others: rest, arcs: arcs, limits: limits, allowsFewer: allowsFewer)
      }
    }
    if isTransposed { pairs = pairs.map { .init(focal: $0.other, other: $0.focal) } }
    return pairs
  }

  private func flow(
    _ body: () throws(NumericalMethodsError) -> [MatchingNetwork.Pair]
  ) throws(StatisticsError) -> [MatchingNetwork.Pair] {
    do { return try body() } catch {
      switch error {
      case .infeasibleFlow:
        throw .setting(
          name: "the numbers of partners", reason: "no matching has them; allow more or fewer, or leave units out")
      default: throw .notSupported(method: "optimal matching", input: "a network of this size")
      }
    }
  }

  /// Every pair that may be, with positions in `a` and `b`.
  private func arcs(
    _ a: [Int32], _ b: [Int32]
  ) throws(StatisticsError) -> [(focal: Int32, other: Int32, distance: Double)] {
    var result: [(focal: Int32, other: Int32, distance: Double)] = []
    let order = score.map { score in sortedOrder(of: b.map { score[Int($0)] }) } ?? (0..<Int32(b.count)).map { $0 }
    let ascending = score.map { score in order.map { score[Int(b[Int($0)])] } }
    for place in a.indices {
      let unit = Int(a[place])
      var range = 0..<b.count
      if let caliper, let ascending, let score {
        // A little wider, so that rounding of the sum cannot lose what the difference below admits.
        let slack = 1e-12 * (abs(score[unit]) + caliper)
        range =
          countBelow(
            score[unit] - caliper - slack, in: ascending)..<countAtOrBelow(score[unit] + caliper + slack, in: ascending)
      }
      for at in range {
        let other = Int(b[Int(order[at])])
        let distance = distance(unit, other)
        if let caliper, distance > caliper { continue }
        guard distance.isFinite else { continue }
        guard conditions.isEmpty || conditions.allow(unit, other) else { continue }
        result.append((Int32(place), order[at], distance))
      }
      guard result.count <= Self.mostArcs else {
        throw .notSupported(
          method: "optimal matching",
          input: "more than \(Self.mostArcs) possible pairs; match on a score, or within calipers or strata")
      }
    }
    return result
  }

  func distance(_ a: Int, _ b: Int) -> Double {
    if let score { return abs(score[a] - score[b]) }
    guard let coordinates else { return 0 }
    var sum = 0.0
    for c in 0..<coordinates.columns {
      let difference = coordinates[a, c] - coordinates[b, c]
      sum += difference * difference
    }
    return sum.squareRoot()
  }

  /// The pairs by focal unit, each one's nearest first.
  func matchedPairs(_ pairs: [MatchingNetwork.Pair]) -> MatchedPairs {
    let focal = isFocal.indices.filter { isFocal[$0] }.map { Int32($0) }
    let sorted = pairs.map { ($0, distance(Int($0.focal), Int($0.other))) }.sorted { x, y in
      if x.0.focal != y.0.focal { return x.0.focal < y.0.focal }
      return x.1 != y.1 ? x.1 < y.1 : x.0.other < y.0.other
    }
    var starts: [Int32] = [0]
    var next = 0
    for unit in focal {
      while next < sorted.count, sorted[next].0.focal == unit { next += 1 }
      starts.append(Int32(next))
    }
    return MatchedPairs(
      focal: focal, starts: starts, units: sorted.map(\.0.other), distances: sorted.map(\.1))
  }
}
