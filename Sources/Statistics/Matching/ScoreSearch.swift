import NumericalMethods

/// The nearest unit left on a score: controls sorted once, those taken skipped by union–find.
///
/// All units stand in ascending order of their score, equal scores in the order of the file. From a unit's place the
/// nearest control left is sought on either side within its stratum; the nearer is taken. When both are as near, the
/// one fewer places away is taken, and of two equally many places away the lower. This is MatchIt's rule (4.7), written
/// down: for a control with the unit's own score or a higher one the first in the file wins, for a lower one the last.
struct ScoreSearch: CandidateSearch {
  private let score: [Double]
  private let caliper: Double
  private let conditions: MatchingConditions
  private let firstInOrder: Bool
  /// The place of each unit among all units.
  private let place: [Int32]
  /// The rank of each unit among equal scores: the file's order, or the one drawn for ties.
  private let tieRank: [Int32]?
  /// Candidates by stratum and place, with an empty slot before and after each stratum.
  private let slotUnit: [Int32]
  private let slotPlace: [Int32]
  private let slotScore: [Double]
  /// The first slot of the run of equal scores.
  private let runStart: [Int32]
  /// For a candidate its own slot; for a focal unit the first slot above its place.
  private let slot: [Int32]
  /// Union–find towards lower and higher slots; an empty slot is its own root.
  private var below: [Int32]
  private var above: [Int32]

  /// - Parameters:
  ///   - isFocal: units for whom matches are sought.
  ///   - left: whether a unit takes part.
  ///   - firstInOrder: of equally near candidates take the first in the order of ties, wherever it stands.
  ///   - tieOrder: a permutation of the units that stands in for the order of the file.
  init(
    score: [Double], isFocal: [Bool], left: [Bool]?, strata: Strata?, caliper: Double?, conditions: MatchingConditions,
    firstInOrder: Bool = false, tieOrder: [Int32]? = nil
  ) {
    self.score = score
    self.caliper = caliper ?? .infinity
    self.conditions = conditions
    self.firstInOrder = firstInOrder
    let n = score.count
    var order: [Int32]
    if let tieOrder {
      let sorted = sortedOrder(of: tieOrder.map { score[Int($0)] })
      order = sorted.map { tieOrder[Int($0)] }
      var rank = [Int32](repeating: 0, count: n)
      for (position, unit) in tieOrder.enumerated() { rank[Int(unit)] = Int32(position) }
      tieRank = rank
    } else {
      order = sortedOrder(of: score)
      tieRank = nil
    }
    let groups = strata?.count ?? 1
    // Sizes of the strata's candidates, two empty slots added.
    var next = [Int](repeating: 2, count: groups + 1)
    for i in 0..<n where !isFocal[i] && left?[i] ?? true {
      next[Int(strata?.codes[i] ?? 0)] += 1
    }
    var total = 0
    for g in 0..<groups {
      let size = next[g]
      next[g] = total + 1
      total += size
    }
    var place = [Int32](repeating: 0, count: n)
    var slot = [Int32](repeating: 0, count: n)
    var slotUnit = [Int32](repeating: -1, count: total)
    var slotPlace = [Int32](repeating: 0, count: total)
    var slotScore = [Double](repeating: .nan, count: total)
    var runStart = [Int32](repeating: 0, count: total)
    for position in 0..<n {
      let unit = Int(order[position])
      place[unit] = Int32(position)
      let stratum = Int(strata?.codes[unit] ?? 0)
      let here = next[stratum]
      slot[unit] = Int32(here)
      guard !isFocal[unit], left?[unit] ?? true else { continue }
      slotUnit[here] = Int32(unit)
      slotPlace[here] = Int32(position)
      slotScore[here] = score[unit]
      runStart[here] = score[unit] == slotScore[here - 1] ? runStart[here - 1] : Int32(here)
      next[stratum] = here + 1
    }
    order = []
    self.place = place
    self.slot = slot
    self.slotUnit = slotUnit
    self.slotPlace = slotPlace
    self.slotScore = slotScore
    self.runStart = runStart
    below = (0..<Int32(total)).map { $0 }
    above = below
  }

  func isLeft(_ unit: Int) -> Bool {
    let slot = Int(slot[unit])
    return below[slot] == Int32(slot)
  }

  mutating func remove(_ unit: Int) {
    let slot = Int(slot[unit])
    below[slot] = Int32(slot - 1)
    above[slot] = Int32(slot + 1)
  }

  mutating func best(for focal: Int, after earlier: ArraySlice<Int32>) -> Candidate? {
    var lowSlot = Int(slot[focal]) - 1
    var highSlot = lowSlot + 1
    var lowPlace = place[focal]
    var highPlace = lowPlace
    for unit in earlier {
      let taken = Int(unit)
      if place[taken] < lowPlace {
        lowPlace = place[taken]
        lowSlot = Int(slot[taken]) - 1
      }
      if place[taken] > highPlace {
        highPlace = place[taken]
        highSlot = Int(slot[taken]) + 1
      }
    }
    return best(focal, lowSlot, highSlot, lowPlace, highPlace)
  }

  mutating func best(_ count: Int, for focal: Int) -> [Candidate] {
    var found: [Candidate] = []
    var lowSlot = Int(slot[focal]) - 1
    var highSlot = lowSlot + 1
    while found.count < count,
      let candidate = best(focal, lowSlot, highSlot, place[focal], place[focal])
    {
      let taken = Int(slot[Int(candidate.unit)])
      if taken <= lowSlot { lowSlot = taken - 1 } else { highSlot = taken + 1 }
      found.append(candidate)
    }
    return found
  }

  private mutating func best(
    _ focal: Int, _ lowSlot: Int, _ highSlot: Int, _ lowPlace: Int32, _ highPlace: Int32
  ) -> Candidate? {
    let own = score[focal]
    let low = nextBelow(lowSlot, focal, own)
    let high = nextAbove(highSlot, focal, own)
    let lowDistance = low.map { abs(own - slotScore[$0]) } ?? .infinity
    let highDistance = high.map { abs(own - slotScore[$0]) } ?? .infinity
    let distance = min(lowDistance, highDistance)
    guard low != nil || high != nil else { return nil }
    var chosen: Int
    var isTied = low != nil && high != nil && lowDistance == highDistance
    if firstInOrder {
      chosen = first(low, high, lowDistance, highDistance, focal, own)
    } else if isTied {
      chosen = lowPlace - slotPlace[low!] <= slotPlace[high!] - highPlace ? low! : high!
    } else {
      chosen = lowDistance < highDistance ? low! : high!
    }
    if !isTied {
      // The next on the same side may have the same score.
      let next =
        lowDistance < highDistance ? nextBelow(low! - 1, focal, own) : nextAbove(high! + 1, focal, own)
      if let next { isTied = abs(own - slotScore[next]) == distance }
    }
    return Candidate(unit: slotUnit[chosen], distance: distance, isTied: isTied)
  }

  /// Of all candidates at the smallest distance the first in the order of ties.
  private mutating func first(
    _ low: Int?, _ high: Int?, _ lowDistance: Double, _ highDistance: Double, _ focal: Int, _ own: Double
  ) -> Int {
    var lowest: Int?
    if let low, lowDistance <= highDistance { lowest = nextAbove(Int(runStart[low]), focal, own) ?? low }
    guard let high, highDistance <= lowDistance else { return lowest! }
    guard let lowest else { return high }
    let (a, b) = (Int(slotUnit[lowest]), Int(slotUnit[high]))
    return (tieRank?[a] ?? Int32(a)) < (tieRank?[b] ?? Int32(b)) ? lowest : high
  }

  private mutating func nextBelow(_ start: Int, _ focal: Int, _ own: Double) -> Int? {
    var slot = rootBelow(start)
    while slotUnit[slot] >= 0 {
      if abs(own - slotScore[slot]) > caliper { return nil }
      if conditions.isEmpty || conditions.allow(focal, Int(slotUnit[slot])) { return slot }
      slot = rootBelow(slot - 1)
    }
    return nil
  }

  private mutating func nextAbove(_ start: Int, _ focal: Int, _ own: Double) -> Int? {
    var slot = rootAbove(start)
    while slotUnit[slot] >= 0 {
      if abs(own - slotScore[slot]) > caliper { return nil }
      if conditions.isEmpty || conditions.allow(focal, Int(slotUnit[slot])) { return slot }
      slot = rootAbove(slot + 1)
    }
    return nil
  }

  private mutating func rootBelow(_ start: Int) -> Int {
    var slot = start
    while below[slot] != Int32(slot) {
      below[slot] = below[Int(below[slot])]
      slot = Int(below[slot])
    }
    return slot
  }

  private mutating func rootAbove(_ start: Int) -> Int {
    var slot = start
    while above[slot] != Int32(slot) {
      above[slot] = above[Int(above[slot])]
      slot = Int(above[slot])
    }
    return slot
  }
}
