import NumericalMethods
import Primitives

/// Agreement among any number of coders, on any scale, with values missing: Krippendorff's alpha.
///
/// α = 1 − Dₒ/Dₑ: the mean squared difference between values of the same unit over that between any two values. A unit
/// with mᵤ values gives each of its pairs the weight 1/(mᵤ − 1); units with fewer than two values do not count
/// (Krippendorff 2019, Content Analysis, 4th edition, chapter 12; Hayes and Krippendorff 2007,
/// doi:10.1080/19312450709336664).
public struct KrippendorffAlpha: Sendable {
  /// α; 1 is perfect agreement, 0 what chance alone would give.
  public let value: Double
  /// Dₒ.
  public let observedDisagreement: Double
  /// Dₑ.
  public let expectedDisagreement: Double
  public let metric: AgreementMetric
  /// The distinct values, ascending.
  public let values: [Double]
  /// Units with two values or more.
  public let pairableUnits: Int
  /// How many values these units have.
  public let pairableValues: Int
  /// The values of each pairable unit.
  private let given: [RatedUnit]

  /// - Parameters:
  ///   - ratings: coders × units; nil where a coder gave no value.
  ///   - metric: the scale of the values. For `ordinal` and `nominal` any numbers that stand for the categories.
  /// - Throws: `.noObservations` when no unit has two values, `.lengthsDiffer`, `.notFinite`; `.setting` for a value
  ///   below zero on a ratio scale or so large that its square is not finite; `.constant` when all values are equal,
  ///   for which α has no value; `.cancelled`.
  public init(ratings: [[Double?]], metric: AgreementMetric) throws(StatisticsError) {
    let units = ratings.first?.count ?? 0
    for (coder, row) in ratings.enumerated() {
      guard row.count == units else {
        throw .lengthsDiffer(array: "ratings of coder \(coder)", expected: units, found: row.count)
      }
      for (unit, value) in row.enumerated() {
        guard let value else { continue }
        guard value.isFinite else { throw .notFinite(array: "ratings of coder \(coder)", index: unit) }
        if metric == .ratio, value < 0 {
          throw .setting(name: "ratings", reason: "values on a ratio scale are zero or more")
        }
      }
    }
    let byUnit = (0..<units).map { unit in ratings.compactMap { $0[unit] } }.filter { $0.count >= 2 }
    guard !byUnit.isEmpty else { throw .noObservations }
    // −0 and 0 are one value.
    let values = Set(byUnit.flatMap { $0.map { $0 + 0 } }).sorted()
    guard values.count > 1 else { throw .constant(variable: "the value given by all coders") }
    let places = Dictionary(uniqueKeysWithValues: values.enumerated().map { ($1, $0) })
    let given = byUnit.map { ratings in RatedUnit(ratings.map { places[$0 + 0]! }) }
    let found = try Cancellation.heard { cancellation throws(StatisticsError) in
      try metric.disagreements(given, weights: nil, values: values, cancellation)
    }
    guard found.expected.isFinite, found.expected > 0 else {
      throw .setting(name: "ratings", reason: "their squared differences are not finite; divide them by a constant")
    }
    value = 1 - found.observed / found.expected
    observedDisagreement = found.observed
    expectedDisagreement = found.expected
    pairableUnits = given.count
    pairableValues = byUnit.reduce(0) { $0 + $1.count }
    self.values = values
    self.metric = metric
    self.given = given
  }

  /// The coincidences oₓᵧ of the values: how often each pair occurs within a unit, in pairs of weight 1/(mᵤ − 1).
  public var coincidences: Matrix {
    var table = Matrix(rows: values.count, columns: values.count)
    for unit in given {
      for c in unit.places.indices {
        for k in unit.places.indices {
          table[unit.places[c], unit.places[k]] +=
            unit.counts[c] * (unit.counts[k] - (c == k ? 1 : 0)) / unit.pairsOfEach
        }
      }
    }
    return table
  }

  /// α with an interval from drawing units with replacement (percentile limits).
  ///
  /// A draw in which all values are equal has no α; as Krippendorff does, it counts as 1 when the draw has no
  /// disagreement to be seen.
  ///
  /// - Parameters:
  ///   - draws: at least 2; 1,000 or more for a report.
  ///   - seed: the same seed gives the same draws on any number of threads.
  public func estimate(
    draws: Int = 1999, seed: UInt64, level: Double = 0.95, progress: ProgressHandler? = nil
  ) throws(StatisticsError) -> Estimate {
    try checkLevel(level)
    let plan = try ResamplingPlan(rowCount: given.count, draws: draws, seed: seed)
    let (given, metric, values) = (given, metric, values)
    return try Cancellation.heard { cancellation throws(StatisticsError) in
      let bootstrap = try Bootstrap(plan, progress: progress) { weights throws(StatisticsError) in
        let found = try metric.disagreements(given, weights: weights, values: values, cancellation)
        return [found.expected > 0 ? 1 - found.observed / found.expected : 1]
      }
      let replicates = bootstrap.values().sorted()
      guard let least = replicates.first, let most = replicates.last, least < most else {
        return Estimate(
          value: value, standardError: 0, interval: ConfidenceInterval(lower: value, upper: value, level: level),
          count: pairableUnits)
      }
      return Estimate(
        value: value, standardError: bootstrap.standardError(),
        interval: try bootstrap.interval(0, .percentile, level: level).interval, count: pairableUnits)
    }
  }
}
