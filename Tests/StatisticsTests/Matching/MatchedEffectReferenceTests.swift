import NumericalMethods
import Statistics
import TestSupport
import Testing

/// Values made by `lm` and sandwich 3.0.2 on MatchIt 4.7.2's samples.
@Suite(.enabled(if: ReferenceCase.isPresent, "\(SharedMaterial.absent)"))
struct MatchedEffectReferenceTests {
  static let cases = ["M01", "M02", "M03", "M04", "M05", "M06", "M07", "M08", "M09", "M10", "M11"]

  static func sample(_ id: String) throws -> (MatchingCase, MatchedSample) {
    switch id {
    case "M01": return try made(MatchingCase(id), NearestNeighbourMatching())
    case "M02": return try made(MatchingCase(id), NearestNeighbourMatching(caliper: .standardDeviations(0.2)))
    case "M03": return try made(MatchingCase(id), NearestNeighbourMatching(reuse: .unlimited))
    case "M04": return try made(MatchingCase(id), NearestNeighbourMatching(ratio: 2))
    case "M05":
      return try made(
        MatchingCase(id, isLinear: true),
        NearestNeighbourMatching(order: .smallest, caliper: .standardDeviations(0.25)))
    case "M06": return try made(MatchingCase(id), NearestNeighbourMatching(exactly: ["race", "married"]))
    case "M07":
      return try made(
        MatchingCase(id, hasScore: false), NearestNeighbourMatching(distance: .covariates(.mahalanobis, [])))
    case "M08":
      let given = try MatchingCase(id, hasScore: false)
      return (given, try ExactMatching(covariates: ["race", "married", "nodegree"]).match(given.units))
    case "M09":
      let given = try MatchingCase(id, hasScore: false)
      let earnings = Coarsening.cutpoints([1, 5000, 10000])
      let method = CoarsenedExactMatching(coarsenings: [
        "age": .cutpoints([20, 25, 30, 40]), "educ": .cutpoints([8.5, 11.5, 12.5]), "re74": earnings, "re75": earnings,
      ])
      return (given, try method.match(given.units))
    case "M10":
      let given = try MatchingCase(id, hasScore: false)
      return (given, try CoarsenedExactMatching().match(given.units))
    default:
      let given = try MatchingCase(id)
      return (given, try Subclassification().match(given.units))
    }
  }

  private static func made(
    _ given: MatchingCase, _ method: NearestNeighbourMatching
  ) throws -> (MatchingCase, MatchedSample) { (given, try method.match(given.units)) }

  @Test(arguments: cases) func `effects after matching, by difference in means and by regression`(_ id: String) throws {
    let (given, sample) = try Self.sample(id)
    let expected = given.reference.results["effect"]
    for (name, convention) in [("se_HC1", CovarianceConvention.hc1), ("se_HC3", .hc3)] {
      let effect = try MatchedEffect(sample, outcome: given.outcome, convention: convention)
      given.reference.expect(effect.estimate.value, expected["diff_in_means"], "\(id): difference")
      given.reference.expect(effect.estimate.standardError, expected[name], "\(id): \(name)")
      given.reference.expect(Double(effect.estimate.count), expected["n_used"], "\(id): observations")
    }
    let adjusted = try MatchedEffect(sample, outcome: given.outcome, adjustingFor: given.covariates)
    given.reference.expect(adjusted.estimate.value, expected["gcomp_att"], "\(id): by regression")
    guard sample.sets != nil else { return }
    let plain = try MatchedEffect(sample, outcome: given.outcome)
    given.reference.expect(
      plain.estimate.standardError, expected["se_cluster_subclass_HC1"], "\(id): error by set")
    given.reference.expect(
      adjusted.estimate.standardError, expected["gcomp_se_cluster_HC1"], "\(id): error of the regression by set")
  }
}
