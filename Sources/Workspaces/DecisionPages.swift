import Primitives
import Submissions

/// Pages of what stops a decision, by code.
let decisionPages: [String: FindingExplanation] = [
  "DEC-01": FindingExplanation(
    title: LocalizedText("The decision cannot be taken like this", nl: "Zo kan het besluit niet worden genomen"),
    text: LocalizedText(
      "Every decision says who took it, on which day and, mostly, why: a reason from a list, and a note where the reason is “other”. Notes are kept outside the vault and never name a person by number. Nothing was changed.",
      nl:
        "Elk besluit zegt wie het nam, op welke dag en meestal waarom: een reden uit een lijst, met een toelichting als de reden ‘other’ is. Toelichtingen staan buiten de kluis en noemen nooit iemand bij nummer. Er is niets veranderd."
    )),
  "DEC-02": FindingExplanation(
    title: LocalizedText(
      "It is not clear which return is meant", nl: "Het is niet duidelijk welke aanlevering is bedoeld"),
    text: LocalizedText(
      "A return is named by the first digits of its fingerprint, four or more. `meedoen submissions` lists them.",
      nl:
        "Een aanlevering wordt genoemd met de eerste tekens van haar vingerafdruk, vier of meer. `meedoen submissions` noemt ze."
    )),
  "DEC-03": FindingExplanation(
    title: LocalizedText("The correction breaks a rule", nl: "De verbetering past niet bij een regel"),
    text: LocalizedText(
      "The row with the new value was looked over like a return, and would be held. The message says which rule and why. Correct the value, or put the other cell right first.",
      nl:
        "De rij met de nieuwe waarde is nagekeken als een aanlevering en zou worden vastgehouden. De melding zegt welke regel en waarom. Verbeter de waarde, of zet eerst de andere cel goed."
    )),
  "DEC-04": FindingExplanation(
    title: LocalizedText("Somebody else was first", nl: "Iemand anders was eerst"),
    text: LocalizedText(
      "The provider's latest return about the month is not the one that yours was based on. Yours was not taken in. Look at what differs, and send it again with --based-on and the latest return.",
      nl:
        "De laatste aanlevering van de aanbieder over de maand is niet die waarop de uwe was gebaseerd. De uwe is niet opgenomen. Bekijk wat er verschilt en stuur haar opnieuw met --based-on en de laatste aanlevering."
    )),
]
