import Primitives
import TableFiles

/// One sheet of a return, with the place of every slip in it.
struct FundSheet {
  /// A sheet's name in a workbook, or the name of a CSV without its ending.
  var name: String
  var headers: [String]
  var rows: [[RawCell]] = []
  /// The row (as a spreadsheet shows it) and column (from 0) at which the key points, of each row that it mentions.
  var marked: [(row: Int, column: Int, sent: FundSentRow)] = []

  mutating func mark(_ sent: FundSentRow, row: Int, columnOf column: (String) -> Int) {
    guard let field = sent.keyField else { return }
    marked.append((row + 2, column(field), sent))
  }
}

extension FundProvider {
  /// The rows of one return laid out in the way of the provider.
  func sheets(_ rows: [FundSentRow]) -> [FundSheet] {
    switch form {
    case .wideCSV: [wideSheet(rows, name: "caseload", planSuffixes: ["_creation", "_6month", "_12month"])]
    case .wideWorkbook: [wideSheet(rows, name: "Participants", planSuffixes: ["_1", "_2", "_3"])]
    case .singleCSVs, .workbook: FundRecord.allCases.compactMap { sheet(of: $0, rows) }
    }
  }

  private func sheet(of record: FundRecord, _ rows: [FundSentRow]) -> FundSheet? {
    let own = rows.filter { $0.row.record == record }
    guard !own.isEmpty else { return nil }
    var sheet = FundSheet(name: record.rawValue, headers: record.fields)
    for sent in own {
      sheet.rows.append(record.fields.map { cell($0, in: sent) })
      sheet.mark(sent, row: sheet.rows.count - 1) { record.fields.firstIndex(of: $0)! }
    }
    return sheet
  }

  /// One row for each participant; a second one only where a record is there twice.
  private func wideSheet(_ rows: [FundSentRow], name: String, planSuffixes: [String]) -> FundSheet {
    var headers = ["unique_id"]
    var starts: [[Int]] = []
    for record in FundRecord.allCases {
      let suffixes = record == .integrationPlan ? planSuffixes : [""]
      starts.append(
        suffixes.map { suffix in
          headers += record.fields.dropFirst().map { $0 + suffix }
          return headers.count - record.fields.count + 1
        })
    }
    var sheet = FundSheet(name: name, headers: headers)
    var lines: [(code: String, taken: Set<Int>)] = []
    var linesOf: [String: [Int]] = [:]
    for sent in rows {
      let code = sent.row.cells[0]
      let start = starts[FundRecord.allCases.firstIndex(of: sent.row.record)!][sent.step]
      var line = linesOf[code, default: []].first { !lines[$0].taken.contains(start) }
      if line == nil {
        line = lines.count
        lines.append((code, []))
        linesOf[code, default: []].append(lines.count - 1)
        sheet.rows.append([.text(code)] + Array(repeating: .empty, count: headers.count - 1))
      }
      lines[line!].taken.insert(start)
      for (offset, field) in sent.row.record.fields.dropFirst().enumerated() {
        sheet.rows[line!][start + offset] = cell(field, in: sent)
      }
      sheet.mark(sent, row: line!) { field in
        let place = sent.row.record.fields.firstIndex(of: field)!
        return place == 0 ? 0 : start + place - 1
      }
    }
    return sheet
  }

  /// The cell of a field: in a workbook dates and numbers are what they are, in a CSV all is text.
  private func cell(_ field: String, in sent: FundSentRow) -> RawCell {
    let text = sent.row[field]
    if text.isEmpty { return .empty }
    guard sendsWorkbooks else { return .text(text) }
    if let slip = sent.slip, slip.kind == .codeAsDate, slip.field == field {
      return .date(CalendarDate(year: sent.row.period.year, month: 11, day: 5)!)
    }
    if field == sent.row.record.dayField, let date = CalendarDate(iso: text) { return .date(date) }
    if FundRecord.numberFields.contains(field), let number = Int(text) { return .number(Double(number)) }
    return .text(text)
  }
}
