import Primitives
import TableFiles

extension FundSentRow {
  /// The field at which the key points; nil for a row that it does not mention.
  var keyField: String? {
    if let slip { return slip.field }
    return needsConfirmation ? row.record.dayField : nil
  }

  /// The line of the key about this row.
  func keyLine(returned: String, file: String, sheet: String, row number: Int, column: Int) -> ErrorKeyRow? {
    guard let field = keyField else { return nil }
    func line(_ kind: String, _ code: String, _ severity: String, _ corrected: String) -> ErrorKeyRow {
      ErrorKeyRow(
        returned: returned, file: file, sheet: sheet, row: number, column: CellAddress.columnLetters(column),
        record: row.record.rawValue, field: field, kind: kind, code: code, severity: severity, corrected: corrected)
    }
    if let slip { return line(slip.kind.rawValue, slip.expected, slip.severity, slip.correctedIn?.iso ?? "") }
    return line("late-plan", "DAT-03", "confirm", "")
  }
}
