import Foundation
import Primitives
import TableFiles
import Tables

/// The flat table that a method works on: one row a person, a spell or a person and month; columns with names.
public struct EstimationTable: Sendable {
  public let table: Table
  /// What the file is called; empty for a table that came from elsewhere.
  public let file: String
  /// What was noticed on reading and may change the numbers, a sentence each.
  public let remarks: [LocalizedText]
  private let sheet: TypedSheet?

  /// Reads a CSV file or a sheet of an Excel workbook.
  ///
  /// - Parameter sheet: the name of the sheet; nil for the only one.
  public init(contentsOf url: URL, sheet name: String? = nil) throws(EstimationError) {
    let sheets: [TypedSheet]
    do throws(TableFileError) {
      var limits = ReadingLimits()
      limits.fileBytes = 4 << 30
      limits.cells = 400_000_000
      sheets = try TableFileReader(limits: limits).readTyped(contentsOf: url)
    } catch {
      throw .unreadable(error)
    }
    let names = sheets.compactMap(\.sheet)
    let sheet: TypedSheet
    if let name {
      guard let found = sheets.first(where: { $0.sheet == name }) else {
        throw .unknownSheet(name: name, near: nearest(to: name, in: names), sheets: names)
      }
      sheet = found
    } else {
      guard sheets.count == 1 else { throw .severalSheets(sheets: names) }
      sheet = sheets[0]
    }
    table = sheet.table
    file = sheet.file
    remarks = sheet.notes.filter(\.kind.mayChangeNumbers).map(\.message)
    self.sheet = sheet
  }

  /// A table in memory.
  public init(_ table: Table) {
    self.table = table
    file = ""
    remarks = []
    sheet = nil
  }

  /// The row of the file that holds a row of the table, as a spreadsheet shows it; without a file, counted from 1.
  public func fileRow(of row: Int) -> Int { sheet?.fileRow(of: row) ?? row + 1 }
}

extension ReadingNote.Kind {
  /// Whether a note says something that may change the numbers; the rest is told when a return is checked.
  fileprivate var mayChangeNumbers: Bool {
    switch self {
    case .delimiterAmbiguous, .windows1252, .titleRowSkipped, .rowTooShort, .rowTooLong, .duplicateHeader,
      .formulaWithoutValue, .numberStoredAsText, .impossibleDate:
      true
    default: false
    }
  }
}
