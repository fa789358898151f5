import Primitives

/// The axis along which values are read.
public struct ValueAxis: Hashable, Codable, Sendable {
  /// What is measured and in which unit, said once: `People`, `Months`.
  public var title: LocalizedText
  public var style: NumberStyle
  /// The lowest value drawn; nil takes zero, or less when a value is below zero.
  public var minimum: Double?
  /// The highest value drawn; nil takes the first round number that holds all values.
  public var maximum: Double?

  public init(
    _ title: LocalizedText, style: NumberStyle = .count, minimum: Double? = nil, maximum: Double? = nil
  ) {
    self.title = title
    self.style = style
    self.minimum = minimum
    self.maximum = maximum
  }
}
