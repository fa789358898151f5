import DataModels
import Primitives
import TableFiles

/// An empty workbook for returns of a model: one sheet for each record, with drop-downs and a note on each column.
///
/// Filled in and sent, it is read as it stands: the first and the last sheets are known again and passed over.
public struct ReturnTemplate: Sendable {
  public let sheets: [WorkbookSheet]

  /// - Parameter records: only these records, in the order of the model; all when empty.
  public init(_ model: DataModel, language: Language, records: Set<String> = []) {
    let chosen = model.records.filter { records.isEmpty || records.contains($0.id) }
    let lists = model.codeLists.filter { list in
      chosen.contains { $0.fields.contains { $0.type.codeList == list.id } }
    }
    let codes = CodeSheet(lists, language)
    var names = SheetNames(taken: [codes.sheet.name, Self.explanationName(language)])
    let named = chosen.map { (record: $0, name: names.name(for: $0.id)) }
    sheets =
      [Self.explanation(named, model, language)]
      + named.map { Self.sheet(for: $0.record, named: $0.name, model, language, codes) }
      + (lists.isEmpty ? [] : [codes.sheet])
  }

  private static func explanationName(_ language: Language) -> String { language == .dutch ? "Uitleg" : "Read me" }

  private static func sheet(
    for record: RecordDefinition, named name: String, _ model: DataModel, _ language: Language, _ codes: CodeSheet
  ) -> WorkbookSheet {
    var sheet = WorkbookSheet(name: name, headers: record.fields.map(\.id), rows: [])
    for (column, field) in record.fields.enumerated() {
      let words = FieldWords(field: field, model: model, language: language)
      sheet.marks[CellAddress(column: column, row: 1)] = WorkbookSheet.Mark(
        field.isRequired ? .yellow : .green, note: words.note)
      switch field.type {
      case .code(let list):
        sheet.textColumns.insert(column)
        sheet.choiceRanges[column] = codes.ranges[list]
      case .text, .month, .list: sheet.textColumns.insert(column)
      case .date, .integer, .number, .year: break
      }
    }
    return sheet
  }

  /// What stands where. Its headers are sentences, so that none is a column of the model.
  private static func explanation(
    _ records: [(record: RecordDefinition, name: String)], _ model: DataModel, _ language: Language
  ) -> WorkbookSheet {
    let headers = TemplateWords.columnHeaders(language)
    var rows: [[RawCell]] = []
    for (record, name) in records {
      for field in record.fields {
        let words = FieldWords(field: field, model: model, language: language)
        let texts = [
          name, field.id, field.label[language], words.type, words.need, words.limits ?? "",
          field.help?[language] ?? "",
        ]
        rows.append(texts.map { $0.isEmpty ? .empty : .text($0) })
      }
    }
    let version =
      language == .dutch
      ? "Gemaakt voor \(model.title[language]), model \(model.id) versie \(model.version)."
      : "Made for \(model.title[language]), model \(model.id) version \(model.version)."
    var sheet = WorkbookSheet(
      name: explanationName(language), headers: headers, rows: rows + [[], [.text(version)]])
    sheet.hasFilter = true
    return sheet
  }
}

/// The sheet with all codes, one column for each list, from which the drop-downs choose.
private struct CodeSheet {
  let sheet: WorkbookSheet
  /// The range of each list.
  let ranges: [String: String]

  init(_ lists: [CodeList], _ language: Language) {
    let name = language == .dutch ? "Codelijsten" : "Code lists"
    // Two columns a list: the code, which is chosen, and what it means.
    var headers: [String] = []
    var ranges: [String: String] = [:]
    let longest = lists.map(\.codes.count).max() ?? 0
    var rows = Array(repeating: [RawCell](), count: longest)
    for list in lists {
      let column = CellAddress.columnLetters(headers.count)
      headers += TemplateWords.listPrefixes(language).map { $0 + list.id }
      ranges[list.id] = "='\(name)'!$\(column)$2:$\(column)$\(list.codes.count + 1)"
      for row in rows.indices {
        guard row < list.codes.count else {
          rows[row] += [.empty, .empty]
          continue
        }
        let code = list.codes[row]
        rows[row] += [.text(code.code), .text(code.label[language])]
      }
    }
    var sheet = WorkbookSheet(name: name, headers: headers, rows: rows)
    sheet.textColumns = Set(headers.indices)
    self.sheet = sheet
    self.ranges = ranges
  }
}

/// Names of sheets: at most 31 characters, no two alike.
private struct SheetNames {
  private var taken: Set<String>

  init(taken: [String]) { self.taken = Set(taken.map { $0.lowercased() }) }

  mutating func name(for record: String) -> String {
    var name = String(record.prefix(31))
    var number = 2
    while !taken.insert(name.lowercased()).inserted {
      name = record.prefix(28) + "-\(number)"
      number += 1
    }
    return name
  }
}
