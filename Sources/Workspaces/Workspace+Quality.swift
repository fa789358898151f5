import DataModels
import DisclosureControl
import Primitives
import Registers
import Reports
import Studies
import Submissions

extension Workspace {
  /// How complete and clean the data were that a report is made of, protected like everything else in it.
  func quality(
    _ register: Register, asKnownOn day: CalendarDate?, policy: DisclosurePolicy
  ) throws(WorkspaceError) -> DataQualitySummary {
    let returns = try storeTask { () throws(RegisterError) in try register.returns(asKnownOn: day) }
    let status = try storeTask { () throws(RegisterError) in try register.status() }
    let periods = returns.map(\.period)
    var summary = DataQualitySummary(
      received: returns.count, late: lateReturns(returns), missing: missingReturns(returns),
      periods: periods.min().flatMap { first in periods.max().map { first...$0 } })

    // Rows that wait are known for the present only, so a report of a day in the past has no such column.
    let columns = DataQualitySummary.Column.allCases.filter { $0 != .waiting || day == nil }
    var ids: [String] = []
    var cells: [[CountCell]] = []
    var relations: [AdditiveRelation] = []
    for record in model.records {
      let parts = returns.flatMap { $0.summary.records.filter { $0.record == record.id } }
      if parts.isEmpty { continue }
      ids.append(record.id)
      summary.records.append(DataQualitySummary.Record(id: record.id, title: record.title))
      var counts: [CountCell] = [
        .count(parts.reduce(0) { $0 + $1.rows }), .count(parts.reduce(0) { $0 + $1.accepted }),
        .count(parts.reduce(0) { $0 + $1.held }),
      ]
      if columns.contains(.waiting) {
        counts.append(.count(status.records.first { $0.record == record.id }?.waiting ?? 0))
      }
      cells.append(counts)
      relations.append(
        AdditiveRelation(
          total: CellID(table: "rows", row: record.id, column: "read"),
          parts: [
            CellID(table: "rows", row: record.id, column: "accepted"),
            CellID(table: "rows", row: record.id, column: "held"),
          ]))
    }
    if !ids.isEmpty {
      let table = CountTable(
        id: "rows", rows: ids, columns: columns.map(\.rawValue), cells: cells,
        relations: relations)
      do throws(DisclosureControlError) {
        summary.rows = try policy.protect(table)
      } catch {
        throw .studyFailed(.notProtected(error))
      }
    }
    summary.erased = try erasedPeople(register, asKnownOn: day, policy)
    return summary
  }

  /// People known on a day who were erased since, by what is left of them.
  private func erasedPeople(
    _ register: Register, asKnownOn day: CalendarDate?, _ policy: DisclosurePolicy
  ) throws(WorkspaceError) -> DisclosedTable? {
    let counts = try storeTask { () throws(RegisterError) in try register.erasedPeopleByResidue(asKnownOn: day) }
    guard !counts.isEmpty else { return nil }
    // Both kinds only where both occur: an empty row would say that the setting was never changed.
    let kinds = DataQualitySummary.ErasedKind.allCases.filter { kind in
      ErasureResidue(rawValue: kind.rawValue).map { counts[$0] != nil } ?? false
    }
    let table = CountTable(
      id: "erased", rows: kinds.map(\.rawValue), columns: ["people"],
      cells: kinds.map { [.count(ErasureResidue(rawValue: $0.rawValue).flatMap { counts[$0] } ?? 0)] })
    do throws(DisclosureControlError) {
      return try policy.protect(table)
    } catch {
      throw .studyFailed(.notProtected(error))
    }
  }

  /// Returns received after their due day; nil when the model names none.
  private func lateReturns(_ returns: [StoredReturn]) -> Int? {
    guard let cycle = model.cycle, cycle.every == .month else { return nil }
    return returns.count { $0.receivedOn > $0.period.adding(months: 1).firstDay.adding(days: cycle.dueDay - 1) }
  }

  /// Months between a provider's first and the programme's last without a return of it; nil when returns are not monthly.
  private func missingReturns(_ returns: [StoredReturn]) -> Int? {
    guard model.cycle?.every == .month, let last = returns.map(\.period).max() else { return nil }
    return Dictionary(grouping: returns, by: \.provider).values.reduce(0) { missing, own in
      let periods = Set(own.map(\.period))
      return missing + last.months(since: periods.min()!) + 1 - periods.count
    }
  }
}
