import NumericalMethods

/// How many of the absorbed effects count as estimated coefficients, K = k + this, in factors such as (n − 1)/(n − K).
public enum EffectCount: String, Codable, Hashable, Sendable, CaseIterable {
  /// Effects nested in a cluster count as one together; of each further way one level is redundant: fixest's default.
  case fixest
  /// The same, but the redundant levels of the first two ways are the connected parts that they fall into: reghdfe.
  case reghdfe
  /// All of them, nested or not, as a regression on dummies and Stata's `areg` do.
  case all
  /// None.
  case none
}

/// Ways of grouping rows whose effects are absorbed.
struct AbsorbedEffects: Sendable {
  let ways: [Clusters]

  /// How many coefficients they count for.
  ///
  /// - Parameter clusters: the ways of clustering that they may be nested in.
  func count(_ rule: EffectCount, clusters: [Clusters]) -> Int {
    guard rule != .none else { return 0 }
    if rule == .all { return levels(of: Array(ways.indices), redundant: exactlyRedundant(0, 1)) }
    let free = ways.indices.filter { way in !clusters.contains { ways[way].isNested(in: $0) } }
    if free.count < ways.count {
      // What is nested stands for the intercept.
      return free.reduce(1) { $0 + ways[$1].count - 1 }
    }
    return levels(of: free, redundant: rule == .fixest ? 1 : exactlyRedundant(0, 1))
  }

  /// Levels of all ways, less the redundant ones of the second and one of each further way.
  private func levels(of chosen: [Int], redundant: Int) -> Int {
    chosen.enumerated().reduce(0) { sum, way in
      sum + ways[way.element].count - (way.offset == 0 ? 0 : way.offset == 1 ? redundant : 1)
    }
  }

  /// The number of parts that two ways fall into when rows join their levels: so many levels of the second are redundant.
  private func exactlyRedundant(_ a: Int, _ b: Int) -> Int {
    guard ways.count > b else { return 0 }
    let (first, second) = (ways[a], ways[b])
    var parent = Array(0..<first.count + second.count)
    func root(_ level: Int) -> Int {
      var level = level
      while parent[level] != level {
        parent[level] = parent[parent[level]]
        level = parent[level]
      }
      return level
    }
    var parts = parent.count
    for i in first.codes.indices {
      let (x, y) = (root(Int(first.codes[i])), root(first.count + Int(second.codes[i])))
      if x != y {
        parent[x] = y
        parts -= 1
      }
    }
    return parts
  }

  /// The rows that are not alone in any of their levels, after leaving out those that are, again and again.
  ///
  /// A row alone in its level is fitted exactly and says nothing (Correia 2015, Singletons, Cluster-Robust Standard Errors
  /// and Fixed Effects: A Bad Mix).
  func rowsWithCompany() -> [Int] {
    var counts = ways.map { way in
      var counts = [Int](repeating: 0, count: way.count)
      for code in way.codes { counts[Int(code)] += 1 }
      return counts
    }
    var rows = Array(ways[0].codes.indices)
    while true {
      let kept = rows.filter { row in
        let alone = ways.indices.contains { counts[$0][Int(ways[$0].codes[row])] == 1 }
        guard alone else { return true }
        for way in ways.indices { counts[way][Int(ways[way].codes[row])] -= 1 }
        return false
      }
      if kept.count == rows.count { return kept }
      rows = kept
    }
  }
}
