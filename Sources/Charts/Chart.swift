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
}
