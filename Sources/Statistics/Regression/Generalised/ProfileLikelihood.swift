import Foundation
import NumericalMethods

/// How the limits of a profile interval are found.
public enum ProfileSolution: String, Codable, Hashable, Sendable, CaseIterable {
  /// Solved to working precision.
  case exact
  /// Read off a spline through at most nine points to each side, as R's `confint` does: digit for digit its answer, which
  /// can differ from the exact one in the fourth digit.
  case interpolated
}

extension GeneralisedLinearModel {
  /// The interval of a coefficient by its profile likelihood: the values that a likelihood-ratio test does not reject.
  ///
  /// For each value b the other coefficients are fitted anew; the limits are where twice the fall of the log-likelihood
  /// equals the square of the normal quantile. Keeps its level better than Wald's interval in small samples and near separation (Venzon and Moolgavkar 1988,
  /// doi:10.2307/2347496).
  ///
  /// - Parameters:
  ///   - position: of the coefficient.
  ///   - level: strictly between 0 and 1.
  ///   - solution: how exactly the limits are found.
  /// - Returns: a limit is nil where the likelihood never falls so far on that side.
  /// - Throws: `.notAProbability`.
  public func profileInterval(
    _ position: Int, level: Double = 0.95, solution: ProfileSolution = .exact
  ) throws(StatisticsError) -> ConfidenceInterval {
    var weights = [Double](repeating: 0, count: coefficients.count)
    weights[position] = 1
    return try profileInterval(combination: weights, level: level, solution: solution)
  }

  /// The profile interval of a sum of coefficients, each times its weight.
  public func profileInterval(
    combination weights: [Double], level: Double = 0.95, solution: ProfileSolution = .exact
  ) throws(StatisticsError) -> ConfidenceInterval {
    guard level > 0, level < 1 else { throw .notAProbability(name: "the confidence level") }
    precondition(weights.count == coefficients.count, "each coefficient has one weight")
    let profile = Profile(self, weights)
    let reach = Normal.standard.quantile(upperTail: (1 - level) / 2)
    if solution == .interpolated {
      let limits = profile.interpolatedLimits(reach: reach, level: level)
      return ConfidenceInterval(lower: limits.lower, upper: limits.upper, level: level)
    }
    return ConfidenceInterval(lower: profile.limit(-reach), upper: profile.limit(reach), level: level)
  }

  /// The likelihood-ratio test that a coefficient has a given value.
  public func profileTest(_ position: Int, equals value: Double = 0) -> LikelihoodRatioTest? {
    var weights = [Double](repeating: 0, count: coefficients.count)
    weights[position] = 1
    guard let point = Profile(self, weights).point(at: value, from: nil) else { return nil }
    return LikelihoodRatioTest(statistic: max(0, 2 * point.fall), degreesOfFreedom: 1)
  }
}

/// The likelihood as a function of one linear combination of the coefficients, the others at their best.
private struct Profile {
  private let rows: LikelihoodRows
  /// The combination in the standardised coefficients.
  private let constraint: [Double]
  private let best: [Double]
  private let estimate: Double
  private let standardError: Double
  private let top: Double

  struct Point {
    var coefficients: [Double]
    /// How far the log-likelihood lies below its maximum.
    var fall: Double
    /// The derivative of the profile log-likelihood by the combination.
    var slope: Double
  }

  init(_ model: GeneralisedLinearModel, _ weights: [Double]) {
    let design = StandardisedDesign(model.design)
    rows = LikelihoodRows(
      design: design, response: model.response, weights: model.weights, offset: model.offset, family: model.family)
    constraint = design.constraint(weights)
    best = design.standardised(model.coefficients)
    estimate = zip(weights, model.coefficients).reduce(0) { $0 + $1.0 * $1.1 }
    standardError = max(0, model.covariance.quadraticForm(weights)).squareRoot()
    top = model.logLikelihood - rows.constant()
  }

  /// The largest likelihood with the combination held at a value; nil when the steps do not settle.
  func point(at value: Double, from start: [Double]?) -> Point? {
    var predictors = [Double](repeating: 0, count: rows.response.count)
    var previous = predictors
    var coefficients = start ?? best
    var current = rows.pass(coefficients, from: previous, into: &predictors)
    for iteration in 0..<60 {
      guard let factor = InformationFactor(current.information) else { return nil }
      let along = factor.solve(constraint)
      let stretch = inner(constraint, along)
      guard stretch > 0 else { return nil }
      let newton = factor.solve(current.score)
      let excess = inner(constraint, coefficients) + inner(constraint, newton) - value
      let step = newton.indices.map { newton[$0] - along[$0] * excess / stretch }
      if iteration > 0 {
        let settled = rows.family.isCanonical ? 1e-6 : 1e-9
        if current.largestMove < settled {
          let slope = inner(constraint, current.score) / inner(constraint, constraint)
          return Point(coefficients: coefficients, fall: top - current.logLikelihood, slope: slope)
        }
      }
      var size = 1.0
      swap(&previous, &predictors)
      while true {
        let next = coefficients.indices.map { coefficients[$0] + size * step[$0] }
        let pass = rows.pass(next, from: previous, into: &predictors)
        // The first step moves onto the constraint, where the likelihood is lower.
        if pass.logLikelihood.isFinite,
          iteration == 0 || pass.logLikelihood >= current.logLikelihood - 1e-9 * abs(top) - 1e-9
        {
          (coefficients, current) = (next, pass)
          break
        }
        size /= 2
        guard size > 1e-10 else { return nil }
      }
    }
    return nil
  }

  /// Where the signed root of twice the fall equals `target`.
  func limit(_ target: Double) -> Double? {
    guard standardError > 0, standardError.isFinite else { return nil }
    var value = estimate + target * standardError
    var start: [Double]? = nil
    // The estimate lies inside; `outside` is a value known to lie beyond the limit.
    var inside = estimate
    var outside: Double?
    for _ in 0..<60 {
      guard let point = point(at: value, from: start) else {
        outside = value
        value = (inside + value) / 2
        guard abs(value - inside) > 1e-9 * standardError else { return nil }
        continue
      }
      start = point.coefficients
      let root = (2 * max(0, point.fall)).squareRoot()
      let gap = root - abs(target)
      if abs(gap) < 1e-10 { return value }
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

  private func inner(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
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
