import DataModels
import Fingerprints
import Primitives
import Registers
import Submissions
import Tables

/// The returns that a workspace received.
public struct SubmissionList: Encodable, Sendable {
  public let schema = "meedoen-submissions/1"
  public let asKnownOn: CalendarDate?
  public let returns: [StoredReturn]
}

/// Rows that were not taken in because of an error, with where they stand in the files that were sent.
public struct HeldRowList: Encodable, Sendable {
  public struct Row: Encodable, Sendable {
    public let provider: String
    public let period: CalendarMonth
    public let receivedOn: CalendarDate
    /// Of the return.
    public let fingerprint: Fingerprint
    public let file: String
    public let sheet: String?
    public let row: Int
    public let record: String
    /// Of its errors; no value of the row is kept in the register.
    public let codes: [FindingCode]
  }

  public let schema = "meedoen-held-rows/1"
  public let asKnownOn: CalendarDate?
  public let rows: [Row]
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
  /// People who were known by then and have been erased since: no day shows them any more.
  public let erased: Int
  public let returns: Int
  public let firstPeriod: CalendarMonth?
  public let lastPeriod: CalendarMonth?
  public let records: [Record]
}

extension Workspace {
  /// The returns received until a day, by period; only those of a provider or about a month when one is given.
  public func submissions(
    asKnownOn day: CalendarDate?, provider: String? = nil, period: CalendarMonth? = nil
  ) throws(WorkspaceError) -> SubmissionList {
    let register = try registerForReading()
    return try storeTask { () throws(RegisterError) in
      SubmissionList(asKnownOn: day, returns: try register.returns(day, provider, period, includingWithdrawn: true))
    }
  }

  /// The held rows of the returns received until a day, by return and place.
  public func heldRows(
    asKnownOn day: CalendarDate?, provider: String? = nil, period: CalendarMonth? = nil
  ) throws(WorkspaceError) -> HeldRowList {
    let register = try registerForReading()
    return try storeTask { () throws(RegisterError) in
      var rows: [HeldRowList.Row] = []
      for item in try register.returns(day, provider, period) where item.summary.held > 0 {
        rows += try register.heldRows(of: item.fingerprint).map { held in
          HeldRowList.Row(
            provider: item.provider, period: item.period, receivedOn: item.receivedOn, fingerprint: item.fingerprint,
            file: held.file, sheet: held.sheet, row: held.row, record: held.record, codes: held.codes)
        }
      }
      return HeldRowList(asKnownOn: day, rows: rows)
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
        fingerprint: snapshot.fingerprint, people: snapshot.people.count,
        erased: try register.erasedPeople(asKnownOn: day), returns: periods.count,
        firstPeriod: periods.min(), lastPeriod: periods.max(),
        records: zip(model.records, snapshot.records).map { record, rows in
          RegisterOverview.Record(
            record: record.id, rows: rows.table.rowCount, waiting: day == nil ? waiting[record.id] ?? 0 : nil)
        })
    }
  }
}

extension Register {
  fileprivate func returns(
    _ day: CalendarDate?, _ provider: String?, _ period: CalendarMonth?, includingWithdrawn: Bool = false
  ) throws(RegisterError) -> [StoredReturn] {
    try returns(asKnownOn: day, includingWithdrawn: includingWithdrawn).filter {
      (provider == nil || $0.provider == provider) && (period == nil || $0.period == period)
    }
  }
}
