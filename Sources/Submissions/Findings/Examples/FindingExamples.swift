import Primitives

/// For each code a case in which it comes about, invented and short, for its page of the catalogue.
enum FindingExamples {
  static let byCode: [FindingCode: LocalizedText] = {
    var examples: [FindingCode: LocalizedText] = [:]
    for family in [files, structure, types, values, peopleAndTime, conditions, known, privacy] {
      examples.merge(family) { _, _ in preconditionFailure("a code has two examples") }
    }
    return examples
  }()

  private static func example(_ english: String, _ dutch: String) -> LocalizedText { LocalizedText(english, nl: dutch) }

  private static let files: [FindingCode: LocalizedText] = [
    .fileEmpty: example("`person.csv` has 0 bytes.", "`person.csv` heeft 0 bytes."),
    .fileTooLarge: example("A file of 3 GB.", "Een bestand van 3 GB."),
    .fileNoTable: example("A PDF with the name `person.csv`.", "Een pdf met de naam `person.csv`."),
    .fileEncrypted: example(
      "A workbook that Excel opens only with a password.", "Een werkmap die Excel alleen met een wachtwoord opent."),
    .fileEncoding: example(
      "A text with bytes that are no character, such as `81` in the middle of a name.",
      "Een tekst met bytes die geen teken zijn, zoals `81` midden in een naam."),
    .fileSentBefore: example(
      "The same `person.csv` came in last week, about the same month.",
      "Dezelfde `person.csv` kwam vorige week al binnen, over dezelfde maand."),
    .fileNotThere: example("`retrun.xlsx` for `return.xlsx`.", "`retrun.xlsx` voor `return.xlsx`."),
    .fileOldExcel: example("`return.xls`, as Excel 2003 wrote it.", "`return.xls`, zoals Excel 2003 die schreef."),
    .fileDamaged: example(
      "A workbook of which the download broke off.", "Een werkmap waarvan het downloaden is afgebroken."),
    .fileUnpacksTooLarge: example(
      "A workbook of 100 kB that would unpack to 10 GB.", "Een werkmap van 100 kB die uitpakt tot 10 GB."),
    .fileTooManyCells: example(
      "A sheet with values in a hundred thousand columns.", "Een blad met waarden in honderdduizend kolommen."),
    .fileNulByte: example(
      "A file of a database with the name `person.csv`.", "Een bestand van een database met de naam `person.csv`."),
    .fileOpenQuotation: example(
      "Row 12 holds `\"moved to another town`, and no second quotation mark.",
      "Rij 12 bevat `\"verhuisd naar een andere gemeente`, zonder tweede aanhalingsteken."),
  ]

  private static let structure: [FindingCode: LocalizedText] = [
    .sheetNotRecognised: example(
      "The columns are `name` and `remarks`, and the model has neither.",
      "De kolommen zijn `naam` en `opmerkingen`, en het model heeft geen van beide."),
    .unknownColumn: example(
      "A column `birthyear`; the model has `birth-year`.",
      "Een kolom `geboortejaar`; het model heeft `birth-year`."),
    .missingColumn: example(
      "Persons without a column `birth-year`, which every person needs.",
      "Personen zonder kolom `birth-year`, die bij iedereen nodig is."),
    .duplicateColumn: example("Two columns are called `sex`.", "Twee kolommen heten `sex`."),
    .blankHeader: example("Column D holds values and no name.", "Kolom D bevat waarden maar geen naam."),
    .raggedRow: example(
      "`P-1;1990;woman;SY;asylum;extra` below five names.",
      "`P-1;1990;woman;SY;asylum;extra` onder vijf namen."),
    .blankRow: example("Row 5 is empty, and row 6 goes on.", "Rij 5 is leeg en rij 6 gaat verder."),
    .titleRow: example(
      "`Return of March` in row 1, the names of the columns in row 3.",
      "`Aanlevering maart` in rij 1, de kolomnamen in rij 3."),
    .formula: example(
      "`=B2+10` in a cell, with 52 as it was last computed.",
      "`=B2+10` in een cel, met 52 als laatst berekende waarde."),
    .hidden: example(
      "Rows 20 to 30 are hidden, and hold people.", "De rijen 20 tot 30 zijn verborgen en bevatten mensen."),
    .mergedCells: example(
      "One cell `SY` over the rows of three people.", "Eén cel `SY` over de rijen van drie mensen."),
    .ambiguousSheet: example(
      "A sheet with `person` and `started-on` alone, which two records have.",
      "Een blad met alleen `person` en `started-on`, die twee records hebben."),
    .ambiguousColumn: example(
      "A wide sheet with one `started-on`, for courses and for work.",
      "Een breed blad met één `started-on`, voor cursussen en voor werk."),
    .oddText: example("A cell holds a bell character.", "Een cel bevat een belteken."),
    .readAs: example(
      "The text is Windows-1252 and cut at semicolons.",
      "De tekst is Windows-1252 en gescheiden door puntkomma's."),
    .declaredByFile: example(
      "A file of SPSS says that 99 means missing.", "Een SPSS-bestand zegt dat 99 ontbrekend betekent."),
  ]

  private static let types: [FindingCode: LocalizedText] = [
    .notADate: example(
      "`31-02-2016` or `spring` in a column of dates.", "`31-02-2016` of `lente` in een kolom met datums."),
    .ambiguousDate: example("`03/04/2016`.", "`03/04/2016`."),
    .serialDate: example(
      "`42464` in a column of dates: Excel's number for 2016-04-04.",
      "`42464` in een kolom met datums: het getal van Excel voor 2016-04-04."),
    .notANumber: example("`about 20` in a column of whole numbers.", "`ongeveer 20` in een kolom met gehele getallen."),
    .dayMonthYear: example(
      "`31-3-2016` stands in the column, so `3-4-2016` is 3 April too.",
      "Er staat `31-3-2016` in de kolom, dus `3-4-2016` is ook 3 april."),
    .numberAsText: example(
      "Excel shows a green corner: `24` is kept as text.",
      "Excel toont een groene hoek: `24` is als tekst bewaard."),
    .lostZeros: example("A cell shows `00042` and holds 42.", "Een cel toont `00042` en bevat 42."),
    .notAMonth: example("`2016-13` in a column of months.", "`2016-13` in een kolom met maanden."),
    .notAYear: example("`19x0` in a column of years.", "`19x0` in een kolom met jaren."),
    .formulaError: example("`#REF!` where a date should stand.", "`#VERW!` waar een datum hoort te staan."),
    .mangledCode: example("Excel made 5 November of the code `5-11`.", "Excel maakte 5 november van de code `5-11`."),
    .timeOfDay: example("`2016-03-31 14:30` in a column of dates.", "`2016-03-31 14:30` in een kolom met datums."),
    .ambiguousNumber: example(
      "`1.234`: a thousand and some, or one and some.",
      "`1.234`: ruim duizend, of ruim één."),
  ]

  private static let values: [FindingCode: LocalizedText] = [
    .requiredBlank: example("A person without a `birth-year`.", "Een persoon zonder `birth-year`."),
    .notInList: example("`women` where `woman` is meant.", "`women` waar `woman` is bedoeld."),
    .wrongFormat: example(
      "A National Insurance number with a letter too few.", "Een National Insurance-nummer met een letter te weinig."),
    .outOfRange: example("`168` hours a week, where 80 is the most.", "`168` uur per week, waar 80 het meeste is."),
    .tooLong: example(
      "A remark of 400 characters, where 255 fit.", "Een opmerking van 400 tekens, waar er 255 passen."),
    .invisibleCharacters: example(
      "`P-17` with a zero-width blank behind it.", "`P-17` met een onzichtbare spatie erachter."),
    .standIn: example(
      "`unknown` or `1900-01-01` in a field that is needed.",
      "`onbekend` of `1900-01-01` in een veld dat nodig is."),
    .mixedAlphabets: example(
      "`РA-17`, of which the first letter is Cyrillic.", "`РA-17`, waarvan de eerste letter cyrillisch is."),
  ]

  private static let peopleAndTime: [FindingCode: LocalizedText] = [
    .duplicateKey: example(
      "`P-17` stands twice, once born in 1990 and once in 1991.",
      "`P-17` staat er twee keer, één keer geboren in 1990 en één keer in 1991."),
    .unknownPerson: example(
      "A contact with `P-71`, of whom no person record ever came.",
      "Een contact met `P-71`, van wie nooit een persoonsrecord kwam."),
    .notUnique: example(
      "Two people have one National Insurance number.", "Twee mensen hebben één National Insurance-nummer."),
    .likelySamePerson: example(
      "A new `P-172` has the name and year of birth of a `P-17` that is known.",
      "Een nieuwe `P-172` heeft de naam en het geboortejaar van een bekende `P-17`."),
    .personMissing: example(
      "`P-17` was in the return about March and is not in that about April.",
      "`P-17` stond in de aanlevering over maart en staat niet in die over april."),
    .erasedPerson: example(
      "A row about `P-17`, who asked to be erased and was.",
      "Een rij over `P-17`, die heeft gevraagd te worden gewist en gewist is."),
    .inTheFuture: example("A course that began on 2061-03-01.", "Een cursus die begon op 2061-03-01."),
    .outsideContract: example(
      "Help in 2019, under a contract from 2020-10 to 2023-03.",
      "Hulp in 2019, onder een contract van 2020-10 tot en met 2023-03."),
    .tooEarly: example(
      "The end of a course lies before its beginning.", "Het einde van een cursus ligt voor het begin."),
    .beforeBirth: example("Settled in 1985, and born in 1990.", "Gevestigd in 1985, en geboren in 1990."),
    .implausibleLength: example("Born in 1890.", "Geboren in 1890."),
    .waitingForOtherRecord: example(
      "The end of a job came, and its beginning did not yet.", "Het einde van een baan kwam, en het begin nog niet."),
    .overlap: example("Two homes of one person in the same month.", "Twee woningen van één persoon in dezelfde maand."),
  ]

  private static let conditions: [FindingCode: LocalizedText] = [
    .requiredByCondition: example(
      "“other” was chosen, and what it was is not filled in.", "“anders” is gekozen, en wat het was is niet ingevuld."),
    .mustBeBlank: example("No work, and 24 hours a week.", "Geen werk, en 24 uur per week."),
    .tooFewItems: example("One kind of help, where two are asked.", "Eén soort hulp, waar er twee worden gevraagd."),
    .tooManyRows: example("Two intakes of one person.", "Twee intakes van één persoon."),
    .ruleNotHeld: example(
      "More hours than the model's rule allows together.",
      "Meer uren dan de regel van het model samen toestaat."),
  ]

  private static let known: [FindingCode: LocalizedText] = [
    .outcomeReversed: example(
      "A job that counted last month now has a wage of 0.",
      "Een baan die vorige maand meetelde, heeft nu een loon van 0."),
    .settledChanged: example(
      "In October a job of January gets another wage, and months are settled after six.",
      "In oktober krijgt een baan van januari een ander loon, terwijl maanden na zes vaststaan."),
    .flipsBack: example(
      "Born in 1990, then in 1991, and now in 1990 again.",
      "Geboren in 1990, toen in 1991, en nu weer in 1990."),
    .stockDiffers: example(
      "118 at the end of March, 9 came and 4 left in April, and there are 125.",
      "118 eind maart, in april kwamen er 9 en gingen er 4, en het zijn er 125."),
    .steadyChanged: example("The year of birth was 1990 and is 1991.", "Het geboortejaar was 1990 en is 1991."),
    .expectedOverdue: example(
      "Started in January, and no baseline in May.", "Begonnen in januari, en in mei geen nulmeting."),
    .nothingHeard: example("The last contact was eight months ago.", "Het laatste contact was acht maanden geleden."),
    .fillRateFell: example(
      "The wage was filled in for 92 % of the rows and now for 31 %.",
      "Het loon was ingevuld bij 92 % van de rijen en nu bij 31 %."),
    .returnMissing: example(
      "January and March came, and nothing about February.",
      "Januari en maart kwamen, en niets over februari."),
    .outlier: example("A wage of 240,000 among wages around 2,400.", "Een loon van 240.000 tussen lonen rond 2.400."),
    .heaping: example("212 of 300 contacts were on 2016-03-31.", "212 van 300 contacten waren op 2016-03-31."),
    .copyOfEarlier: example(
      "The file of February, sent again about March.", "Het bestand van februari, opnieuw gestuurd over maart."),
    .shareDiffers: example(
      "87 of your 120 people found work, which is more than chance.",
      "87 van uw 120 mensen vonden werk, wat meer is dan toeval."),
    .evidenceMissing: example(
      "A job without the number of its contract.", "Een baan zonder het nummer van het contract."),
    .outsideWindow: example(
      "Work from 2022, where results count from 2023.", "Werk uit 2022, waar resultaten vanaf 2023 tellen."),
    .countedBefore: example(
      "A second job, where one counts for a person.", "Een tweede baan, waar er per persoon één telt."),
    .prerequisiteMissing: example(
      "Three months in work, without the entry into work.", "Drie maanden aan het werk, zonder de start van het werk."),
  ]

  private static let privacy: [FindingCode: LocalizedText] = [
    .personalDataInText: example(
      "`call mr. Example on 06 1234 5678` in a remark.", "`bel dhr. Voorbeeld op 06 1234 5678` in een opmerking."),
    .personalDataColumn: example(
      "A column `e-mail` beside those of the model.", "Een kolom `e-mail` naast die van het model."),
    .specialCategoryColumn: example(
      "A column `religion` beside those of the model.", "Een kolom `geloof` naast die van het model."),
  ]
}

extension FindingCode {
  /// An invented case in which it comes about.
  public var example: LocalizedText { FindingExamples.byCode[self]! }
}
