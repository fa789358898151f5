import Foundation
import Primitives
import Submissions
import TableFiles
import Tables

/// How a return is sent.
enum EditedForm: String, CaseIterable { case csv, workbook, spss }

/// What stands in a cell of a workbook instead of its text.
enum EditedCell {
  /// A formula and the value that the spreadsheet last computed; nil for none.
  case formula(value: String?)
  case error(String)
  /// The inside of an inline text, as it stands.
  case markup(String)
}

extension EditedReturn {
  /// The files of the return in one form.
  ///
  /// - Parameter special: what stands in a workbook's cell instead of its text.
  func files(_ form: EditedForm, delimiter: Character = ",", special: (Place, EditedCell)? = nil) -> [ProviderReturn
    .File]
  {
    switch form {
    case .csv:
      return tables.map { table in
        let lines = ([table.headers] + table.rows).map { row in
          row.map { Self.quoted($0, delimiter) }.joined(separator: String(delimiter)) + "\n"
        }
        return .init(name: "\(table.record).csv", content: Data(lines.joined().utf8))
      }
    case .workbook:
      var fixture = WorkbookFixture("")
      fixture.sheets = tables.indices.map { (tables[$0].record, "", markup(of: $0, special: special)) }
      return [.init(name: "return.xlsx", content: fixture.data)]
    case .spss:
      return tables.map { table in
        let columns = table.headers.map { DescribedTable.Column($0, .text, label: $0) }
        let filled = table.headers.indices.map { column in
          Column.texts(table.rows.map { $0[column].isEmpty ? nil : $0[column] })
        }
        let described = DescribedTable(
          name: table.record, title: table.record, columns: columns,
          table: Tables.Table(names: table.headers, columns: filled))
        let content = (try? SpssWriter(described, isPacked: table.rows.count % 2 == 0).data()) ?? Data()
        return .init(name: "\(table.record).sav", content: content)
      }
    }
  }

  private static func quoted(_ text: String, _ delimiter: Character) -> String {
    let needs = text.utf8.contains { $0 == 0x22 || $0 == 0x0A || $0 == 0x0D || $0 == delimiter.asciiValue }
    return needs ? "\"" + text.replacingOccurrences(of: "\"", with: "\"\"") + "\"" : text
  }

  private func markup(of table: Int, special: (Place, EditedCell)?) -> String {
    var text = "<sheetData>"
    let lines = [tables[table].headers] + tables[table].rows
    for (number, line) in lines.enumerated() {
      text += "<row r=\"\(number + 1)\">"
      for (column, cell) in line.enumerated() {
        let address = CellAddress(column: column, row: number + 1).a1
        if let (place, content) = special, place == Place(table: table, row: number - 1, column: column) {
          switch content {
          case .formula(let value):
            text += "<c r=\"\(address)\"><f>A1</f>\(value.map { "<v>\($0)</v>" } ?? "")</c>"
          case .error(let value): text += "<c r=\"\(address)\" t=\"e\"><f>A1</f><v>\(value)</v></c>"
          case .markup(let inside): text += "<c r=\"\(address)\" t=\"inlineStr\"><is><t>\(inside)</t></is></c>"
          }
        } else if !cell.isEmpty {
          text += "<c r=\"\(address)\" t=\"inlineStr\"><is><t>\(Self.escaped(cell))</t></is></c>"
        }
      }
      text += "</row>"
    }
    return text + "</sheetData>"
  }

  /// Characters that XML does not have, in the way of workbooks.
  private static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case _ where scalar.value < 0x20:
        result +=
          "_x" + String(repeating: "0", count: scalar.value < 16 ? 3 : 2)
          + String(scalar.value, radix: 16, uppercase: true) + "_"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}

/// A cell of a return: the table, the row below the headers and the column, from 0.
struct Place: Hashable {
  var table: Int
  var row: Int
  var column: Int
}
