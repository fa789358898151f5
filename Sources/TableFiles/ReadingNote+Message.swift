import Primitives

extension ReadingNote {
  /// The note as one sentence with, where something can be done, a second one.
  ///
  /// Names rows (at most ten) and columns, never the content of a cell of data.
  public var message: LocalizedText {
    let text = LocalizedText(sentence(.english), nl: sentence(.dutch))
    guard let english = place(.english), let dutch = place(.dutch) else { return text }
    return LocalizedText("\(english): \(text.english)", nl: "\(dutch): \(text[.dutch])")
  }

  /// `Column C, rows 4, 8 and 9`.
  private func place(_ language: Language) -> String? {
    let isDutch = language == .dutch
    var parts: [String] = []
    if let column { parts.append((isDutch ? "Kolom " : "Column ") + CellAddress.columnLetters(column)) }
    if !rows.isEmpty {
      var names = rows.prefix(10).map(String.init)
      if rows.count > 10 { names.append(isDutch ? "\(rows.count - 10) meer" : "\(rows.count - 10) more") }
      let word = isDutch ? (rows.count == 1 ? "rij" : "rijen") : (rows.count == 1 ? "row" : "rows")
      let phrase = word + " " + language.list(names)
      parts.append(parts.isEmpty ? phrase.prefix(1).uppercased() + phrase.dropFirst() : phrase)
    }
    return parts.isEmpty ? nil : parts.joined(separator: ", ")
  }

  private func sentence(_ language: Language) -> String {
    let (english, dutch) = sentences
    return language == .dutch ? dutch : english
  }

  private func argument(_ position: Int) -> String { arguments.indices.contains(position) ? arguments[position] : "" }

  private static func delimiter(_ name: String) -> (english: String, dutch: String) {
    switch name {
    case "comma": ("a comma", "een komma")
    case "semicolon": ("a semicolon", "een puntkomma")
    case "tab": ("a tab", "een tab")
    case "bar": ("a vertical bar", "een verticale streep")
    default: ("nothing", "niets")
    }
  }

  private var sentences: (english: String, dutch: String) {
    switch kind {
    case .delimiterRecognised:
      if argument(0) == "none" {
        return ("The file was read as one column.", "Het bestand is gelezen als één kolom.")
      }
      let name = Self.delimiter(argument(0))
      return ("Columns are separated by \(name.english).", "Kolommen zijn gescheiden door \(name.dutch).")
    case .delimiterAmbiguous:
      let (used, other) = (Self.delimiter(argument(0)), Self.delimiter(argument(1)))
      return (
        "Columns were split at \(used.english), but \(other.english) fits as well. Check the columns.",
        "Kolommen zijn gesplitst bij \(used.dutch), maar \(other.dutch) past ook. Controleer de kolommen."
      )
    case .delimiterLine:
      return (
        "this line names the separator and is no data.", "deze regel noemt het scheidingsteken en is geen gegeven."
      )
    case .byteOrderMark:
      return (
        "The file starts with a UTF-8 byte order mark.", "Het bestand begint met een UTF-8-bytevolgordemarkering."
      )
    case .windows1252:
      return (
        "The file is not UTF-8 and was read as Windows-1252. Check names with accents.",
        "Het bestand is geen UTF-8 en is gelezen als Windows-1252. Controleer namen met accenten."
      )
    case .utf16: return ("The file was read as UTF-16.", "Het bestand is gelezen als UTF-16.")
    case .extensionMismatch:
      return (
        "The name ends in .\(argument(0)), but the content is \(argument(1)); the content counts.",
        "De naam eindigt op .\(argument(0)), maar de inhoud is \(argument(1)); de inhoud telt."
      )
    case .titleRowSkipped: return ("read as a title above the headers.", "gelezen als titel boven de kolomnamen.")
    case .blankRowSkipped: return ("empty, skipped.", "leeg, overgeslagen.")
    case .rowTooShort:
      return (
        "fewer cells than there are columns; the missing ones are empty.",
        "minder cellen dan kolommen; de ontbrekende zijn leeg."
      )
    case .rowTooLong:
      return (
        "more cells than there are columns; the last ones belong to no column. Check for a separator inside a text.",
        "meer cellen dan kolommen; de laatste horen bij geen kolom. Controleer op een scheidingsteken in een tekst."
      )
    case .strayQuotationMark:
      return (
        "a quotation mark in an odd place was kept as text.", "een aanhalingsteken op een vreemde plaats bleef tekst."
      )
    case .controlCharacter:
      return ("holds the invisible character \(argument(0)).", "bevat het onzichtbare teken \(argument(0)).")
    case .duplicateHeader:
      return ("the name “\(argument(0))” is used before.", "de naam ‘\(argument(0))’ komt al eerder voor.")
    case .blankHeader: return ("has data but no name.", "heeft gegevens maar geen naam.")
    case .formulaValueUsed:
      return ("holds a formula; its last value was used.", "bevat een formule; de laatste waarde is gebruikt.")
    case .formulaWithoutValue:
      return (
        "holds a formula without a value. Open the file in the spreadsheet program and save it again.",
        "bevat een formule zonder waarde. Open het bestand in het rekenprogramma en sla het opnieuw op."
      )
    case .hiddenSheet: return ("The sheet is hidden and holds data.", "Het werkblad is verborgen en bevat gegevens.")
    case .hiddenRow: return ("hidden, and read all the same.", "verborgen, en toch gelezen.")
    case .hiddenColumn: return ("hidden, and read all the same.", "verborgen, en toch gelezen.")
    case .mergedCells:
      let ranges = arguments.prefix(10).joined(separator: ", ") + (arguments.count > 10 ? ", …" : "")
      return (
        "Merged cells (\(ranges)): only the first cell of each has the value.",
        "Samengevoegde cellen (\(ranges)): alleen de eerste cel van elk heeft de waarde."
      )
    case .numberStoredAsText:
      return ("a number that is stored as text.", "een getal dat als tekst is opgeslagen.")
    case .leadingZerosOnlyShown:
      return (
        "the leading zeros are only shown and not part of the value. Format the column as text if it holds codes.",
        "de voorloopnullen worden alleen getoond en horen niet bij de waarde. Maak de kolom tekst als er codes in staan."
      )
    case .timeOfDayLeftOut: return ("the time of day was left out.", "de tijd van de dag is weggelaten.")
    case .timeWithoutDate:
      return ("a time without a date; it stays a number.", "een tijd zonder datum; het blijft een getal.")
    case .impossibleDate:
      return (
        "shown as a date that does not exist; it stays a number.",
        "getoond als een datum die niet bestaat; het blijft een getal."
      )
    case .codesHaveLabels, .declaredMissing, .declaredEncoding, .declaredForm, .differsFromDeclaredForm,
      .changedSinceDescribed, .partNotRead:
      return declarationSentences
    }
  }

  /// Of what the file says about itself.
  private var declarationSentences: (english: String, dutch: String) {
    switch kind {
    case .codesHaveLabels:
      return (
        "its codes have \(argument(0)) labels; the codes were read.",
        "de codes hebben \(argument(0)) labels; de codes zijn gelezen."
      )
    case .declaredMissing:
      let values = arguments.joined(separator: ", ")
      return (
        "values that the file declares missing (\(values)) were read as empty.",
        "waarden die volgens het bestand ontbreken (\(values)) zijn gelezen als leeg."
      )
    case .declaredEncoding:
      return (
        "The text was read as \(argument(0)), as the file says. Check names with accents.",
        "De tekst is gelezen als \(argument(0)), zoals het bestand zegt. Controleer namen met accenten."
      )
    case .declaredForm:
      let form = argument(1).isEmpty ? "" : " (\(argument(1)))"
      return (
        "read as \(argument(0))\(form), as the description in the file says.",
        "gelezen als \(argument(0))\(form), zoals de beschrijving in het bestand zegt."
      )
    case .differsFromDeclaredForm:
      return (
        "not of the form that the description in the file gives; kept as written.",
        "niet in de vorm die de beschrijving in het bestand geeft; gelaten zoals het er staat."
      )
    case .changedSinceDescribed:
      return (
        "“\(argument(0))” was changed after its description was written.",
        "‘\(argument(0))’ is gewijzigd nadat de beschrijving is geschreven."
      )
    default:
      return (
        "“\(argument(0))” of the description is no table in a file beside it, and was not read.",
        "‘\(argument(0))’ uit de beschrijving is geen tabel in een bestand ernaast, en is niet gelezen."
      )
    }
  }
}
