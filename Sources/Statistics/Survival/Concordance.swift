import NumericalMethods

/// How often, of two rows, the one with the higher risk has the event first; also Harrell's C, area under the curve.
///
/// A pair counts when one row has an event while the other is at risk and has none at that time; rows with one score count half. With
/// strata, pairs are formed within them. The error is the infinitesimal jackknife: the root of the summed squares of each
/// row's (or cluster's) influence on the ratio. As `survival::concordance` with its default time weight.
///
/// Harrell, Lee and Mark 1996, doi:10.1002/(SICI)1097-0258(19960229)15:4<361::AID-SIM168>3.0.CO;2-4;
/// Therneau and Atkinson 2023, vignette *Concordance* of the survival package.
public struct Concordance: Codable, Hashable, Sendable {
  /// The weight of pairs where the higher score has the event first.
  public let concordant: Double
  public let discordant: Double
  /// The weight of pairs with one score.
  public let tied: Double
  /// (concordant + tied / 2) / all pairs, with a normal interval.
  public let estimate: Estimate

  /// - Parameters:
  ///   - score: n numbers; higher means sooner.
  ///   - stratum: pairs are formed within these.
  /// - Throws: `.notSupported` when there is no pair to compare.
  public init(
    _ followUp: FollowUp, score: [Double], stratum: Clusters? = nil, level: Double = 0.95
  ) throws(StatisticsError) {
    try FollowUp.check(lengthOf: score, "score", followUp.count)
    for i in score.indices where !score[i].isFinite { throw .notFinite(array: "score", index: i) }
    guard level > 0, level < 1 else { throw .notAProbability(name: "the confidence level") }
    let pairs = ConcordancePairs(CoxGrid(followUp, stratum: stratum), score)
    let all = pairs.concordant + pairs.discordant + pairs.tied
    guard all > 0 else { throw .notSupported(method: "concordance", input: "data without two rows to compare") }
    let value = (pairs.concordant + pairs.tied / 2) / all
    let (codes, count) = followUp.cluster.map(denseNumbers) ?? ([], followUp.count)
    var influence = [Double](repeating: 0, count: count)
    for (row, sums) in pairs.ofRow.enumerated() {
      let weight = followUp.weight?[row] ?? 1
      let own =
        weight * (sums.concordant + sums.tied / 2 - value * (sums.concordant + sums.tied + sums.discordant)) / all
      influence[codes.isEmpty ? row : Int(codes[row])] += own
    }
    let error = influence.reduce(0) { $0 + $1 * $1 }.squareRoot()
    let reach = Normal.standard.quantile(upperTail: (1 - level) / 2) * error
    concordant = pairs.concordant
    discordant = pairs.discordant
    tied = pairs.tied
    estimate = Estimate(
      value: value, standardError: error,
      interval: ConfidenceInterval(lower: max(0, value - reach), upper: min(1, value + reach), level: level),
      count: followUp.count)
  }
}

/// The pairs, and each row's part in them: the weight of rows paired with it rightly, wrongly or with one score.
private struct ConcordancePairs {
  var concordant = 0.0
  var discordant = 0.0
  var tied = 0.0
  var ofRow: [(concordant: Double, tied: Double, discordant: Double)]

  init(_ grid: CoxGrid, _ score: [Double]) {
    ofRow = [(Double, Double, Double)](repeating: (0, 0, 0), count: grid.rowCount)
    let (rank, ranks) = Self.ranks(grid, score)
    // From the last time back: who is at risk, for the events.
    var present = RankedWeights(count: ranks)
    var nextEntering = 0
    for slot in 0..<grid.slots {
      if grid.isClosing(slot) {
        let stratum = grid.stratumStarts[Int(grid.stratum[slot])]
        for p in Int(grid.starts[stratum])..<Int(grid.starts[slot]) where Int(grid.stop[p]) == slot {
          present.add(-grid.weight(at: p), Int(rank[p]))
        }
        continue
      }
      while nextEntering < grid.entering.count, Int(grid.stop[Int(grid.entering[nextEntering])]) <= slot {
        let p = Int(grid.entering[nextEntering])
        present.add(-grid.weight(at: p), Int(rank[p]))
        nextEntering += 1
      }
      let (start, eventStart, end) = (
        Int(grid.starts[slot]), Int(grid.eventStarts[slot]), Int(grid.starts[slot + 1])
      )
      for p in start..<eventStart { present.add(grid.weight(at: p), Int(rank[p])) }
      for p in eventStart..<end {
        let sums = present.around(Int(rank[p]))
        let weight = grid.weight(at: p)
        concordant += weight * sums.below
        discordant += weight * sums.above
        tied += weight * sums.equal
        let row = Int(grid.rows[p])
        ofRow[row].concordant += sums.below
        ofRow[row].discordant += sums.above
        ofRow[row].tied += sums.equal
      }
      for p in eventStart..<end { present.add(grid.weight(at: p), Int(rank[p])) }
    }
    addAsSurvivors(grid, rank, ranks)
  }

  /// From the first time on: which events each row outlived while at risk.
  private mutating func addAsSurvivors(_ grid: CoxGrid, _ rank: [Int32], _ ranks: Int) {
    var events = RankedWeights(count: ranks)
    var lastEntering = grid.entering.count
    func take(_ p: Int, _ sign: Double, _ ofRow: inout [(concordant: Double, tied: Double, discordant: Double)]) {
      let sums = events.around(Int(rank[p]))
      let row = Int(grid.rows[p])
      ofRow[row].concordant += sign * sums.above
      ofRow[row].discordant += sign * sums.below
      ofRow[row].tied += sign * sums.equal
    }
    for slot in stride(from: grid.slots - 1, through: 0, by: -1) {
      if grid.isClosing(slot) {
        // The events of the stratum that comes after leave.
        if slot + 1 < grid.slots {
          for after in (slot + 1)..<grid.stratumStarts[Int(grid.stratum[slot + 1]) + 1] {
            for p in Int(grid.eventStarts[after])..<Int(grid.starts[after + 1]) {
              events.add(-grid.weight(at: p), Int(rank[p]))
            }
          }
        }
        continue
      }
      let (start, eventStart, end) = (
        Int(grid.starts[slot]), Int(grid.eventStarts[slot]), Int(grid.starts[slot + 1])
      )
      for p in eventStart..<end { take(p, 1, &ofRow) }
      for p in eventStart..<end { events.add(grid.weight(at: p), Int(rank[p])) }
      for p in start..<eventStart { take(p, 1, &ofRow) }
      // Rows that enter now were not at risk of what happened up to this time.
      while lastEntering > 0, Int(grid.stop[Int(grid.entering[lastEntering - 1])]) == slot {
        take(Int(grid.entering[lastEntering - 1]), -1, &ofRow)
        lastEntering -= 1
      }
    }
  }

  /// The number of each position's score among the distinct scores.
  private static func ranks(_ grid: CoxGrid, _ score: [Double]) -> ([Int32], Int) {
    let values = grid.rows.map { score[Int($0)] }
    var rank = [Int32](repeating: 0, count: values.count)
    var current: Int32 = -1
    var previous = Double.nan
    for p in sortedOrder(of: values) {
      if values[Int(p)] != previous {
        current += 1
        previous = values[Int(p)]
      }
      rank[Int(p)] = current
    }
    return (rank, Int(current) + 1)
  }
}

/// Weights by rank, with sums below a rank in logarithmic time (Fenwick 1994, doi:10.1002/spe.4380240306).
private struct RankedWeights {
  private var tree: [Double]
  private var own: [Double]
  private var total = 0.0

  init(count: Int) {
    tree = [Double](repeating: 0, count: count + 1)
    own = [Double](repeating: 0, count: count)
  }

  mutating func add(_ weight: Double, _ rank: Int) {
    own[rank] += weight
    total += weight
    var place = rank + 1
    while place < tree.count {
      tree[place] += weight
      place += place & -place
    }
  }

  func around(_ rank: Int) -> (below: Double, equal: Double, above: Double) {
    var below = 0.0
    var place = rank
    while place > 0 {
      below += tree[place]
      place -= place & -place
    }
    return (below, own[rank], total - below - own[rank])
  }
}
