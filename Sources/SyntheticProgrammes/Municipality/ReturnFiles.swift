import Foundation
import Primitives
import TableFiles

/// One file of a return and where its rows came to stand.
struct ReturnFile: Sendable {
  /// A row's place in the file.
  struct Place: Sendable {
    var sheet: String?
    /// As a spreadsheet shows it, the header row counted.
    var row: Int
    /// What is added to a record's column to get the file's column.
    var columnOffset: Int
    var composed: ComposedRow
  }

  var name: String
  var content: Data
  var places: [Place]
}

/// Lays out the rows of a return as the sender does.
struct ReturnFiles: Sendable {
  let month: CalendarMonth
  let rows: [MunicipalRecord: [ComposedRow]]
  let days: DayTexts

  /// The files, in the order of their names.
  func files(of sender: Sender) throws -> [ReturnFile] {
    switch sender {
    case .entree: [try workbook()]
    case .regular: MunicipalRecord.allCases.compactMap(table).sorted { $0.name < $1.name }
    case .languageSchool: [repeatedRows()]
    }
  }

  /// One workbook with a sheet per record.
  private func workbook() throws -> ReturnFile {
    var sheets: [WorkbookSheet] = []
    var places: [ReturnFile.Place] = []
    for record in MunicipalRecord.allCases {
      guard let rows = rows[record] else { continue }
      sheets.append(WorkbookSheet(name: record.id, headers: record.columns.map(\.name), rows: rows.map(\.cells)))
      places += rows.enumerated().map {
        .init(sheet: record.id, row: $0.offset + 2, columnOffset: 0, composed: $0.element)
      }
    }
    let data = try WorkbookWriter(sheets: sheets, created: month.lastDay).data()
    return ReturnFile(name: "entree-\(month.iso).xlsx", content: data, places: places)
  }

  /// One file for one record. The systems of the social services differ: some write semicolons, decimal commas and
  /// Windows-1252.
  private func table(_ record: MunicipalRecord) -> ReturnFile? {
    guard let rows = rows[record] else { return nil }
    let isOld = [.person, .contact, .activity, .benefit].contains(record)
    let writer = CSVWriter(
      delimiter: isOld ? .semicolon : .comma, lineEnding: isOld ? .carriageReturnLineFeed : .lineFeed)
    var data = writer.data(
      headers: record.columns.map(\.name),
      rows: rows.lazy.map { row in row.cells.map { days.text($0, decimalComma: isOld) } })
    if isOld { data = windows1252(data) }
    return ReturnFile(
      name: "\(record.id).csv", content: data,
      places: rows.enumerated().map { .init(sheet: nil, row: $0.offset + 2, columnOffset: 0, composed: $0.element) })
  }

  /// One file in which each row is about one thing and the columns of the other records stay empty.
  private func repeatedRows() -> ReturnFile {
    let records: [MunicipalRecord] = [.route, .languageTest, .exam]
    let headers = ["person"] + records.flatMap { r in r.columns.dropFirst().map { "\(r.id).\($0.name)" } }
    var lines: [[String]] = []
    var places: [ReturnFile.Place] = []
    var offset = 0
    for record in records {
      let width = record.columns.count - 1
      for row in rows[record] ?? [] {
        let texts = row.cells.map { days.text($0, decimalComma: false) }
        let before = Array(repeating: "", count: offset)
        let after = Array(repeating: "", count: headers.count - 1 - offset - width)
        places.append(.init(sheet: nil, row: lines.count + 2, columnOffset: offset, composed: row))
        lines.append([texts[0]] + before + texts.dropFirst() + after)
      }
      offset += width
    }
    return ReturnFile(
      name: "language-school-\(month.iso).csv", content: CSVWriter().data(headers: headers, rows: lines), places: places
    )
  }

  /// UTF-8 in which all characters are in Latin-1, as Windows-1252.
  private func windows1252(_ data: Data) -> Data {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(data.count)
    var lead: UInt8 = 0
    for byte in data {
      switch byte {
      case 0xC2, 0xC3: lead = byte
      case 0x80...0xBF: bytes.append(lead == 0xC3 ? byte + 0x40 : byte)
      default: bytes.append(byte)
      }
    }
    return Data(bytes)
  }
}

/// The days of some years as text, each made once.
struct DayTexts: Sendable {
  private let first: CalendarDate
  private let texts: [String]

  init(from first: CalendarDate, to last: CalendarDate) {
    self.first = first
    texts = (0...max(0, last.days(since: first))).map { first.adding(days: $0).iso }
  }

  func text(_ cell: RawCell, decimalComma: Bool) -> String {
    switch cell {
    case .date(let date):
      let place = date.days(since: first)
      return texts.indices.contains(place) ? texts[place] : date.iso
    case .number:
      let text = cell.text
      return decimalComma && text.contains(".") ? text.replacingOccurrences(of: ".", with: ",") : text
    default: return cell.text
    }
  }
}
