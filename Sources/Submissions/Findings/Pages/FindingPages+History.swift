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
    .stockDiffers: page(
      "A stock does not follow from what came in and went out", "Een stand volgt niet uit in- en uitstroom",
      "The number at the end of the month should be the number at its beginning, and what came in less what went out. It is not, so something about earlier months was added, changed or taken back. Check beginnings and endings that came late; when they are right, confirm it.",
      "De stand aan het eind van de maand hoort de stand aan het begin te zijn, plus instroom, min uitstroom. Dat klopt niet, dus er is iets over eerdere maanden toegevoegd, gewijzigd of teruggenomen. Controleer late begin- en einddatums; kloppen ze, bevestig dat dan."
    ),
    .steadyChanged: page(
      "A value that should not change has changed", "Een waarde die niet hoort te veranderen, is veranderd",
      "Things such as a year of birth stay as they are. If the value before was wrong, confirm the change; if the row is about somebody else, correct the number.",
      "Zaken als een geboortejaar blijven zoals ze zijn. Was de vorige waarde fout, bevestig dan de wijziging; gaat de rij over iemand anders, verbeter dan het nummer."
    ),
  ]

  static let completeness: [FindingCode: FindingExplanation] = [
    .expectedOverdue: page(
      "Something that was expected by now did not come", "Iets wat er al had moeten zijn, is er niet",
      "The model expects this record within a time of another, such as a baseline within three months of the start. That time has passed. Send the record, or confirm with a reason why there is none. `meedoen cycle chase` writes the list of all people with something due.",
      "Het model verwacht dit record binnen een tijd na een ander, zoals een nulmeting binnen drie maanden na de start. Die tijd is voorbij. Stuur het record, of bevestig met een reden waarom het er niet is. `meedoen cycle chase` schrijft de lijst van iedereen van wie nog iets wordt verwacht."
    ),
    .nothingHeard: page(
      "Nothing was heard of somebody for too long", "Te lang niets van iemand gehoord",
      "The model expects a sign of life every so often, such as a contact each half-year, and the last one is longer ago. Send what happened, record that the person left, or confirm with a reason.",
      "Het model verwacht om de zoveel tijd een levensteken, zoals elk half jaar contact, en het laatste is langer geleden. Stuur wat er is gebeurd, leg vast dat de persoon is vertrokken, of bevestig met een reden."
    ),
    .fillRateFell: page(
      "A field is filled in far less often than before", "Een veld is veel minder vaak ingevuld dan eerder",
      "In the return before this one most rows had a value here. Perhaps a column moved, an export changed, or a form no longer asks for it. Check the column; if it is right, confirm it.",
      "In de vorige aanlevering hadden de meeste rijen hier een waarde. Misschien is een kolom verschoven, een export gewijzigd, of vraagt een formulier er niet meer naar. Controleer de kolom; klopt het, bevestig dat dan."
    ),
    .returnMissing: page(
      "A return did not come", "Een aanlevering is niet gekomen",
      "The day on which this period was due has passed and no return about it came. Send it, also when nothing happened in it: then it has no rows. If there is none to send, confirm with a reason.",
      "De dag waarop deze periode binnen moest zijn is voorbij, en er kwam geen aanlevering over. Stuur haar, ook als er niets gebeurde: dan heeft zij geen rijen. Valt er niets te sturen, bevestig dat dan met een reden."
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
    .shareDiffers: page(
      "A share differs from that of the others by more than chance", "Een aandeel wijkt meer af dan door toeval",
      "Your share lies outside the limits (of 998 in 1000) within which a provider of your size would lie by chance, were it like the others together. It may be good work, other people, or a code that is used in another way. Look into it, mend what is wrong, or confirm what is right. Figures of others are not told.",
      "Uw aandeel ligt buiten de grenzen (van 998 op 1000) waarbinnen een aanbieder van uw omvang door toeval zou liggen als die was zoals de andere samen. Het kan goed werk zijn, andere mensen, of een code die anders wordt gebruikt. Zoek het uit, verbeter wat niet klopt of bevestig wat klopt. Cijfers van anderen worden niet genoemd."
    ),
  ]

  static let people: [FindingCode: FindingExplanation] = [
    .likelySamePerson: page(
      "Probably one person under two numbers", "Waarschijnlijk één persoon onder twee nummers",
      "What this row says of a new person agrees with somebody whom the register holds under another number. `meedoen link review` shows both to who may see them, and `meedoen link merge` decides, also that they are two. If they are two people, confirm it.",
      "Wat deze rij van een nieuwe persoon zegt, komt overeen met iemand die het register onder een ander nummer heeft. `meedoen link review` toont beiden aan wie ze mag zien, en `meedoen link merge` beslist, ook dat het er twee zijn. Zijn het er twee, bevestig dat dan."
    ),
    .personMissing: page(
      "Somebody of the return before is not in this one", "Iemand uit de vorige aanlevering staat niet in deze",
      "Returns of this model hold everybody, and this person was in the last one. Nothing is deleted. `meedoen submission missing` lists them, and `meedoen submission answer` says whether they are still here, left, or were entered in error.",
      "Aanleveringen van dit model bevatten iedereen, en deze persoon stond in de vorige. Er wordt niets verwijderd. `meedoen submission missing` noemt ze, en `meedoen submission answer` zegt of zij er nog zijn, zijn vertrokken, of ten onrechte waren opgevoerd."
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
