import DataModels
import Primitives
import Submissions
import TableFiles

/// The catalogue page of a code, of a finding, an unreadable file or an import note; nil when there is no such code.
public func explanation(of code: String) -> FindingExplanation? {
  let code = code.uppercased()
  return FindingCode(rawValue: code)?.explanation ?? filePages[code] ?? errorPages[code]
    ?? ImportNoteCode(rawValue: code).map { importPage($0) }
}

/// An invented case in which a finding with this code comes about; nil for codes of the program.
public func example(of code: String) -> LocalizedText? { FindingCode(rawValue: code.uppercased())?.example }

/// Every code that has a page.
public var explainedCodes: [String] {
  FindingCode.allCases.map(\.rawValue) + filePages.keys.sorted() + errorPages.keys.sorted()
    + ImportNoteCode.allCases.map(\.rawValue)
}

private func page(_ title: String, _ titel: String, _ text: String, _ tekst: String) -> FindingExplanation {
  FindingExplanation(title: LocalizedText(title, nl: titel), text: LocalizedText(text, nl: tekst))
}

/// Pages of files that cannot be written (``TableFileError``); those of reading are finding codes.
private let filePages: [String: FindingExplanation] = [
  "FIL-15": page(
    "The file cannot be written", "Het bestand kan niet worden geschreven",
    "Check the folder and the space on the disk.",
    "Controleer de map en de ruimte op de schijf."),
  "FIL-16": page(
    "It does not fit in a workbook", "Het past niet in een werkmap", "Write CSV instead, or fewer rows.",
    "Schrijf liever CSV, of minder rijen."),
]

/// What an import note means depends on what the import did; the note itself names the place.
private func importPage(_ code: ImportNoteCode) -> FindingExplanation {
  switch code.effect {
  case .notEnforced:
    page(
      "A rule of the published model is not enforced", "Een regel van het gepubliceerde model wordt niet gecontroleerd",
      "It names something that nobody defines, or cannot be checked as it is written. Nothing checks it until you write the rule yourself in the imported file.",
      "De regel noemt iets wat niemand vastlegt, of is zo niet te controleren. Niets controleert haar tot u de regel zelf in het geïmporteerde bestand schrijft."
    )
  case .reinterpreted:
    page(
      "Something of the published model was read in one way",
      "Iets van het gepubliceerde model is op één manier gelezen",
      "The text allows more than one reading, or our format says it differently. The note tells the reading; change the imported file if another was meant.",
      "De tekst laat meer lezingen toe, of ons formaat zegt het anders. De melding noemt de lezing; pas het geïmporteerde bestand aan als iets anders is bedoeld."
    )
  case .chosen:
    page(
      "Something was chosen that the published model does not say",
      "Iets is gekozen wat het gepubliceerde model niet zegt",
      "Our format needs it: what a record is in time, how far a field can point to a person. Check the choice in the imported file.",
      "Ons formaat heeft het nodig: wat een record in de tijd is, hoe ver een veld naar een persoon kan wijzen. Controleer de keuze in het geïmporteerde bestand."
    )
  case .dropped:
    page(
      "Something of the published model was left out", "Iets van het gepubliceerde model is weggelaten",
      "No check is lost by it.", "Er gaat geen controle door verloren.")
  }
}
