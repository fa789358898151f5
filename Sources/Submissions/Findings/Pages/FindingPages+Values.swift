extension FindingPages {
  static let oddValues: [FindingCode: FindingExplanation] = [
    .standIn: page(
      "A word or day that stands for “not known”", "Een woord of dag die voor “niet bekend” staat",
      "A value is needed here, and `unknown`, `n/a`, `?`, `1900-01-01` and the like say nothing. Find out what it is; leave the cell empty if it is not known, so that it is seen to be missing. A person's number that is made up joins people who are not one.",
      "Hier is een waarde nodig, en `onbekend`, `n.v.t.`, `?`, `1900-01-01` en dergelijke zeggen niets. Zoek het uit; laat de cel leeg als het niet bekend is, zodat te zien is dat het ontbreekt. Een verzonnen persoonsnummer voegt mensen samen die niet dezelfde zijn."
    ),
    .mixedAlphabets: page(
      "Letters of two alphabets in one number", "Letters van twee alfabetten in één nummer",
      "A Cyrillic or Greek letter looks like a Latin one and is another. It often comes along when text is copied. Type the number again.",
      "Een Cyrillische of Griekse letter lijkt op een Latijnse en is een andere. Die komt vaak mee bij het kopiëren. Typ het nummer opnieuw."
    ),
    .inTheFuture: page(
      "A day that has not come yet", "Een dag die nog moet komen",
      "What is recorded has happened; this lies after the day on which the return came in. Check the year and the order of day and month. If it is planned, send it when it has happened.",
      "Wat wordt vastgelegd, is gebeurd; dit ligt na de dag waarop de aanlevering binnenkwam. Controleer het jaar en de volgorde van dag en maand. Is het gepland, stuur het dan als het is gebeurd."
    ),
    .outsideContract: page(
      "Outside the time of the contract", "Buiten de looptijd van het contract",
      "What is recorded happened before the contract began or after it ended. Check the year. If it is right, confirm it: it is kept, and whoever pays decides whether it counts.",
      "Wat is vastgelegd, gebeurde voordat het contract begon of nadat het eindigde. Controleer het jaar. Klopt het, bevestig dat dan: het wordt bewaard, en wie betaalt beslist of het meetelt."
    ),
    .beforeBirth: page(
      "Before the person was born", "Vóór de geboorte van de persoon",
      "Either this day or the year of birth is wrong. Check both.",
      "Deze dag of het geboortejaar klopt niet. Controleer beide."),
    .implausibleLength: page(
      "A length of time that hardly occurs", "Een tijdsduur die bijna niet voorkomt",
      "The person would be older than 110, or something would have lasted more than 60 years. Check the years.",
      "De persoon zou ouder dan 110 zijn, of iets zou meer dan 60 jaar hebben geduurd. Controleer de jaren."),
  ]
}
