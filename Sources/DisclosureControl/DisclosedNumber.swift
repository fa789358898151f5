/// A count of people that may be printed.
public struct DisclosedCount: Hashable, Encodable, Sendable {
  public let value: DisclosedValue

  init(value: DisclosedValue) { self.value = value }
}

/// A share of people that may be printed.
public struct DisclosedShare: Hashable, Encodable, Sendable {
  /// In percent.
  public let percentage: DisclosedValue
  /// Digits after the decimal sign.
  public let decimals: Int
  public let numerator: DisclosedCount
  public let denominator: DisclosedCount

  init(percentage: DisclosedValue, decimals: Int, numerator: DisclosedCount, denominator: DisclosedCount) {
    self.percentage = percentage
    self.decimals = decimals
    self.numerator = numerator
    self.denominator = denominator
  }
}

/// A mean or a quantile over people that may be printed, in the unit of what is averaged.
public struct DisclosedMean: Hashable, Encodable, Sendable {
  private enum CodingKeys: CodingKey { case value, decimals }

  public let value: DisclosedValue
  /// Digits after the decimal sign.
  public let decimals: Int
  public let contributors: DisclosedCount

  init(value: DisclosedValue, decimals: Int, contributors: DisclosedCount) {
    self.value = value
    self.decimals = decimals
    self.contributors = contributors
  }
}

/// A number of people for each unit of something, such as a caseload, that may be printed.
public struct DisclosedRate: Hashable, Encodable, Sendable {
  public let value: DisclosedValue
  /// Digits after the decimal sign.
  public let decimals: Int
  public let people: DisclosedCount

  init(value: DisclosedValue, decimals: Int, people: DisclosedCount) {
    self.value = value
    self.decimals = decimals
    self.people = people
  }
}

/// An estimate with its interval, such as the effect in a forest plot, that may be printed.
public struct DisclosedEstimate: Hashable, Encodable, Sendable {
  private enum CodingKeys: CodingKey { case value, lower, upper, decimals }

  public let value: DisclosedValue
  public let lower: DisclosedValue
  public let upper: DisclosedValue
  /// Digits after the decimal sign.
  public let decimals: Int
  /// One count for each group of people that carries the estimate, in the order in which they were given. Not
  /// encoded: beside each other such counts tell more than each alone.
  public let contributors: [DisclosedCount]

  init(
    value: DisclosedValue, lower: DisclosedValue, upper: DisclosedValue, decimals: Int, contributors: [DisclosedCount]
  ) {
    self.value = value
    self.lower = lower
    self.upper = upper
    self.decimals = decimals
    self.contributors = contributors
  }
}
