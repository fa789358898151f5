import Primitives

/// How many people are in each state, period by period, stacked: areas for months, bars for a few periods.
///
/// A state whose number is absent in a period takes no height there; a dashed line marks its place.
public struct StateBandChart: Hashable, Codable, Sendable {
  public var timeline: Timeline
  /// From the bottom up.
  public var states: [State]
  public var form: Form
  public var value: ValueAxis

  public init(timeline: Timeline, states: [State], form: Form = .areas, value: ValueAxis) {
    self.timeline = timeline
    self.states = states
    self.form = form
    self.value = value
  }

  public enum Form: String, Codable, Hashable, Sendable {
    case areas, bars
  }

  /// One state with a value for each period of the timeline.
  public struct State: Hashable, Codable, Sendable {
    public var name: LocalizedText
    public var tone: SeriesTone
    public var values: [ChartValue]

    public init(name: LocalizedText, tone: SeriesTone, values: [ChartValue]) {
      self.name = name
      self.tone = tone
      self.values = values
    }
  }
}
