import Foundation
import NumericalMethods

/// A log-likelihood as a function of one linear combination of the coefficients, the others at their best.
///
/// The maximum under the constraint aᵀβ = b is found by steps I⁻¹U − I⁻¹a (aᵀβ + aᵀI⁻¹U − b) / (aᵀI⁻¹a), with U the score
/// and I the information; limits by Newton's steps on the signed root of twice the fall, whose derivative is known from
/// the multiplier of the constraint.
struct ProfileCurve {
  struct Evaluation {
    var logLikelihood: Double
    var score: [Double]
    var information: Matrix
  }

  struct Point {
    var coefficients: [Double]
    /// How far the log-likelihood lies below its maximum.
    var fall: Double
    /// The derivative of the profile log-likelihood by the combination.
    var slope: Double
  }

  /// a, in the coordinates of the coefficients.
  let constraint: [Double]
  /// Where the likelihood is largest, and how large it is there.
  let best: [Double]
  let top: Double
  let standardError: Double
  /// The square of the last step's length in units of the information, below which it is the last.
  let settled: Double
  let evaluate: ([Double]) -> Evaluation?

  var estimate: Double { inner(constraint, best) }

  /// The largest likelihood with the combination held at a value; nil when the steps do not settle.
  func point(at value: Double, from start: [Double]?) -> Point? {
    var coefficients = start ?? best
    guard var current = evaluate(coefficients) else { return nil }
    for iteration in 0..<200 {
      guard let factor = InformationFactor(current.information) else { return nil }
      let along = factor.solve(constraint)
      let stretch = inner(constraint, along)
      guard stretch > 0 else { return nil }
      let newton = factor.solve(current.score)
      let excess = inner(constraint, coefficients) + inner(constraint, newton) - value
      let step = newton.indices.map { newton[$0] - along[$0] * excess / stretch }
      if iteration > 0, current.information.quadraticForm(step) < settled {
        let slope = inner(constraint, current.score) / inner(constraint, constraint)
        return Point(coefficients: coefficients, fall: top - current.logLikelihood, slope: slope)
      }
      var size = 1.0
      while true {
        let next = coefficients.indices.map { coefficients[$0] + size * step[$0] }
        let limit = current.logLikelihood - 1e-10 * (abs(top) + 1)
        // The first step moves onto the constraint, where the likelihood is lower.
        if let found = evaluate(next), found.logLikelihood.isFinite, iteration == 0 || found.logLikelihood >= limit {
          (coefficients, current) = (next, found)
          break
        }
        size /= 2
        guard size > 1e-10 else { return nil }
      }
    }
    return nil
  }

  /// Where the signed root of twice the fall equals `target`; nil when it is not reached.
  func limit(_ target: Double) -> Double? {
    guard standardError > 0, standardError.isFinite else { return nil }
    var value = estimate + target * standardError
    var start: [Double]?
    // The estimate lies inside; `outside` is a value known to lie beyond the limit.
    var inside = estimate
    var outside: Double?
    for _ in 0..<80 {
      guard let point = point(at: value, from: start) else {
        outside = value
        start = nil
        value = (inside + value) / 2
        guard abs(value - inside) > 1e-9 * standardError else { return nil }
        continue
      }
      start = point.coefficients
      let root = (2 * max(0, point.fall)).squareRoot()
      let gap = root - abs(target)
      if abs(gap) < 1e-11 { return value }
      if gap < 0 { inside = value } else { outside = value }
      guard abs(value - estimate) < 1e4 * standardError else { return nil }
      // The root has slope −slope/root, towards the limit.
      let rate = abs(point.slope) / max(root, 1e-8)
      var next = rate > 0 ? value - (target < 0 ? -1 : 1) * gap / rate : .infinity
      if let outside {
        let (low, high) = (min(inside, outside), max(inside, outside))
        if !(next > low && next < high) { next = (inside + outside) / 2 }
      } else {
        let farthest = estimate + 3 * (value - estimate)
        if !(abs(next - estimate) < abs(farthest - estimate)) { next = farthest }
      }
      if abs(next - value) <= 1e-12 * max(abs(value), standardError) { return next }
      value = next
    }
    return nil
  }

  /// The limits as R finds them (MASS 7.3-58): steps of a fifth of the reach of a 1 − (1 − level)/4 interval.
  func interpolatedLimits(reach: Double, level: Double) -> (lower: Double?, upper: Double?) {
    guard standardError > 0, standardError.isFinite else { return (nil, nil) }
    let farthest = Normal.standard.quantile(upperTail: (1 - level) / 8)
    var found = [(value: estimate, root: 0.0)]
    for side in [-1.0, 1.0] {
      var start: [Double]?
      for number in 1..<10 {
        let value = estimate + side * Double(number) * farthest / 5 * standardError
        guard let point = point(at: value, from: start) else { break }
        start = point.coefficients
        let root = side * (2 * max(0, point.fall)).squareRoot()
        found.append((value, root))
        if abs(root) >= farthest { break }
      }
    }
    found.sort { $0.root < $1.root }
    let (x, y) = (found.map(\.value), found.map(\.root))
    return (interpolatedCrossing(x: x, y: y, at: -reach), interpolatedCrossing(x: x, y: y, at: reach))
  }

  func interval(level: Double, solution: ProfileSolution) throws(StatisticsError) -> ConfidenceInterval {
    guard level > 0, level < 1 else { throw .notAProbability(name: "the confidence level") }
    let reach = Normal.standard.quantile(upperTail: (1 - level) / 2)
    switch solution {
    case .exact:
      return ConfidenceInterval(lower: limit(-reach), upper: limit(reach), level: level)
    case .interpolated:
      let limits = interpolatedLimits(reach: reach, level: level)
      return ConfidenceInterval(lower: limits.lower, upper: limits.upper, level: level)
    }
  }

  private func inner(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
}

/// How the limits of a profile interval are found.
public enum ProfileSolution: String, Codable, Hashable, Sendable, CaseIterable {
  /// Solved to working precision.
  case exact
  /// Read off a spline through at most nine points to each side, as R's `confint` does: digit for digit its answer,
  /// which can differ from the exact one in the fourth digit.
  case interpolated
}

extension StandardisedDesign {
  /// The weights on the standardised coefficients that give the same sum as `weights` on those of the design's columns.
  func constraint(_ weights: [Double]) -> [Double] {
    let shifts = shifts
    let scales = unstandardise.diagonal
    return weights.indices.map { c in
      c == 0 ? weights[0] / scales[0] : weights[c] / scales[c] - (shifts[c] == 0 ? 0 : weights[0] * shifts[c])
    }
  }
}
