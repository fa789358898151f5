import DisclosureControl
import Primitives
import SubmissionCycles

/// What the page of a period is made of. Counts of rows and people in it are protected.
public struct CycleReportContents: Sendable {
  public var organisation: LocalizedText
  public var isSynthetic: Bool
  public var asKnownOn: CalendarDate
  public var status: PeriodStatus
  public var punctuality: [ProviderPunctuality]
  /// Rows read, taken in and held about the period: a row for each provider, columns `read`, `accepted`, `held`.
  public var rows: DisclosedTable?
  /// What is expected of people: a row for each expectation, a column for each standing.
  public var expected: DisclosedTable?
  /// The titles of the expectations, by id.
  public var expectations: [String: LocalizedText]

  public init(
    organisation: LocalizedText, isSynthetic: Bool, asKnownOn: CalendarDate, status: PeriodStatus,
    punctuality: [ProviderPunctuality], rows: DisclosedTable?, expected: DisclosedTable?,
    expectations: [String: LocalizedText]
  ) {
    self.organisation = organisation
    self.isSynthetic = isSynthetic
    self.asKnownOn = asKnownOn
    self.status = status
    self.punctuality = punctuality
    self.rows = rows
    self.expected = expected
    self.expectations = expectations
  }
}
