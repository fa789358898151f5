import Foundation
import Primitives
import Tables

/// A sheet whose columns have a type: what a method of statistics works on.
///
/// A column is numbers when every cell that is not empty is one, with a decimal point, or throughout with a decimal
/// comma where the delimiter is not a comma. `NA`, `NaN` and `.` in such a column are missing. Numbers with leading
/// zeros are codes, so their column is text. A column of ISO dates is dates. Everything else is categories: each
/// distinct text once, `NA` included, because it may be Namibia. Empty cells are missing in every column.
public struct TypedSheet: Sendable {
  /// The file's name, without its folder.
  public var file: String
  /// The sheet's name; nil for a CSV file.
  public var sheet: String?
  /// The columns by their names; a column without a name is called by its letter, a second one of a name `name (2)`.
  public var table: Table
  /// What was noticed on reading.
  public var notes: [ReadingNote]
  /// The rows of the file that hold the table's rows, where they are not one after the other from `firstRow`.
  let rowNumbers: [Int]?
  let firstRow: Int

  /// The row of the file, as a spreadsheet shows it, that holds a row of the table.
  public func fileRow(of row: Int) -> Int { rowNumbers?[row] ?? firstRow + row }
}

extension TableFileReader {
  /// Reads a file into typed columns; a CSV file of a million rows takes a second or two.
  ///
  /// Sheets of a workbook without rows are left out.
  public func readTyped(contentsOf url: URL) throws(TableFileError) -> [TypedSheet] {
    let data = try contents(of: url)
    let file = url.lastPathComponent
    let limits = limits
    let result: Result<TypedSheet?, TableFileError> = data.withUnsafeBytes { bytes in
      guard case .text = ContentSignature(of: bytes), !bytes.isEmpty else { return .success(nil) }
      do throws(TableFileError) {
        return .success(try DelimitedColumns.read(bytes, file: file, limits: limits))
      } catch {
        return .failure(error)
      }
    }
    if let sheet = try result.get() { return [sheet] }
    return try read(data, named: file).filter { !$0.rows.isEmpty }.map(TypedSheet.init)
  }

  private func contents(of url: URL) throws(TableFileError) -> Data {
    let name = url.lastPathComponent
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder) else {
      throw .notFound(file: name)
    }
    guard !isFolder.boolValue, let data = try? Data(contentsOf: url, options: .mappedIfSafe) else {
      throw .unreadable(file: name)
    }
    guard data.count <= limits.fileBytes else {
      throw .tooLarge(file: name, bytes: data.count, limit: limits.fileBytes)
    }
    guard !data.isEmpty else { throw .empty(file: name) }
    return data
  }
}

extension TypedSheet {
  /// The columns of a sheet of a workbook.
  init(_ sheet: RawSheet) {
    let columns = sheet.headers.indices.map { position in Self.column(sheet.rows.map { $0.cells[position] }) }
    self.init(
      file: sheet.file, sheet: sheet.sheet,
      table: Table(names: Self.distinctNames(of: sheet.headers), columns: columns), notes: sheet.notes,
      rowNumbers: sheet.rows.map(\.number), firstRow: 0)
  }

  private static func column(_ cells: [RawCell]) -> Column {
    var collector = ColumnCollector(.number)
    if cells.contains(where: { if case .date = $0 { true } else { false } }) {
      collector = ColumnCollector(.date)
    }
    func collect() {
      for cell in cells {
        switch cell {
        case .number(let number) where collector.kind == .number: collector.append(number)
        case .date(let date) where collector.kind == .date: collector.append(date)
        case _ where cell.isBlank: collector.appendMissing()
        default:
          var text = cell.text
          text.withUTF8 { collector.append($0, commaIsMark: true) }
        }
        if collector.failed { return }
      }
    }
    collect()
    if collector.failed {
      collector = ColumnCollector(.text)
      collect()
    }
    return collector.finish()
  }

  static func distinctNames(of headers: [RawHeader]) -> [String] {
    var used: Set<String> = []
    return headers.map { header in
      let trimmed = String(HeaderSearch.trimmed(header.name))
      let name = trimmed.isEmpty ? CellAddress.columnLetters(header.column) : trimmed
      var distinct = name
      var number = 2
      while !used.insert(distinct).inserted {
        distinct = "\(name) (\(number))"
        number += 1
      }
      return distinct
    }
  }
}
