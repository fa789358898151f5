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
    throw .unknownMethod(name: name, near: nearest(to: name, in: estimationMethods.map(\.id)))
  }
  return method
}
