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

/// Every code that has a page.
public var explainedCodes: [String] {
  filePages.keys.sorted() + errorPages.keys.sorted() + FindingCode.allCases.map(\.rawValue)
    + ImportNoteCode.allCases.map(\.rawValue)
}

private func page(_ title: String, _ titel: String, _ text: String, _ tekst: String) -> FindingExplanation {
  FindingExplanation(title: LocalizedText(title, nl: titel), text: LocalizedText(text, nl: tekst))
}

/// Pages of files that cannot be read (``TableFileError``).
private let filePages: [String: FindingExplanation] = [
  "FIL-01": page(
    "The file is empty", "Het bestand is leeg", "Check that the right file was chosen, and that it was saved.",
    "Kijk of het juiste bestand is gekozen en of het is opgeslagen."),
  "FIL-02": page(
    "The file is too large", "Het bestand is te groot", "Split it by period or by table and send the parts.",
    "Splits het per periode of per tabel en stuur de delen."),
  "FIL-03": page(
    "The file is no table", "Het bestand is geen tabel",
    "Send an Excel workbook (.xlsx), a CSV file, or a file of SPSS (.sav).",
    "Stuur een Excel-werkmap (.xlsx), een CSV-bestand of een SPSS-bestand (.sav)."),
  "FIL-04": page(
    "The workbook has a password", "De werkmap heeft een wachtwoord", "Save it without a password and send it again.",
    "Sla de werkmap zonder wachtwoord op en stuur haar opnieuw."),
  "FIL-05": page(
    "The characters cannot be read", "De tekens zijn niet te lezen",
    "The text is not UTF-8, UTF-16 or Windows-1252. In Excel choose “CSV UTF-8” when saving.",
    "De tekst is geen UTF-8, UTF-16 of Windows-1252. Kies in Excel bij het opslaan “CSV UTF-8”."),
  "FIL-07": page(
    "The file is not there", "Het bestand is er niet", "Check the name, the folder, and that you may read it.",
    "Controleer de naam, de map en of u het mag lezen."),
  "FIL-08": page(
    "A workbook of Excel 97–2003", "Een werkmap van Excel 97–2003", "Open it and save it as .xlsx.",
    "Open haar en sla haar op als .xlsx."),
  "FIL-09": page(
    "The file is damaged", "Het bestand is beschadigd",
    "Open it in the program that made it, save it, and send it again.",
    "Open het in het programma waarmee het is gemaakt, sla het op en stuur het opnieuw."),
  "FIL-10": page(
    "The file unpacks to far more than it should", "Het bestand pakt uit tot veel meer dan het hoort",
    "It is refused to protect the system. Save it again from Excel.",
    "Het is geweigerd om het systeem te beschermen. Sla het opnieuw op vanuit Excel."),
  "FIL-11": page(
    "Too many sheets, columns or cells", "Te veel bladen, kolommen of cellen", "Send only the tables of the model.",
    "Stuur alleen de tabellen van het model."),
  "FIL-12": page(
    "The text holds a NUL byte", "De tekst bevat een NUL-byte", "The file is damaged or no text. Export it again.",
    "Het bestand is beschadigd of geen tekst. Exporteer het opnieuw."),
  "FIL-13": page(
    "A quotation mark is not closed", "Een aanhalingsteken is niet gesloten",
    "Look at the row that is named: a text that starts with a quotation mark must end with one.",
    "Kijk naar de genoemde rij: een tekst die met een aanhalingsteken begint, moet ermee eindigen."),
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
