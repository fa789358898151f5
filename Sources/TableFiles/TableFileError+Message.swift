import Primitives

extension TableFileError {
  /// The stable code of this error, as the list of finding codes has it.
  public var code: String {
    switch self {
    case .empty: "FIL-01"
    case .tooLarge: "FIL-02"
    case .notATable: "FIL-03"
    case .encrypted: "FIL-04"
    case .unknownEncoding, .unsupportedEncoding: "FIL-05"
    case .notFound, .unreadable: "FIL-07"
    case .oldExcel: "FIL-08"
    case .damaged: "FIL-09"
    case .unpacksTooLarge, .tooManyEntries: "FIL-10"
    case .tooManySheets, .tooManyColumns, .tooManyCells: "FIL-11"
    case .nulByte: "FIL-12"
    case .unclosedQuotationMark: "FIL-13"
    case .notWritable: "FIL-15"
    case .sheetNameNotAllowed, .textTooLong, .tooManyRowsToWrite: "FIL-16"
    }
  }

  /// What is wrong, where, and what to do about it.
  public var message: LocalizedText {
    switch self {
    case .notFound(let file):
      LocalizedText(
        "There is no file “\(file)”. Check the name and the folder.",
        nl: "Er is geen bestand ‘\(file)’. Controleer de naam en de map.")
    case .unreadable(let file):
      LocalizedText(
        "“\(file)” cannot be opened. Check that it is a file and that it may be read.",
        nl: "‘\(file)’ kan niet worden geopend. Controleer of het een bestand is en gelezen mag worden.")
    case .empty(let file):
      LocalizedText(
        "“\(file)” is empty. Check that the right file was chosen.",
        nl: "‘\(file)’ is leeg. Controleer of het juiste bestand is gekozen.")
    case .tooLarge(let file, let bytes, let limit):
      LocalizedText(
        "“\(file)” is \(megabytes(bytes, .english)), more than the \(megabytes(limit, .english)) allowed. "
          + "Split it by period or by table.",
        nl: "‘\(file)’ is \(megabytes(bytes, .dutch)), meer dan de toegestane \(megabytes(limit, .dutch)). "
          + "Splits het per periode of per tabel.")
    case .encrypted(let file):
      LocalizedText(
        "“\(file)” has a password. Save it without one and send it again.",
        nl: "‘\(file)’ heeft een wachtwoord. Sla het zonder wachtwoord op en stuur het opnieuw.")
    case .oldExcel(let file):
      LocalizedText(
        "“\(file)” is in the format of Excel 97-2003 (.xls). Open it and save it as .xlsx.",
        nl: "‘\(file)’ heeft het formaat van Excel 97-2003 (.xls). Open het en sla het op als .xlsx.")
    case .notATable(let file, let type):
      LocalizedText(
        "“\(file)” is \(type.name.english), not a table. Send an Excel workbook (.xlsx), a CSV file, or a file of SPSS (.sav).",
        nl:
          "‘\(file)’ is \(type.name[.dutch]), geen tabel. Stuur een Excel-werkmap (.xlsx), een CSV-bestand of een SPSS-bestand (.sav)."
      )
    case .damaged(let file, let part, let line, let damage): Self.damaged(file, part, line, damage)
    case .unpacksTooLarge(let file, let part, let limit):
      LocalizedText(
        "“\(file)” is refused: its part \(part) unpacks to far more than its size, or to more than "
          + "\(megabytes(limit, .english)) in all. Split the workbook.",
        nl: "‘\(file)’ is geweigerd: het deel \(part) wordt bij uitpakken veel te groot, of alles samen meer dan "
          + "\(megabytes(limit, .dutch)). Splits de werkmap.")
    case .tooManyEntries(let file, let count, let limit):
      LocalizedText(
        "“\(file)” is refused: it has \(count) parts inside, more than the \(limit) allowed.",
        nl: "‘\(file)’ is geweigerd: er zitten \(count) delen in, meer dan de toegestane \(limit).")
    case .tooManySheets(let file, let count, let limit):
      LocalizedText(
        "“\(file)” has \(count) sheets, more than the \(limit) allowed. Split the workbook.",
        nl: "‘\(file)’ heeft \(count) werkbladen, meer dan de toegestane \(limit). Splits de werkmap.")
    case .tooManyColumns(let file, let sheet, let count, let limit):
      LocalizedText(
        "\(place(file, sheet, .english)) has \(count) columns or more, and \(limit) are allowed.",
        nl: "\(place(file, sheet, .dutch)) heeft \(count) kolommen of meer, en er zijn er \(limit) toegestaan.")
    case .tooManyCells(let file, let sheet, let limit):
      LocalizedText(
        "\(place(file, sheet, .english)) has more than the \(limit) cells allowed. Split it by period.",
        nl: "\(place(file, sheet, .dutch)) heeft meer dan de toegestane \(limit) cellen. Splits het per periode.")
    case .unknownEncoding(let file, let line):
      LocalizedText(
        "The characters of “\(file)” cannot be read with certainty; the first doubt is on line \(line). "
          + "Save the file as “CSV UTF-8”.",
        nl: "De tekens van ‘\(file)’ zijn niet met zekerheid te lezen; de eerste twijfel is op regel \(line). "
          + "Sla het bestand op als ‘CSV UTF-8’.")
    case .unsupportedEncoding(let file, let encoding):
      LocalizedText(
        "“\(file)” is written in \(encoding) in a form that is not read. Save the file as “CSV UTF-8”.",
        nl: "‘\(file)’ is geschreven in \(encoding), in een vorm die niet wordt gelezen. "
          + "Sla het bestand op als ‘CSV UTF-8’.")
    case .nulByte(let file, let line):
      LocalizedText(
        "Line \(line) of “\(file)” holds a NUL byte, which no text has. Export the file again.",
        nl: "Regel \(line) van ‘\(file)’ bevat een NUL-byte, die in geen tekst thuishoort. "
          + "Exporteer het bestand opnieuw.")
    case .unclosedQuotationMark(let file, let row, let line):
      LocalizedText(
        "In “\(file)” a quotation mark on line \(line) (row \(row)) opens a text that never ends. "
          + "Close it, or write a quotation mark inside a text twice.",
        nl: "In ‘\(file)’ opent een aanhalingsteken op regel \(line) (rij \(row)) een tekst die nooit eindigt. "
          + "Sluit die af, of schrijf een aanhalingsteken in een tekst dubbel.")
    case .notWritable(let file):
      LocalizedText(
        "“\(file)” cannot be written. Check the folder and the space on the disk.",
        nl: "‘\(file)’ kan niet worden geschreven. Controleer de map en de ruimte op de schijf.")
    case .sheetNameNotAllowed(let name):
      LocalizedText(
        "A sheet cannot be named “\(name)”: a name is used once and has 1 to 31 characters without []:*?/\\.",
        nl: "Een werkblad kan niet ‘\(name)’ heten: een naam komt één keer voor en heeft 1 tot 31 tekens "
          + "zonder []:*?/\\.")
    case .textTooLong(let sheet, let address, let limit):
      LocalizedText(
        "Cell \(address.a1) of sheet “\(sheet)” has more than the \(limit) characters a workbook allows.",
        nl: "Cel \(address.a1) van werkblad ‘\(sheet)’ heeft meer dan de \(limit) tekens die een werkmap toestaat.")
    case .tooManyRowsToWrite(let sheet, let count, let limit):
      LocalizedText(
        "Sheet “\(sheet)” would have \(count) rows or columns, more than the \(limit) a workbook allows. Write CSV.",
        nl: "Werkblad ‘\(sheet)’ zou \(count) rijen of kolommen hebben, meer dan de \(limit) die een werkmap toestaat. "
          + "Schrijf CSV.")
    }
  }

  private func megabytes(_ bytes: Int, _ language: Language) -> String {
    language.number(Double(bytes) / 1_048_576, decimals: bytes < 10 << 20 ? 1 : 0) + " MB"
  }

  private func place(_ file: String, _ sheet: String?, _ language: Language) -> String {
    switch (sheet, language) {
    case (nil, .english): "“\(file)”"
    case (nil, .dutch): "‘\(file)’"
    case (let sheet?, .english): "Sheet “\(sheet)” of “\(file)”"
    case (let sheet?, .dutch): "Werkblad ‘\(sheet)’ van ‘\(file)’"
    }
  }

  private static func damaged(_ file: String, _ part: String?, _ line: Int?, _ damage: Damage) -> LocalizedText {
    var (place, plaats) = ("", "")
    if let part { (place, plaats) = (" in \(part)", " in \(part)") }
    if let line { (place, plaats) = (place + ", line \(line)", plaats + ", regel \(line)") }
    let description = damage.description
    return LocalizedText(
      "“\(file)” is damaged\(place): \(description.english). Open it in the program it came from and save it again.",
      nl: "‘\(file)’ is beschadigd\(plaats): \(description[.dutch]). Open het in het programma waar het uit komt "
        + "en sla het opnieuw op.")
  }
}

extension TableFileError: CustomStringConvertible {
  public var description: String { "\(code): \(message.english)" }
}

extension TableFileError.ContentType {
  /// The type with its article, for use in a sentence.
  public var name: LocalizedText {
    switch self {
    case .pdf: LocalizedText("a PDF document", nl: "een PDF-document")
    case .image: LocalizedText("an image", nl: "een afbeelding")
    case .html: LocalizedText("a web page", nl: "een webpagina")
    case .xml: LocalizedText("an XML document", nl: "een XML-document")
    case .json: LocalizedText("a JSON document", nl: "een JSON-document")
    case .richText: LocalizedText("a rich text document", nl: "een RTF-document")
    case .word: LocalizedText("a Word document", nl: "een Word-document")
    case .presentation: LocalizedText("a presentation", nl: "een presentatie")
    case .openDocument: LocalizedText("an OpenDocument file", nl: "een OpenDocument-bestand")
    case .binaryWorkbook: LocalizedText("a binary workbook (.xlsb)", nl: "een binaire werkmap (.xlsb)")
    case .archive: LocalizedText("an archive", nl: "een archiefbestand")
    case .database: LocalizedText("a database", nl: "een database")
    case .statisticsFile: LocalizedText("a file of a statistics program", nl: "een bestand van een statistiekprogramma")
    case .binary: LocalizedText("a binary file", nl: "een binair bestand")
    }
  }
}

extension TableFileError.Damage {
  var description: LocalizedText {
    switch self {
    case .truncated:
      LocalizedText(
        "it ends too early or its directory is wrong", nl: "het houdt te vroeg op of de inhoudsopgave klopt niet")
    case .corruptData: LocalizedText("the data do not unpack", nl: "de gegevens zijn niet uit te pakken")
    case .unknownCompression:
      LocalizedText("the compression is not one that workbooks use", nl: "de compressie past niet bij een werkmap")
    case .missingPart: LocalizedText("this part is missing", nl: "dit deel ontbreekt")
    case .invalidXML: LocalizedText("the XML is not well-formed", nl: "de XML is niet goed gevormd")
    case .documentTypeDeclaration:
      LocalizedText(
        "it declares a document type, which workbooks do not",
        nl: "het declareert een documenttype, wat werkmappen niet doen")
    case .danglingReference:
      LocalizedText("it refers to something that is not there", nl: "het verwijst naar iets dat er niet is")
    case .invalidDescription:
      LocalizedText(
        "it is no JSON, or names no tables (resources)", nl: "het is geen JSON, of noemt geen tabellen (resources)")
    case .invalidCell: LocalizedText("a row or cell is not valid", nl: "een rij of cel is niet geldig")
    }
  }
}
