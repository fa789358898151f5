import NumericalMethods

/// Errors and uniform bands by multiplying influences with random numbers instead of estimating again.
///
/// Standard errors are the distance of the quartiles of the draws in normal units, and the critical value is the quantile
/// of the largest |draw / error| among the effects (Callaway and Sant'Anna 2021, algorithm 1), so that the band covers
/// all effects at once at the level. Quantiles are observed values (R's type 1).
public struct MultiplierBootstrap: Sendable {
  public struct Settings: Codable, Hashable, Sendable {
    public var draws: Int
    public var seed: UInt64

    public init(draws: Int = 1000, seed: UInt64 = 1) {
      self.draws = draws
      self.seed = seed
    }
  }

  public let settings: Settings
  /// nil where the effect is zero by construction or not estimated.
  public let standardErrors: [Double?]
  /// What the standard errors are multiplied by for a band around all effects.
  public let criticalValue: Double
  /// The pointwise normal quantile that was taken because the band's was smaller or not defined.
  public let isPointwise: Bool

  private static let drawsAtOnce = 1000

  /// - Throws: `.setting` for the number of draws, `.cancelled`.
  init(
    _ combinations: [EffectCombination], _ influence: any GroupTimeInfluence, level: Double, settings: Settings,
    smallestError: Double
  ) throws(StatisticsError) {
    guard settings.draws >= 20, settings.draws <= 1_000_000 else {
      throw .setting(name: "draws", reason: "is from 20 to 1,000,000")
    }
    var draws = Matrix(rows: settings.draws, columns: combinations.count)
    // In portions, so that multipliers take little memory and cancellation is heard; they do not change any draw.
    for first in stride(from: 0, to: settings.draws, by: Self.drawsAtOnce) {
      guard !Task.isCancelled else { throw .cancelled }
      let numbers = first..<min(settings.draws, first + Self.drawsAtOnce)
      let portion = influence.draws(combinations, numbers: numbers, seed: settings.seed)
      for c in combinations.indices {
        for (place, draw) in numbers.enumerated() { draws[draw, c] = portion[place, c] }
      }
    }
    let spread = Normal.standard.quantile(upperTail: 0.25) * 2
    var errors = [Double?](repeating: nil, count: combinations.count)
    var largest = [Double](repeating: 0, count: settings.draws)
    for c in combinations.indices {
      let column = draws.column(c)
      let sorted = column.sorted()
      let error = (Self.stepQuantile(sorted, 0.75) - Self.stepQuantile(sorted, 0.25)) / spread
      guard error > smallestError else { continue }
      errors[c] = error
      for draw in column.indices { largest[draw] = max(largest[draw], abs(column[draw]) / error) }
    }
    let pointwise = Normal.standard.quantile(upperTail: (1 - level) / 2)
    let uniform = Self.stepQuantile(largest.sorted(), level)
    self.settings = settings
    standardErrors = errors
    isPointwise = !(uniform >= pointwise)
    criticalValue = isPointwise ? pointwise : uniform
  }

  /// The smallest value with at least a share p of the values at or below it: type 1 of Hyndman and Fan.
  private static func stepQuantile(_ ascending: [Double], _ p: Double) -> Double {
    ascending[max(0, Int((Double(ascending.count) * p - 1e-9).rounded(.up)) - 1)]
  }
}

extension GroupTimeEffects {
  /// Errors and a band for all group-time effects, in the order of `effects`.
  public func bootstrap(_ settings: MultiplierBootstrap.Settings = .init()) throws(StatisticsError)
    -> MultiplierBootstrap
  {
    try MultiplierBootstrap(
      effects.indices.map { EffectCombination(cells: effects[$0].standardError == nil ? [] : [($0, 1)]) }, influence,
      level: self.settings.level, settings: settings, smallestError: smallestError)
  }
}

extension GroupTimeAggregate {
  /// Errors and a band for all parts, in the order of `parts`.
  public func bootstrap(_ settings: MultiplierBootstrap.Settings = .init()) throws(StatisticsError)
    -> MultiplierBootstrap
  {
    try MultiplierBootstrap(combinations, influence, level: level, settings: settings, smallestError: smallestError)
  }

  /// The error of the overall effect.
  public func overallBootstrap(
    _ settings: MultiplierBootstrap.Settings = .init()
  ) throws(StatisticsError) -> MultiplierBootstrap {
    try MultiplierBootstrap(
      overallCombination.map { [$0] } ?? [], influence, level: level, settings: settings, smallestError: smallestError)
  }
}
