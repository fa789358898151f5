import NumericalMethods

#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// How the width of a simultaneous band is spread over time.
public enum BandKind: String, Codable, Hashable, Sendable, CaseIterable {
  /// Proportional to the pointwise interval everywhere (Nair 1984, doi:10.2307/1267803).
  case equalPrecision
  /// Proportional to (1 + n σ²) S, narrower in the middle (Hall and Wellner 1980, doi:10.1093/biomet/67.1.133).
  case hallWellner
}

/// A band that covers the whole survival curve between two times with the stated probability.
///
/// Pointwise intervals cover at one time chosen beforehand; this band at all times at once, and is wider. With σ² Greenwood's sum
/// and a = nσ² / (1 + nσ²) at either end, the critical value is that of sup |B⁰(u)| (Hall-Wellner) or sup |B⁰(u)| / √(u (1 − u)) (equal precision) over
/// a_L ≤ u ≤ a_U, B⁰ a Brownian bridge. It is computed here, not looked up: by the reflection principle, and by the
/// eigenvalues of an Ornstein-Uhlenbeck process between barriers. Limits are on the scale of the curve's intervals.
public struct SimultaneousBand: Codable, Hashable, Sendable {
  public let kind: BandKind
  /// The event times within the range, ascending: T of them.
  public let times: [Double]
  public let survival: [Double]
  /// Length T.
  public let intervals: [ConfidenceInterval]
  /// What the standard error is multiplied with.
  public let criticalValue: Double

  /// - Parameters:
  ///   - curve: with Greenwood's errors.
  ///   - range: from the first event time to the last where the curve is above 0 when nil; narrower ranges give narrower bands.
  /// - Throws: `.notSupported` for jackknife errors, `.beyondFollowUp` when no event time lies in the range.
  public init(
    _ curve: KaplanMeier, kind: BandKind = .equalPrecision, range: ClosedRange<Double>? = nil
  ) throws(StatisticsError) {
    guard curve.variance == .countingProcess else {
      throw .notSupported(method: "a simultaneous band", input: "jackknife errors")
    }
    let level = curve.confidence.level
    let steps = curve.times.indices.filter { step in
      curve.survival[step] > 0 && curve.survival[step] < 1 && curve.standardErrors[step] != nil
        && range?.contains(curve.times[step]) ?? true
    }
    guard let first = steps.first, let last = steps.last else {
      throw .beyondFollowUp(name: "the range of the simultaneous band")
    }
    let n = Double(curve.count)
    func variance(_ step: Int) -> Double {
      let share = curve.standardErrors[step]! / curve.survival[step]
      return share * share
    }
    func portion(_ step: Int) -> Double { n * variance(step) / (1 + n * variance(step)) }
    let (low, high) = (portion(first), portion(last))
    let critical =
      switch kind {
      case .equalPrecision: equalPrecisionCriticalValue(from: low, to: high, level: level)
      case .hallWellner: hallWellnerCriticalValue(from: low, to: high, level: level)
      }
    self.kind = kind
    times = steps.map { curve.times[$0] }
    survival = steps.map { curve.survival[$0] }
    criticalValue = critical
    intervals = steps.map { step in
      let error =
        kind == .equalPrecision
        ? curve.standardErrors[step]! : curve.survival[step] * (1 + n * variance(step)) / n.squareRoot()
      return curve.confidence.interval(curve.survival[step], error, quantile: critical)
    }
  }
}

/// c with P(|B⁰(u)| ≤ c √(u (1 − u)) for all u from a to b) = level.
///
/// On the time scale s = ½ log(u / (1 − u)) the process is a stationary Ornstein-Uhlenbeck one. The probability that
/// it stays within ±c for a time τ is Σ ⟨√φ, ψ⟩² exp(−λ τ) over the eigenfunctions ψ of −d²/dy² + y²/4 − ½ that vanish at
/// ±c; they are found in a basis of sines.
func equalPrecisionCriticalValue(from a: Double, to b: Double, level: Double) -> Double {
  let duration = max(0, 0.5 * log(b * (1 - a) / (a * (1 - b))))
  return root(0.1, 10) { c in
    guard duration > 0 else { return 1 - 2 * Normal.standard.upperTail(c) - level }
    return probabilityWithin(c, duration: duration) - level
  }
}

private func probabilityWithin(_ c: Double, duration: Double) -> Double {
  let size = 24
  let width = 2 * c
  // Only even functions matter, so only odd numbers of half waves.
  let waves = (0..<size).map { Double(2 * $0 + 1) }
  func moment(_ k: Double) -> Double {
    k == 0 ? width * width * width / 12 : 2 * width * width * width / (k * k * Double.pi * Double.pi)
  }
  var matrix = Matrix(rows: size, columns: size)
  for i in 0..<size {
    for j in 0..<size {
      matrix[i, j] = (moment(waves[i] - waves[j]) - moment(waves[i] + waves[j])) / width / 4
    }
    let frequency = waves[i] * Double.pi / width
    matrix[i, i] += frequency * frequency - 0.5
  }
  guard let eigen = SymmetricEigen(matrix) else { return .nan }
  // ⟨√φ, sine⟩ by Simpson's rule.
  let points = 512
  let step = width / Double(points)
  let overlaps = waves.map { wave in
    var sum = 0.0
    for point in 1..<points {
      let y = -c + Double(point) * step
      let root = exp(-y * y / 4) / (2 * Double.pi).squareRoot().squareRoot()
      sum += (point.isMultiple(of: 2) ? 2 : 4) * root * sin(wave * Double.pi * Double(point) / Double(points))
    }
    return sum * step / 3 * (2 / width).squareRoot()
  }
  return (0..<size).reduce(0.0) { total, k in
    let overlap = zip(eigen.vectors.column(k), overlaps).reduce(0) { $0 + $1.0 * $1.1 }
    return total + overlap * overlap * exp(-eigen.values[k] * duration)
  }
}

/// k with P(|B⁰(u)| ≤ k for all u from a to b) = level.
///
/// Between its values x and y at the ends the bridge is a Brownian bridge, whose probability to stay within ±k is a sum
/// over images; it is integrated over x and y.
func hallWellnerCriticalValue(from a: Double, to b: Double, level: Double) -> Double {
  let (nodes, weights) = gaussLegendre(40)
  return root(0.01, 5) { k in
    guard b - a > 1e-9 else {
      return 1 - 2 * Normal.standard.upperTail(k / (a * (1 - a)).squareRoot()) - level
    }
    let duration = b - a
    // B⁰(a), and B⁰(b) given it; both integrals go as far as the densities reach.
    let spread = (a * (1 - a)).squareRoot()
    let share = (1 - b) / (1 - a)
    let spreadAfter = (duration * share).squareRoot()
    let reach = min(k, 9 * spread)
    var sum = 0.0
    for (x, weightOfX) in zip(nodes, weights) {
      let start = reach * x
      let (low, high) = (max(-k, share * start - 9 * spreadAfter), min(k, share * start + 9 * spreadAfter))
      var inner = 0.0
      for (y, weightOfY) in zip(nodes, weights) {
        let end = (low + high) / 2 + (high - low) / 2 * y
        var within = 0.0
        for image in -3...3 {
          let move = 4 * Double(image) * k
          let straight = (end - start + move) * (end - start + move) - (end - start) * (end - start)
          let mirrored = (end + start - 2 * k + move) * (end + start - 2 * k + move) - (end - start) * (end - start)
          within += exp(-straight / (2 * duration)) - exp(-mirrored / (2 * duration))
        }
        inner += weightOfY * normalDensity((end - share * start) / spreadAfter) * min(1, max(0, within))
      }
      sum += reach * weightOfX * normalDensity(start / spread) / spread * (high - low) / 2 * inner / spreadAfter
    }
    return sum - level
  }
}

private func normalDensity(_ z: Double) -> Double { exp(-z * z / 2) / (2 * Double.pi).squareRoot() }

/// The root of a rising function that changes sign in between; the upper end when it does not.
private func root(_ low: Double, _ high: Double, _ function: (Double) -> Double) -> Double {
  (try? findRoot(in: low...high, tolerance: 1e-11, function)) ?? high
}

/// The points and weights of Gauss and Legendre's rule on −1...1, by Newton's method from Chebyshev's points.
private func gaussLegendre(_ count: Int) -> (nodes: [Double], weights: [Double]) {
  var nodes: [Double] = []
  var weights: [Double] = []
  for i in 0..<count {
    var x = cos(Double.pi * (Double(i) + 0.75) / (Double(count) + 0.5))
    var slope = 0.0
    for _ in 0..<50 {
      var (previous, current) = (1.0, x)
      for n in 2...count {
        let next = (Double(2 * n - 1) * x * current - Double(n - 1) * previous) / Double(n)
        (previous, current) = (current, next)
      }
      slope = Double(count) * (x * current - previous) / (x * x - 1)
      let step = current / slope
      x -= step
      if abs(step) < 1e-15 { break }
    }
    nodes.append(x)
    weights.append(2 / ((1 - x * x) * slope * slope))
  }
  return (nodes, weights)
}
