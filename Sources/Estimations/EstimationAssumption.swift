import Primitives

/// What has to be true for the numbers of a method to mean what they seem to, in a sentence or two.
///
/// The page of the method tells the rest. A method that only describes, or that takes others' results, has none.
public enum EstimationAssumption {
  /// The sentence of a method, by its id.
  public static func of(_ method: String) -> LocalizedText? { byMethod[method] }

  private static let byMethod: [String: LocalizedText] = {
    var sentences: [String: LocalizedText] = [:]
    for (methods, sentence) in groups { for method in methods { sentences[method] = sentence } }
    return sentences
  }()

  private static let groups: [([String], LocalizedText)] = [
    (
      ["kaplan-meier", "restricted-mean", "log-rank", "survival-band", "landmark", "state-occupation"],
      LocalizedText(
        "People lost from sight fare like those who are still followed. Groups are compared as they are, so a difference between them is not yet an effect.",
        nl:
          "Wie uit beeld raakt, vergaat het als wie nog gevolgd wordt. Groepen worden vergeleken zoals ze zijn, dus een verschil is nog geen effect."
      )
    ),
    (
      ["cumulative-incidence"],
      LocalizedText(
        "People lost from sight fare like those who are still followed, for every cause. Groups are compared as they are, so a difference between them is not yet an effect.",
        nl:
          "Wie uit beeld raakt, vergaat het als wie nog gevolgd wordt, voor elke oorzaak. Groepen worden vergeleken zoals ze zijn, dus een verschil is nog geen effect."
      )
    ),
    (
      ["cox", "firth-cox", "fine-gray"],
      LocalizedText(
        "A ratio is the same at all times. People lost from sight fare like those with the same columns who are still followed. A ratio is an effect only if the columns hold everything else in which groups differ and that matters.",
        nl:
          "Een verhouding is op alle tijden gelijk. Wie uit beeld raakt, vergaat het als wie met dezelfde kolommen nog gevolgd wordt. Een verhouding is alleen een effect als de kolommen alles bevatten waarin groepen verder verschillen en wat ertoe doet."
      )
    ),
    (
      [
        "linear-regression", "absorbed-regression", "logistic-regression", "firth-regression", "poisson-regression",
        "negative-binomial-regression", "marginal-effects",
      ],
      LocalizedText(
        "The formula has the right form. A coefficient is an effect only if the other columns hold everything else in which people differ and that matters.",
        nl:
          "De formule heeft de juiste vorm. Een coëfficiënt is alleen een effect als de andere kolommen alles bevatten waarin mensen verder verschillen en wat ertoe doet."
      )
    ),
    (
      [
        "nearest-neighbour-matching", "optimal-pair-matching", "full-matching", "exact-matching",
        "coarsened-exact-matching", "subclassification", "matching-estimator", "inverse-probability-weighting",
        "entropy-balancing", "regression-standardisation", "augmented-weighting", "weighted-standardisation",
      ],
      LocalizedText(
        "It is an effect only if the formula holds everything that decides both who was treated and the outcome, as it was before the treatment, and if people of every kind can be found in both groups.",
        nl:
          "Het is alleen een effect als de formule alles bevat wat zowel bepaalt wie behandeld is als wat de uitkomst is, zoals het vóór de behandeling was, en als mensen van elke soort in beide groepen voorkomen."
      )
    ),
    (
      ["difference-in-differences", "sun-abraham", "group-time-effects"],
      LocalizedText(
        "Without the treatment, treated and compared would have changed by the same amount, and nobody reacts before it starts. If whole municipalities start together, people in them are not independent: give --cluster, and trust errors little when there are few.",
        nl:
          "Zonder de behandeling zouden behandelden en vergelekenen evenveel zijn veranderd, en niemand reageert voor het begin. Beginnen hele gemeenten tegelijk, dan zijn hun inwoners niet onafhankelijk: geef --cluster, en vertrouw fouten weinig als het er weinig zijn."
      )
    ),
    (
      ["two-way-fixed-effects", "event-study"],
      LocalizedText(
        "Without the treatment, treated and compared would have changed by the same amount, nobody reacts before it starts, and the effect is alike in all groups. If it differs between groups that start at different times, use group-time-effects or sun-abraham.",
        nl:
          "Zonder de behandeling zouden behandelden en vergelekenen evenveel zijn veranderd, niemand reageert voor het begin, en het effect is in alle groepen gelijk. Verschilt het tussen groepen die op andere tijden beginnen, gebruik dan group-time-effects of sun-abraham."
      )
    ),
    (
      ["interrupted-time-series"],
      LocalizedText(
        "Without the change the old trend would have gone on, and nothing else changed at that moment.",
        nl: "Zonder de verandering zou de oude trend zijn doorgegaan, en op dat moment veranderde niets anders.")
    ),
    (
      ["cost-effectiveness"],
      LocalizedText(
        "The groups are alike but for the treatment, as after a lottery; --adjust corrects the net benefit only for the columns it names.",
        nl:
          "De groepen zijn gelijk op de behandeling na, zoals na loting; --adjust corrigeert de nettobaat alleen voor de kolommen die het noemt."
      )
    ),
    (
      ["multiple-imputation"],
      LocalizedText(
        "What is missing can be told from the columns that are used: people with and without a value are alike once those are the same.",
        nl:
          "Wat ontbreekt is uit de gebruikte kolommen af te leiden: mensen met en zonder waarde zijn gelijk als die kolommen gelijk zijn."
      )
    ),
  ]
}
