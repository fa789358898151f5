import Primitives

extension StatisticsError: CustomStringConvertible {
  /// What is wrong, where, and what to do, in English.
  public var description: String { message.english }

  /// The same in each language. What a case holds is English; ``DutchPhrases`` has the Dutch beside it.
  public var message: LocalizedText { LocalizedText(sentence(.english), nl: sentence(.dutch)) }

  private func sentence(_ language: Language) -> String {
    let (english, dutch) = sentences(ErrorWords(language: language))
    return language == .dutch ? dutch : english
  }

  private func sentences(_ words: ErrorWords) -> (english: String, dutch: String) {
    switch self {
    case .noObservations, .lengthsDiffer, .notFinite, .negativeTime, .exitNotAfterEntry, .negativeWeight,
      .weightsSumToZero, .notAProbability, .beyondFollowUp, .setting, .notBinary, .responseOutOfRange, .cancelled:
      ofNumbers(words)
    case .unknownCause, .unknownState, .unknownGroup, .tooFewGroups, .intervalsOverlap, .stateJumps, .unknownLevel,
      .oneGroupOnly, .repeatedObservation, .changesWithinUnit, .noComparisonGroup, .noTreatedGroup, .noMatches,
      .balanceInfeasible, .drawsFailed:
      ofGroups(words)
    case .notSupported, .singularCovariance, .noColumns, .knotsNotAscending, .constant, .collinear, .separated,
      .notConverged, .tooFewObservations, .tooFewClusters, .unknownVariable, .fullLeverage, .negativeVariance:
      ofModels(words)
    }
  }

  private func ofNumbers(_ words: ErrorWords) -> (String, String) {
    switch self {
    case .noObservations:
      (
        "there are no observations; a method needs at least one",
        "er zijn geen waarnemingen; een methode heeft er ten minste één nodig"
      )
    case .lengthsDiffer(let array, let expected, let found):
      (
        "\(words.name(array)) has \(Self.count(found, "element", "elements")) where \(expected) are needed; give each observation one",
        "\(words.name(array)) heeft \(Self.count(found, "element", "elementen")) waar er \(expected) nodig zijn; geef elke waarneming er één"
      )
    case .notFinite(let array, let index):
      (
        "\(words.name(array))[\(index)] is not a finite number; leave the observation out or correct it",
        "\(words.name(array))[\(index)] is geen eindig getal; laat de waarneming weg of verbeter haar"
      )
    case .negativeTime(let array, let index):
      (
        "\(words.name(array))[\(index)] is before time 0; count times from the origin",
        "\(words.name(array))[\(index)] ligt voor tijd 0; tel tijden vanaf het begin"
      )
    case .exitNotAfterEntry(let index):
      (
        "exit[\(index)] is not after entry[\(index)]; only an entry and exit both at time 0 may be equal",
        "exit[\(index)] ligt niet na entry[\(index)]; alleen een begin en einde op tijd 0 mogen gelijk zijn"
      )
    case .negativeWeight(let index):
      (
        "weight[\(index)] is negative; weights are zero or more",
        "weight[\(index)] is negatief; gewichten zijn nul of meer"
      )
    case .weightsSumToZero:
      (
        "all weights are zero; at least one observation must count",
        "alle gewichten zijn nul; ten minste één waarneming moet tellen"
      )
    case .notAProbability(let name):
      (
        "\(words.name(name)) must lie strictly between 0 and 1",
        "\(words.name(name)) moet tussen 0 en 1 liggen, zonder de grenzen"
      )
    case .beyondFollowUp(let name):
      (
        "\(words.name(name)) lies outside the time that was followed; choose an earlier one",
        "\(words.name(name)) ligt buiten de tijd die is gevolgd; kies een eerdere"
      )
    case .setting(let name, let reason):
      ("\(words.name(name)): \(words.phrase(reason))", "\(words.name(name)): \(words.phrase(reason))")
    case .notBinary(let variable, let index):
      ("\(variable)[\(index)] is not 0 or 1", "\(variable)[\(index)] is niet 0 of 1")
    case .responseOutOfRange(let index, let allowed):
      (
        "response[\(index)] is outside \(words.phrase(allowed)); choose the family that fits the response, or correct it",
        "response[\(index)] ligt buiten \(words.phrase(allowed)); kies de familie die bij de uitkomst past, of verbeter hem"
      )
    default: ("the computation was stopped", "de berekening is gestopt")
    }
  }

  private func ofGroups(_ words: ErrorWords) -> (String, String) {
    switch self {
    case .unknownCause(let index, let causes):
      (
        "cause[\(index)] is not one of 0 (censored) to \(causes); declare the number of causes or correct it",
        "cause[\(index)] is niet een van 0 (gecensureerd) tot en met \(causes); geef het aantal oorzaken op of verbeter hem"
      )
    case .unknownState(let array, let index, let states):
      (
        "\(array)[\(index)] is not a state from 1 to \(states); declare the number of states or correct it",
        "\(array)[\(index)] is geen toestand van 1 tot en met \(states); geef het aantal toestanden op of verbeter hem"
      )
    case .unknownGroup(let index, let groups):
      (
        "group[\(index)] is not one of 0 to \(groups - 1); declare the number of groups or correct it",
        "group[\(index)] is niet een van 0 tot en met \(groups - 1); geef het aantal groepen op of verbeter hem"
      )
    case .tooFewGroups(let found):
      (
        "there are people in \(Self.count(found, "group", "groups")); a comparison needs at least two",
        "er zijn mensen in \(Self.count(found, "groep", "groepen")); een vergelijking heeft er ten minste twee nodig"
      )
    case .intervalsOverlap(let index):
      (
        "interval \(index) starts before the person's previous interval ended; a person is in one state at a time",
        "interval \(index) begint voor het einde van het vorige interval van de persoon; iemand is in één toestand tegelijk"
      )
    case .stateJumps(let index):
      (
        "interval \(index) starts in another state than the one entered when the previous interval ended",
        "interval \(index) begint in een andere toestand dan die waarin het vorige interval eindigde"
      )
    case .unknownLevel(let variable, let index, let levels):
      (
        "\(variable)[\(index)] is not one of the codes 0 to \(levels - 1); each code is a position in the levels",
        "\(variable)[\(index)] is niet een van de codes 0 tot en met \(levels - 1); elke code is een plaats in de niveaus"
      )
    case .oneGroupOnly(let variable):
      (
        "\(words.name(variable)) has one value only; a comparison needs both",
        "\(words.name(variable)) heeft maar één waarde; een vergelijking heeft beide nodig"
      )
    case .repeatedObservation(let index):
      (
        "row \(index) is a second one of its unit in the same period; keep one row for each unit and period",
        "rij \(index) is een tweede van haar eenheid in dezelfde periode; houd één rij per eenheid en periode"
      )
    case .changesWithinUnit(let variable, let index):
      (
        "\(variable)[\(index)] differs from the other rows of the same unit; give a unit one value",
        "\(variable)[\(index)] verschilt van de andere rijen van dezelfde eenheid; geef een eenheid één waarde"
      )
    case .noComparisonGroup(let reason):
      (
        "there is nobody to compare the treated with: \(words.phrase(reason))",
        "er is niemand om de behandelden mee te vergelijken: \(words.phrase(reason))"
      )
    case .noTreatedGroup(let reason):
      (
        "there is no treated group to estimate an effect for: \(words.phrase(reason))",
        "er is geen behandelde groep om een effect voor te schatten: \(words.phrase(reason))"
      )
    case .noMatches(let method):
      (
        "\(words.phrase(method)) found nobody comparable; allow wider calipers, coarser groups or fewer variables to agree on",
        "\(words.phrase(method)) vond niemand die vergelijkbaar is; sta ruimere kalipers, grovere groepen of minder variabelen toe"
      )
    case .balanceInfeasible(let group, let columns):
      (
        "no weights for the \(group) reach the means wanted of \(Self.list(columns)); leave such columns out, merge levels, or compare only people who have a like in the other group",
        "geen gewichten voor de \(group == "treated" ? "behandelden" : "onbehandelden") bereiken de gewenste gemiddelden van \(Self.dutchList(columns)); laat zulke kolommen weg, voeg niveaus samen, of vergelijk alleen wie een gelijke heeft in de andere groep"
      )
    case .drawsFailed(let failed, let draws):
      (
        "the statistic has no value in \(failed) of \(Self.count(draws, "draw", "draws")); groups are too small to be drawn from with replacement",
        "de grootheid heeft geen waarde in \(failed) van \(Self.count(draws, "trekking", "trekkingen")); groepen zijn te klein om met teruglegging uit te trekken"
      )
    default: preconditionFailure("no sentence about groups")
    }
  }

  private func ofModels(_ words: ErrorWords) -> (String, String) {
    switch self {
    case .notSupported(let method, let input):
      (
        "\(words.phrase(method)) is not defined for \(words.phrase(input))",
        "\(words.phrase(method)) is niet gedefinieerd voor \(words.phrase(input))"
      )
    case .singularCovariance(let method):
      (
        "\(words.phrase(method)) cannot tell the groups apart: too few events while both are at risk",
        "\(words.phrase(method)) kan de groepen niet onderscheiden: te weinig gebeurtenissen terwijl beide gevolgd worden"
      )
    case .noColumns:
      (
        "there are no columns; a model needs at least one",
        "er zijn geen kolommen; een model heeft er ten minste één nodig"
      )
    case .knotsNotAscending(let variable):
      (
        "the knots of \(variable) are not three or more ascending numbers; choose other knots",
        "de knopen van \(variable) zijn niet drie of meer oplopende getallen; kies andere knopen"
      )
    case .constant(let variable):
      (
        "\(words.name(variable)) is the same in every row; leave it out",
        "\(words.name(variable)) is in elke rij gelijk; laat het weg"
      )
    case .collinear(let columns):
      (
        "\(Self.list(columns.map(words.name))) can be computed from the other columns; leave \(columns.count == 1 ? "it" : "them") out",
        columns.count == 1
          ? "\(Self.dutchList(columns.map(words.name))) volgt uit de andere kolommen; laat deze kolom weg"
          : "\(Self.dutchList(columns.map(words.name))) volgen uit de andere kolommen; laat ze weg"
      )
    case .separated(let columns, let outcome):
      (
        "\(columns.isEmpty ? "the model" : Self.list(columns.map(words.name))) \(columns.count <= 1 ? "predicts" : "predict") \(words.phrase(outcome)) without error, so the estimate is not finite; use Firth's penalty, join categories, or leave out what separates",
        "\(columns.isEmpty ? "het model" : Self.dutchList(columns.map(words.name))) \(columns.count <= 1 ? "voorspelt" : "voorspellen") \(words.phrase(outcome)) zonder fout, dus de schatting is niet eindig; gebruik de straf van Firth, voeg categorieën samen, of laat weg wat scheidt"
      )
    case .notConverged(let method, let iterations):
      (
        "\(words.phrase(method)) did not settle in \(Self.count(iterations, "step", "steps")); look for columns that almost depend on each other, or values of very different size",
        "\(words.phrase(method)) kwam in \(Self.count(iterations, "stap", "stappen")) niet tot rust; zoek kolommen die bijna van elkaar afhangen, of waarden van zeer verschillende grootte"
      )
    case .tooFewObservations(let found, let needed):
      (
        "there \(found == 1 ? "is" : "are") \(Self.count(found, "observation", "observations")); this needs at least \(needed)",
        "er \(found == 1 ? "is" : "zijn") \(Self.count(found, "waarneming", "waarnemingen")); dit heeft er ten minste \(needed) nodig"
      )
    case .tooFewClusters(let found, let needed):
      (
        "there \(found == 1 ? "is" : "are") \(Self.count(found, "cluster", "clusters")); this needs at least \(needed)",
        "er \(found == 1 ? "is" : "zijn") \(Self.count(found, "cluster", "clusters")); dit heeft er ten minste \(needed) nodig"
      )
    case .unknownVariable(let name, let known):
      (
        "the model has no variable \(name); it has \(Self.list(known))",
        "het model heeft geen variabele \(name); het heeft \(Self.dutchList(known))"
      )
    case .fullLeverage(let array, let index):
      (
        "\(words.phrase(array))[\(index)] alone determines a coefficient, so this convention cannot judge its error; choose HC0, HC1 or CR1, or leave the column out",
        "\(words.phrase(array))[\(index)] bepaalt alleen een coëfficiënt, dus deze conventie kan zijn fout niet beoordelen; kies HC0, HC1 of CR1, of laat de kolom weg"
      )
    case .negativeVariance(let name):
      (
        "the estimated variance of \(words.name(name)) is below zero, so it has no standard error; cluster in fewer ways, or leave out columns that almost depend on each other",
        "de geschatte variantie van \(words.name(name)) is kleiner dan nul, dus er is geen standaardfout; cluster op minder manieren, of laat kolommen weg die bijna van elkaar afhangen"
      )
    default: preconditionFailure("no sentence about models")
    }
  }

  private static func count(_ number: Int, _ one: String, _ more: String) -> String {
    "\(number) \(number == 1 ? one : more)"
  }

  /// A column of a factor is called after one of its levels; of a column of identifiers not all may be told.
  private static func list(_ names: [String], more: String = "and {} more") -> String {
    let most = 10
    let rest = names.count > most ? " " + more.replacing("{}", with: String(names.count - most)) : ""
    return names.prefix(most).joined(separator: ", ") + rest
  }

  private static func dutchList(_ names: [String]) -> String { list(names, more: "en nog {}") }
}

/// What an error holds, in the language of its sentence.
private struct ErrorWords {
  let language: Language

  func phrase(_ english: String) -> String { language == .dutch ? DutchPhrases.dutch(english) : english }
  func name(_ english: String) -> String { language == .dutch ? DutchPhrases.name(english) : english }
}
