import DataModels
import Fingerprints
import Foundation
import Primitives
import TableFiles
import Tables

/// Writes tables in one format, all of it or nothing: the target comes into being with the last step.
struct ExportFiles {
  let tables: [DescribedTable]
  /// Of the package or workbook.
  let name: String
  let title: String
  /// The day on which the contents were as they are.
  let day: CalendarDate
  let origin: [String: String]
  let language: Language

  /// - Parameter written: told of the fingerprint of everything that was written, before it comes into being; what it
  ///   throws ends the export.
  /// - Returns: paths of what was written.
  func write(
    as format: RecordFormat, to target: URL, written: (Fingerprint) throws(WorkspaceError) -> Void = { _ in }
  ) throws(WorkspaceError) -> [String] {
    let isPacked = format == .package && target.pathExtension.lowercased() == "zip"
    let isFolder = format.isFolder && !isPacked
    try writeWhole(target) { (place) throws(WorkspaceError) in
      do throws(TableFileError) {
        switch format {
        case .xlsx: try keep(try workbook().data(), as: place)
        case .csv:
          try keep(csv(columns: CodebookColumn.names(language), rows: codebook), in: place, "codebook.csv")
          for table in tables {
            let texts = table.texts(escapesFormulas: true)
            try keep(csv(columns: table.columns.map(\.name), rows: texts), in: place, "\(table.name).csv")
          }
        case .sav, .zsav:
          for table in tables {
            let data = try SpssWriter(table, isPacked: format == .zsav, created: day).data()
            try keep(data, in: place, "\(table.name).\(format.rawValue)")
          }
        case .package:
          let package = DataPackage(
            name: name, title: title, tables: tables, created: day, origin: origin,
            sha256: { Fingerprint(of: $0).hex })
          if isPacked {
            try keep(try package.archive(named: target.lastPathComponent), as: place)
          } else {
            for (name, content) in package.files { try keep(content, in: place, name) }
          }
        case .sqlite: break
        }
      } catch {
        if case .notWritable = error { throw .notWritable(target.relativePath) }
        throw .unreadable(error)
      }
      if format == .sqlite { try DatabaseExport(tables: tables, codebook: codebook).write(to: place) }
      var sums: [String] = []
      for name in isFolder ? try Workspaces.names(in: place.path) : [""] {
        let file = name.isEmpty ? place : place.appendingPathComponent(name)
        sums.append("\(name) \(Fingerprint(of: try bytes(of: file)).hex)")
      }
      try written(Fingerprint(of: sums.joined(separator: "\n")))
    }
    guard isFolder else { return [target.relativePath] }
    return try Workspaces.names(in: target.path).map { target.appendingPathComponent($0).relativePath }
  }

  /// With a byte order mark, by which Excel knows UTF-8.
  private func csv(columns: [String], rows: [[String]]) -> Data {
    CSVWriter(hasByteOrderMark: true).data(headers: columns, rows: rows)
  }

  private func keep(_ data: Data, in folder: URL, _ name: String) throws(TableFileError) {
    try? FileManager.default.createDirectory(
      at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    try keep(data, as: folder.appendingPathComponent(name))
  }

  /// For the eyes of the owner only, until they decide otherwise.
  private func keep(_ data: Data, as file: URL) throws(TableFileError) {
    guard
      FileManager.default.createFile(atPath: file.path, contents: data, attributes: [.posixPermissions: 0o600])
    else { throw .notWritable(file: file.lastPathComponent) }
  }

  // MARK: Workbook

  private func workbook() throws(TableFileError) -> WorkbookWriter {
    var used: Set<String> = []
    var sheets = tables.map { table in
      var name = String(table.name.prefix(31))
      var number = 2
      while !used.insert(name.lowercased()).inserted {
        name = "\(table.name.prefix(27)) \(number)"
        number += 1
      }
      var sheet = WorkbookSheet(name: name, headers: table.columns.map(\.name), rows: table.cells)
      sheet.hasFilter = true
      return sheet
    }
    var codes = WorkbookSheet(
      name: used.contains("codebook") ? "codebook of all" : "codebook", headers: CodebookColumn.names(language),
      rows: codebook.map { $0.map { $0.isEmpty ? .empty : .text($0) } })
    codes.hasFilter = true
    sheets.append(codes)
    return WorkbookWriter(sheets: sheets, created: day)
  }

  // MARK: Codebook

  /// The columns of a codebook: a line for each field, and under a field with a list one for each code.
  enum CodebookColumn: CaseIterable {
    case table, column, type, label, code, codeLabel

    static func names(_ language: Language) -> [String] {
      language == .dutch
        ? ["tabel", "kolom", "soort", "omschrijving", "code", "betekenis"]
        : ["table", "column", "type", "label", "code", "meaning"]
    }
  }

  var codebook: [[String]] {
    tables.flatMap { table in
      table.columns.flatMap { column in
        [[table.name, column.name, column.kind.rawValue, column.label, "", ""]]
          + column.codes.map { [table.name, column.name, column.kind.rawValue, column.label, $0.code, $0.label] }
      }
    }
  }
}

/// Makes a file or folder beside its place, and moves it there when it is whole; leaves nothing behind when it fails.
///
/// What is there already is never written over.
func writeWhole(_ target: URL, _ make: (URL) throws(WorkspaceError) -> Void) throws(WorkspaceError) {
  let files = FileManager.default
  guard !files.fileExists(atPath: target.path) else { throw .exportExists(path: target.relativePath) }
  let place = target.deletingLastPathComponent().appendingPathComponent(".\(target.lastPathComponent).part")
  try? files.removeItem(at: place)
  defer { try? files.removeItem(at: place) }
  try make(place)
  do {
    try files.moveItem(at: place, to: target)
  } catch {
    throw .notWritable(target.relativePath)
  }
}
