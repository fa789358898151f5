import DataModels
import Primitives
import Registers

/// What is past its term, by field.
public struct RetentionResult: Encodable, Sendable {
  public let schema = "meedoen-retention/1"
  public let report: TermReport
  /// Fields that identify or can harm and have no term.
  public let withoutTerm: [String]
}

extension Workspace {
  /// What is past the terms of the model on a day; taken away when asked.
  public func retention(
    on day: CalendarDate, applying stamp: AuditStamp? = nil
  ) throws(WorkspaceError) -> RetentionResult {
    let stamp = try stamp.map { (stamp) throws(WorkspaceError) in try allow(.applyTerms, by: stamp) }
    let register = try register()
    let report = try storeTask { () throws(RegisterError) in
      if let stamp { return try register.applyTerms(on: day, by: stamp) }
      return try register.termReport(on: day)
    }
    return RetentionResult(
      report: report,
      withoutTerm: model.records.flatMap { record in
        record.fields.filter {
          $0.privacy != .plain && model.processing.term(record: record.id, field: $0.id) == nil
        }.map { "\(record.id).\($0.id)" }
      })
  }
}
