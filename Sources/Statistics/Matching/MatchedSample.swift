import NumericalMethods

/// Who was matched to whom, and the weight that each unit then has.
public struct MatchedSample: Sendable {
  public let treated: [Bool]
  public let estimand: MatchingEstimand
  /// n numbers, 0 for a unit that is not matched. In the group that the estimand is about they are 1; in the other they
  /// make its members count as the others' matches, scaled to an average of 1 among those matched.
  public let weights: [Double]
  /// The matched set of each unit, numbered from 0 in order of first appearance, −1 for none; nil when a unit may be
  /// in several sets, because it may be matched more than once.
  public let sets: [Int32]?
  /// How many matched sets there are; 0 when units may be in several.
  public let setCount: Int
  /// The pairs, for methods that make pairs.
  public let matches: MatchedPairs?
  /// Units left out before matching, outside the common support; nil when none is.
  public let discarded: [Bool]?
  /// How many of the units for whom matches were sought had two equally near candidates at the moment of choosing;
  /// another rule for ties could then give other pairs. nil where ties do not matter.
  public let tiedUnits: Int?
  /// Whether members of a set are matches of each other, rather than of one class among few.
  let setsAreMatches: Bool

  public var count: Int { treated.count }

  init(
    treated: [Bool], estimand: MatchingEstimand, weights: [Double], sets: [Int32]?, setCount: Int,
    matches: MatchedPairs?, discarded: [Bool]?, tiedUnits: Int?,
    setsAreMatches: Bool = true
  ) {
    self.treated = treated
    self.estimand = estimand
    self.weights = weights
    self.sets = sets
    self.setCount = setCount
    self.matches = matches
    self.discarded = discarded
    self.tiedUnits = tiedUnits
    self.setsAreMatches = setsAreMatches
  }

  /// The positions of units that take part in no match, those left out before included.
  public var unmatched: [Int] { weights.indices.filter { weights[$0] == 0 } }

  /// The positions of units with a weight.
  public var matched: [Int] { weights.indices.filter { weights[$0] > 0 } }

  public var sizes: MatchedSampleSizes {
    MatchedSampleSizes(treated: treated, weights: weights, discarded: discarded)
  }
}

/// For each unit that matches were sought for, the units it was matched to.
public struct MatchedPairs: Hashable, Sendable {
  /// Positions of the units that matches were sought for, ascending.
  public let focal: [Int32]
  /// Where each one's matches start in `units`; one more than there are focal units.
  public let starts: [Int32]
  /// Positions of the matches, each one's nearest first.
  public let units: [Int32]
  /// How far each match is from its focal unit, on the distance matched on.
  public let distances: [Double]

  /// The matches of the focal unit at a position of `focal`.
  public func matches(_ place: Int) -> ArraySlice<Int32> { units[Int(starts[place])..<Int(starts[place + 1])] }

  /// How many pairs there are.
  public var count: Int { units.count }

  /// The sum of all pairs' distances: what optimal matching makes smallest.
  public var totalDistance: Double { distances.reduce(0, +) }
}

extension MatchedPairs {
  /// - Parameter rows: focal units × width, −1 for no match.
  init(focal: [Int32], rows: GreedyPairs) {
    let width = focal.isEmpty ? 0 : rows.units.count / focal.count
    var starts: [Int32] = [0]
    var units: [Int32] = []
    var distances: [Double] = []
    starts.reserveCapacity(focal.count + 1)
    units.reserveCapacity(rows.units.count)
    distances.reserveCapacity(rows.units.count)
    for place in focal.indices {
      for at in place * width..<(place + 1) * width where rows.units[at] >= 0 {
        units.append(rows.units[at])
        distances.append(rows.distances[at])
      }
      starts.append(Int32(units.count))
    }
    self.init(focal: focal, starts: starts, units: units, distances: distances)
  }

  /// The matched set of each unit when no unit is matched twice, numbered in order of first appearance.
  func sets(units count: Int) -> (sets: [Int32], count: Int) {
    var owner = [Int32](repeating: -1, count: count)
    for place in focal.indices where starts[place] < starts[place + 1] {
      owner[Int(focal[place])] = Int32(place)
      for unit in matches(place) { owner[Int(unit)] = Int32(place) }
    }
    return numberedByAppearance(owner, codes: focal.count)
  }
}

/// Numbers codes (−1 for none) in order of first appearance.
func numberedByAppearance(_ codes: [Int32], codes limit: Int) -> (sets: [Int32], count: Int) {
  var number = [Int32](repeating: -1, count: limit)
  var count: Int32 = 0
  var result = codes
  for i in codes.indices where codes[i] >= 0 {
    let code = Int(codes[i])
    if number[code] < 0 {
      number[code] = count
      count += 1
    }
    result[i] = number[code]
  }
  return (result, Int(count))
}

/// How many units there are of either group, and how many are left.
public struct MatchedSampleSizes: Codable, Hashable, Sendable {
  /// One number for each group.
  public struct Groups<Number: Codable & Hashable & Sendable>: Codable, Hashable, Sendable {
    public var treated: Number
    public var control: Number
  }

  public var all: Groups<Int>
  public var matched: Groups<Int>
  /// (Σw)² / Σw²: how many equally weighted units tell as much (Kish 1965, Survey Sampling).
  public var matchedEffective: Groups<Double>
  public var unmatched: Groups<Int>
  /// Left out before matching, outside the common support.
  public var discarded: Groups<Int>

  init(treated: [Bool], weights: [Double], discarded: [Bool]?) {
    var all = [0, 0]
    var matched = [0, 0]
    var gone = [0, 0]
    var sums = [0.0, 0.0]
    var squares = [0.0, 0.0]
    for i in treated.indices {
      let group = treated[i] ? 1 : 0
      all[group] += 1
      if weights[i] > 0 { matched[group] += 1 }
      if discarded?[i] ?? false { gone[group] += 1 }
      sums[group] += weights[i]
      squares[group] += weights[i] * weights[i]
    }
    func effective(_ group: Int) -> Double { squares[group] > 0 ? sums[group] * sums[group] / squares[group] : 0 }
    self.all = Groups(treated: all[1], control: all[0])
    self.matched = Groups(treated: matched[1], control: matched[0])
    matchedEffective = Groups(treated: effective(1), control: effective(0))
    self.discarded = Groups(treated: gone[1], control: gone[0])
    unmatched = Groups(treated: all[1] - matched[1] - gone[1], control: all[0] - matched[0] - gone[0])
  }
}
