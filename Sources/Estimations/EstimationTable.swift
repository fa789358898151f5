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

  /// Reads a CSV file, a file of SPSS, or a sheet of an Excel workbook.
  ///
  /// - Parameters:
  ///   - sheet: the name of the sheet; nil for the only one.
  ///   - missing: cells that count as empty in every column, as they are written. A column that holds only numbers
  ///     besides is then one of numbers.
  public init(
    contentsOf url: URL, sheet name: String? = nil, missing: [String] = []
  ) throws(EstimationError) {
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
    table =
      missing.isEmpty
      ? sheet.table
      : Table(names: sheet.table.names, columns: sheet.table.columns.map { $0.emptying(Set(missing)) })
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

  /// One row in which an option can have a number as it stands, for a method that ``EstimationMethod/takesNumbersAlone``.
  public static var withoutColumns: EstimationTable { EstimationTable(Table(names: [""], columns: [.numbers([0])])) }

  /// The row of the file that holds a row of the table, as a spreadsheet shows it; without a file, counted from 1.
  public func fileRow(of row: Int) -> Int { sheet?.fileRow(of: row) ?? row + 1 }
}

extension ReadingNote.Kind {
  /// Whether a note says something that may change the numbers; the rest is told when a return is checked.
  fileprivate var mayChangeNumbers: Bool {
    switch self {
    case .delimiterAmbiguous, .windows1252, .titleRowSkipped, .rowTooShort, .rowTooLong, .duplicateHeader,
      .formulaWithoutValue, .numberStoredAsText, .impossibleDate, .declaredMissing, .differsFromDeclaredForm:
      true
    default: false
    }
  }
}

extension Column {
  /// With these cells empty.
  fileprivate func emptying(_ marks: Set<String>) -> Column {
    switch self {
    case .numbers(let numbers):
      let marked = Set(marks.compactMap(Double.init))
      return marked.isEmpty ? self : .numbers(numbers.map { marked.contains($0) ? .nan : $0 })
    case .categories(let column):
      guard column.levels.contains(where: marks.contains) else { return self }
      let numbers = column.levels.map { marks.contains($0) ? .nan : Double($0) }
      // Leading zeros make codes, here as on reading.
      let areCodes = column.levels.contains { $0.count > 1 && $0.hasPrefix("0") && !$0.hasPrefix("0.") }
      if !areCodes, numbers.allSatisfy({ $0 != nil }) {
        return .numbers(column.codes.map { $0 < 0 ? .nan : numbers[Int($0)] ?? .nan })
      }
      let isMarked = column.levels.map(marks.contains)
      return .categories(
        CategoryColumn(levels: column.levels, codes: column.codes.map { $0 >= 0 && isMarked[Int($0)] ? -1 : $0 }))
    default: return self
    }
  }
}
