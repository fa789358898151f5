import Primitives
import Submissions

/// Pages of what stops `meedoen estimate`.
let estimationPages: [String: FindingExplanation] = [
  "EST-01": page(
    "The sheet is not there, or there are several", "Het werkblad is er niet, of er zijn er meer",
    "A method works on one table. Name the sheet with --sheet; sheets without rows do not count.",
    "Een methode werkt op één tabel. Noem het werkblad met --sheet; werkbladen zonder rijen tellen niet."),
  "EST-02": page(
    "There is no such method", "Deze methode is er niet", "`meedoen estimate` lists the methods.",
    "`meedoen estimate` noemt de methoden."),
  "EST-03": page(
    "The options do not fit the method", "De opties passen niet bij de methode",
    "An option is unknown, missing, given twice, without a value, or does not go with another. `meedoen estimate METHOD --help` explains all.",
    "Een optie is onbekend, ontbreekt, is twee keer of zonder waarde gegeven, of past niet bij een andere. `meedoen estimate METHODE --help` legt alles uit."
  ),
  "EST-04": page(
    "An option cannot have this value", "Een optie kan deze waarde niet hebben",
    "The message says what it may be. Numbers on the command line have a decimal point.",
    "De melding zegt wat het mag zijn. Getallen op de opdrachtregel hebben een decimale punt."),
  "EST-05": page(
    "The table has no such column", "De tabel heeft deze kolom niet",
    "Names are taken as they are written, capitals included. In a formula, a name with spaces or hyphens stands between backticks.",
    "Namen gelden zoals ze zijn geschreven, ook hoofdletters. In een formule staat een naam met spaties of streepjes tussen accenten graves."
  ),
  "EST-06": page(
    "A column does not hold what is needed", "Een kolom bevat niet wat nodig is",
    "Texts where numbers are needed, something that has no finite value, more than two values where yes or no is meant, or a level that does not occur. The message names the column and the first row. An expression such as status == 2 makes yes and no of any column.",
    "Teksten waar getallen nodig zijn, iets zonder eindige waarde, meer dan twee waarden waar ja of nee is bedoeld, of een niveau dat niet voorkomt. De melding noemt de kolom en de eerste rij. Een uitdrukking als status == 2 maakt van elke kolom ja en nee."
  ),
  "EST-07": page(
    "A formula or expression cannot be read", "Een formule of uitdrukking is niet te lezen",
    "Formulas are written as in R: income ~ age + factor(region) + age:sex + I(age^2) + rcs(age, 4) + offset(log(months)) - 1. The message gives the character.",
    "Formules zijn als in R: income ~ age + factor(region) + age:sex + I(age^2) + rcs(age, 4) + offset(log(months)) - 1. De melding geeft het teken."
  ),
  "EST-08": page(
    "No row is left", "Er blijft geen rij over",
    "Rows with a missing value in a column that is used are left out, and here that is every row, or --where leaves none.",
    "Rijen met een ontbrekende waarde in een gebruikte kolom vallen af, en hier zijn dat ze alle, of --where laat er geen over."
  ),
  "EST-09": page(
    "There is no estimate", "Er is geen schatting",
    "The method has no answer for these data: groups that do not overlap, columns that depend on each other, too few events. The message gives the reason and, where it can, the row of the file. The page of the method says what it assumes.",
    "De methode heeft bij deze gegevens geen antwoord: groepen zonder overlap, kolommen die van elkaar afhangen, te weinig gebeurtenissen. De melding geeft de reden en zo mogelijk de rij van het bestand. De pagina van de methode zegt wat zij aanneemt."
  ),
  "EST-10": page(
    "The computation was stopped", "De berekening is gestopt", "Nothing was written; run it again.",
    "Er is niets geschreven; voer het opnieuw uit."),
]

private func page(_ title: String, _ titel: String, _ text: String, _ tekst: String) -> FindingExplanation {
  FindingExplanation(title: LocalizedText(title, nl: titel), text: LocalizedText(text, nl: tekst))
}
