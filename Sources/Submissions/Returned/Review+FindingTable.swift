import DataModels
import Foundation
import Primitives
import TableFiles

extension Review {
  /// The columns of the findings as a table.
  static func findingColumns(_ language: Language) -> [String] {
    language == .dutch
      ? [
        "code", "ernst", "wacht", "bestand", "blad", "rij", "kolom", "cel", "kop", "record", "veld", "regel", "waarde",
        "aantal", "melding", "oplossing", "bereik", "stand", "stand-tekst",
      ]
      : [
        "code", "severity", "pending", "file", "sheet", "row", "column", "cell", "header", "record", "field", "rule",
        "value", "count", "message", "fix", "scope", "status", "status-text",
      ]
  }

  /// Every finding as a row of a CSV file, none left out. What a spreadsheet would run has an apostrophe before it.
  ///
  /// Like the findings themselves it has no value of a field that identifies, and no keys.
  public func findingText(_ language: Language) -> Data {
    let rows = findings.indices.lazy.map { index -> [String] in
      let finding = findings[index]
      let place = finding.place
      return [
        finding.code.rawValue, finding.severity.name[language],
        finding.isPending ? LocalizedText("yes", nl: "ja")[language] : LocalizedText("no", nl: "nee")[language],
        place.file.shown(atMost: 255), place.sheet?.shown() ?? "", place.row.map(String.init) ?? "",
        place.column ?? "", place.cell ?? "", place.header ?? "", finding.record ?? "", finding.field ?? "",
        finding.rule ?? "", finding.value ?? "", String(finding.count), finding.message[language],
        finding.fix?[language] ?? "", place.scope.rawValue, statuses[index]?.name ?? "",
        statuses[index]?.words[language] ?? "",
      ]
    }
    return CSVWriter(hasByteOrderMark: true, escapesFormulas: true).data(
      headers: Self.findingColumns(language), rows: rows)
  }
}
