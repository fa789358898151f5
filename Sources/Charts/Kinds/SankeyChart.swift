import Primitives

/// Where people went: columns of nodes, with links as thick as the number of people who took them.
///
/// Also called an alluvial diagram. A link or node whose number is absent is drawn at a fixed thinness and dashed, so
/// its size tells nothing. The links of a node need not sum to it; missing ones leave the node partly bare.
public struct SankeyChart: Hashable, Codable, Sendable {
  public var columns: [Column]
  public var links: [Link]
  public var style: NumberStyle

  /// Every link goes from a node of one column to a node of a later one; an unknown node is a programming error.
  public init(columns: [Column], links: [Link], style: NumberStyle = .count) {
    self.columns = columns
    self.links = links
    self.style = style
  }

  /// One moment or choice, such as `Approach`.
  public struct Column: Hashable, Codable, Sendable {
    public var heading: LocalizedText
    public var nodes: [Node]

    public init(heading: LocalizedText, nodes: [Node]) {
      self.heading = heading
      self.nodes = nodes
    }
  }

  /// One state at one moment. Its identifier is unique in the chart and is never drawn.
  public struct Node: Hashable, Codable, Sendable {
    public var id: String
    public var name: LocalizedText
    public var value: ChartValue
    public var tone: SeriesTone

    public init(id: String, name: LocalizedText, value: ChartValue, tone: SeriesTone) {
      self.id = id
      self.name = name
      self.value = value
      self.tone = tone
    }
  }

  /// The people who went from one node to another. Nil takes the tone of the node it leaves.
  public struct Link: Hashable, Codable, Sendable {
    public var from: String
    public var to: String
    public var value: ChartValue
    public var tone: SeriesTone?

    public init(from: String, to: String, value: ChartValue, tone: SeriesTone? = nil) {
      self.from = from
      self.to = to
      self.value = value
      self.tone = tone
    }
  }
}
