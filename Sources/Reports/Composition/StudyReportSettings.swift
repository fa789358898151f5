import Primitives

/// What a report of a study says beside the study: for whom it is, and whether its people are real.
public struct StudyReportSettings: Sendable {
  /// Whose report it is: `Municipality of Waterstad`.
  public var organisation: LocalizedText
  /// Which report it is, such as `half-yearly report 5`; nil when it has no name.
  public var series: LocalizedText?
  /// Whether people and figures are invented. The report then says so at the top and in its last line.
  public var isSynthetic: Bool
  /// Sentences about the register that a reader should know, such as a late correction by a sender.
  public var registerNotes: [LocalizedText]
  /// The command that makes the report again; nil when there is none.
  public var rebuildCommand: String?

  public init(
    organisation: LocalizedText, series: LocalizedText? = nil, isSynthetic: Bool = false,
    registerNotes: [LocalizedText] = [], rebuildCommand: String? = nil
  ) {
    self.organisation = organisation
    self.series = series
    self.isSynthetic = isSynthetic
    self.registerNotes = registerNotes
    self.rebuildCommand = rebuildCommand
  }
}
