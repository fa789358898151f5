import Primitives
import TableFiles

/// One line of the key: a cell of a return, and the finding that a review should give there.
struct ErrorKeyRow: Sendable {
  var returned: String
  var file: String
  var sheet: String
  var row: Int
  var column: String
  var record: String
  var field: String
  var kind: String
  var code: String
  /// `error` or `confirm`.
  var severity: String
  /// The month of the return that puts it right; empty when none does.
  var corrected: String

  /// The kind of a row that is right and that a rule asks to confirm.
  static let workBeforeSettlement = "work-before-settlement"

  static let headers = [
    "return", "file", "sheet", "row", "column", "record", "field", "kind", "code", "severity", "corrected-in",
  ]

  var cells: [String] {
    [returned, file, sheet, String(row), column, record, field, kind, code, severity, corrected]
  }

  /// The lines about one file, in the order of its rows.
  static func rows(of file: ReturnFile, in returned: String, _ composer: ReturnComposer, _ month: Int) -> [ErrorKeyRow]
  {
    let next = month + 1 < composer.schedule.drafts.count ? composer.schedule.from.adding(months: month + 1).iso : ""
    return file.places.compactMap { place in
      let composed = place.composed
      let record = composed.draft.record
      func line(_ column: Int, _ kind: String, _ code: String, _ severity: String, _ corrected: String) -> ErrorKeyRow {
        ErrorKeyRow(
          returned: returned, file: file.name, sheet: place.sheet ?? "", row: place.row,
          column: CellAddress.columnLetters(column == 0 ? 0 : column + place.columnOffset), record: record.id,
          field: record.columns[column].name, kind: kind, code: code, severity: severity, corrected: corrected)
      }
      if let error = composed.error {
        let corrected = composer.isCorrected(composed.draft, after: month) ? next : ""
        return line(error.column, error.kind.rawValue, error.kind.findingCode, error.kind.severity, corrected)
      }
      if composed.needsConfirmation { return line(2, workBeforeSettlement, "DAT-03", "confirm", "") }
      return nil
    }
  }
}
