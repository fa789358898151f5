import DataModels
import Fingerprints
import Primitives
import Registers
import Tables

/// The returns that a workspace received.
public struct SubmissionList: Encodable, Sendable {
  public let schema = "meedoen-submissions/1"
  public let asKnownOn: CalendarDate?
  public let returns: [StoredReturn]
}

/// How much is known on a day, and its fingerprint.
public struct RegisterOverview: Encodable, Sendable {
  public struct Record: Encodable, Sendable {
    public let record: String
    /// Rows that count: of people who have a person record.
    public let rows: Int
    /// Rows that wait for the record of their person; null for a day in the past.
    public let waiting: Int?
  }

  public let schema = "meedoen-register/1"
  public let title: String
  public let model: String
  public let modelVersion: String
  /// The day; null for all that is known.
  public let asKnownOn: CalendarDate?
  /// Of what is known on that day: equal registers have equal fingerprints.
  public let fingerprint: Fingerprint
  public let people: Int
  public let returns: Int
  public let firstPeriod: CalendarMonth?
  public let lastPeriod: CalendarMonth?
  public let records: [Record]
}

extension Workspace {
  /// The returns received until a day, by period.
  public func submissions(asKnownOn day: CalendarDate?) throws(WorkspaceError) -> SubmissionList {
    let register = try registerForReading()
    return try storeTask { () throws(RegisterError) in
      SubmissionList(asKnownOn: day, returns: try register.returns(asKnownOn: day))
    }
  }

  /// What the register holds, as it is known on a day.
  public func registerStatus(asKnownOn day: CalendarDate?) throws(WorkspaceError) -> RegisterOverview {
    let register = try registerForReading()
    return try storeTask { () throws(RegisterError) in
      let snapshot = try register.snapshot(asKnownOn: day)
      let periods = try register.returns(asKnownOn: day).map(\.period)
      var waiting: [String: Int] = [:]
      if day == nil {
        for record in try register.status().records { waiting[record.record] = record.waiting }
      }
      return RegisterOverview(
        title: settings.title, model: model.id, modelVersion: model.version, asKnownOn: day,
        fingerprint: snapshot.fingerprint, people: snapshot.people.count, returns: periods.count,
        firstPeriod: periods.min(), lastPeriod: periods.max(),
        records: zip(model.records, snapshot.records).map { record, rows in
          RegisterOverview.Record(
            record: record.id, rows: rows.table.rowCount, waiting: day == nil ? waiting[record.id] ?? 0 : nil)
        })
    }
  }
}
