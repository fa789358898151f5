import Primitives
import Submissions

private func page(_ title: String, _ titel: String, _ text: String, _ tekst: String) -> FindingExplanation {
  FindingExplanation(title: LocalizedText(title, nl: titel), text: LocalizedText(text, nl: tekst))
}

/// Pages of what the cycle of returns refuses, by code.
let cyclePages: [String: FindingExplanation] = [
  "CYC-01": page(
    "The model has no cycle", "Het model heeft geen cyclus",
    "Without `cycle` in the model nobody knows when a return is due. Add it: every month, quarter or year, the due day, the time zone, and the release day if there is a fixed one.",
    "Zonder `cycle` in het model is niet bekend wanneer een aanlevering binnen moet zijn. Voeg het toe: every month, quarter of year, de inleverdag, de tijdzone, en de dag van vrijgave als die vastligt."
  ),
  "CYC-02": page(
    "The period is locked", "De periode is afgesloten",
    "What a report was made of does not change behind its back. When something has to be put right, open the period again until a day and with a reason; what comes in then is marked as a restatement.",
    "Waar een rapport van is gemaakt, verandert niet ongemerkt. Moet er iets worden hersteld, open de periode dan weer tot een dag en met een reden; wat dan binnenkomt, geldt als herziening."
  ),
  "CYC-03": page(
    "The decision does not apply", "Het besluit past niet",
    "A period is open, then past its due day, released, and locked; a locked one can be opened again. `meedoen cycle status` says where each is.",
    "Een periode is open, dan voorbij de inleverdag, vrijgegeven en afgesloten; een afgesloten periode kan weer open. `meedoen cycle status` zegt hoe het met elke staat."
  ),
  "CYC-04": page(
    "A reason is missing", "Een reden ontbreekt",
    "Opening a locked period again changes what was reported, so the reason is kept with it.",
    "Een afgesloten periode weer openen verandert wat is gerapporteerd; daarom wordt de reden erbij bewaard."),
  "CYC-05": page(
    "The last day is missing", "De laatste dag ontbreekt",
    "A period is opened again until a day, and then locks by itself.",
    "Een periode gaat weer open tot een dag, en sluit dan vanzelf."),
  "CYC-06": page(
    "The period has not begun", "De periode is nog niet begonnen",
    "A period opens on its first day. Nothing can be recorded about days that have not been.",
    "Een periode gaat open op haar eerste dag. Over dagen die nog komen valt niets vast te leggen."),
  "CYC-07": page(
    "Earlier than the last decision", "Eerder dan het vorige besluit",
    "Decisions about a period follow each other, so that what was known on a day stays as it was.",
    "Besluiten over een periode volgen elkaar op, zodat wat op een dag bekend was zo blijft."),
  "CYC-08": page(
    "A decision on a day to come", "Een besluit op een dag die nog komt",
    "A decision counts from today or an earlier day. Only in a workspace of invented people may it lie ahead.",
    "Een besluit telt vanaf vandaag of een eerdere dag. Alleen in een werkmap van verzonnen mensen mag de dag nog komen."
  ),
  "CYC-09": page(
    "A day that is settled", "Een dag die vaststaat",
    "What was known on the day on which a period was released or locked, and on any day before, was shown and does not change any more. A return, correction, answer, withdrawal or link that is entered later counts from a later day: leave the day out for today. The day on which it is entered is kept beside it. Months that were not released yet can be loaded with the days on which they came in.",
    "Wat bekend was op de dag waarop een periode werd vrijgegeven of afgesloten, en op elke dag ervoor, is getoond en verandert niet meer. Een aanlevering, verbetering, antwoord, intrekking of koppeling die later wordt ingevoerd, telt vanaf een latere dag: laat de dag weg voor vandaag. De dag van invoer wordt erbij bewaard. Maanden die nog niet zijn vrijgegeven, kunnen worden geladen met de dagen waarop ze binnenkwamen."
  ),
]
