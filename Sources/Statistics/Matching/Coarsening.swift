import Foundation
import NumericalMethods

/// Into which classes the values of a covariate are put.
public enum Coarsening: Codable, Hashable, Sendable {
  /// ⌈log₂ n + 1⌉ classes of one width (Sturges 1926).
  case sturges
  /// Classes 3.5 standard deviations over ∛n wide (Scott 1979, doi:10.1093/biomet/66.3.605).
  case scott
  /// Classes two interquartile ranges over ∛n wide (Freedman and Diaconis 1981, doi:10.1007/BF01025868).
  case freedmanDiaconis
  /// So many classes of one width, from the lowest value to the highest. One class leaves the covariate out.
  case classes(Int)
  /// So many classes with the same number of units, ties apart.
  case quantiles(Int)
  /// A value at a boundary belongs to the higher class.
  case cutpoints([Double])
  /// Levels of a factor that count as one; the others stay as they are.
  case groups([[String]])
  /// Values must agree.
  case exact

  /// The class of each value, and how many classes there can be.
  func column(_ term: ModelMatrix.Term) throws(StatisticsError) -> Strata.Column {
    switch (self, term) {
    case (.exact, _): return term.exactColumn()
    case (.groups(let groups), .factor(let name, let codes, let levels, _)):
      var target = (0..<Int32(levels.count)).map { $0 }
      for group in groups {
        var first: Int32?
        for level in group {
          guard let position = levels.firstIndex(of: level) else {
            throw .setting(name: "the groups of \(name)", reason: "\(level) is not one of its levels")
          }
          first = first ?? Int32(position)
          target[position] = first!
        }
      }
      return Strata.Column(codes: codes.map { target[Int($0)] }, count: levels.count)
    case (.sturges, .factor), (.scott, .factor), (.freedmanDiaconis, .factor): return term.exactColumn()
    case (_, .numeric(let name, let values)):
      guard let breaks = try breaks(name, values) else { return Strata.Column(codes: [], count: 1) }
      return Strata.Column(codes: Self.classes(of: values, breaks), count: breaks.count + 1)
    default:
      throw .setting(
        name: "the classes of \(term.variable ?? "a product")", reason: "a factor has groups, a number has classes")
    }
  }

  /// The boundaries between classes, ascending; nil for one class.
  func breaks(_ name: String, _ values: [Double]) throws(StatisticsError) -> [Double]? {
    let n = Double(values.count)
    let count: Int
    switch self {
    case .groups, .exact:
      throw .setting(name: "the classes of \(name)", reason: "a factor has groups, a number has classes")
    case .cutpoints(let points):
      guard points.allSatisfy({ !$0.isNaN }) else {
        throw .setting(name: "the cutpoints of \(name)", reason: "each is a number")
      }
      return Array(Set(points)).sorted()
    case .quantiles(let parts):
      guard parts >= 1, parts <= 1 << 20 else {
        throw .setting(name: "the quantiles of \(name)", reason: "there is at least one class and at most a million")
      }
      let sorted = values.sorted()
      return Array(Set((1..<max(parts, 1)).map { quantile(ofAscending: sorted, Double($0) / Double(parts)) })).sorted()
    case .classes(let classes):
      guard classes >= 1 else { throw .setting(name: "the classes of \(name)", reason: "there is at least one") }
      count = classes
    case .sturges: count = Int((log2(n) + 1).rounded(.up))
    case .scott:
      let width = 3.5 * Self.standardDeviation(values) * pow(n, -1.0 / 3)
      count = Self.classes(width: width, values)
    case .freedmanDiaconis:
      let width = Self.interquartileWidth(values)
      count = Self.classes(width: width * pow(n, -1.0 / 3), values)
    }
    guard count > 1 else { return nil }
    guard count <= 1 << 20 else {
      throw .setting(name: "the classes of \(name)", reason: "there are at most a million; \(count) were asked for")
    }
    let (lowest, highest) = Self.range(values)
    let step = (highest - lowest) / Double(count)
    return (1..<count).map { lowest + Double($0) * step }
  }

  private static func range(_ values: [Double]) -> (Double, Double) {
    var lowest = Double.infinity
    var highest = -Double.infinity
    for value in values {
      lowest = min(lowest, value)
      highest = max(highest, value)
    }
    return (lowest, highest)
  }

  /// How many classes of a width cover the values; 1 when the width is zero.
  private static func classes(width: Double, _ values: [Double]) -> Int {
    let (lowest, highest) = range(values)
    guard width > 0, width.isFinite else { return 1 }
    let number = ((highest - lowest) / width).rounded(.up)
    return max(1, Int(min(number, 1e9)))
  }

  private static func standardDeviation(_ values: [Double]) -> Double {
    let n = Double(values.count)
    let mean = values.reduce(0, +) / n
    var squares = 0.0
    for value in values { squares += (value - mean) * (value - mean) }
    return n > 1 ? (squares / (n - 1)).squareRoot() : 0
  }

  /// Twice the interquartile range of the values at five significant digits; when that is zero, wider ranges scaled to
  /// it, and at last 3.5 standard deviations: as R's `nclass.FD`.
  private static func interquartileWidth(_ values: [Double]) -> Double {
    let sorted = values.map { significant($0, digits: 5) }.sorted()
    var width = 2 * (quantile(ofAscending: sorted, 0.75) - quantile(ofAscending: sorted, 0.25))
    var share = 0.25
    while width == 0, share / 2 >= 1.0 / 512 {
      share /= 2
      width = (quantile(ofAscending: sorted, 1 - share) - quantile(ofAscending: sorted, share)) / (1 - 2 * share)
    }
    return width == 0 ? 3.5 * standardDeviation(values) : width
  }

  private static func significant(_ value: Double, digits: Int) -> Double {
    guard value != 0 else { return 0 }
    let power = digits - 1 - Int(log10(abs(value)).rounded(.down))
    let scale = pow(10, Double(abs(power)))
    return power >= 0
      ? (value * scale).rounded(.toNearestOrEven) / scale : (value / scale).rounded(.toNearestOrEven) * scale
  }

  /// How many boundaries are at or below each value.
  private static func classes(of values: [Double], _ breaks: [Double]) -> [Int32] {
    let last = breaks.count - 1
    guard last >= 0 else { return [Int32](repeating: 0, count: values.count) }
    let isEven = last > 0 && (breaks[last] - breaks[0]) > 0
    let scale = isEven ? Double(last) / (breaks[last] - breaks[0]) : 0
    return values.withUnsafeBufferPointer { values in
      breaks.withUnsafeBufferPointer { breaks in
        [Int32](unsafeUninitializedCapacity: values.count) { buffer, filled in
          for i in 0..<values.count {
            let value = values[i]
            // A guess as if the classes were equally wide, put right by steps.
            let guess = (value - breaks[0]) * scale
            var number = guess > 0 ? Int(min(guess, Double(last))) : 0
            while number <= last, breaks[number] <= value { number += 1 }
            while number > 0, breaks[number - 1] > value { number -= 1 }
            buffer[i] = Int32(number)
          }
          filled = values.count
        }
      }
    }
  }
}
