/// How a count is rounded before it is printed.
public enum Rounding: Hashable, Sendable {
  case none
  /// To the nearest multiple of a base, halves upward. Zero stays zero.
  case nearest(base: Int)

  var base: Int? {
    if case .nearest(let base) = self { base } else { nil }
  }

  func rounded(_ count: Int) -> Int {
    guard let base else { return count }
    return (count + base / 2) / base * base
  }

  /// All whole numbers that are printed as this count is.
  func range(of count: Int) -> ClosedRange<Int> {
    guard let base else { return count...count }
    let printed = rounded(count)
    return (printed - base / 2)...(printed + (base - 1) / 2)
  }
}

extension Rounding: Codable {
  private enum CodingKeys: CodingKey { case nearest }

  /// Written as `none`, or as `nearest` with its base.
  public init(from decoder: any Decoder) throws {
    if let container = try? decoder.singleValueContainer(), let word = try? container.decode(String.self) {
      guard word == "none" else {
        throw DecodingError.dataCorrupted(
          .init(codingPath: decoder.codingPath, debugDescription: "rounding is `none` or `nearest` with its base"))
      }
      self = .none
    } else {
      self = .nearest(base: try decoder.container(keyedBy: CodingKeys.self).decode(Int.self, forKey: .nearest))
    }
  }

  public func encode(to encoder: any Encoder) throws {
    switch self {
    case .none:
      var container = encoder.singleValueContainer()
      try container.encode("none")
    case .nearest(let base):
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(base, forKey: .nearest)
    }
  }
}
