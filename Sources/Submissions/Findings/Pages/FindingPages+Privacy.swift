extension FindingPages {
  static let privacy: [FindingCode: FindingExplanation] = [
    .personalDataInText: page(
      "Personal data in a free text", "Persoonsgegevens in vrije tekst",
      "Free text is kept as it was written and is read by people who may not know who someone is. Write what it says without names, addresses or numbers, and send the row again. If it is none of these, confirm it.",
      "Vrije tekst wordt bewaard zoals die is geschreven en wordt gelezen door mensen die niet mogen weten om wie het gaat. Schrijf het op zonder namen, adressen of nummers en stuur de rij opnieuw. Is het iets anders, bevestig dat dan."
    ),
    .personalDataColumn: page(
      "A column outside the model holds personal data", "Een kolom buiten het model bevat persoonsgegevens",
      "The column is not read, but the file is kept, sealed, with the column in it. Take the column out and send the file again: what is not needed should not be sent.",
      "De kolom wordt niet gelezen, maar het bestand wordt verzegeld bewaard met de kolom erin. Haal de kolom weg en stuur het bestand opnieuw: wat niet nodig is, hoort niet te worden verstuurd."
    ),
    .specialCategoryColumn: page(
      "A column outside the model holds special categories of data",
      "Een kolom buiten het model bevat bijzondere persoonsgegevens",
      "Health, religion, origin, orientation, opinions and convictions are protected apart by law, and the model does not ask for them here. Take the column out and send the file again.",
      "Gezondheid, geloof, afkomst, geaardheid, overtuiging en veroordelingen zijn door de wet apart beschermd, en het model vraagt er hier niet om. Haal de kolom weg en stuur het bestand opnieuw."
    ),
  ]
}
