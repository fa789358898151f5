/// How different two values of a scale are: the squared difference δ² of Krippendorff.
public enum AgreementMetric: String, Codable, Hashable, Sendable, CaseIterable {
  /// Equal or not.
  case nominal
  /// By the values that lie between them in the data.
  case ordinal
  /// (c − k)².
  case interval
  /// ((c − k) / (c + k))²; values of zero or more.
  case ratio

  /// δ² of each pair of values.
  ///
  /// - Parameters:
  ///   - values: distinct and ascending.
  ///   - frequencies: how often each occurs among pairable values.
  func differences(_ values: [Double], _ frequencies: [Double]) -> [[Double]] {
    let cumulated = frequencies.indices.map { frequencies[...$0].reduce(0, +) }
    return values.indices.map { c in
      values.indices.map { k in
        guard c != k else { return 0 }
        switch self {
        case .nominal: return 1
        case .ordinal:
          let (low, high) = (min(c, k), max(c, k))
          // All between, the ends counted half.
          let between = cumulated[high] - cumulated[low] + (frequencies[low] - frequencies[high]) / 2
          return between * between
        case .interval: return (values[c] - values[k]) * (values[c] - values[k])
        case .ratio:
          let share = (values[c] - values[k]) / (values[c] + values[k])
          return share * share
        }
      }
    }
  }
}
