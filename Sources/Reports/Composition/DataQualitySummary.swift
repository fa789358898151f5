import DisclosureControl
import Primitives

/// How complete and how clean the data were: which returns came in, and what became of their rows.
///
/// Returns are files of organisations and are counted as they are. Rows belong to people, so a small number of them is
/// protected like a small number of people.
public struct DataQualitySummary: Sendable {
  /// Returns that are in.
  public var received: Int
  /// Returns, among those that are in, that came after their due day; nil when no due day is known.
  public var late: Int?
  /// Returns that were due and are not in; nil when it is not known who had to send.
  public var missing: Int?
  /// The months that the returns are about.
  public var periods: ClosedRange<CalendarMonth>?
  /// The records of the data model, in order, with the ids of the rows of ``rows``.
  public var records: [Record]
  /// A row for each record; columns from ``Column``, those that are known. Nil when rows were not counted.
  public var rows: DisclosedTable?
  /// People who were known on the day of the report and have been erased since, in the column `people`: a row for each
  /// ``ErasedKind``. Nil when nobody was.
  public var erased: DisclosedTable?

  public init(
    received: Int, late: Int? = nil, missing: Int? = nil, periods: ClosedRange<CalendarMonth>? = nil,
    records: [Record] = [], rows: DisclosedTable? = nil
  ) {
    self.received = received
    self.late = late
    self.missing = missing
    self.periods = periods
    self.records = records
    self.rows = rows
  }

  /// A record of the data model: its id and its title.
  public struct Record: Hashable, Sendable {
    public var id: String
    public var title: LocalizedText

    public init(id: String, title: LocalizedText) {
      self.id = id
      self.title = title
    }
  }

  /// What a row of a return can be; the raw values are the ids of the columns of ``rows``.
  public enum Column: String, CaseIterable, Sendable {
    /// Rows that were read.
    case read
    /// Rows that were taken in.
    case accepted
    /// Rows that are kept apart, because something in them is wrong.
    case held
    /// Rows that were taken in and wait for the record of their person.
    case waiting
  }

  /// What is left of people who were erased; the raw values are the ids of the rows of ``erased``.
  public enum ErasedKind: String, CaseIterable, Sendable {
    /// Nothing: they are in no figure.
    case nothing
    /// Values that point to nobody: they are still counted.
    case statistical
  }
}
