import Primitives

/// One value per row, as a dot with its interval or as a bar: effects by method, months per state, shares by group.
///
/// With a value before, also called a Love plot (covariate balance) or a dumbbell plot.
public struct DotIntervalChart: Hashable, Codable, Sendable {
  public var groups: [Group]
  public var form: Form
  public var value: ValueAxis
  /// Labelled lines across all rows, such as the limit of a balance measure. Zero has its line without being asked.
  public var references: [Reference]
  /// What the open and the filled mark stand for, when rows have a value before: (`before`, `after weighting`).
  public var before: LocalizedText?
  public var after: LocalizedText?

  public init(
    groups: [Group], form: Form = .dots, value: ValueAxis, references: [Reference] = [], before: LocalizedText? = nil,
    after: LocalizedText? = nil
  ) {
    self.groups = groups
    self.form = form
    self.value = value
    self.references = references
    self.before = before
    self.after = after
  }

  /// A chart of rows without groups.
  public init(rows: [Row], form: Form = .dots, value: ValueAxis, references: [Reference] = []) {
    self.init(groups: [Group(rows: rows)], form: form, value: value, references: references)
  }

  public enum Form: String, Codable, Hashable, Sendable {
    case dots, bars
  }

  /// Rows under one heading.
  public struct Group: Hashable, Codable, Sendable {
    public var heading: LocalizedText?
    public var rows: [Row]

    public init(heading: LocalizedText? = nil, rows: [Row]) {
      self.heading = heading
      self.rows = rows
    }
  }

  /// One named value with its interval.
  public struct Row: Hashable, Codable, Sendable {
    public var name: LocalizedText
    public var value: ChartValue
    public var lower: Double?
    public var upper: Double?
    public var before: ChartValue?
    public var tone: SeriesTone
    /// Whether this is the row to look at first, such as the main analysis.
    public var isMain: Bool

    public init(
      name: LocalizedText, value: ChartValue, lower: Double? = nil, upper: Double? = nil, before: ChartValue? = nil,
      tone: SeriesTone = .first, isMain: Bool = false
    ) {
      self.name = name
      self.value = value
      self.lower = lower
      self.upper = upper
      self.before = before
      self.tone = tone
      self.isMain = isMain
    }
  }

  /// A labelled line at one value.
  public struct Reference: Hashable, Codable, Sendable {
    public var value: Double
    public var label: LocalizedText

    public init(_ value: Double, label: LocalizedText) {
      self.value = value
      self.label = label
    }
  }
}
