/// The colour role of a series. The page's theme says which colour it is, by day and by night.
///
/// Neighbouring tones differ in lightness as well as in hue. The same thing has the same tone in every figure.
public enum SeriesTone: String, CaseIterable, Codable, Hashable, Sendable {
  /// What the report is about, such as the new approach or paid work.
  case first
  /// What it is compared with, or the second outcome.
  case second
  case third
  case fourth
  case fifth
  case sixth
  /// What should recede, such as waiting or the rest.
  case quiet
  /// A whole, such as everybody at the start.
  case whole

  /// The custom property of the style sheet that holds the colour, such as `--series-1`.
  public var property: String {
    switch self {
    case .first: "--series-1"
    case .second: "--series-2"
    case .third: "--series-3"
    case .fourth: "--series-4"
    case .fifth: "--series-5"
    case .sixth: "--series-6"
    case .quiet: "--series-quiet"
    case .whole: "--series-whole"
    }
  }

  /// The tone of the n-th series, from 0, when nothing better is known.
  public static func ordinal(_ index: Int) -> SeriesTone {
    [.first, .second, .third, .fourth, .fifth, .sixth][index % 6]
  }
}

/// How a line is drawn, so that lines differ without colour.
public enum LineStyle: String, CaseIterable, Codable, Hashable, Sendable {
  case solid, dashed, dotted, longDashed

  /// The style of the n-th line, from 0, when nothing better is known.
  public static func ordinal(_ index: Int) -> LineStyle { allCases[index % allCases.count] }

  var dashes: String? {
    switch self {
    case .solid: nil
    case .dashed: "6 4"
    case .dotted: "1.5 4"
    case .longDashed: "12 4"
    }
  }
}
