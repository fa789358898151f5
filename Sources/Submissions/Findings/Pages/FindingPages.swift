import Primitives

/// Pages of the catalogue for the families of codes that have a file of their own.
enum FindingPages {
  static let byCode: [FindingCode: FindingExplanation] = {
    var pages: [FindingCode: FindingExplanation] = [:]
    for family in [files, people, oddValues, history, completeness, plausibility, payment, privacy] {
      pages.merge(family) { _, _ in preconditionFailure("a code has two pages") }
    }
    return pages
  }()

  static func page(_ title: String, _ titel: String, _ text: String, _ tekst: String) -> FindingExplanation {
    FindingExplanation(title: LocalizedText(title, nl: titel), text: LocalizedText(text, nl: tekst))
  }
}
