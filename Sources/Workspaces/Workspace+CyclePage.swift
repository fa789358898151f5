import DataModels
import DisclosureControl
import Foundation
import Primitives
import Registers
import Reports
import Studies
import SubmissionCycles

/// The pages of a period that were written.
public struct CyclePages: Encodable, Sendable {
  public let schema = "meedoen-cycle-pages/1"
  public let period: String
  public let asKnownOn: CalendarDate
  public let files: [String]
}

extension Workspace {
  /// Writes the page of a period in every language, with protected counts, so that it can be shown to all.
  ///
  /// - Parameter month: any month of the period; nil for the last one whose due day has passed, or else the last.
  public func writeCyclePages(
    _ month: CalendarMonth?, asKnownOn day: CalendarDate
  ) throws(WorkspaceError) -> CyclePages {
    let register = try registerForReading()
    let book = try cycleBook(register, asKnownOn: day)
    let overview = try cycleOverview(asKnownOn: day)
    let periods = book.periods
    let last = periods.last { book.cycle.dueOn($0) < day } ?? periods.last
    let period = month.map { book.period(containing: $0) } ?? last ?? book.period(containing: day.month)
    let status = book.status(of: period)
    let contents = CycleReportContents(
      organisation: LocalizedText(settings.title), isSynthetic: settings.isSynthetic, asKnownOn: day, status: status,
      punctuality: book.punctuality(of: periods.map { book.status(of: $0) }), rows: try protectedRows(status),
      expected: try protectedExpectations(overview.expected),
      expectations: Dictionary(uniqueKeysWithValues: model.expectations.map { ($0.id, $0.title) }))
    let report = Report(cycle: contents)
    var files: [String] = []
    for language in Language.allCases {
      let other: Language = language == .dutch ? .english : .dutch
      let name = "cycle.\(period.name)"
      let file = reports.appendingPathComponent("\(name).\(language.rawValue).html")
      let renderer = HTMLRenderer(language: language, translation: .init(other, at: "\(name).\(other.rawValue).html"))
      try writeText(renderer.render(report), to: file)
      files.append(file.path)
    }
    return CyclePages(period: period.name, asKnownOn: day, files: files)
  }

  private func protectedRows(_ status: PeriodStatus) throws(WorkspaceError) -> DisclosedTable? {
    let sent = status.providers.filter { $0.returns > 0 }
    guard !sent.isEmpty else { return nil }
    return try protected(
      CountTable(
        id: "rows", rows: sent.map(\.provider), columns: ["read", "accepted", "held"],
        cells: sent.map { [.count($0.rows), .count($0.accepted), .count($0.held)] },
        relations: sent.map { provider in
          AdditiveRelation(
            total: CellID(table: "rows", row: provider.provider, column: "read"),
            parts: ["accepted", "held"].map { CellID(table: "rows", row: provider.provider, column: $0) })
        }))
  }

  private func protectedExpectations(
    _ expected: [CycleOverview.Expected]
  ) throws(WorkspaceError) -> DisclosedTable? {
    let standings = ExpectedOutcome.Standing.allCases
    let own = Dictionary(grouping: expected, by: \.expectation)
    let rows = model.expectations.map(\.id).filter { own[$0] != nil }
    guard !rows.isEmpty else { return nil }
    return try protected(
      CountTable(
        id: "expected", rows: rows, columns: standings.map(\.rawValue),
        cells: rows.map { row in
          standings.map { standing in .count(own[row]!.reduce(0) { $0 + ($1.counts[standing] ?? 0) }) }
        }))
  }

  private func protected(_ table: CountTable) throws(WorkspaceError) -> DisclosedTable {
    do throws(DisclosureControlError) {
      return try DisclosurePolicy.standard.protect(table)
    } catch {
      throw .studyFailed(.notProtected(error))
    }
  }
}
