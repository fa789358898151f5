import Estimations
import Foundation
import Primitives

/// What can be asked of `meedoen estimate`, as text and as JSON.
enum EstimateHelp {
  /// That of the terminal; 80 elsewhere, because pages and mails take no more.
  static var width: Int { isatty(STDOUT_FILENO) == 1 ? TerminalWidth.current : 80 }

  /// All methods, by family.
  static func list(_ language: Language) -> [String] {
    var lines = [
      language == .dutch
        ? "Methoden om te schatten uit een platte tabel (CSV, Excel of SPSS):"
        : "Methods to estimate from a flat table (CSV, Excel or SPSS):"
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
    var lines = ["\(method.id): \(method.title[language])", "", wrapped(method.summary[language], width: width), ""]
    if let assumption = EstimationAssumption.of(method.id) {
      lines.append(isDutch ? "Wat waar moet zijn" : "What has to be true")
      lines += [wrapped(assumption[language], width: width, indent: "  "), ""]
    }
    lines.append(isDutch ? "Voorbeeld" : "Example")
    lines.append("  meedoen estimate \(method.id) --data people.csv \(method.example)")
    lines += ["", isDutch ? "Opties van deze methode" : "Options of this method"]
    for option in method.options { lines += describe(option, language) }
    lines += ["", isDutch ? "Opties van elke methode" : "Options of every method"]
    for (name, help) in commonOptions {
      lines.append("  --" + name[language])
      lines.append(wrapped(help[language], width: width, indent: "      "))
    }
    lines.append("")
    if method.options.contains(where: \.takesExpression) {
      lines.append(
        isDutch
          ? "Voor KOLOM mag ook een uitdrukking staan: \"status == 2\", \"intensief == 'ja'\"."
          : "For COLUMN an expression may stand too: \"status == 2\", \"intensive == 'yes'\".")
    }
    lines.append(
      (isDutch ? "Aannamen, formule en conventies: " : "Assumptions, formula and conventions: ")
        + "Documentation/Methods/\(method.page).md")
    return lines
  }

  private static func describe(_ option: EstimationOption, _ language: Language) -> [String] {
    let isDutch = language == .dutch
    var head = "  --" + option.name
    if let placeholder = option.kind.placeholder?[language] { head += " " + placeholder }
    if option.isRequired { head += isDutch ? "  (nodig)" : "  (required)" }
    if let standard = option.standard { head += (isDutch ? "  (standaard " : "  (default ") + standard + ")" }
    var lines = [head, wrapped(option.help[language], width: width, indent: "      ")]
    if case .choice(let choices) = option.kind {
      for choice in choices {
        lines.append(
          wrapped("\(choice.name): \(choice.help[language])", width: width, indent: "        ", hanging: "          "))
      }
    }
    return lines
  }

  private static let commonOptions: [(LocalizedText, LocalizedText)] = [
    (
      LocalizedText("data FILE", nl: "data BESTAND"),
      LocalizedText(
        "The table: a CSV file or an Excel workbook; the first row names the columns, an empty cell is missing.",
        nl: "De tabel: een CSV-bestand of een Excel-werkmap; de eerste rij noemt de kolommen, een lege cel ontbreekt.")
    ),
    (
      LocalizedText("sheet NAME", nl: "sheet NAAM"),
      LocalizedText("The sheet of the workbook.", nl: "Het werkblad van de werkmap.")
    ),
    (
      LocalizedText("missing TEXT,…", nl: "missing TEKST,…"),
      LocalizedText(
        "Cells that count as empty in every column, such as NA or unknown.",
        nl: "Cellen die in elke kolom als leeg gelden, zoals NA of onbekend.")
    ),
    (
      LocalizedText("where EXPRESSION", nl: "where UITDRUKKING"),
      LocalizedText(
        "Use only the rows for which this is true: \"age >= 18 & region == 'north'\".",
        nl: "Gebruik alleen de rijen waarvoor dit waar is: \"age >= 18 & region == 'noord'\".")
    ),
    (
      LocalizedText("reference COLUMN=LEVEL,…", nl: "reference KOLOM=NIVEAU,…"),
      LocalizedText(
        "The level that the others of a column are compared with; the first in order without it.",
        nl: "Het niveau waarmee de andere van een kolom worden vergeleken; zonder dit het eerste op volgorde.")
    ),
    (
      LocalizedText("rows NUMBER", nl: "rows GETAL"),
      LocalizedText("How many rows of a long table are shown.", nl: "Hoeveel rijen van een lange tabel te zien zijn.")
    ),
    (
      LocalizedText("format text|json"),
      LocalizedText("For people or for programs.", nl: "Voor mensen of voor programma's.")
    ),
    (LocalizedText("lang en|nl"), LocalizedText("Language.", nl: "Taal.")),
    (
      LocalizedText("progress auto|json|none"),
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
  var placeholder: LocalizedText? {
    switch self {
    case .column, .category: LocalizedText("COLUMN", nl: "KOLOM")
    case .columns: LocalizedText("COLUMN,…", nl: "KOLOM,…")
    case .formula: LocalizedText("\"RESPONSE ~ TERMS\"", nl: "\"UITKOMST ~ TERMEN\"")
    case .terms: LocalizedText("\"TERMS\"", nl: "\"TERMEN\"")
    case .choice: LocalizedText("CHOICE", nl: "KEUZE")
    case .number, .whole: LocalizedText("NUMBER", nl: "GETAL")
    case .flag: nil
    case .numbers: LocalizedText("NUMBER,…", nl: "GETAL,…")
    case .texts: LocalizedText("TEXT,…", nl: "TEKST,…")
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
    let assumption: String?
    let page: String
    let example: String
    let options: [Option]

    init(_ method: any EstimationMethod, _ language: Language) {
      self.method = method.id
      title = method.title[language]
      summary = method.summary[language]
      assumption = EstimationAssumption.of(method.id)?[language]
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
