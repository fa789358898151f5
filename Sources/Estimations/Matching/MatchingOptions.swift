import Primitives
import Statistics

/// Options that methods of matching share.
extension EstimationOption {
  static let treatmentFormula = EstimationOption(
    "formula", .formula, "Who was treated (0 and 1), a tilde, and the covariates: of the score and of the balance.",
    nl: "Wie behandeld is (0 en 1), een tilde, en de covariaten: van de score en van de balans.", isRequired: true)
  static let outcome = EstimationOption(
    "outcome", .column, "The outcome; with it the effect is estimated.",
    nl: "De uitkomst; daarmee wordt het effect geschat.")
  static let adjusts = EstimationOption(
    "adjust", .flag, "Estimate the effect by a regression on treatment, covariates and their products.",
    nl: "Schat het effect met een regressie op behandeling, covariaten en hun producten.")
  static let adjustmentTerms = EstimationOption(
    "adjust-for", .terms, "The covariates of that regression, when they are not those of the formula.",
    nl: "De covariaten van die regressie, als het niet die van de formule zijn.")
  static let balanceTerms = EstimationOption(
    "balance-on", .terms, "Covariates whose balance is shown besides those of the formula.",
    nl: "Covariaten waarvan de balans ook wordt getoond, naast die van de formule.")
  static let matchingErrors = EstimationOption(
    "errors",
    .choice([
      EstimationChoice("sets", "clustered by matched set (cr1)", nl: "geclusterd per groep van gelijken (cr1)"),
      .white,
      EstimationChoice("hc1", "times n/(n − k)", nl: "maal n/(n − k)"),
      .hc3, .classical,
    ]),
    "Convention of the standard error of the effect; without it sets, or hc1 where a unit may be in several sets.",
    nl: "Conventie van de standaardfout van het effect; zonder dit sets, of hc1 waar iemand in meer groepen kan zitten."
  )
  static let score = EstimationOption(
    "score", .column, "The score to match on, instead of one estimated by a logit of the formula.",
    nl: "De score om op te matchen, in plaats van een geschat met een logit van de formule.")
  static let scoreScale = EstimationOption(
    "score-scale",
    .choice([
      EstimationChoice("probability", "the probability of treatment", nl: "de kans op behandeling"),
      EstimationChoice("linear", "its logit", nl: "de logit daarvan"),
    ]), "On which scale an estimated score is.", nl: "Op welke schaal een geschatte score staat.",
    standard: "probability")
  static let distance = EstimationOption(
    "distance",
    .choice([
      EstimationChoice("score", "difference in score", nl: "verschil in score"),
      EstimationChoice("mahalanobis", "Mahalanobis' distance of the covariates", nl: "afstand van Mahalanobis"),
      EstimationChoice(
        "robust-mahalanobis", "Mahalanobis' distance of ranks", nl: "afstand van Mahalanobis tussen rangnummers"),
      EstimationChoice(
        "scaled-euclidean", "covariates over their deviation", nl: "covariaten gedeeld door hun spreiding"),
      EstimationChoice("euclidean", "covariates as they are", nl: "covariaten zoals ze zijn"),
    ]), "On what people are compared.", nl: "Waarop mensen worden vergeleken.", standard: "score")
  static let distanceColumns = EstimationOption(
    "distance-on", .terms, "The covariates of the distance, when it is not all of the formula.",
    nl: "De covariaten van de afstand, als het niet alle van de formule zijn.")
  static let caliper = EstimationOption(
    "caliper", .number(.zeroOrMore), "The largest difference in score between matches.",
    nl: "Het grootste verschil in score tussen gematchten.")
  static let caliperScale = EstimationOption(
    "caliper-scale",
    .choice([
      EstimationChoice("sd", "standard deviations of the variable", nl: "standaarddeviaties van de variabele"),
      EstimationChoice("raw", "the variable's own unit", nl: "de eigen eenheid van de variabele"),
    ]), "In what calipers are.", nl: "Waarin kalipers zijn uitgedrukt.", standard: "sd")
  static let covariateCalipers = EstimationOption(
    "caliper-on", .texts, "Calipers on covariates: age=0.5,income=0.2.",
    nl: "Kalipers op covariaten: age=0.5,income=0.2.")
  static let exactOn = EstimationOption(
    "exact-on", .terms, "Columns on which matches agree.", nl: "Kolommen waarop gematchten gelijk zijn.")
  static let differOn = EstimationOption(
    "differ-on", .terms, "Columns on which matches differ.", nl: "Kolommen waarop gematchten verschillen.")
  static let support = EstimationOption(
    "discard",
    .choice([
      EstimationChoice("none", "nobody", nl: "niemand"),
      EstimationChoice("treated", "outside the controls' range", nl: "buiten het bereik van de controles"),
      EstimationChoice("control", "outside the treated's range", nl: "buiten het bereik van de behandelden"),
      EstimationChoice("both", "outside the common range", nl: "buiten het gezamenlijke bereik"),
    ]), "Who is left out because of the score.", nl: "Wie wegvalt vanwege de score.", standard: "none")
  static let balanceDenominator = EstimationOption(
    "denominator", .choice(BalanceDenominator.choices),
    "By which standard deviation differences are divided; without it the one that belongs to the estimand.",
    nl: "Door welke standaarddeviatie verschillen worden gedeeld; zonder dit die bij de schatter hoort.")
  static let balanceInteractions = EstimationOption(
    "interactions", .flag, "Show the balance of squares and products too.",
    nl: "Toon ook de balans van kwadraten en producten.")
  static let ids = EstimationOption(
    "id", .category, "How people are called in lists; without it by the row of the file.",
    nl: "Hoe mensen in lijsten heten; zonder dit naar de rij van het bestand.")
  static let listsPairs = EstimationOption(
    "list-pairs", .flag, "List who was matched to whom.", nl: "Toon wie aan wie is gematcht.")
  static let listsWeights = EstimationOption(
    "list-weights", .flag, "List everybody's weight and set.", nl: "Toon van iedereen het gewicht en de groep.")

  /// - Parameter all: whether the effect among all can be asked for.
  static func estimand(all: Bool) -> EstimationOption {
    let choices = [
      EstimationChoice("treated", "those treated (ATT)", nl: "de behandelden (ATT)"),
      EstimationChoice("control", "those not treated (ATC)", nl: "de niet-behandelden (ATC)"),
    ]
    let both = EstimationChoice("all", "all (ATE)", nl: "allen (ATE)")
    return EstimationOption(
      "estimand", .choice(all ? choices + [both] : choices), "Among whom the effect is meant.",
      nl: "Onder wie het effect is bedoeld.", standard: "treated")
  }

  /// What methods that compare people by a score or covariates have.
  static let distanceOptions: [EstimationOption] = [.score, .scoreScale, .distance, .distanceColumns]

  /// What methods that give each person so many matches have.
  static let ratioOptions: [EstimationOption] = [
    EstimationOption(
      "ratio", .number(.positive), "How many matches each person gets; an average with least and most.",
      nl: "Hoeveel matches ieder krijgt; een gemiddelde bij least en most.", standard: "1"),
    EstimationOption(
      "least", .whole(1...1000), "The smallest number of matches, when it varies.",
      nl: "Het kleinste aantal matches, als dat verschilt."),
    EstimationOption(
      "most", .whole(1...1_000_000), "The largest number of matches, when it varies.",
      nl: "Het grootste aantal matches, als dat verschilt."),
  ]

  /// Who may be matched to whom.
  static let pairingOptions: [EstimationOption] = [
    .caliper, .caliperScale, .covariateCalipers, .exactOn, .differOn, .support,
  ]

  /// What every method that makes a matched sample has, after its own options.
  static let matchedSample: [EstimationOption] = [
    .outcome, .adjusts, .adjustmentTerms, .matchingErrors, .level, .balanceDenominator, .balanceTerms,
    .balanceInteractions, .ids, .listsPairs, .listsWeights,
  ]
}

extension BalanceDenominator {
  static let choices: [EstimationChoice] = [
    EstimationChoice("treated", "of the treated", nl: "van de behandelden"),
    EstimationChoice("control", "of the controls", nl: "van de controles"),
    EstimationChoice("pooled", "of both, averaged", nl: "van beide, gemiddeld"),
    EstimationChoice("all", "of all together", nl: "van allen samen"),
    EstimationChoice("weighted", "of all together, weighted", nl: "van allen samen, gewogen"),
  ]
}
