import Primitives

/// How many people have reached something, by the time since the start: one step curve per group, with its interval.
///
/// Also called a cumulative incidence plot; with `1 − survival` a Kaplan-Meier plot. Rows below the axis say how many
/// people are still followed. A curve that stops before the end of the axis has a closing mark and may say why.
public struct CumulativeCurveChart: Hashable, Codable, Sendable {
  public var curves: [Curve]
  public var time: TimeAxis
  public var value: ValueAxis
  /// The heading of the rows below the axis: `People still followed`.
  public var atRiskTitle: LocalizedText

  public init(
    curves: [Curve], time: TimeAxis, value: ValueAxis,
    atRiskTitle: LocalizedText = LocalizedText("Followed, and not there yet", nl: "Gevolgd, en nog niet zover")
  ) {
    self.curves = curves
    self.time = time
    self.value = value
    self.atRiskTitle = atRiskTitle
  }

  /// One group's curve.
  public struct Curve: Hashable, Codable, Sendable {
    public var name: LocalizedText
    public var tone: SeriesTone
    public var line: LineStyle
    /// The steps by time; each value holds until the next. The last point is where the curve ends.
    public var points: [Point]
    /// What to say beside the end of the line, under the name: `45%`. Nil says the last value.
    public var endText: LocalizedText?
    /// Why the curve ends before the axis does: `fewer than 10 followed`.
    public var stopReason: LocalizedText?
    /// How many people are followed at each of the axis' marks, from the first; may be shorter.
    public var atRisk: [ChartValue]

    public init(
      name: LocalizedText, tone: SeriesTone, line: LineStyle, points: [Point], endText: LocalizedText? = nil,
      stopReason: LocalizedText? = nil, atRisk: [ChartValue] = []
    ) {
      self.name = name
      self.tone = tone
      self.line = line
      self.points = points
      self.endText = endText
      self.stopReason = stopReason
      self.atRisk = atRisk
    }
  }

  /// A step: from this time on the curve has this value, certain between these bounds.
  public struct Point: Hashable, Codable, Sendable {
    public var time: Double
    public var value: Double
    public var lower: Double?
    public var upper: Double?

    public init(time: Double, value: Double, lower: Double? = nil, upper: Double? = nil) {
      self.time = time
      self.value = value
      self.lower = lower
      self.upper = upper
    }
  }

  /// Time since the start, from 0.
  public struct TimeAxis: Hashable, Codable, Sendable {
    /// `Months since settlement`.
    public var title: LocalizedText
    public var end: Double
    /// The distance between marks, such as 6 months.
    public var step: Double

    public init(_ title: LocalizedText, end: Double, step: Double) {
      self.title = title
      self.end = end
      self.step = step
    }

    /// The times of the marks: 0, step, 2 step … up to the end.
    public var marks: [Double] {
      guard step > 0, end > 0 else { return [0] }
      return (0...Int((end / step + 1e-9).rounded(.down))).map { Double($0) * step }
    }
  }
}
