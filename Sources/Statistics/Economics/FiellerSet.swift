import NumericalMethods

/// The ratios of two normal estimates that a test at the level does not reject.
///
/// The ratio R is kept when (a − R·b)² ≤ q²·Var(a − R·b), a quadratic in R (Fieller 1954,
/// doi:10.1111/j.2517-6161.1954.tb00159.x). It is an interval only when b itself differs from 0 at that level.
public enum FiellerSet: Codable, Hashable, Sendable {
  /// Between two limits.
  case interval(lower: Double, upper: Double)
  /// All ratios but those between two limits: the denominator may be 0, the ratio not anything.
  case outside(lower: Double, upper: Double)
  /// Every ratio: the data say nothing about it.
  case everything

  /// - Parameters:
  ///   - numerator: a.
  ///   - denominator: b.
  ///   - variances: of a and of b, and their covariance.
  ///   - degreesOfFreedom: of the t distribution; infinity for the normal one.
  /// - Throws: `.notFinite`, `.notAProbability`, `.setting` for a variance below zero, a covariance
  ///   beyond what the variances allow, or numbers whose fourth powers are not finite.
  public init(
    numerator a: Double, denominator b: Double, variances: (numerator: Double, denominator: Double, covariance: Double),
    level: Double = 0.95, degreesOfFreedom: Double = .infinity
  ) throws(StatisticsError) {
    try checkFinite([a, b, variances.numerator, variances.denominator, variances.covariance], "numbers of the ratio")
    try checkLevel(level)
    guard variances.numerator >= 0, variances.denominator >= 0,
      abs(variances.covariance)
        <= (1 + 1e-9) * variances.numerator.squareRoot() * variances.denominator.squareRoot()
    else {
      throw .setting(
        name: "variances", reason: "they are zero or more, and the covariance at most the root of their product")
    }
    let q = StudentT(degreesOfFreedom: degreesOfFreedom).quantile(upperTail: (1 - level) / 2)
    let square = q * q
    // square·R² coefficients: A·R² − 2B·R + C ≤ 0.
    let quadratic = b * b - square * variances.denominator
    let linear = a * b - square * variances.covariance
    let constant = a * a - square * variances.numerator
    var discriminant = linear * linear - quadratic * constant
    guard discriminant.isFinite else {
      throw .setting(name: "numbers of the ratio", reason: "their fourth powers are not finite; use larger units")
    }
    // With a denominator that differs from 0 the ratio itself belongs to the set, whatever rounding says.
    if quadratic > 0 { discriminant = max(0, discriminant) }
    if quadratic == 0 {
      // One limit is at infinity.
      guard linear != 0 else {
        self = .everything
        return
      }
      let limit = constant / (2 * linear)
      self =
        linear > 0 ? .interval(lower: limit, upper: .infinity) : .interval(lower: -.infinity, upper: limit)
    } else if discriminant < 0 {
      self = .everything
    } else {
      // The larger root in size first, the other from the product of both, so that nothing cancels.
      let sum = linear >= 0 ? linear + discriminant.squareRoot() : linear - discriminant.squareRoot()
      let first = sum / quadratic
      let second = sum == 0 ? 0 : constant / sum
      let (low, high) = (min(first, second), max(first, second))
      self = quadratic > 0 ? .interval(lower: low, upper: high) : .outside(lower: low, upper: high)
    }
  }

  /// Whether a ratio belongs to the set.
  public func contains(_ ratio: Double) -> Bool {
    switch self {
    case .interval(let lower, let upper): ratio >= lower && ratio <= upper
    case .outside(let lower, let upper): ratio <= lower || ratio >= upper
    case .everything: true
    }
  }
}
