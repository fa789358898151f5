extension FindingPages {
  static let files: [FindingCode: FindingExplanation] = [
    .fileEmpty: page(
      "The file is empty", "Het bestand is leeg", "Check that the right file was chosen, and that it was saved.",
      "Kijk of het juiste bestand is gekozen en of het is opgeslagen."),
    .fileTooLarge: page(
      "The file is too large", "Het bestand is te groot", "Split it by period or by table and send the parts.",
      "Splits het per periode of per tabel en stuur de delen."),
    .fileNoTable: page(
      "The file is no table", "Het bestand is geen tabel",
      "Send an Excel workbook (.xlsx), a CSV file, or a file of SPSS (.sav).",
      "Stuur een Excel-werkmap (.xlsx), een CSV-bestand of een SPSS-bestand (.sav)."),
    .fileEncrypted: page(
      "The workbook has a password", "De werkmap heeft een wachtwoord", "Save it without a password and send it again.",
      "Sla de werkmap zonder wachtwoord op en stuur haar opnieuw."),
    .fileEncoding: page(
      "The characters cannot be read", "De tekens zijn niet te lezen",
      "The text is not UTF-8, UTF-16 or Windows-1252. In Excel choose “CSV UTF-8” when saving.",
      "De tekst is geen UTF-8, UTF-16 of Windows-1252. Kies in Excel bij het opslaan “CSV UTF-8”."),
    .fileNotThere: page(
      "The file is not there", "Het bestand is er niet", "Check the name, the folder, and that you may read it.",
      "Controleer de naam, de map en of u het mag lezen."),
    .fileOldExcel: page(
      "A workbook of Excel 97–2003", "Een werkmap van Excel 97–2003", "Open it and save it as .xlsx.",
      "Open haar en sla haar op als .xlsx."),
    .fileDamaged: page(
      "The file is damaged", "Het bestand is beschadigd",
      "Open it in the program that made it, save it, and send it again.",
      "Open het in het programma waarmee het is gemaakt, sla het op en stuur het opnieuw."),
    .fileUnpacksTooLarge: page(
      "The file unpacks to far more than it should", "Het bestand pakt uit tot veel meer dan het hoort",
      "It is refused to protect the system. Save it again from Excel.",
      "Het is geweigerd om het systeem te beschermen. Sla het opnieuw op vanuit Excel."),
    .fileTooManyCells: page(
      "Too many sheets, columns or cells", "Te veel bladen, kolommen of cellen", "Send only the tables of the model.",
      "Stuur alleen de tabellen van het model."),
    .fileNulByte: page(
      "The text holds a NUL byte", "De tekst bevat een NUL-byte", "The file is damaged or no text. Export it again.",
      "Het bestand is beschadigd of geen tekst. Exporteer het opnieuw."),
    .fileOpenQuotation: page(
      "A quotation mark is not closed", "Een aanhalingsteken is niet gesloten",
      "Look at the row that is named: a text that starts with a quotation mark must end with one.",
      "Kijk naar de genoemde rij: een tekst die met een aanhalingsteken begint, moet ermee eindigen."),
    .fileSentBefore: page(
      "A file that was sent before", "Een bestand dat al eens is gestuurd",
      "The same bytes came in with an earlier return about this month. Nothing in them is new; check that the right file was chosen.",
      "Dezelfde bytes kwamen binnen met een eerdere aanlevering over deze maand. Er staat niets nieuws in; kijk of het juiste bestand is gekozen."
    ),
  ]
}
