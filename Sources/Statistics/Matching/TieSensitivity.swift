/// How much the effect after nearest-neighbour matching depends on which of equally near candidates was taken.
///
/// Scores often tie, because people with the same covariates have the same score; which of them is taken is left to the
/// order of the file. The matching is done again with other orders and the difference in weighted means compared.
public struct TieSensitivity: Sendable {
  /// How many units had a choice between equally near candidates.
  public let tiedUnits: Int
  /// The difference in weighted means by MatchIt's rule.
  public let usual: Double
  /// With the first of the file, with the last, and with orders drawn by the seed.
  public let first: Double
  public let last: Double
  public let drawn: [Double]

  public var lowest: Double { ([usual, first, last] + drawn).min()! }
  public var highest: Double { ([usual, first, last] + drawn).max()! }

  /// - Parameters:
  ///   - draws: how many drawn orders, zero or more.
  /// - Throws: what matching throws; `.setting` when the distance is one in covariates.
  public init(
    _ method: NearestNeighbourMatching, units: MatchingUnits, outcome: [Double], draws: Int = 20
  ) throws(StatisticsError) {
    try FollowUp.check(lengthOf: outcome, "outcome", units.count)
    func effect(_ ties: TieRule, draw: UInt64) throws(StatisticsError) -> (value: Double, tied: Int) {
      var method = method
      method.ties = ties
      // The order of matching stays as it was drawn; only ties are drawn anew.
      let sample = try method.match(units, tieDraw: draw)
      var sums = [0.0, 0.0]
      var weights = [0.0, 0.0]
      for i in outcome.indices {
        sums[sample.treated[i] ? 1 : 0] += sample.weights[i] * outcome[i]
        weights[sample.treated[i] ? 1 : 0] += sample.weights[i]
      }
      return (sums[1] / weights[1] - sums[0] / weights[0], sample.tiedUnits ?? 0)
    }
    (usual, tiedUnits) = try effect(.sorted, draw: 0)
    first = try effect(.first, draw: 0).value
    last = try effect(.last, draw: 0).value
    var drawn: [Double] = []
    for draw in 0..<max(0, draws) { drawn.append(try effect(.drawn, draw: UInt64(draw)).value) }
    self.drawn = drawn
  }
}
