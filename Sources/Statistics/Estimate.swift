/// A number with what is needed to judge it.
public struct Estimate: Codable, Hashable, Sendable {
  public var value: Double
  /// nil where the variance is not defined (for instance Greenwood's once the survival is 0).
  public var standardError: Double?
  public var interval: ConfidenceInterval
  /// How many observations it rests on.
  public var count: Int

  public init(value: Double, standardError: Double?, interval: ConfidenceInterval, count: Int) {
    self.value = value
    self.standardError = standardError
    self.interval = interval
    self.count = count
  }
}

/// Two limits that cover the true value in the stated share of repetitions.
public struct ConfidenceInterval: Codable, Hashable, Sendable {
  /// nil where the limit is not defined or not reached.
  public var lower: Double?
  public var upper: Double?
  /// The share of repetitions, for instance 0.95.
  public var level: Double

  public init(lower: Double?, upper: Double?, level: Double) {
    self.lower = lower
    self.upper = upper
    self.level = level
  }
}
