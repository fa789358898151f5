import NumericalMethods
import Statistics
import TestSupport
import Testing

@Suite("Average marginal effects agree with peers", .enabled(if: ReferenceCase.isPresent, "the reference is absent"))
struct MarginalReferenceTests {
  @Test("Swiss women, with model-based and robust errors")
  func swissLabour() throws {
    let reference = try ReferenceCase("R09")
    let model = try GeneralisedReference.swissLabour(reference, square: false)
    try expectEffects(reference, model, .classical, reference.results["ame_mle"])
    try expectEffects(reference, model, .hc0, reference.results["ame_HC0"])
  }

  @Test("Teaching programme")
  func teaching() throws {
    let reference = try ReferenceCase("R11")
    try expectEffects(
      reference, GeneralisedReference.teaching(reference), .classical, reference.results["ame_mle"])
  }

  @Test("Homelessness, with a factor")
  func homelessness() throws {
    let reference = try ReferenceCase("R12")
    try expectEffects(
      reference, GeneralisedReference.homelessness(reference), .classical, reference.results["ame_mle"],
      naming: ["sub: cocaine - alcohol": "subcocaine", "sub: heroin - alcohol": "subheroin"])
  }

  private func expectEffects(
    _ reference: ReferenceCase, _ model: GeneralisedLinearModel, _ convention: CovarianceConvention,
    _ expected: Reference, naming: [String: String] = [:]
  ) throws {
    let effects = try AverageMargins(model, estimates: model.estimates(convention)).effects()
    #expect(effects.count == expected.names.count)
    for (i, name) in effects.names.enumerated() {
      let peer = expected[naming[name] ?? name]
      let estimate = try effects.estimate(i)
      reference.expect(estimate.value, peer["ame"], "\(name) effect")
      reference.expect(estimate.standardError, peer["se"], "\(name) error")
      reference.expect(effects.statistic(i), peer["z"], "\(name) z")
      reference.expect(effects.pValue(i), peer["p"], "\(name) p")
      reference.expect(estimate.interval.lower, peer["ci95"]["lower"], "\(name) lower")
      reference.expect(estimate.interval.upper, peer["ci95"]["upper"], "\(name) upper")
    }
  }
}
