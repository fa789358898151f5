import Primitives

/// All methods, by family: what `meedoen estimate` lists.
public let estimationFamilies: [EstimationFamily] = [
  EstimationFamily(LocalizedText("Survival", nl: "Overleving"), survivalMethods)
]

public let estimationMethods: [any EstimationMethod] = estimationFamilies.flatMap(\.methods)

/// The method of a name.
public func estimationMethod(named name: String) throws(EstimationError) -> any EstimationMethod {
  guard let method = estimationMethods.first(where: { $0.id == name }) else {
    throw .unknownMethod(name: name, near: nearest(to: name, in: estimationMethods.map(\.id)))
  }
  return method
}
