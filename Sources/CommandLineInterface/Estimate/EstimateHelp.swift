import Estimations
import Foundation
import Primitives

/// What can be asked of `meedoen estimate`, as text and as JSON.
enum EstimateHelp {
  /// All methods, by family.
  static func list(_ language: Language) -> [String] {
    var lines = [
      language == .dutch
        ? "Methoden om te schatten uit een platte tabel (CSV of Excel):"
        : "Methods to estimate from a flat table (CSV or Excel):"
    ]
    let width = estimationMethods.map(\.id.count).max() ?? 0
    for family in estimationFamilies {
      lines += ["", family.title[language]]
      for method in family.methods {
        lines.append(
          "  " + method.id + String(repeating: " ", count: width - method.id.count) + "  " + method.title[language])
      }
    }
    lines.append("")
    lines.append(
      language == .dutch
        ? "`meedoen estimate METHODE --help` legt de opties van een methode uit."
        : "`meedoen estimate METHOD --help` explains the options of a method.")
    return lines
  }

  /// Title, summary, example, options and page of a method.
  static func help(of method: any EstimationMethod, _ language: Language) -> [String] {
    let isDutch = language == .dutch
    var lines = ["\(method.id): \(method.title[language])", "", wrapped(method.summary[language], width: 96), ""]
    lines.append(isDutch ? "Voorbeeld" : "Example")
    lines.append("  meedoen estimate \(method.id) --data people.csv \(method.example)")
    lines += ["", isDutch ? "Opties van deze methode" : "Options of this method"]
    for option in method.options { lines += describe(option, language) }
    lines += ["", isDutch ? "Opties van elke methode" : "Options of every method"]
    for (name, help) in commonOptions {
      lines.append("  --" + name)
      lines.append(wrapped(help[language], width: 96, indent: "      "))
    }
    lines.append("")
    if method.options.contains(where: \.takesExpression) {
      lines.append(
        isDutch
          ? "In plaats van een COLUMN mag een uitdrukking van kolommen staan: \"status == 2\"."
          : "An expression of columns may stand in the place of a COLUMN: \"status == 2\".")
    }
    lines.append(
      (isDutch ? "Aannamen, formule en conventies: " : "Assumptions, formula and conventions: ")
        + "Documentation/Methods/\(method.page).md")
    return lines
  }

  private static func describe(_ option: EstimationOption, _ language: Language) -> [String] {
    let isDutch = language == .dutch
    var head = "  --" + option.name
    if let placeholder = option.kind.placeholder { head += " " + placeholder }
    if option.isRequired { head += isDutch ? "  (nodig)" : "  (required)" }
    if let standard = option.standard { head += (isDutch ? "  (zonder dit " : "  (default ") + standard + ")" }
    var lines = [head, wrapped(option.help[language], width: 96, indent: "      ")]
    if case .choice(let choices) = option.kind {
      for choice in choices {
        lines.append(
          wrapped("\(choice.name): \(choice.help[language])", width: 96, indent: "        ", hanging: "          "))
      }
    }
    return lines
  }

  private static let commonOptions: [(String, LocalizedText)] = [
    (
      "data FILE",
      LocalizedText(
        "The table: a CSV file or an Excel workbook; the first row names the columns, an empty cell is missing.",
        nl: "De tabel: een CSV-bestand of een Excel-werkmap; de eerste rij noemt de kolommen, een lege cel ontbreekt.")
    ),
    ("sheet NAME", LocalizedText("The sheet of the workbook.", nl: "Het werkblad van de werkmap.")),
    (
      "missing TEXT,…",
      LocalizedText(
        "Cells that count as empty in every column, such as NA or unknown.",
        nl: "Cellen die in elke kolom als leeg gelden, zoals NA of onbekend.")
    ),
    (
      "where EXPRESSION",
      LocalizedText(
        "Use only the rows for which this is true: \"age >= 18 & region == 'north'\".",
        nl: "Gebruik alleen de rijen waarvoor dit waar is: \"age >= 18 & region == 'noord'\".")
    ),
    (
      "reference COLUMN=LEVEL,…",
      LocalizedText(
        "The level that the others of a column are compared with; the first in order without it.",
        nl: "Het niveau waarmee de andere van een kolom worden vergeleken; zonder dit het eerste op volgorde.")
    ),
    (
      "rows NUMBER",
      LocalizedText("How many rows of a long table are shown.", nl: "Hoeveel rijen van een lange tabel te zien zijn.")
    ),
    ("format text|json", LocalizedText("For people or for programs.", nl: "Voor mensen of voor programma's.")),
    ("lang en|nl", LocalizedText("Language.", nl: "Taal.")),
    (
      "progress auto|json|none",
      LocalizedText("Progress on standard error.", nl: "Voortgang op de standaardfoutuitvoer.")
    ),
  ]
}

extension EstimationOption {
  fileprivate var takesExpression: Bool {
    switch kind {
    case .column, .category: true
    default: false
    }
  }
}

extension EstimationOption.Kind {
  /// What stands for the value in the help; nil for a flag.
  var placeholder: String? {
    switch self {
    case .column, .category: "COLUMN"
    case .columns: "COLUMN,…"
    case .formula: "\"RESPONSE ~ TERMS\""
    case .terms: "TERMS"
    case .choice: "CHOICE"
    case .number: "NUMBER"
    case .whole: "NUMBER"
    case .flag: nil
    case .numbers: "NUMBER,…"
    case .texts: "TEXT,…"
    }
  }

  /// The stable name of the kind in JSON.
  var name: String {
    switch self {
    case .column: "column"
    case .category: "category"
    case .columns: "columns"
    case .formula: "formula"
    case .terms: "terms"
    case .choice: "choice"
    case .number: "number"
    case .whole: "whole"
    case .flag: "flag"
    case .numbers: "numbers"
    case .texts: "texts"
    }
  }
}

extension EstimateHelp {
  private struct List: Encodable {
    struct Family: Encodable {
      let title: String
      let methods: [Method]
    }
    let schema = "meedoen-methods/1"
    let families: [Family]
  }

  private struct Method: Encodable {
    struct Option: Encodable {
      let name: String
      let kind: String
      let help: String
      let required: Bool
      let standard: String?
      let choices: [String]?
    }
    var schema: String?
    let method: String
    let title: String
    let summary: String
    let page: String
    let example: String
    let options: [Option]

    init(_ method: any EstimationMethod, _ language: Language) {
      self.method = method.id
      title = method.title[language]
      summary = method.summary[language]
      page = "Documentation/Methods/\(method.page).md"
      example = "meedoen estimate \(method.id) --data people.csv \(method.example)"
      options = method.options.map { option in
        var names: [String]?
        if case .choice(let choices) = option.kind { names = choices.map(\.name) }
        return Option(
          name: option.name, kind: option.kind.name, help: option.help[language], required: option.isRequired,
          standard: option.standard, choices: names)
      }
    }
  }

  static func listJSON(_ language: Language) -> String {
    encoded(
      List(
        families: estimationFamilies.map { family in
          List.Family(title: family.title[language], methods: family.methods.map { Method($0, language) })
        }))
  }

  static func json(of method: any EstimationMethod, _ language: Language) -> String {
    var value = Method(method, language)
    value.schema = "meedoen-method/1"
    return encoded(value)
  }

  private static func encoded(_ value: some Encodable) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return (try? encoder.encode(value)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
  }
}
