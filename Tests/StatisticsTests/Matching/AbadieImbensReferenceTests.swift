import Statistics
import TestSupport
import Testing

/// Values made by R's Matching 4.10-8.
@Suite(.enabled(if: ReferenceCase.isPresent, "\(SharedMaterial.absent)"))
struct AbadieImbensReferenceTests {
  @Test func `M14: the matching estimator`() throws {
    let given = try MatchingCase("M14", covariates: [])
    let others = try MatchingCase("M14", hasScore: false)
    for (name, method, units) in [
      ("ps_att_M1", AbadieImbens(), given.units),
      ("ps_ate_M1", AbadieImbens(estimand: .all), given.units),
      ("ps_att_M2", AbadieImbens(neighbours: 2), given.units),
      ("ps_att_caliper025", AbadieImbens(caliper: 0.25), given.units),
      ("cov_att_M1_invvar", AbadieImbens(), others.units),
      ("cov_att_M1_invvar_biasadj", AbadieImbens(adjustsBias: true), others.units),
      ("cov_ate_M1_mahal", AbadieImbens(estimand: .all, metric: .mahalanobis), others.units),
      ("ps_att_M4_biasadj", AbadieImbens(neighbours: 4, adjustsBias: true), given.units),
    ] {
      let effect = try method.effect(on: given.outcome, among: units)
      let expected = given.reference.results[name]
      given.reference.expect(effect.estimate.value, expected["est"], "\(name): effect")
      given.reference.expect(effect.estimate.standardError, expected["se_abadie_imbens"], "\(name): error")
      given.reference.expect(effect.pairStandardError, expected["se_standard"], "\(name): error of pairs")
      given.reference.expect(Double(effect.pairCount), expected["n_pairs_rows"], "\(name): pairs")
      given.reference.expect(Double(effect.comparedUnits), expected["matched_obs"], "\(name): compared")
    }
  }
}
