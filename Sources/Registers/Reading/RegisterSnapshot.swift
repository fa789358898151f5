import DataModels
import Fingerprints
import Primitives
import Tables

/// The register as it was known at the end of one day: every live record of every person, in typed columns.
///
/// Rows of a record are ordered by person, so a person's rows are one range.
public struct RegisterSnapshot: Sendable {
  /// The rows of one record.
  public struct RecordRows: Sendable {
    /// One column per field, named and ordered as in the model. Fields that identify hold pseudonyms.
    public let table: Table
    /// Person `i` has the rows `starts[i] ..< starts[i + 1]`; one entry more than there are people.
    public let starts: [Int32]

    public init(table: Table, starts: [Int32]) {
      self.table = table
      self.starts = starts
    }
  }

  public let model: DataModel
  public let asKnownOn: CalendarDate
  /// Of the contents: equal snapshots have equal fingerprints, however they came about.
  public let fingerprint: Fingerprint
  /// Pseudonyms of the people that have a person record, ascending.
  public let people: [String]
  /// By the place of the record in the model.
  public let records: [RecordRows]
  /// How many returns it was made from.
  public let returnCount: Int
  /// For each record, whether each field is a year, which a column keeps as a whole number.
  let isYear: [[Bool]]

  public init(
    model: DataModel, asKnownOn: CalendarDate, fingerprint: Fingerprint, people: [String], records: [RecordRows],
    returnCount: Int
  ) {
    precondition(records.count == model.records.count, "a snapshot has every record of its model")
    self.model = model
    self.asKnownOn = asKnownOn
    self.fingerprint = fingerprint
    self.people = people
    self.records = records
    self.returnCount = returnCount
    isYear = model.records.map { $0.fields.map { $0.type == .year && !$0.privacy.isIdentifying } }
  }

  /// The records of one person, for conditions.
  public func person(_ index: Int) -> SnapshotPerson { SnapshotPerson(snapshot: self, index: index) }
}

/// One person of a snapshot, as conditions see them.
public struct SnapshotPerson: PersonRecords {
  let snapshot: RegisterSnapshot
  let index: Int

  public func rows(ofRecord record: Int) -> Range<Int> {
    let starts = snapshot.records[record].starts
    return Int(starts[index])..<Int(starts[index + 1])
  }

  public func value(record: Int, row: Int, field: Int) -> Value {
    let value = snapshot.records[record].table.columns[field][row]
    if case .integer(let year) = value, snapshot.isYear[record][field] { return .year(year) }
    return value
  }
}
