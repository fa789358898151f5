import Foundation
import Primitives
import Storage
import TableFiles
import Tables

/// Writes tables as a database file of SQLite: a table for each, with its key and what it refers to, and `codebook`.
struct DatabaseExport {
  let tables: [DescribedTable]
  let codebook: [[String]]
  /// Marks the file as an export of ours ("meex").
  private static let kind: Int32 = 0x6D65_6578

  func write(to file: URL) throws(WorkspaceError) {
    do {
      let statements =
        tables.map(definition) + [
          "CREATE TABLE \(quoted(codebookName)) (\"table\" TEXT NOT NULL, \"column\" TEXT NOT NULL, type TEXT NOT NULL, "
            + "label TEXT NOT NULL, code TEXT, meaning TEXT)"
        ]
      let schema = Schema(kind: Self.kind, migrations: [.init(statements.joined(separator: ";\n"))])
      let database = try Database(file, schema: schema, for: .create)
      try database.write { connection in
        for table in tables { try fill(table, connection) }
        let insert = try connection.statement("INSERT INTO \(quoted(codebookName)) VALUES (?, ?, ?, ?, ?, ?)")
        for row in codebook {
          for (position, text) in row.enumerated() {
            if text.isEmpty { insert.bindNull(at: position) } else { insert.bind(text, at: position) }
          }
          try insert.run()
        }
      }
      try? FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path)
    } catch {
      throw .notWritable(file.deletingLastPathComponent().relativePath)
    }
  }

  private var codebookName: String { tables.contains { $0.name == "codebook" } ? "codebook_of_all" : "codebook" }

  private func quoted(_ name: String) -> String {
    "\"" + name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
  }

  private func definition(of table: DescribedTable) -> String {
    var parts = table.columns.map { column in
      let type =
        switch column.kind {
        case .integer, .year: "INTEGER"
        case .number: "REAL"
        case .text, .code, .date, .month, .list: "TEXT"
        }
      return "\(quoted(column.name)) \(type)\(column.isRequired ? " NOT NULL" : "")"
    }
    if !table.key.isEmpty { parts.append("PRIMARY KEY (\(table.key.map(quoted).joined(separator: ", ")))") }
    if let reference = table.reference {
      parts.append(
        "FOREIGN KEY (\(reference.columns.map(quoted).joined(separator: ", "))) REFERENCES \(quoted(reference.table)) "
          + "(\(reference.tableColumns.map(quoted).joined(separator: ", "))) DEFERRABLE INITIALLY DEFERRED")
    }
    return "CREATE TABLE \(quoted(table.name)) (\(parts.joined(separator: ", ")))"
  }

  private func fill(_ table: DescribedTable, _ connection: Connection) throws {
    let marks = table.columns.map { _ in "?" }.joined(separator: ", ")
    let insert = try connection.statement("INSERT INTO \(quoted(table.name)) VALUES (\(marks))")
    for row in 0..<table.table.rowCount {
      for (position, column) in table.table.columns.enumerated() {
        switch column[row] {
        case .missing: insert.bindNull(at: position)
        case .integer(let integer), .year(let integer): insert.bind(integer, at: position)
        case .number(let number): insert.bind(number, at: position)
        case let value: insert.bind(value.canonicalText, at: position)
        }
      }
      try insert.run()
    }
  }
}
