import Primitives
import Submissions

private func page(_ title: String, _ titel: String, _ text: String, _ tekst: String) -> FindingExplanation {
  FindingExplanation(title: LocalizedText(title, nl: titel), text: LocalizedText(text, nl: tekst))
}

/// Pages of what stops the linking of people, by code.
let linkPages: [String: FindingExplanation] = [
  "LNK-01": page(
    "People cannot be compared", "Mensen zijn niet te vergelijken",
    "The model has too little to tell people by. Give names, a date of birth or a number of one person the purpose `linkage`.",
    "Het model bevat te weinig om mensen aan te herkennen. Geef namen, een geboortedatum of een persoonlijk nummer het doel `linkage`."
  ),
  "LNK-02": page(
    "This person is not in the register", "Deze persoon staat niet in het register",
    "A decision is about two different pseudonyms that the register knows. `meedoen link review` shows them.",
    "Een besluit gaat over twee verschillende pseudoniemen die het register kent. `meedoen link review` toont ze."),
  "LNK-03": page(
    "Two decisions contradict each other", "Twee besluiten spreken elkaar tegen",
    "Two people who were decided to differ would be one, directly or through somebody else. Look at both again; undo the decision that is wrong.",
    "Twee mensen van wie is besloten dat zij verschillen, zouden één worden, rechtstreeks of via een ander. Bekijk beide opnieuw; maak het besluit dat niet klopt ongedaan."
  ),
  "LNK-04": page(
    "There is nothing to undo", "Er is niets ongedaan te maken",
    "No decision about these two still holds. `meedoen link list` shows all decisions.",
    "Over deze twee geldt geen besluit meer. `meedoen link list` toont alle besluiten."),
  "LNK-05": page(
    "The day of the decision is too early", "De dag van het besluit is te vroeg",
    "Decisions are added in the order of the calendar, so that what was known on a past day can always be seen as it was.",
    "Besluiten komen erbij in de volgorde van de kalender, zodat wat op een dag in het verleden bekend was altijd zo te zien is."
  ),
  "LNK-06": page(
    "There is no such decision", "Dat besluit is er niet",
    "Decisions are numbered from 1 in the order in which `meedoen link list` shows them.",
    "Besluiten zijn genummerd vanaf 1, in de volgorde waarin `meedoen link list` ze toont."),
]
