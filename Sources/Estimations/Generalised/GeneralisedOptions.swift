import Primitives
import Statistics

/// Options that generalised linear models share.
extension EstimationOption {
  static let responseFormula = EstimationOption(
    "formula", .formula, "What is modelled, a tilde, and the terms: 'employed ~ age + sex + region'.",
    nl: "Wat wordt gemodelleerd, een tilde, en de termen: 'employed ~ age + sex + region'.", isRequired: true)

  static let convergence = EstimationOption(
    "convergence",
    .choice([
      EstimationChoice(
        "as-r", "as R's glm: standard errors of the last step but one",
        nl: "als glm van R: standaardfouten van de op een na laatste stap"),
      EstimationChoice(
        "complete", "to the maximum itself: Stata, statsmodels", nl: "tot het maximum zelf: Stata, statsmodels"),
    ]), "When the steps towards the estimate end.", nl: "Wanneer de stappen naar de schatting eindigen.",
    standard: "as-r")

  static let profile = EstimationOption(
    "profile",
    .choice([
      EstimationChoice("auto", "up to 20,000 rows and 40 coefficients", nl: "tot 20.000 rijen en 40 coëfficiënten"),
      EstimationChoice("yes", "always", nl: "altijd"), EstimationChoice("no", "never", nl: "nooit"),
    ]), "Whether intervals by the profile likelihood are made.",
    nl: "Of intervallen met de profielaannemelijkheid worden gemaakt.", standard: "auto")

  static let jointTest = EstimationOption(
    "test", .texts, "Coefficients that are tested together, by their names as in the table.",
    nl: "Coëfficiënten die samen worden getoetst, met hun namen zoals in de tabel.")

  static let fitted = EstimationOption(
    "fitted", .flag, "Also list the fitted value of every row.", nl: "Geef ook de gepaste waarde van elke rij.")

  /// What regressions of counts have.
  static let countRegression: [EstimationOption] = [
    .responseFormula, .weights, .errors, .clusters, .level, .profile, .jointTest, .convergence, .fitted,
  ]
}

extension EstimationRequest {
  var convergence: Convergence { choice("convergence") == "complete" ? .complete : .relativeDeviance }

  /// Whether profile intervals are wanted for so many coefficients.
  func wantsProfile(coefficients: Int) -> Bool {
    switch choice("profile") {
    case "yes": true
    case "no": false
    default: rowCount <= 20_000 && coefficients <= 40
    }
  }
}

/// Models as they are called wherever one is chosen.
extension EstimationChoice {
  static let leastSquares = EstimationChoice("linear", "least squares", nl: "kleinste kwadraten")
  static let logit = EstimationChoice("logit", "logistic regression", nl: "logistische regressie")
  static let probit = EstimationChoice("probit", "probit regression", nl: "probitregressie")
  static let complementaryLogLog = EstimationChoice(
    "complementary-log-log", "log of the hazard", nl: "logaritme van de hazard")
  static let poisson = EstimationChoice("poisson", "counts", nl: "aantallen")
}
