import Primitives
import TableFiles

extension RawSheet {
  /// Whether it is a sheet that a template has beside its tables: the explanation, the columns, or the lists of codes, in
  /// either language. It holds nothing of the sender's, so it is passed over without a word.
  ///
  /// What the sender wrote in a place of its own in it does not change that: the headings are sentences that no model
  /// has for a column.
  var isOfTemplate: Bool {
    let lines = [headers.map { RawCell.text($0.name) }] + rows.prefix(12).map { $0.cells + $0.surplus }
    return lines.contains { line in
      let texts = Set(line.map(\.text).filter { !$0.isEmpty })
      if texts.isEmpty { return false }
      return Language.allCases.contains { language in
        texts.isSuperset(of: TemplateWords.columnHeaders(language).prefix(2))
          || texts.contains(TemplateWords.explanationTitle(language))
          || texts.allSatisfy { text in
            TemplateWords.listPrefixes(language).contains { text.hasPrefix($0) }
          }
      }
    }
  }
}

/// The words by which the sheets of a template are made, and known again.
enum TemplateWords {
  static func columnHeaders(_ language: Language) -> [String] {
    language == .dutch
      ? [
        "Blad van dit bestand", "Naam van de kolom", "Wat er staat", "Wat u invult", "Is het nodig?",
        "Grenzen van de waarde", "Meer uitleg erbij",
      ]
      : [
        "Sheet of this file", "Name of the column", "What it holds", "What you fill in", "Is it needed?",
        "Limits of the value", "More about it",
      ]
  }

  static func explanationTitle(_ language: Language) -> String {
    language == .dutch ? "Zo vult u deze werkmap in" : "How to fill in this workbook"
  }

  /// Before the name of a list, above its codes and above their meanings.
  static func listPrefixes(_ language: Language) -> [String] {
    language == .dutch ? ["codes van ", "betekenis van "] : ["codes of ", "meaning of "]
  }
}
