import Primitives
import TableFiles

/// What the program adds to files that it gives back, by names that it knows again when they return.
///
/// A sender may send an annotated workbook or a file of held rows as it is: what was added is left aside, and nothing
/// is said about it.
enum AddedContent {
  /// The row in the file as it was sent.
  static let rowIdentifier = "__row_id"
  static let findingCount = "__finding_count"
  static let code = "__code"
  static let message = "__message"
  static let fix = "__fix"
  /// Whether what holds the row is new, was found before, or was confirmed.
  static let status = "__status"
  static let columns: Set = [rowIdentifier, findingCount, code, message, fix, status]
  /// Behind the headings of the sheet of findings.
  static let findingsMarker = "__added_findings"
  /// Above the lists that a workbook's drop-downs use.
  static let listsMarker = "__added_lists"

  /// The author of the notes.
  static let author = "Meedoen"
  /// The author of the notes on the headings of a template.
  static let templateAuthor = "Meedoen template"
}

extension RawSheet {
  /// Whether the sheet is one that an annotation added.
  func holdsMarker(_ marker: String) -> Bool {
    headers.contains { $0.name == marker }
      || rows.prefix(12).contains { ($0.cells + $0.surplus).contains(.text(marker)) }
  }

  /// Whether the sheet is one of held rows that were given to the sender, rather than an annotated one: it has the codes
  /// of its rows, or at least their places without the number of findings that an annotation adds.
  var isOfHeldRows: Bool {
    let names = Set(headers.map(\.name))
    return names.contains(AddedContent.code)
      || (names.contains(AddedContent.rowIdentifier) && !names.contains(AddedContent.findingCount))
  }

  var isAdded: Bool { holdsMarker(AddedContent.findingsMarker) || holdsMarker(AddedContent.listsMarker) }

  /// The sheet without the columns that the program added to it, and without rows that held nothing else.
  ///
  /// In a text file, the apostrophe that keeps a spreadsheet from running a cell is taken off again.
  var withoutAdditions: RawSheet {
    let added = Set(headers.filter { AddedContent.columns.contains($0.name) }.map(\.column))
    guard !added.isEmpty else { return self }
    let kept = headers.indices.filter { !added.contains(headers[$0].column) }
    let isText = sheet == nil
    var result = self
    result.headers = kept.map { headers[$0] }
    result.rows = rows.compactMap { row in
      var row = row
      row.cells = kept.map { isText ? row.cells[$0].withoutGuard : row.cells[$0] }
      return row.cells.allSatisfy(\.isBlank) && row.surplus.isEmpty ? nil : row
    }
    result.notes = notes.filter { note in note.column.map { !added.contains($0) } ?? true }
    return result
  }
}

extension RawCell {
  /// Without the apostrophe of ``Swift/String/guardedAgainstFormulas``.
  fileprivate var withoutGuard: RawCell {
    guard case .text(let text) = self, text.utf8.first == 0x27 else { return self }
    let rest = text.drop { $0 == "'" }
    return CSVWriter.isFormula(String(rest)) ? .text(String(text.dropFirst())) : self
  }
}

extension String {
  /// With an apostrophe before what a spreadsheet would run as a formula, and before what only looks as if it had got
  /// one, so that it can be taken off again without loss.
  var guardedAgainstFormulas: String {
    let rest = drop { $0 == "'" }
    return CSVWriter.isFormula(String(rest)) ? "'" + self : self
  }
}
