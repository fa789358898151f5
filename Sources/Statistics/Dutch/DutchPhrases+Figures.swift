extension DutchPhrases {
  /// Agreement, proportions and rates.
  static let agreementAndCounts: [String: String] = [
    "the category given by all raters": "de categorie die alle beoordelaars gaven",
    "the category given by both raters": "de categorie die beide beoordelaars gaven",
    "the value given by all coders": "de waarde die alle codeurs gaven",
    "ratings of coder {}": "waarden van codeur {}",
    "ratings of subject {}": "oordelen over geval {}",
    "ratings of the second rater": "oordelen van de tweede beoordelaar",
    "segments of observer {}": "segmenten van waarnemer {}",
    "weights of agreement": "de overeenstemmingsgewichten",
    "there are at most {}; are these identifiers?": "er zijn er hoogstens {}; zijn dit kenmerken van personen?",
    "it has at most 4.5e15 subjects": "de tabel heeft hoogstens 4,5e15 gevallen",
    "they are at most 1, and 1 for equal categories": "ze zijn hoogstens 1, en 1 voor gelijke categorieën",
    "they are whole numbers of raters": "het zijn gehele aantallen beoordelaars",
    "their squared differences are not finite; divide them by a constant":
      "hun gekwadrateerde verschillen zijn niet eindig; deel ze door een constante",
    "values on a ratio scale are zero or more": "waarden op een ratioschaal zijn nul of meer",
    "its length is above 0, at most 1e15, and there is a value":
      "de lengte is boven 0, hoogstens 1e15, en er is een waarde",
    "each starts before it ends, within the continuum": "elk begint voor het eindigt, binnen het continuüm",
    "segments of one observer do not overlap": "segmenten van één waarnemer overlappen niet",
    "Wald's interval of a rate ratio": "het Wald-interval van een frequentieverhouding",
    "a group without events": "een groep zonder gebeurtenissen",
    "they are zero or more": "ze zijn nul of meer",
    "they are zero or more and at most the trials": "ze zijn nul of meer en hoogstens het aantal personen",
    "it is above 0 and finite": "boven 0 en eindig",
    "it is above 0, and below 1 for a proportion": "boven 0, en bij een aandeel onder 1",
    "it is above 0, and for a proportion at most 4.5e15": "boven 0, en bij een aandeel hoogstens 4,5e15",
    "it is zero or more and below a half": "nul of meer en onder een half",
    "it lies between 0 and 1": "ligt tussen 0 en 1",
    "events are zero or more and the size is above 0": "gebeurtenissen zijn nul of meer en de grootte is boven 0",
    "the number of people is whole and at least that of events":
      "het aantal mensen is geheel en ten minste dat van de gebeurtenissen",
    "provider {}": "aanbieder {}",
    "winsorised share": "het gewinsoriseerde deel",
    "the outcome of all providers": "de uitkomst van alle aanbieders",
  ]

  /// Costs and effects.
  static let economics: [String: String] = [
    "cost and effect within the groups": "kosten en effect binnen de groepen",
    "numbers of the ratio": "de getallen van de verhouding",
    "their fourth powers are not finite; use larger units":
      "hun vierde machten zijn niet eindig; gebruik grotere eenheden",
    "they are zero or more, and the covariance at most the root of their product":
      "ze zijn nul of meer, en de covariantie hoogstens de wortel van hun product",
    "willingness to pay": "de betalingsbereidheid",
    "a unit of effect is worth zero or more": "een eenheid effect is nul of meer waard",
    "the net benefits are not finite; use larger units of money":
      "de nettobaten zijn niet eindig; gebruik grotere geldeenheden",
    "it is the position of a strategy, counted from 0": "het is de plaats van een strategie, geteld vanaf 0",
    "strategies of the effects": "strategieën van de effecten",
    "the effect of treatment on the net benefit": "het effect van de behandeling op de nettobaat",
  ]

  /// Sensitivity.
  static let sensitivity: [String: String] = [
    "the E-value of a risk difference": "de E-waarde van een risicoverschil",
    "a risk of 0 in the group with less risk": "een risico van 0 in de groep met het kleinste risico",
    "a true value beyond the estimate": "een ware waarde voorbij de schatting",
    "the exact signed-rank distribution": "de exacte verdeling van rangtekens",
    "more than 200 pairs": "meer dan 200 paren",
    "hidden bias multiplies the odds of treatment by 1 or more":
      "verborgen vertekening vermenigvuldigt de odds op behandeling met 1 of meer",
    "a ratio is above 0 and finite": "een verhouding is boven 0 en eindig",
    "the interval of a ratio starts at 0 or more and holds the estimate":
      "het interval van een verhouding begint bij 0 of meer en bevat de schatting",
    "standard deviation": "de standaarddeviatie",
    "standardised difference": "het gestandaardiseerde verschil",
    "it is finite and its standard error zero or more": "eindig, met een standaardfout van nul of meer",
    "it is in standard deviations, so below 700 in size": "in standaarddeviaties, dus kleiner dan 700",
    "events are zero or more and at most the number of people":
      "gebeurtenissen zijn nul of meer en hoogstens het aantal mensen",
    "discordant pairs": "de ongelijke paren",
    "counts are zero or more": "aantallen zijn nul of meer",
    "each lies between 0 and 1": "elk ligt tussen 0 en 1",
    "there are at least as many tests as p-values": "er zijn ten minste zoveel toetsen als p-waarden",
  ]

  /// Bootstrap.
  static let resampling: [String: String] = [
    "the statistic": "de grootheid",
    "the statistic over the draws": "de grootheid over de trekkingen",
    "the statistic without a unit": "de grootheid zonder een eenheid",
    "the scores of a draw": "de behandelkansen van een trekking",
    "a bootstrap needs 2 draws or more": "een bootstrap heeft 2 of meer trekkingen nodig",
    "a bootstrap needs 2 or more, better 999 or more": "een bootstrap heeft er 2 of meer nodig, liever 999 of meer",
    "each is a position from 0 to {}": "elk is een plaats van 0 tot en met {}",
    "all rows of a cluster must lie in one stratum": "alle rijen van een cluster moeten in één stratum liggen",
    "BCa needs draws on both sides of the original statistic":
      "BCa heeft trekkingen aan beide kanten van de oorspronkelijke grootheid nodig",
    "every draw must lie inside the range of the scale {}":
      "elke trekking moet binnen het bereik van de schaal {} liggen",
    "that statistic must be a variance above 0 in every draw":
      "die grootheid moet in elke trekking een variantie boven 0 zijn",
  ]

  /// What several families share.
  static let shared: [String: String] = [
    "the outcome": "de uitkomst",
    "the confidence level": "het betrouwbaarheidsniveau",
    "row": "rij",
    "cluster": "cluster",
  ]
}
