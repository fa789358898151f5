extension GroupTimeEffects {
  /// Who the treated are compared with.
  public enum ComparisonGroup: String, Codable, Hashable, Sendable, CaseIterable {
    /// Those who are never treated in the periods observed.
    case neverTreated
    /// Also those who are treated later than the period at hand (and later than anticipation reaches).
    case notYetTreated
  }

  /// From which period a change is counted before the treatment; after it that is always the last period before.
  public enum BasePeriod: String, Codable, Hashable, Sendable, CaseIterable {
    /// The period before each: effects before the treatment are one-period changes.
    case varying
    /// The last period before the treatment (and its anticipation) for all; the effect there is zero by construction.
    case universal
  }

  /// How the rows were gathered.
  public enum Sampling: String, Codable, Hashable, Sendable, CaseIterable {
    /// The same units throughout: units that miss a period are left out and counted.
    case balancedPanel
    /// The same units, some periods missing: all rows are used, as if cross-sections, with errors clustered by unit.
    case unbalancedPanel
    /// Different people in each period.
    case repeatedCrossSections
  }

  public struct Settings: Codable, Hashable, Sendable {
    public var method: ComparisonMethod
    public var comparison: ComparisonGroup
    public var basePeriod: BasePeriod
    /// How many periods before the treatment people may already react.
    public var anticipation: Int
    public var sampling: Sampling
    /// For rows treated as cross-sections with `doublyRobust`: see `DifferenceInDifferences.Settings`.
    public var exactInfluence: Bool
    public var level: Double

    public init(
      method: ComparisonMethod = .doublyRobust, comparison: ComparisonGroup = .neverTreated,
      basePeriod: BasePeriod = .varying, anticipation: Int = 0, sampling: Sampling = .balancedPanel,
      exactInfluence: Bool = false, level: Double = 0.95
    ) {
      self.method = method
      self.comparison = comparison
      self.basePeriod = basePeriod
      self.anticipation = anticipation
      self.sampling = sampling
      self.exactInfluence = exactInfluence
      self.level = level
    }
  }

  /// Whom the estimate is about, and who was left out.
  public struct Sample: Codable, Hashable, Sendable {
    /// Units (rows, for repeated cross-sections) that count.
    public var units: Int
    /// Units treated in the first period already, or so soon that anticipation leaves no period before.
    public var treatedTooEarly: Int
    /// Units that miss a period, left out of a balanced panel.
    public var incomplete: Int
    /// Periods left out because everybody is treated in them.
    public var periodsWithoutComparison: Int
    /// The groups with an effect to estimate: first treated period → units.
    public var groups: [Int: Int]
    /// Units that are never treated in the periods observed.
    public var neverTreated: Int
    /// Groups of fewer units than covariates and five more: their errors are not to be trusted. 0 is never treated.
    public var smallGroups: [Int]
  }
}

/// The average effect on one group, first treated in one period, in one period.
public struct GroupTimeEffect: Hashable, Sendable {
  /// The period in which the group was first treated.
  public var group: Int
  public var period: Int
  /// The period from which the change is counted.
  public var basePeriod: Int
  /// nil when it cannot be estimated; `reason` says why.
  public var effect: Double?
  /// nil as the effect, and where the effect is zero by construction.
  public var standardError: Double?
  public var reason: StatisticsError?

  public var isAfterTreatment: Bool { period >= group }
}
