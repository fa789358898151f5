import NumericalMethods

/// How far a hidden bias could move McNemar's test of matched pairs with a yes-or-no outcome.
///
/// Only pairs whose members differ say anything. Of those, the number in which the treated one has the outcome lies, in
/// distribution, between two binomial numbers with probabilities 1 / (1 + Γ) and Γ / (1 + Γ); tails are exact
/// (Rosenbaum 2002, Observational Studies, section 4.3.2; `binarysens` of R's rbounds).
public struct McNemarBounds: Sendable {
  /// Pairs in which only the treated member has the outcome.
  public let treatedOnly: Int
  /// Pairs in which only the control has it.
  public let controlOnly: Int
  public let alternative: Alternative

  /// - Throws: `.setting` for a number below zero, `.noObservations` when no pair differs.
  public init(
    treatedOnly: Int, controlOnly: Int, alternative: Alternative = .greater
  ) throws(StatisticsError) {
    guard treatedOnly >= 0, controlOnly >= 0 else {
      throw .setting(name: "discordant pairs", reason: "counts are zero or more")
    }
    guard treatedOnly + controlOnly > 0 else { throw .noObservations }
    self.treatedOnly = treatedOnly
    self.controlOnly = controlOnly
    self.alternative = alternative
  }

  /// - Parameter gamma: Γ, at least 1.
  public func bound(gamma: Double) throws(StatisticsError) -> HiddenBiasBound {
    try alternative.bound(gamma: gamma, lowerTail: lowerTail, upperTail: upperTail)
  }

  /// The smallest Γ at which the largest p-value exceeds a level; nil when it does without any bias, infinity when no
  /// bias up to 10⁶ suffices.
  public func withstoodGamma(level: Double = 0.05) throws(StatisticsError) -> Double? {
    try withstood(level: level) { gamma throws(StatisticsError) in try bound(gamma: gamma).upper }
  }

  private func distribution(_ p: Double) -> Binomial { Binomial(trials: treatedOnly + controlOnly, probability: p) }
  private func upperTail(_ p: Double) -> Double { distribution(p).upperTail(Double(treatedOnly) - 1) }
  private func lowerTail(_ p: Double) -> Double { distribution(p).lowerTail(Double(treatedOnly)) }
}
