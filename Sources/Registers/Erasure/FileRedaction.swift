import DataModels
import Foundation
import Primitives
import Submissions
import TableFiles

/// A received file without the rows of some people.
struct FileRedaction {
  struct Place: Hashable {
    let file: String
    let sheet: String?
    let row: Int
  }

  /// What is kept in the file's place; empty when it could not be written without them.
  let content: Data
  /// The rows that are blank now, as a spreadsheet shows them.
  let places: [Place]

  /// - Parameter isErased: asked of a person's number as it stands in the file.
  /// - Returns: nil when the file has no row of such a person.
  ///
  /// The rows become blank, so that every other row keeps its number. The file is written anew from what was read of it:
  /// colours, formulas and rows above the headers are not kept. A file that cannot be written so is dropped as a whole. One
  /// that gives no table has no rows to take out.
  init?(_ file: ProviderReturn.File, model: DataModel, whosePerson isErased: (String) -> Bool) {
    guard var sheets = try? TableFileReader().read(file.content, named: file.name) else { return nil }
    var places: [Place] = []
    for index in sheets.indices {
      for place in model.places(ofRowsIn: sheets[index], whosePerson: isErased) {
        let row = sheets[index].rows[place]
        places.append(Place(file: file.name, sheet: sheets[index].sheet, row: row.number))
        sheets[index].rows[place].cells = row.cells.map { _ in .empty }
        sheets[index].rows[place].surplus = []
      }
    }
    guard !places.isEmpty else { return nil }
    self.places = places
    content = Self.written(sheets) ?? Data()
  }

  private static func written(_ sheets: [RawSheet]) -> Data? {
    if sheets.count == 1, sheets[0].sheet == nil {
      let rows = grid(sheets[0]).map { $0.map(\.text) }
      return CSVWriter(delimiter: .semicolon).data(headers: rows.first ?? [], rows: rows.dropFirst())
    }
    let pages = sheets.enumerated().map { index, sheet in
      let rows = grid(sheet)
      return WorkbookSheet(
        name: sheet.sheet ?? "Sheet\(index + 1)", headers: (rows.first ?? []).map(\.text), rows: Array(rows.dropFirst())
      )
    }
    return try? WorkbookWriter(sheets: pages).data()
  }

  /// The cells from row 1 and column A on.
  private static func grid(_ sheet: RawSheet) -> [[RawCell]] {
    let surplus = sheet.rows.map(\.surplus.count).max() ?? 0
    let width = (sheet.headers.map(\.column).max() ?? -1) + 1 + surplus
    let height = max(sheet.headerRow ?? 0, sheet.rows.map(\.number).max() ?? 0)
    var grid = Array(repeating: Array(repeating: RawCell.empty, count: width), count: height)
    if let row = sheet.headerRow {
      for header in sheet.headers where !header.name.isEmpty { grid[row - 1][header.column] = .text(header.name) }
    }
    for row in sheet.rows {
      for (header, cell) in zip(sheet.headers, row.cells) { grid[row.number - 1][header.column] = cell }
      for (index, cell) in row.surplus.enumerated() { grid[row.number - 1][width - surplus + index] = cell }
    }
    return grid
  }
}
