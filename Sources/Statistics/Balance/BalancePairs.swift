/// Between which units the average distance after matching is taken.
enum BalancePairs: Sendable {
  /// Each focal unit and each of its matches.
  case pairs(MatchedPairs)
  /// Each treated unit and each control of its set.
  case sets(codes: [Int32], count: Int, treated: [Bool])

  init?(_ sample: MatchedSample) {
    if let pairs = sample.matches {
      self = .pairs(pairs)
    } else if let sets = sample.sets, sample.setsAreMatches {
      self = .sets(codes: sets, count: sample.setCount, treated: sample.treated)
    } else {
      return nil
    }
  }

  /// The average absolute difference within pairs.
  ///
  /// Within sets it is found in one walk along the ascending values: a unit is as far from all units of the other group
  /// below it as their number times its value less their sum, so large sets cost no more than small ones.
  ///
  /// - Parameter order: the positions of x in ascending order; nil for values of 0 and 1.
  func averageDistance(_ x: [Double], order: [Int32]?) -> Double? {
    switch self {
    case .pairs(let pairs):
      guard pairs.count > 0 else { return nil }
      var sum = 0.0
      for place in pairs.focal.indices {
        let value = x[Int(pairs.focal[place])]
        for unit in pairs.matches(place) { sum += abs(value - x[Int(unit)]) }
      }
      return sum / Double(pairs.count)
    case .sets(let codes, let count, let treated):
      guard let order else { return averageDifferences(x.map { Int32($0) }, 2)?[1] }
      let centre = x.isEmpty ? 0 : x[Int(order[order.count / 2])]
      var below = [Double](repeating: 0, count: 4 * count)
      var sum = 0.0
      var pairs = 0.0
      for position in order {
        let i = Int(position)
        guard codes[i] >= 0 else { continue }
        let own = 4 * Int(codes[i]) + (treated[i] ? 2 : 0)
        let other = 4 * Int(codes[i]) + (treated[i] ? 0 : 2)
        let value = x[i] - centre
        sum += below[other] * value - below[other + 1]
        pairs += below[other]
        below[own] += 1
        below[own + 1] += value
      }
      return pairs > 0 ? sum / pairs : nil
    }
  }

  /// For each level of a factor, how often exactly one of a pair has it.
  func averageDifferences(_ codes: [Int32], _ levels: Int) -> [Double]? {
    var different = [Double](repeating: 0, count: levels)
    var pairs = 0.0
    switch self {
    case .pairs(let matched):
      guard matched.count > 0 else { return nil }
      pairs = Double(matched.count)
      for place in matched.focal.indices {
        let level = Int(codes[Int(matched.focal[place])])
        for unit in matched.matches(place) {
          let other = Int(codes[Int(unit)])
          guard other != level else { continue }
          different[level] += 1
          different[other] += 1
        }
      }
    case .sets(let sets, let count, let treated):
      var sizes = [Double](repeating: 0, count: 2 * count)
      for i in sets.indices where sets[i] >= 0 { sizes[2 * Int(sets[i]) + (treated[i] ? 1 : 0)] += 1 }
      for s in 0..<count { pairs += sizes[2 * s] * sizes[2 * s + 1] }
      guard pairs > 0 else { return nil }
      let members = Strata(codes: sets, count: count).members
      var here = [Double](repeating: 0, count: 2 * levels)
      var seen: [Int] = []
      for s in 0..<count {
        for unit in members.units[members.starts[s]..<members.starts[s + 1]] {
          let level = Int(codes[Int(unit)])
          if here[2 * level] == 0, here[2 * level + 1] == 0 { seen.append(level) }
          here[2 * level + (treated[Int(unit)] ? 1 : 0)] += 1
        }
        for level in seen {
          let (c, t) = (here[2 * level], here[2 * level + 1])
          different[level] += t * (sizes[2 * s] - c) + (sizes[2 * s + 1] - t) * c
          here[2 * level] = 0
          here[2 * level + 1] = 0
        }
        seen.removeAll(keepingCapacity: true)
      }
    }
    return different.map { $0 / pairs }
  }
}
