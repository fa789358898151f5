/// In which direction a test looks.
public enum Alternative: String, Codable, Hashable, Sendable, CaseIterable {
  /// The effect is above its value under the hypothesis.
  case greater
  /// The effect is below it.
  case less
  /// Either; twice the smaller one-sided p-value, at most 1.
  case twoSided
}
