/// How different two values of a scale are: the squared difference δ² of Krippendorff.
public enum AgreementMetric: String, Codable, Hashable, Sendable, CaseIterable {
  /// Equal or not.
  case nominal
  /// By the values that lie between them in the data, the ends counted half.
  case ordinal
  /// (c − k)².
  case interval
  /// ((c − k) / (c + k))²; values of zero or more.
  case ratio
}

/// The distinct values that coders gave to one unit.
struct RatedUnit: Sendable {
  /// Positions among all distinct values, ascending.
  var places: [Int]
  /// How many coders gave each.
  var counts: [Double]
  /// How many other values each value of the unit is paired with.
  var pairsOfEach: Double

  /// - Parameter ratings: the position of each coder's value, two or more.
  init(_ ratings: [Int]) {
    places = Set(ratings).sorted()
    counts = places.map { place in Double(ratings.count { $0 == place }) }
    pairsOfEach = Double(ratings.count - 1)
  }
}

extension AgreementMetric {
  /// Dₒ and Dₑ.
  ///
  /// Linear in the units and the values, but for the ratio scale, which takes each pair of values: the mean squared
  /// difference of all pairs is twice their variance, and ordinal values are midranks on an interval scale.
  ///
  /// - Parameters:
  ///   - weights: how often each unit counts; nil for once.
  ///   - values: distinct and ascending.
  /// - Throws: `.cancelled`.
  func disagreements(
    _ units: [RatedUnit], weights: [Double]?, values: [Double], _ cancellation: Cancellation
  ) throws(StatisticsError) -> (observed: Double, expected: Double) {
    var frequencies = [Double](repeating: 0, count: values.count)
    for (unit, rated) in units.enumerated() {
      let weight = weights?[unit] ?? 1
      for (place, count) in zip(rated.places, rated.counts) { frequencies[place] += weight * count }
    }
    let total = frequencies.reduce(0, +)
    let scores = scores(values, frequencies)
    var observed = 0.0
    for (unit, rated) in units.enumerated() where rated.places.count > 1 {
      let weight = weights?[unit] ?? 1
      guard weight > 0 else { continue }
      var sum = 0.0
      for c in 1..<rated.places.count {
        for k in 0..<c {
          sum += rated.counts[c] * rated.counts[k] * difference(scores[rated.places[c]], scores[rated.places[k]])
        }
      }
      observed += 2 * weight * sum / rated.pairsOfEach
    }
    let expected = try allPairs(scores, frequencies, total, cancellation)
    return (observed / total, expected / (total * (total - 1)))
  }

  /// The number that stands for each value: itself, or its midrank on the ordinal scale.
  private func scores(_ values: [Double], _ frequencies: [Double]) -> [Double] {
    guard self == .ordinal else { return values }
    var below = 0.0
    return frequencies.map { frequency in
      below += frequency
      return below - frequency / 2
    }
  }

  private func difference(_ a: Double, _ b: Double) -> Double {
    switch self {
    case .nominal: return a == b ? 0 : 1
    case .ordinal, .interval: return (a - b) * (a - b)
    case .ratio:
      let share = (a - b) / (a + b)
      return share * share
    }
  }

  /// Σ n(c)·n(k)·δ² over all ordered pairs of values.
  private func allPairs(
    _ scores: [Double], _ frequencies: [Double], _ total: Double, _ cancellation: Cancellation
  ) throws(StatisticsError) -> Double {
    switch self {
    case .nominal: return frequencies.reduce(0) { $0 + $1 * (total - $1) }
    case .ordinal, .interval:
      var centre = 0.0
      for c in scores.indices { centre += frequencies[c] / total * scores[c] }
      var (squares, rest) = (0.0, 0.0)
      for c in scores.indices {
        squares += frequencies[c] * (scores[c] - centre) * (scores[c] - centre)
        rest += frequencies[c] * (scores[c] - centre)
      }
      return 2 * (total * squares - rest * rest)
    case .ratio:
      var sum = 0.0
      for c in scores.indices where frequencies[c] > 0 {
        try cancellation.check()
        for k in 0..<c where frequencies[k] > 0 {
          sum += frequencies[c] * frequencies[k] * difference(scores[c], scores[k])
        }
      }
      return 2 * sum
    }
  }
}
