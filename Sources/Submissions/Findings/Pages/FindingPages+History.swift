extension FindingPages {
  static let history: [FindingCode: FindingExplanation] = [
    .outcomeReversed: page(
      "A result that counted no longer does", "Een resultaat dat meetelde, telt niet meer mee",
      "The register holds this row as a result that counts, and with the row as it is sent now it does not. If it was paid, the payment is put right. Confirm the correction, or mend the row.",
      "Het register heeft deze rij als een resultaat dat meetelt, en zoals de rij nu is gestuurd is dat niet meer zo. Is ervoor betaald, dan wordt dat rechtgezet. Bevestig de correctie of verbeter de rij."
    ),
    .settledChanged: page(
      "Something that counted as settled is changed", "Iets wat als vaststaand gold, is gewijzigd",
      "Reports on that time have been made with what was known then. Confirm that the change is meant; reports as known on an earlier day stay as they are.",
      "Over die tijd zijn rapporten gemaakt met wat toen bekend was. Bevestig dat de wijziging zo is bedoeld; rapporten zoals bekend op een eerdere dag blijven zoals ze zijn."
    ),
    .flipsBack: page(
      "A value goes back and forth", "Een waarde gaat heen en weer",
      "The return before this one changed the value, and this one changes it back. Often two files are kept side by side. Find out which is right and keep one of them.",
      "De vorige aanlevering wijzigde de waarde, en deze wijzigt haar terug. Vaak worden er twee bestanden naast elkaar bijgehouden. Zoek uit welke klopt en houd er één."
    ),
    .steadyChanged: page(
      "A value that should not change has changed", "Een waarde die niet hoort te veranderen, is veranderd",
      "Things such as a year of birth stay as they are. If the value before was wrong, confirm the change; if the row is about somebody else, correct the number.",
      "Zaken als een geboortejaar blijven zoals ze zijn. Was de vorige waarde fout, bevestig dan de wijziging; gaat de rij over iemand anders, verbeter dan het nummer."
    ),
  ]

  static let plausibility: [FindingCode: FindingExplanation] = [
    .outlier: page(
      "A number far from the others", "Een getal ver van de andere",
      "Often a decimal sign, a unit (a year for a month) or a zero too many. Check the cell; if it is right, confirm it.",
      "Vaak een decimaalteken, een eenheid (jaar in plaats van maand) of een nul te veel. Controleer de cel; klopt het, bevestig dat dan."
    ),
    .heaping: page(
      "Many rows on one day", "Veel rijen op één dag",
      "Three tenths or more of the dates are one day. Perhaps it is the day on which the rows were typed. Nothing needs to be done when it is right.",
      "Drie tiende of meer van de datums is één dag. Misschien is het de dag waarop de rijen zijn ingetypt. Klopt het, dan hoeft u niets te doen."
    ),
    .copyOfEarlier: page(
      "A file that was sent about another month", "Een bestand dat over een andere maand is gestuurd",
      "Byte by byte this is a file that came in with a return about another month. If nothing changed, confirm it; if the wrong file was chosen, send the right one.",
      "Byte voor byte is dit een bestand dat binnenkwam met een aanlevering over een andere maand. Is er niets veranderd, bevestig dat dan; is het verkeerde bestand gekozen, stuur dan het juiste."
    ),
  ]

  static let payment: [FindingCode: FindingExplanation] = [
    .evidenceMissing: page(
      "A result without its proof", "Een resultaat zonder bewijs",
      "The row is taken in, but the result does not count until the field that proves it is filled in.",
      "De rij wordt opgenomen, maar het resultaat telt niet mee tot het veld dat het bewijst is ingevuld."),
    .outsideWindow: page(
      "A result outside the time in which it counts", "Een resultaat buiten de tijd waarin het meetelt",
      "The row is taken in, but the model counts this result only between two moments. Check the date.",
      "De rij wordt opgenomen, maar het model telt dit resultaat alleen tussen twee momenten. Controleer de datum."),
    .countedBefore: page(
      "A result that counted as often as it can", "Een resultaat dat al zo vaak telde als het kan",
      "The row is taken in, but for this person the result has counted before. Check that it is not the same one under another date.",
      "De rij wordt opgenomen, maar voor deze persoon telde het resultaat al. Kijk of het niet hetzelfde is met een andere datum."
    ),
    .prerequisiteMissing: page(
      "A result without what has to come before it", "Een resultaat zonder wat eraan vooraf hoort te gaan",
      "The row is taken in, but the result does not count until the record it needs is there. Send that record.",
      "De rij wordt opgenomen, maar het resultaat telt niet mee tot het record er is dat eraan voorafgaat. Stuur dat record."
    ),
  ]
}
