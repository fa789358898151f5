import NumericalMethods

/// A sum of effects with given factors, and what comes with estimating the factors from the sizes of groups.
struct EffectCombination: Sendable {
  /// Cells and their factors.
  var cells: [(cell: Int, factor: Double)]
  /// Groups (positions in the sample's cohorts) and the factor of weight · 1{unit is of the group}.
  var groups: [(cohort: Int, factor: Double)] = []
}

/// How much each unit, or cluster of units, moved each effect; kept in two ways.
protocol GroupTimeInfluence: Sendable {
  /// Σψψᵀ/n² over units, or over the sums of clusters.
  func covariance(_ combinations: [EffectCombination]) -> Matrix
  /// Σψ²/n² of each cell; zero where there is no effect.
  func cellVariances() -> [Double]
  /// Draws × combinations: Σ Vψ/n with V Mammen's multipliers, one for each unit or cluster.
  ///
  /// - Parameter numbers: which draws; each is the same whatever others are made with it.
  func draws(_ combinations: [EffectCombination], numbers: Range<Int>, seed: UInt64) -> Matrix
}

/// Multipliers with mean 0, variance 1 and third moment 1 (Mammen 1993, doi:10.1214/aos/1176349025).
enum MammenMultiplier {
  private static let root = 5.0.squareRoot()
  static let low = (1 - root) / 2
  static let high = (1 + root) / 2
  /// How often the low value comes, as a share of 2³².
  private static let threshold = UInt64((root + 1) / (2 * root) * 0x1p32)

  /// Multipliers of one draw for a range of the units of a group; each depends on the seed, the draw, the group and the
  /// unit's number in it alone.
  static func fill(
    _ units: Range<Int>, seed: UInt64, draw: Int, group: Int = 0, into start: UnsafeMutablePointer<Double>, stride: Int
  ) {
    var generator = CounterGenerator(
      seed: seed, stream: UInt64(draw) | UInt64(group) << 32, position: UInt64(units.lowerBound / 2))
    var word: UInt64 = units.lowerBound % 2 == 1 ? generator.next() : 0
    for (place, unit) in units.enumerated() {
      let bits: UInt64
      if unit % 2 == 0 {
        word = generator.next()
        bits = word & 0xFFFF_FFFF
      } else {
        bits = word >> 32
      }
      start[place * stride] = bits < threshold ? low : high
    }
  }
}
