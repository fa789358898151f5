import NumericalMethods

/// How many observations are under observation at any time: those with entry < t ≤ exit.
///
/// Counts rows, whatever their weights, because that is what a reader and the protection of small numbers need.
public struct NumberAtRisk: Codable, Hashable, Sendable {
  /// The distinct exit times, ascending.
  private let exits: [Double]
  /// The rows that leave at or after each exit time, and a last 0.
  private let remaining: [Int]
  /// The distinct entry times, ascending; empty when everyone enters at 0.
  private let entries: [Double]
  /// A first 0, and the rows that entered at or before each entry time.
  private let entered: [Int]
  private let total: Int

  /// - Parameters:
  ///   - exits: of n times.
  ///   - entry: n times, or nil.
  init(exits: DistinctNumbers, entry: [Double]?) {
    total = exits.number.count
    self.exits = exits.values
    let total = total
    remaining = Self.runningSums(exits.counts).map { total - $0 }
    if let entry, entry.contains(where: { $0 > 0 }) {
      let distinct = DistinctNumbers(entry)
      entries = distinct.values
      entered = Self.runningSums(distinct.counts)
    } else {
      entries = []
      entered = [0]
    }
  }

  /// The last time that anyone is followed to.
  public var lastExit: Double { exits[exits.count - 1] }

  /// The number of rows with entry < t ≤ exit; at time 0, those with entry at 0.
  public func callAsFunction(at time: Double) -> Int {
    let stillThere = remaining[countBelow(time, in: exits)]
    guard !entries.isEmpty else { return stillThere }
    let alreadyIn = entered[time == 0 ? countAtOrBelow(0, in: entries) : countBelow(time, in: entries)]
    return stillThere - (total - alreadyIn)
  }

  /// A first 0, then the sum up to each count.
  private static func runningSums(_ counts: [Int]) -> [Int] {
    var sums = [0]
    sums.reserveCapacity(counts.count + 1)
    for count in counts { sums.append(sums[sums.count - 1] + count) }
    return sums
  }
}

extension FollowUp {
  /// The weight of the rows with entry < t ≤ exit; at time 0, of those with entry at 0. Rows count 1 without weights.
  public func weightAtRisk(at time: Double) -> Double {
    exit.indices.reduce(0) { sum, i in
      let entered = entry.map { time == 0 ? $0[i] <= 0 : $0[i] < time || $0[i] <= 0 } ?? true
      return entered && time <= exit[i] ? sum + (weight?[i] ?? 1) : sum
    }
  }
}
