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
  /// The coincidences oₓᵧ of the values: how often each pair occurs within a unit, in pairs of weight 1/(mᵤ − 1).
  public let coincidences: Matrix
  /// Units with two values or more.
  public let pairableUnits: Int
  /// How many values these units have.
  public let pairableValues: Int
  /// Pairable units × distinct values: how many coders gave each value.
  let counts: [[Double]]

  /// - Parameters:
  ///   - ratings: coders × units; nil where a coder gave no value.
  ///   - metric: the scale of the values. For `ordinal` and `nominal` any numbers that stand for the categories.
  /// - Throws: `.noObservations` when no unit has two values, `.lengthsDiffer`, `.notFinite`; `.setting` for a value
  ///   below zero on a ratio scale or so large that its square is not finite; `.constant` when all values are equal, for which α has no value.
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
    let counts = byUnit.map { given in
      var counts = [Double](repeating: 0, count: values.count)
      for value in given { counts[places[value + 0]!] += 1 }
      return counts
    }
    let table = CoincidenceTable(counts: counts, weights: nil, values: values.count)
    let found = table.disagreements(metric, values)
    guard found.expected.isFinite, found.expected > 0 else {
      throw .setting(name: "ratings", reason: "their squared differences are not finite; divide them by a constant")
    }
    value = 1 - found.observed / found.expected
    observedDisagreement = found.observed
    expectedDisagreement = found.expected
    coincidences = table.coincidences
    pairableUnits = counts.count
    pairableValues = byUnit.reduce(0) { $0 + $1.count }
    self.values = values
    self.metric = metric
    self.counts = counts
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
    let plan = try ResamplingPlan(rowCount: counts.count, draws: draws, seed: seed)
    let (counts, metric, values) = (counts, metric, values)
    let bootstrap = try Bootstrap(plan, progress: progress) { weights throws(StatisticsError) in
      let table = CoincidenceTable(counts: counts, weights: weights, values: values.count)
      let found = table.disagreements(metric, values)
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

/// The coincidences of values within units.
private struct CoincidenceTable {
  var coincidences: Matrix
  /// How often each value occurs.
  var margins: [Double]

  /// - Parameters:
  ///   - counts: units × values.
  ///   - weights: how often each unit counts; nil for once.
  init(counts: [[Double]], weights: [Double]?, values: Int) {
    coincidences = Matrix(rows: values, columns: values)
    for (unit, row) in counts.enumerated() {
      let weight = weights?[unit] ?? 1
      guard weight > 0 else { continue }
      let present = row.indices.filter { row[$0] > 0 }
      let pairs = weight / (row.reduce(0, +) - 1)
      for c in present {
        for k in present { coincidences[c, k] += pairs * row[c] * (row[k] - (c == k ? 1 : 0)) }
      }
    }
    margins = (0..<values).map { [coincidences] in coincidences.column($0).reduce(0, +) }
  }

  /// Dₒ and Dₑ.
  func disagreements(_ metric: AgreementMetric, _ values: [Double]) -> (observed: Double, expected: Double) {
    let differences = metric.differences(values, margins)
    let total = margins.reduce(0, +)
    var (observed, expected) = (0.0, 0.0)
    for c in values.indices {
      for k in values.indices where k != c {
        observed += coincidences[c, k] * differences[c][k]
        expected += margins[c] * margins[k] * differences[c][k]
      }
    }
    return (observed / total, expected / (total * (total - 1)))
  }
}
