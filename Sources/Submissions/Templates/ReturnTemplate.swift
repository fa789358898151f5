import DataModels
import Primitives
import TableFiles

/// An empty workbook for returns of a model: one sheet for each record, with drop-downs and a note on each column.
///
/// In front stand a page that says how to fill it in, and a list of all columns; behind, the codes with their meanings.
/// Filled in and sent, it is read as it stands: these sheets are known again and passed over.
public struct ReturnTemplate: Sendable {
  public let sheets: [WorkbookSheet]

  /// - Parameter records: only these records, in the order of the model; all when empty.
  public init(_ model: DataModel, language: Language, records: Set<String> = []) {
    let chosen = model.records.filter { records.isEmpty || records.contains($0.id) }
    let lists = model.codeLists.filter { list in
      chosen.contains { $0.fields.contains { $0.type.codeList == list.id } }
    }
    let codes = CodeSheet(lists, language)
    var names = SheetNames(
      taken: [codes.sheet.name, Self.explanationName(language), Self.columnsName(language)])
    let named = chosen.map { (record: $0, name: names.name(for: $0.id)) }
    sheets =
      [Self.explanation(named, model, language, hasCodes: !lists.isEmpty), Self.columns(named, model, language)]
      + named.map { Self.sheet(for: $0.record, named: $0.name, model, language, codes) }
      + (lists.isEmpty ? [] : [codes.sheet])
  }

  private static func explanationName(_ language: Language) -> String { language == .dutch ? "Uitleg" : "Read me" }

  private static func columnsName(_ language: Language) -> String { language == .dutch ? "Kolommen" : "Columns" }

  /// How to fill it in, one sentence to a row.
  private static func explanation(
    _ records: [(record: RecordDefinition, name: String)], _ model: DataModel, _ language: Language, hasCodes: Bool
  ) -> WorkbookSheet {
    let isDutch = language == .dutch
    let (columns, codes) = (columnsName(language), CodeSheet.name(language))
    var lines =
      isDutch
      ? [
        "Gemaakt voor \(model.title[language]), model \(model.id) versie \(model.version).",
        "Elk blad tussen “\(columns)” en “\(codes)” is één tabel, met één rij per keer dat er iets over iemand te melden is. Laat een blad leeg als er niets te melden is.",
        "Laat de eerste rij van elk blad zoals zij is: aan die namen worden de kolommen herkend.",
        "Een gele kop hoort in elke rij te zijn ingevuld, een groene mag leeg blijven. Houd de muis op een kop: dan staat er wat erin hoort.",
        "Schrijf in elk blad hetzelfde nummer voor dezelfde persoon, in de kolom “\(model.personField)”. Elke persoon heeft een rij in het blad “\(model.person.id)”.",
        "Schrijf dagen als jaar-maand-dag: 2016-03-31.",
        "Stuur de werkmap op zoals zij is. Dit blad, “\(columns)” en “\(codes)” worden niet gelezen.",
      ]
      : [
        "Made for \(model.title[language]), model \(model.id) version \(model.version).",
        "Each sheet between “\(columns)” and “\(codes)” is one table, with a row for each thing there is to tell about somebody. Leave a sheet empty when there is nothing to tell.",
        "Leave the first row of each sheet as it is: the columns are known by those names.",
        "A yellow heading is to be filled in in every row, a green one may be left blank. Point at a heading to see what belongs below it.",
        "Write the same number for the same person in every sheet, in the column “\(model.personField)”. Everybody has a row in the sheet “\(model.person.id)”.",
        "Write days as year-month-day: 2016-03-31.",
        "Send the workbook as it is. This sheet, “\(columns)” and “\(codes)” are not read.",
      ]
    if hasCodes {
      lines.insert(
        isDutch
          ? "Een kolom met codes heeft een keuzelijst. Wat een code betekent, staat in “\(codes)”."
          : "A column of codes has a drop-down. What a code means stands in “\(codes)”.", at: 4)
    }
    for (record, name) in records {
      lines.append("\(name): \(record.title[language])" + (record.help.map { ". \($0[language])" } ?? ""))
    }
    var sheet = WorkbookSheet(
      name: explanationName(language), headers: [TemplateWords.explanationTitle(language)],
      rows: lines.map { [.text($0)] })
    sheet.isPage = true
    return sheet
  }

  private static func sheet(
    for record: RecordDefinition, named name: String, _ model: DataModel, _ language: Language, _ codes: CodeSheet
  ) -> WorkbookSheet {
    var sheet = WorkbookSheet(name: name, headers: record.fields.map(\.id), rows: [])
    sheet.noteAuthor = AddedContent.templateAuthor
    for (column, field) in record.fields.enumerated() {
      let words = FieldWords(field: field, model: model, language: language)
      sheet.marks[CellAddress(column: column, row: 1)] = WorkbookSheet.Mark(
        field.isRequired ? .yellow : .green, note: words.note)
      switch field.type {
      case .code(let list):
        sheet.textColumns.insert(column)
        sheet.choiceRanges[column] = codes.ranges[list]
        sheet.choiceHints[column] =
          words.choices
          ?? (language == .dutch
            ? "Wat de codes betekenen, staat in het blad “\(codes.sheet.name)”."
            : "What the codes mean stands in the sheet “\(codes.sheet.name)”.")
      case .text, .month, .list: sheet.textColumns.insert(column)
      case .date, .integer, .number, .year: break
      }
    }
    return sheet
  }

  /// What stands where. Its headers are sentences, so that none is a column of the model.
  private static func columns(
    _ records: [(record: RecordDefinition, name: String)], _ model: DataModel, _ language: Language
  ) -> WorkbookSheet {
    let headers = TemplateWords.columnHeaders(language)
    var rows: [[RawCell]] = []
    for (record, name) in records {
      for field in record.fields {
        let words = FieldWords(field: field, model: model, language: language)
        let texts = [
          name, field.id, field.label[language], words.entry, words.need, words.limits ?? "",
          field.help?[language] ?? "",
        ]
        rows.append(texts.map { $0.isEmpty ? .empty : .text($0) })
      }
    }
    var sheet = WorkbookSheet(name: columnsName(language), headers: headers, rows: rows)
    sheet.hasFilter = true
    sheet.isPage = true
    return sheet
  }
}

/// The sheet with all codes, one column for each list, from which the drop-downs choose.
private struct CodeSheet {
  let sheet: WorkbookSheet
  static func name(_ language: Language) -> String { language == .dutch ? "Codelijsten" : "Code lists" }

  /// The range of each list.
  let ranges: [String: String]

  init(_ lists: [CodeList], _ language: Language) {
    let name = Self.name(language)
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
