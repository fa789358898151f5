import Primitives

/// What kind of thing a finding is about. Codes are stable and never used for something else.
public enum FindingCode: String, CaseIterable, Codable, Sendable {
  // Files
  case fileEmpty = "FIL-01"
  case fileTooLarge = "FIL-02"
  case fileNoTable = "FIL-03"
  case fileEncrypted = "FIL-04"
  case fileEncoding = "FIL-05"
  case fileSentBefore = "FIL-06"
  case fileNotThere = "FIL-07"
  case fileOldExcel = "FIL-08"
  case fileDamaged = "FIL-09"
  case fileUnpacksTooLarge = "FIL-10"
  case fileTooManyCells = "FIL-11"
  case fileNulByte = "FIL-12"
  case fileOpenQuotation = "FIL-13"
  // Structure
  case sheetNotRecognised = "STR-01"
  case unknownColumn = "STR-02"
  case missingColumn = "STR-03"
  case duplicateColumn = "STR-04"
  case blankHeader = "STR-05"
  case raggedRow = "STR-06"
  case blankRow = "STR-07"
  case titleRow = "STR-08"
  case formula = "STR-09"
  case hidden = "STR-10"
  case mergedCells = "STR-11"
  case ambiguousSheet = "STR-12"
  case ambiguousColumn = "STR-13"
  case oddText = "STR-14"
  case readAs = "STR-15"
  case declaredByFile = "STR-16"
  // Types
  case notADate = "TYP-01"
  case ambiguousDate = "TYP-02"
  case serialDate = "TYP-03"
  case notANumber = "TYP-04"
  case dayMonthYear = "TYP-05"
  case numberAsText = "TYP-06"
  case lostZeros = "TYP-07"
  case notAMonth = "TYP-08"
  case notAYear = "TYP-09"
  case formulaError = "TYP-10"
  case mangledCode = "TYP-11"
  case timeOfDay = "TYP-12"
  case ambiguousNumber = "TYP-13"
  // Values
  case requiredBlank = "VAL-01"
  case notInList = "VAL-02"
  case wrongFormat = "VAL-03"
  case outOfRange = "VAL-04"
  case tooLong = "VAL-05"
  case invisibleCharacters = "VAL-06"
  case standIn = "VAL-07"
  case mixedAlphabets = "VAL-08"
  // Identity
  case duplicateKey = "KEY-01"
  case unknownPerson = "KEY-02"
  case notUnique = "KEY-03"
  case likelySamePerson = "KEY-04"
  case personMissing = "KEY-05"
  // Time
  case inTheFuture = "DAT-01"
  case outsideContract = "DAT-02"
  case tooEarly = "DAT-03"
  case beforeBirth = "DAT-04"
  case implausibleLength = "DAT-05"
  case waitingForOtherRecord = "DAT-06"
  case overlap = "DAT-07"
  // Conditions
  case requiredByCondition = "CON-01"
  case mustBeBlank = "CON-02"
  case tooFewItems = "CON-03"
  case tooManyRows = "CON-04"
  case ruleNotHeld = "CON-05"
  // History
  case outcomeReversed = "HIS-01"
  case settledChanged = "HIS-02"
  case flipsBack = "HIS-03"
  case stockDiffers = "HIS-04"
  case steadyChanged = "HIS-05"
  // Completeness
  case expectedOverdue = "CMP-01"
  case nothingHeard = "CMP-02"
  case fillRateFell = "CMP-03"
  case returnMissing = "CMP-04"
  // Plausibility
  case outlier = "PLA-01"
  case heaping = "PLA-02"
  case copyOfEarlier = "PLA-03"
  case shareDiffers = "PLA-04"
  // Payment
  case evidenceMissing = "PAY-01"
  case outsideWindow = "PAY-02"
  case countedBefore = "PAY-03"
  case prerequisiteMissing = "PAY-04"
  // Privacy
  case personalDataInText = "PRI-01"
  case personalDataColumn = "PRI-02"
  case specialCategoryColumn = "PRI-03"
}

/// The page of the catalogue for one code.
public struct FindingExplanation: Sendable {
  public let title: LocalizedText
  /// What it means and how to mend it.
  public let text: LocalizedText

  public init(title: LocalizedText, text: LocalizedText) {
    self.title = title
    self.text = text
  }
}

extension FindingCode {
  public var explanation: FindingExplanation {
    func page(_ title: String, _ titel: String, _ text: String, _ tekst: String) -> FindingExplanation {
      FindingPages.page(title, titel, text, tekst)
    }
    switch self {
    case .sheetNotRecognised:
      return page(
        "A sheet or file fits no record", "Een blad of bestand past bij geen enkel record",
        "None of the columns, or not the column with the person's number, belongs to the data model. Nothing of this sheet is read. Check that the first row holds the column names of the model; `meedoen model show` lists them. A sheet of notes beside sheets that are read needs no change.",
        "Geen van de kolommen, of niet de kolom met het persoonsnummer, hoort bij het datamodel. Van dit blad wordt niets gelezen. Kijk of de eerste rij de kolomnamen van het model bevat; `meedoen model show` noemt ze. Een blad met aantekeningen naast bladen die wel zijn gelezen, kan blijven zoals het is."
      )
    case .unknownColumn:
      return page(
        "A column that the model does not know", "Een kolom die het model niet kent",
        "The column is not read. If it should be, correct its name: names must match exactly. If it is your own note, confirm it or take it out.",
        "De kolom wordt niet gelezen. Moet dat wel, verbeter dan de naam: namen moeten precies gelijk zijn. Is het een eigen aantekening, bevestig dat dan of haal de kolom weg."
      )
    case .missingColumn:
      return page(
        "A required column is missing", "Een verplichte kolom ontbreekt",
        "Rows of this record cannot be taken in without it. Add the column, or correct its name.",
        "Zonder deze kolom kunnen de rijen van dit record niet worden opgenomen. Voeg de kolom toe of verbeter de naam."
      )
    case .duplicateColumn:
      return page(
        "Two columns have the same name", "Twee kolommen hebben dezelfde naam",
        "It is not clear which one counts, so neither is read. Take one out or rename it.",
        "Het is niet duidelijk welke telt, dus geen van beide wordt gelezen. Haal er een weg of geef een andere naam.")
    case .blankHeader:
      return page(
        "A column has data and no name", "Een kolom heeft gegevens maar geen naam",
        "The column is not read. Give it a name from the model, or empty it.",
        "De kolom wordt niet gelezen. Geef een naam uit het model of maak de kolom leeg.")
    case .raggedRow:
      return page(
        "A row has more or fewer cells than there are columns",
        "Een rij heeft meer of minder cellen dan er kolommen zijn",
        "Often a comma or semicolon inside a text that is not in quotation marks. Check the row.",
        "Vaak staat er een komma of puntkomma in een tekst zonder aanhalingstekens. Kijk de rij na.")
    case .blankRow:
      return page(
        "Empty rows between the data", "Lege rijen tussen de gegevens", "They were skipped; nothing needs to be done.",
        "Ze zijn overgeslagen; u hoeft niets te doen.")
    case .titleRow:
      return page(
        "Title rows above the column names", "Titelrijen boven de kolomnamen",
        "They were skipped; nothing needs to be done.", "Ze zijn overgeslagen; u hoeft niets te doen.")
    case .formula:
      return page(
        "Cells with a formula", "Cellen met een formule",
        "The value that the spreadsheet last computed was used. Paste values instead if the formula refers to other files.",
        "De laatst berekende waarde is gebruikt. Plak liever waarden als de formule naar andere bestanden verwijst.")
    case .hidden:
      return page(
        "Hidden sheets, rows or columns", "Verborgen bladen, rijen of kolommen",
        "Being hidden makes no difference: what fits the model is read. Take it out if it should not be sent.",
        "Dat ze verborgen zijn, maakt niets uit: wat bij het model past, wordt gelezen. Haal weg wat niet mee moet.")
    case .mergedCells:
      return page(
        "Merged cells", "Samengevoegde cellen",
        "Only the first of the merged cells holds the value; the others are empty. Unmerge them and fill each cell.",
        "Alleen de eerste van de samengevoegde cellen bevat de waarde; de andere zijn leeg. Splits ze en vul elke cel.")
    case .ambiguousSheet:
      return page(
        "A sheet could be more than one record", "Een blad kan bij meer dan één record horen",
        "Name the sheet or file after the record, for instance `route`.",
        "Geef het blad of bestand de naam van het record, bijvoorbeeld `route`.")
    case .ambiguousColumn:
      return page(
        "A column could belong to more than one record", "Een kolom kan bij meer dan één record horen",
        "Write the record before the column, with a point: `activity.started-on`.",
        "Zet de naam van het record voor de kolom, met een punt: `activity.started-on`.")
    case .oddText:
      return page(
        "Odd characters in the text of the file", "Vreemde tekens in de tekst van het bestand",
        "Control characters or stray quotation marks were kept as they are. Check the cells.",
        "Besturingstekens of losse aanhalingstekens zijn bewaard zoals ze zijn. Kijk de cellen na.")
    case .readAs:
      return page(
        "How the file was read", "Hoe het bestand is gelezen",
        "The file is not plain UTF-8 with one clear delimiter, so it says how it was read. Check names with accents.",
        "Het bestand is geen gewone UTF-8 met één duidelijk scheidingsteken; daarom staat er hoe het is gelezen. Kijk namen met accenten na."
      )
    case .declaredByFile:
      return page(
        "What the file says of itself", "Wat het bestand over zichzelf zegt",
        "A file of SPSS or a Data Package describes its own columns: codes and labels, forms of dates and numbers, values that mean “missing”. It was read as it says. Check that the description is right and that every table came along.",
        "Een SPSS-bestand of Data Package beschrijft de eigen kolommen: codes en labels, vormen van datums en getallen, waarden die ‘ontbreekt’ betekenen. Het is gelezen zoals het zegt. Kijk of de beschrijving klopt en of alle tabellen zijn meegekomen."
      )
    case .notADate:
      return page(
        "Not a date", "Geen datum", "Write the date as 2016-03-31 (year, month, day), and check that the day exists.",
        "Schrijf de datum als 2016-03-31 (jaar, maand, dag) en kijk of de dag bestaat.")
    case .ambiguousDate:
      return page(
        "A date that can be read in two ways", "Een datum die op twee manieren te lezen is",
        "It is not guessed. Write the year, the month and the day, in this order: 2016-04-03 is 3 April 2016, and 2016-03-04 is 4 March.",
        "Er wordt niet geraden. Schrijf jaar, maand en dag, in deze volgorde: 2016-04-03 is 3 april 2016, en 2016-03-04 is 4 maart."
      )
    case .serialDate:
      return page(
        "A number where a date should be", "Een getal waar een datum hoort",
        "Excel keeps dates as numbers; this cell lost its date form. Give the cell the date format again.",
        "Excel bewaart datums als getallen; deze cel is zijn datumvorm kwijt. Geef de cel weer de datumnotatie.")
    case .notANumber:
      return page(
        "Not a number", "Geen getal",
        "Write digits only, without units. In a field for whole numbers decimals are rounded (11.44 becomes 11); elsewhere they follow a point or a comma.",
        "Schrijf alleen cijfers, zonder eenheid. In een veld voor hele getallen worden decimalen afgerond (11,44 wordt 11); elders volgen ze op een punt of een komma."
      )
    case .ambiguousNumber:
      return page(
        "A number that can be read in two ways", "Een getal dat op twee manieren te lezen is",
        "1.250 and 1,250 can be one and a quarter, or more than a thousand. Write thousands without a mark (1250), and decimals not in threes (1.25). When another number of the column can only be decimal (12.5), all of them are read so.",
        "1.250 en 1,250 kunnen één en een kwart zijn, of meer dan duizend. Schrijf duizendtallen zonder teken (1250) en decimalen niet met drie cijfers (1,25). Als een ander getal in de kolom alleen decimaal kan zijn (12,5), worden ze allemaal zo gelezen."
      )
    case .dayMonthYear:
      return page(
        "Dates read as day, month, year", "Datums gelezen als dag, maand, jaar",
        "The column holds dates that can only be day-month-year, so all of it was read that way. Nothing needs to be done.",
        "De kolom bevat datums die alleen dag-maand-jaar kunnen zijn, dus is alles zo gelezen. U hoeft niets te doen.")
    case .numberAsText:
      return page(
        "Numbers stored as text", "Getallen bewaard als tekst",
        "Where a number is expected they are read as numbers, and elsewhere as text. Nothing needs to be done.",
        "Waar een getal hoort, zijn ze als getal gelezen, en elders als tekst. U hoeft niets te doen.")
    case .lostZeros:
      return page(
        "Zeros in front are only shown, not stored", "Nullen vooraan worden alleen getoond, niet bewaard",
        "The number format adds zeros that are not part of the value. Store such codes as text.",
        "De getalnotatie voegt nullen toe die niet bij de waarde horen. Bewaar zulke codes als tekst.")
    case .notAMonth:
      return page("Not a month", "Geen maand", "Write the month as 2016-03.", "Schrijf de maand als 2016-03.")
    case .notAYear:
      return page(
        "Not a year", "Geen jaar", "Write the year in four digits, such as 1984.",
        "Schrijf het jaar met vier cijfers, zoals 1984.")
    case .formulaError:
      return page(
        "A formula failed", "Een formule is mislukt",
        "The cell shows an error such as #REF!. Correct the formula, or type the value.",
        "De cel toont een fout zoals #REF!. Verbeter de formule of typ de waarde.")
    case .mangledCode:
      return page(
        "The spreadsheet turned a code into a date", "Het rekenblad heeft van een code een datum gemaakt",
        "Codes such as 5-11 become dates when they are typed into Excel. Format the column as text and type the code again.",
        "Codes zoals 5-11 worden een datum als u ze in Excel typt. Maak de kolom tekst en typ de code opnieuw.")
    case .timeOfDay:
      return page(
        "A date with a time of day", "Een datum met een tijd", "The time was left out; nothing needs to be done.",
        "De tijd is weggelaten; u hoeft niets te doen.")
    case .requiredBlank:
      return page(
        "A required value is missing", "Een verplichte waarde ontbreekt", "Fill in the cell.", "Vul de cel in.")
    case .notInList:
      return page(
        "Not a code of the list", "Geen code uit de lijst",
        "Use a code exactly as the list has it; `meedoen model show MODEL LIST` shows the list.",
        "Gebruik een code precies zoals de lijst die heeft; `meedoen model show MODEL LIJST` toont de lijst.")
    case .wrongFormat:
      return page(
        "The text does not have the form it should have", "De tekst heeft niet de vorm die nodig is",
        "Compare it letter by letter with the source document.", "Vergelijk teken voor teken met het brondocument.")
    case .outOfRange:
      return page(
        "Outside the range", "Buiten het bereik", "Check the value and its unit.", "Controleer de waarde en de eenheid."
      )
    case .tooLong:
      return page("The text is too long", "De tekst is te lang", "Shorten it.", "Maak de tekst korter.")
    case .invisibleCharacters:
      return page(
        "Invisible characters were taken out", "Onzichtbare tekens zijn weggehaald",
        "Cells held characters that nobody can see, such as a zero-width blank; they often come along when text is copied. They were taken out, so that equal numbers and codes are equal. Nothing needs to be done.",
        "Cellen bevatten tekens die niemand ziet, zoals een spatie zonder breedte; ze komen vaak mee bij het kopiëren. Ze zijn weggehaald, zodat gelijke nummers en codes gelijk zijn. U hoeft niets te doen."
      )
    case .duplicateKey:
      return page(
        "Two different rows for the same thing", "Twee verschillende rijen voor hetzelfde",
        "Rows with the same key say different things, so none of them is taken in. Keep the right one. Rows that say the same once more are counted once; that is only a notice.",
        "Rijen met dezelfde sleutel zeggen iets anders, dus geen ervan wordt opgenomen. Bewaar de juiste. Rijen die nog eens hetzelfde zeggen, tellen één keer; dat wordt alleen vermeld."
      )
    case .unknownPerson:
      return page(
        "About a person who is not known", "Over een persoon die niet bekend is",
        "There is no person record with this number, in the return or in the register. The row waits until there is one. Check the number.",
        "Er is geen persoonsrecord met dit nummer, niet in de aanlevering en niet in het register. De rij wacht tot het er is. Controleer het nummer."
      )
    case .notUnique:
      return page(
        "A value that should be unique occurs twice", "Een waarde die uniek moet zijn komt twee keer voor",
        "Two people cannot have the same value here. Check both rows.",
        "Twee mensen kunnen hier niet dezelfde waarde hebben. Controleer beide rijen.")
    case .tooEarly:
      return page(
        "Dates in the wrong order", "Datums in de verkeerde volgorde", "Check both dates.", "Controleer beide datums.")
    case .waitingForOtherRecord:
      return page(
        "A check waits for another record", "Een controle wacht op een ander record",
        "The record to compare with has not been sent yet. Nothing needs to be done now; the check is made when it comes.",
        "Het record om mee te vergelijken is er nog niet. U hoeft nu niets te doen; de controle volgt zodra het er is.")
    case .overlap:
      return page(
        "Two periods overlap", "Twee perioden overlappen", "Check the start and end of both.",
        "Controleer begin en einde van beide.")
    case .requiredByCondition:
      return page(
        "A value is needed because of another answer", "Een waarde is nodig door een ander antwoord",
        "Fill in the cell, or correct the other answer.", "Vul de cel in of verbeter het andere antwoord.")
    case .mustBeBlank:
      return page(
        "A value is not expected because of another answer", "Een waarde hoort hier niet door een ander antwoord",
        "Empty the cell, or correct the other answer.", "Maak de cel leeg of verbeter het andere antwoord.")
    case .tooFewItems:
      return page(
        "Too few different items", "Te weinig verschillende onderdelen", "List all that apply, separated by commas.",
        "Noem alles wat van toepassing is, gescheiden door komma's.")
    case .tooManyRows:
      return page(
        "More rows for a person than there can be", "Meer rijen voor een persoon dan er kunnen zijn",
        "Check which row is right.", "Controleer welke rij klopt.")
    case .ruleNotHeld:
      return page(
        "A rule of the data model does not hold", "Een regel van het datamodel klopt niet",
        "The finding says which rule; check the values it names.",
        "De bevinding zegt welke regel; controleer de genoemde waarden.")
    default: return FindingPages.byCode[self]!
    }
  }
}
