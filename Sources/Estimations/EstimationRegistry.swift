import Primitives

/// All methods, by family: what `meedoen estimate` lists.
public let estimationFamilies: [EstimationFamily] = [
  EstimationFamily(LocalizedText("Survival", nl: "Overleving"), survivalMethods),
  EstimationFamily(LocalizedText("Regression", nl: "Regressie"), regressionMethods),
  EstimationFamily(
    LocalizedText("Binary outcomes and counts", nl: "Ja-of-nee-uitkomsten en aantallen"), generalisedMethods),
  EstimationFamily(LocalizedText("Matching", nl: "Matchen"), matchingMethods),
  EstimationFamily(LocalizedText("Weighting", nl: "Wegen"), weightingMethods),
  EstimationFamily(LocalizedText("Missing values", nl: "Ontbrekende waarden"), imputationMethods),
  EstimationFamily(LocalizedText("Panels and series", nl: "Panels en reeksen"), panelMethods),
  EstimationFamily(LocalizedText("Sensitivity", nl: "Gevoeligheid"), sensitivityMethods),
  EstimationFamily(LocalizedText("Costs and effects", nl: "Kosten en effecten"), economicsMethods),
  EstimationFamily(LocalizedText("Agreement", nl: "Overeenstemming"), agreementMethods),
  EstimationFamily(LocalizedText("Counts", nl: "Aantallen"), countsMethods),
]

public let estimationMethods: [any EstimationMethod] = estimationFamilies.flatMap(\.methods)

/// The method of a name.
public func estimationMethod(named name: String) throws(EstimationError) -> any EstimationMethod {
  guard let method = estimationMethods.first(where: { $0.id == name }) else {
    throw .unknownMethod(
      name: name, near: usualNames[name.lowercased()] ?? nearest(to: name, in: estimationMethods.map(\.id)))
  }
  return method
}

/// Methods by what people and other programs call them.
private let usualNames: [String: String] = [
  "km": "kaplan-meier", "survfit": "kaplan-meier", "survdiff": "log-rank", "coxph": "cox",
  "cuminc": "cumulative-incidence",
  "rmst": "restricted-mean", "crr": "fine-gray", "ols": "linear-regression", "lm": "linear-regression",
  "regression": "linear-regression", "logit": "logistic-regression", "psm": "nearest-neighbour-matching",
  "matching": "nearest-neighbour-matching", "matchit": "nearest-neighbour-matching",
  "cem": "coarsened-exact-matching", "ipw": "inverse-probability-weighting", "iptw": "inverse-probability-weighting",
  "weightit": "inverse-probability-weighting", "ebal": "entropy-balancing", "aipw": "augmented-weighting",
  "doubly-robust": "augmented-weighting", "ipwra": "weighted-standardisation",
  "g-computation": "regression-standardisation", "did": "difference-in-differences",
  "diff-in-diff":
    "difference-in-differences", "att_gt": "group-time-effects", "callaway-santanna": "group-time-effects",
  "twfe": "two-way-fixed-effects", "sunab": "sun-abraham", "its": "interrupted-time-series", "evalue": "e-value",
  "rosenbaum": "rosenbaum-bounds", "icer": "cost-effectiveness", "cea": "cost-effectiveness",
  "mice": "multiple-imputation", "kappa": "cohen-kappa",
]
