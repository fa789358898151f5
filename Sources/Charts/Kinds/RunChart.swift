import Primitives

/// One or more measures, period by period, against a norm. A line breaks where a value is absent, and says why.
public struct RunChart: Hashable, Codable, Sendable {
  public var timeline: Timeline
  public var series: [Series]
  public var norm: Norm?
  public var value: ValueAxis

  public init(timeline: Timeline, series: [Series], norm: Norm? = nil, value: ValueAxis) {
    self.timeline = timeline
    self.series = series
    self.norm = norm
    self.value = value
  }

  /// One line with a value for each period of the timeline.
  public struct Series: Hashable, Codable, Sendable {
    public var name: LocalizedText
    public var tone: SeriesTone
    public var line: LineStyle
    public var values: [ChartValue]
    /// What to say under the name at the end of the line; nil says the last value.
    public var endText: LocalizedText?

    public init(
      name: LocalizedText, tone: SeriesTone = .first, line: LineStyle = .solid, values: [ChartValue],
      endText: LocalizedText? = nil
    ) {
      self.name = name
      self.tone = tone
      self.line = line
      self.values = values
      self.endText = endText
    }
  }

  /// What the plan promised, as a labelled line across: `Plan: 1 : 50`.
  public struct Norm: Hashable, Codable, Sendable {
    public var value: Double
    public var label: LocalizedText

    public init(_ value: Double, label: LocalizedText) {
      self.value = value
      self.label = label
    }
  }
}
