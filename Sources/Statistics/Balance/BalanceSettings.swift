/// By which standard deviation a difference in means is divided.
///
/// Always of the sample before matching or weighting, so that a smaller difference afterwards is a smaller difference and
/// not a larger spread.
public enum BalanceDenominator: String, Codable, Hashable, Sendable, CaseIterable {
  /// Of the treated: usual for the effect among them.
  case treated
  /// Of the controls.
  case control
  /// The root of the average of both groups' variances: usual for the effect among all.
  case pooled
  /// Of both groups together.
  case all
  /// Of both groups together with the weights that balance them (cobalt's `weighted`).
  case weighted

  /// What MatchIt and cobalt use for an estimand.
  public init(_ estimand: MatchingEstimand) {
    switch estimand {
    case .treated: self = .treated
    case .control: self = .control
    case .all: self = .pooled
    }
  }
}

/// How a table of balance is made.
public struct BalanceSettings: Codable, Hashable, Sendable {
  public var denominator: BalanceDenominator
  /// Whether differences in binary variables (and levels of factors) are divided too. MatchIt does, cobalt does not.
  public var standardisesBinary: Bool
  /// Whether squares and products of two columns get rows of their own.
  public var interactions: Bool
  /// Whether the average distance between matched units is computed.
  public var pairDistances: Bool

  public init(
    denominator: BalanceDenominator, standardisesBinary: Bool = true, interactions: Bool = false,
    pairDistances: Bool = true
  ) {
    self.denominator = denominator
    self.standardisesBinary = standardisesBinary
    self.interactions = interactions
    self.pairDistances = pairDistances
  }
}

/// How alike two groups are on one column, before or after matching.
public struct CovariateBalance: Codable, Hashable, Sendable {
  public var meanTreated: Double
  public var meanControl: Double
  /// The difference of the means over the standard deviation named; the plain difference when it is below 1.5e-8 or
  /// when neither group has two units that count. nil when the standard deviation is zero and the difference is not.
  public var standardisedDifference: Double?
  /// The variance of the treated over that of the controls; nil for a binary column and where the controls have none.
  public var varianceRatio: Double?
  /// The average of the differences between the two empirical distribution functions at the distinct values.
  public var averageDistributionDifference: Double?
  /// The largest of these differences: Kolmogorov and Smirnov's statistic.
  public var largestDistributionDifference: Double?
  /// The average absolute difference between matched units, divided as the difference of the means is (as MatchIt: not
  /// divided when that is zero).
  public var standardisedPairDistance: Double?
}

/// One column of a table of balance.
public struct BalanceRow: Codable, Hashable, Sendable {
  public enum Kind: String, Codable, Hashable, Sendable {
    /// The score that was matched on.
    case score
    case numeric
    /// 0 and 1, a level of a factor for instance.
    case binary
    /// A square or a product.
    case interaction
  }

  public var name: String
  public var kind: Kind
  public var before: CovariateBalance
  /// nil when there is no matching or weighting.
  public var after: CovariateBalance?
}
