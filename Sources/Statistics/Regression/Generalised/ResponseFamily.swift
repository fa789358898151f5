/// How the response of a generalised linear model is distributed, and on which scale its mean is linear.
public struct ResponseFamily: Codable, Hashable, Sendable {
  /// How the response varies around its mean μ.
  public enum Distribution: Codable, Hashable, Sendable {
    /// Shares of successes: 0 and 1, or shares with the number of trials as weight. Variance μ(1 − μ).
    case binomial
    /// Counts with variance μ.
    case poisson
    /// Counts with variance μ + μ²/shape.
    case negativeBinomial(shape: Double)
  }

  /// The scale η = g(μ) on which the mean is linear.
  public enum Link: String, Codable, Hashable, Sendable, CaseIterable {
    /// η = log(μ / (1 − μ)).
    case logit
    /// η = Φ⁻¹(μ).
    case probit
    /// η = log(−log(1 − μ)).
    case complementaryLogLog
    /// η = log μ.
    case log
  }

  public let distribution: Distribution
  public let link: Link

  private init(_ distribution: Distribution, _ link: Link) {
    self.distribution = distribution
    self.link = link
  }

  /// Logistic regression.
  public static let binomial = ResponseFamily(.binomial, .logit)
  public static let probit = ResponseFamily(.binomial, .probit)
  public static let complementaryLogLog = ResponseFamily(.binomial, .complementaryLogLog)
  /// Log-linear counts.
  public static let poisson = ResponseFamily(.poisson, .log)

  /// Log-linear counts with variance μ + μ²/shape, the shape (R's theta, the inverse of Stata's alpha) being known.
  ///
  /// - Parameter shape: above 0 and finite.
  public static func negativeBinomial(shape: Double) -> ResponseFamily {
    ResponseFamily(.negativeBinomial(shape: shape), .log)
  }

  /// Whether the expected and the observed information are the same.
  var isCanonical: Bool {
    switch (distribution, link) {
    case (.binomial, .logit), (.poisson, .log): true
    default: false
    }
  }
}

extension ResponseFamily: CustomStringConvertible {
  public var description: String {
    switch (distribution, link) {
    case (.binomial, .probit): "probit regression"
    case (.binomial, .complementaryLogLog): "complementary log-log regression"
    case (.binomial, _): "logistic regression"
    case (.poisson, _): "Poisson regression"
    case (.negativeBinomial, _): "negative binomial regression"
    }
  }
}
