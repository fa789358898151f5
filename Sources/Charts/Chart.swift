import Primitives

/// A chart as a value: what to show, not how. Every number in it is already fit to be seen.
///
/// Drawn twice for a page, ``Size/wide`` and ``Size/narrow``; the style sheet shows the one that fits.
public enum Chart: Hashable, Codable, Sendable {
  case cumulativeCurves(CumulativeCurveChart)
  case sankey(SankeyChart)
  case stateBands(StateBandChart)
  case run(RunChart)
  case dotIntervals(DotIntervalChart)

  /// The width for which a chart is laid out, in units that are pixels at full size.
  public struct Size: Hashable, Sendable {
    public var width: Double
    /// The class of the drawing, by which the style sheet shows or hides it.
    public var className: String

    /// Labels beside marks, for a screen of a desk or a sheet of paper.
    public static let wide = Size(width: 880, className: "wide")
    /// Fewer marks, labels above and below, for a telephone.
    public static let narrow = Size(width: 360, className: "narrow")

    var isNarrow: Bool { width < 560 }
  }

  /// The chart as one SVG element with its own title and description, for use inside an HTML page.
  ///
  /// Colours are custom properties (``SeriesTone/property``), so the page's theme applies. Coordinates have one decimal,
  /// and no number is written that the chart was not given.
  ///
  /// - Parameters:
  ///   - title: read out as the name of the image.
  ///   - description: what a reader who cannot see the image should know.
  ///   - prefix: begins every identifier in the drawing; unique on the page. Letters, digits and hyphens.
  public func svg(
    _ size: Size = .wide, in language: Language, title: String, description: String, prefix: String
  ) -> String {
    drawing(size, in: language).svg(title: title, description: description, prefix: prefix, className: size.className)
  }

  func drawing(_ size: Size, in language: Language) -> Drawing {
    switch self {
    case .cumulativeCurves(let chart): chart.drawing(size, in: language)
    case .sankey(let chart): chart.drawing(size, in: language)
    case .stateBands(let chart): chart.drawing(size, in: language)
    case .run(let chart): chart.drawing(size, in: language)
    case .dotIntervals(let chart): chart.drawing(size, in: language)
    }
  }
}
