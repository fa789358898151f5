import NumericalMethods

/// The difference of two independent proportions, first minus second.
public struct ProportionDifference: Codable, Hashable, Sendable {
  public enum Method: String, Codable, Hashable, Sendable, CaseIterable {
    /// From both Wilson intervals (Newcombe 1998, doi:10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I,
    /// method 10).
    case newcombe
    /// Wald's interval with one success and one failure added to each group (Agresti and Caffo 2000,
    /// doi:10.1080/00031305.2000.10474560).
    case agrestiCaffo
    /// The difference ± z standard errors; far from its level for small counts.
    case wald
  }

  public let first: Proportion
  public let second: Proportion

  public init(_ first: Proportion, _ second: Proportion) {
    self.first = first
    self.second = second
  }

  public var value: Double { first.value - second.value }

  /// With each group's own variance.
  public var standardError: Double {
    (first.standardError * first.standardError + second.standardError * second.standardError).squareRoot()
  }

  public func estimate(_ method: Method = .newcombe, level: Double = 0.95) throws(StatisticsError) -> Estimate {
    try checkLevel(level)
    let z = Normal.standard.quantile(upperTail: (1 - level) / 2)
    let (lower, upper) = limits(method, z)
    return Estimate(
      value: value, standardError: standardError,
      interval: ConfidenceInterval(lower: max(-1, lower), upper: min(1, upper), level: level),
      count: first.trials + second.trials)
  }

  private func limits(_ method: Method, _ z: Double) -> (Double, Double) {
    switch method {
    case .newcombe:
      let (low1, high1) = Proportion.wilson(Double(first.successes), Double(first.trials), z)
      let (low2, high2) = Proportion.wilson(Double(second.successes), Double(second.trials), z)
      let (down1, up1) = (first.value - low1, high1 - first.value)
      let (down2, up2) = (second.value - low2, high2 - second.value)
      return (
        value - (down1 * down1 + up2 * up2).squareRoot(), value + (up1 * up1 + down2 * down2).squareRoot()
      )
    case .agrestiCaffo:
      let (n1, n2) = (Double(first.trials) + 2, Double(second.trials) + 2)
      let (p1, p2) = ((Double(first.successes) + 1) / n1, (Double(second.successes) + 1) / n2)
      let reach = z * (p1 * (1 - p1) / n1 + p2 * (1 - p2) / n2).squareRoot()
      return (p1 - p2 - reach, p1 - p2 + reach)
    case .wald: return (value - z * standardError, value + z * standardError)
    }
  }
}
