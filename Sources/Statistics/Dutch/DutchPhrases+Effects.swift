extension DutchPhrases {
  /// Weighting and doubly robust methods.
  static let weighting: [String: String] = [
    "entropy balancing": "entropiebalancering",
    "every propensity score": "elke behandelkans",
    "trimming": "het inperken",
    "trimming by score": "het inperken op behandelkans",
    "weights without scores": "gewichten zonder behandelkansen",
    "groups whose scores do not overlap": "groepen waarvan de behandelkansen niet overlappen",
    "an estimate that is not normalised": "een schatting die niet genormaliseerd is",
    "weights that were given, balanced or stabilised": "gewichten die gegeven, gebalanceerd of gestabiliseerd zijn",
    "outcome models": "uitkomstmodellen",
    "weights without scores for {}": "gewichten zonder behandelkansen voor {}",
    "stacked equations": "gestapelde vergelijkingen",
    "cross-fitted models": "kruislings geschatte modellen",
    "a derivative by differences": "een afgeleide door verschillen",
    "means that are not normalised, or weights that do not come unchanged from one logistic fit to all rows":
      "gemiddelden die niet genormaliseerd zijn, of gewichten die niet ongewijzigd uit één logistisch model van alle rijen komen",
    "standardisation": "standaardisatie",
    "the target {}": "het doel {}",
    "base weights": "de basisgewichten",
    "row {} must have a finite one above 0": "rij {} moet er een eindig boven 0 hebben",
    "tolerance and steps must be above 0": "tolerantie en stappen moeten boven 0 liggen",
    "1 to 4 can be balanced": "1 tot en met 4 kunnen worden gebalanceerd",
    "the lower bound is 0 or more and not above the upper": "de ondergrens is 0 of meer en niet boven de bovengrens",
    "the lower share lies below the upper, both from 0 to 1":
      "het onderste deel ligt onder het bovenste, beide van 0 tot 1",
    "at least one weight must be left as it is": "ten minste één gewicht moet blijven zoals het is",
    "the range of scores kept lies between 0 and 1": "het bereik van behandelkansen ligt tussen 0 en 1",
    "cross-fitting needs 2 parts or more": "kruislings schatten heeft 2 of meer delen nodig",
    "there must be 2 or more, numbered from 0": "er moeten er 2 of meer zijn, genummerd vanaf 0",
    "the treatment": "de behandeling",
  ]

  /// Matching and balance.
  static let matching: [String: String] = [
    "nearest-neighbour matching": "matchen op naaste buren",
    "optimal pair matching": "optimaal matchen in paren",
    "full matching": "volledig matchen",
    "optimal matching": "optimaal matchen",
    "exact matching": "exact matchen",
    "coarsened exact matching": "exact matchen in klassen",
    "subclassification": "de indeling in klassen",
    "the matching estimator": "de matching-schatter",
    "errors clustered by matched set": "fouten geclusterd per gematchte groep",
    "units that are in several sets": "eenheden die in meer groepen zitten",
    "units without a score": "eenheden zonder score",
    "so many ties; match on variables that tell people apart, or agree on some and compare within them":
      "zoveel gelijke afstanden; match op variabelen die mensen onderscheiden, of stel er enkele gelijk en vergelijk daarbinnen",
    "a network of this size": "een netwerk van deze grootte",
    "more than {} possible pairs; match on a score, or within calipers or strata":
      "meer dan {} mogelijke paren; match op een score, of binnen kalipers of strata",
    "what is matched on": "waarop wordt gematcht",
    "the score": "de score",
    "its range is not a finite number; divide it by a constant":
      "het bereik is geen eindig getal; deel door een constante",
    "the numbers of partners": "de aantallen partners",
    "no matching has them; allow more or fewer, or leave units out":
      "geen matching heeft die; sta er meer of minder toe, of laat eenheden weg",
    "the caliper": "de kaliper",
    "the caliper on {}": "de kaliper op {}",
    "it is zero or more and finite": "nul of meer en eindig",
    "the classes of {}": "de klassen van {}",
    "the cutpoints of {}": "de grenzen van {}",
    "the groups of {}": "de groepen van {}",
    "the quantiles of {}": "de kwantielen van {}",
    "a factor has groups, a number has classes": "een factor heeft groepen, een getal heeft klassen",
    "there are at most a million; {} were asked for": "er zijn er hoogstens een miljoen; er zijn er {} gevraagd",
    "there is at least one": "er is er ten minste één",
    "there is at least one class and at most a million": "er is ten minste één klasse en hoogstens een miljoen",
    "each is a number": "elke grens is een getal",
    "{} is not one of its levels": "{} is niet een van de niveaus",
    "{} is not one of the covariates": "{} is niet een van de covariaten",
    "{} is not numeric": "{} is geen getal",
    "there is one or more": "er is er een of meer",
    "each group has more units than that": "elke groep heeft meer eenheden dan dat",
    "there are two or more, no more than people": "er zijn er twee of meer, en niet meer dan mensen",
    "it is zero or more, and no more than there are people": "nul of meer, en niet meer dan er mensen zijn",
    "it lies between zero and a million": "ligt tussen nul en een miljoen",
    "there are {} units for at least {} for each of {}": "er zijn {} eenheden, voor ten minste {} bij elk van {}",
    "it is a millionth or more and not below the least": "een miljoenste of meer en niet onder het minste",
    "it is zero or more and below 1": "nul of meer en onder 1",
    "nearest neighbours are sought for the treated or for the controls":
      "naaste buren worden gezocht voor de behandelden of voor de controles",
    "pairs are sought for the treated or for the controls":
      "paren worden gezocht voor de behandelden of voor de controles",
    "it is 1 or more, no more than there are people, and whole without limits":
      "1 of meer, niet meer dan er mensen zijn, en geheel zonder grenzen",
    "the ratio lies between the least, 1 or more, and the most":
      "de verhouding ligt tussen het minste, 1 of meer, en het meeste",
    "the ratio lies between the least, 1 or more, and the most, no more than there are people":
      "de verhouding ligt tussen het minste, 1 of meer, en het meeste, niet meer dan er mensen zijn",
    "a number of matches that varies needs matching on a score":
      "een wisselend aantal matches vraagt matchen op een score",
    "a unit may be matched at least once": "een eenheid mag ten minste één keer worden gematcht",
    "ties of distances in covariates are settled in sorted order only":
      "gelijke afstanden in covariaten worden alleen op volgorde beslist",
    "the sum of its numbers is not finite; divide it by a constant":
      "de som van de getallen is niet eindig; deel door een constante",
  ]

  /// Panels and series.
  static let panels: [String: String] = [
    "two-way fixed effects": "vaste effecten in twee richtingen",
    "an event study": "een event study",
    "more than 4,000 periods and columns; take longer periods":
      "meer dan 4.000 perioden en kolommen; neem langere perioden",
    "more than 4,000 times; set earliest and latest": "meer dan 4.000 tijden; geef een eerste en een laatste tijd",
    "the cluster convention {}": "de clusterconventie {}",
    "this convention; use classical, HC0, HC1 or clusters": "deze conventie; gebruik klassiek, HC0, HC1 of clusters",
    "inverse probability tilting": "het kantelen van de behandelkansen",
    "the model of the probability of being treated": "het model van de kans op behandeling",
    "the first-order autoregression": "de autoregressie van de eerste orde",
    "the covariates": "de covariaten",
    "the covariates among those compared": "de covariaten onder wie vergeleken wordt",
    "everybody is treated at some time; compare with those not yet treated instead":
      "iedereen wordt ooit behandeld; vergelijk met wie nog niet behandeld is",
    "everybody is treated in every period": "iedereen is in elke periode behandeld",
    "no unit that is never treated is observed in every period; use all rows of the unbalanced panel, or compare with those not yet treated":
      "geen eenheid die nooit behandeld wordt, is in elke periode waargenomen; gebruik alle rijen van het onvolledige panel, of vergelijk met wie nog niet behandeld is",
    "nobody is untreated in both periods": "niemand is in beide perioden onbehandeld",
    "nobody untreated is observed in one of the two periods":
      "in een van de twee perioden is niemand waargenomen die onbehandeld is",
    "an effect could not be estimated": "een effect was niet te schatten",
    "fewer than two periods have somebody to compare with":
      "minder dan twee perioden hebben iemand om mee te vergelijken",
    "no effect after the treatment can be estimated": "geen effect na de behandeling is te schatten",
    "no effect can be estimated": "geen effect is te schatten",
    "no effect is left to average": "er blijft geen effect over om te middelen",
    "no time but the reference occurs": "alleen de referentietijd komt voor",
    "nobody is treated in the periods observed": "niemand is behandeld in de waargenomen perioden",
    "nobody of the group is observed in one of the two periods":
      "in een van de twee perioden is niemand van de groep waargenomen",
    "no unit of a treated group is observed in every period; use all rows of the unbalanced panel":
      "geen eenheid van een behandelde groep is in elke periode waargenomen; gebruik alle rijen van het onvolledige panel",
    "every group is treated in the first period or so soon that no period before is left":
      "elke groep is in de eerste periode behandeld, of zo vroeg dat er geen periode ervoor overblijft",
    "{} in the {} period": "{} in de {} periode",
    "not treated": "niet behandeld",
    "treated": "behandeld",
    "earlier": "eerste",
    "later": "tweede",
    "is zero or more periods": "is nul of meer perioden",
    "a panel needs to know which rows are of one unit": "een panel moet weten welke rijen van één eenheid zijn",
    "the squares of its numbers are not finite; divide it by a constant":
      "de kwadraten van de getallen zijn niet eindig; deel door een constante",
    "the squares of their numbers are not finite; divide the columns by a constant":
      "de kwadraten van hun getallen zijn niet eindig; deel de kolommen door een constante",
    "is from 20 to 1,000,000": "is van 20 tot en met 1.000.000",
    "is not after latest": "is niet na latest",
    "one of them occurs, or somebody is never treated": "een ervan komt voor, of iemand wordt nooit behandeld",
    "have no intercept: the unit effects hold it": "hebben geen intercept: dat zit in de effecten van eenheden",
    "ascend and leave at least two times before, between and after them":
      "lopen op, met ten minste twee tijden ervoor, ertussen en erna",
    "is from 1 to {}, the number of earlier errors": "is van 1 tot en met {}, het aantal eerdere fouten",
    "the cycle has from 2 times to as many as the series": "de cyclus heeft van 2 tijden tot zoveel als de reeks",
    "there are fewer than half as many pairs as times in the cycle":
      "er zijn minder dan half zoveel paren als tijden in de cyclus",
    "goes up by one from row to row; row {} does not follow the one before":
      "loopt per rij met één op; rij {} volgt niet op de vorige",
  ]
}
