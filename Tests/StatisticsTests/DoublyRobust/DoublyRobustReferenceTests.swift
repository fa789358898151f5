import Statistics
import TestSupport
import Testing

/// Standardisation and augmented weighting against PSweight 1.1.2, closed forms and statsmodels 0.15.0 (Stata teffects).
@Suite(.enabled(if: ReferenceCase.isPresent, Comment(rawValue: SharedMaterial.absent)))
struct DoublyRobustReferenceTests {
  @Test func augmentedWeightingOfLaLondesData() throws {
    let data = try LaLonde("W04")
    let reference = data.reference
    let expected = reference.results["aipw"]
    let design = try data.design()
    let scores = try data.scores()
    func augmented(_ target: TargetPopulation, normalised: Bool) throws -> PotentialOutcomeMeans {
      try AugmentedWeighting(
        outcome: data.outcome, weights: BalancingWeights(scores, target: target), design: design,
        normalised: normalised
      ).means
    }
    let plain = try augmented(.everyone, normalised: false)
    reference.expect(plain.treated - plain.untreated, expected["ATE"], "effect")
    reference.expect(plain.treated, expected["mu1"], "treated")
    reference.expect(plain.untreated, expected["mu0"], "untreated")
    let byRows = try plain.contrasts(.modelsKnown(.hc0)).difference
    reference.expect(byRows.standardError, expected["se_IF_n"], "error with n")
    let byRowsLessOne = try plain.contrasts(.modelsKnown(.hc1Likelihood)).difference
    reference.expect(byRowsLessOne.standardError, expected["se_IF"], "error with n - 1")
    let ofTreated = try augmented(.treated, normalised: false)
    reference.expect(ofTreated.treated - ofTreated.untreated, expected["ATT"], "effect on the treated")
    let error = try ofTreated.contrasts(.modelsKnown(.hc0)).difference.standardError
    reference.expect(error, expected["se_ATT_IF"], "error of the effect on the treated")
    let normalised = try augmented(.everyone, normalised: true)
    reference.expect(normalised.treated - normalised.untreated, expected["ATE_normalised_weights"], "normalised")
    for (name, target) in [
      ("regression_imputation_ATE", TargetPopulation.everyone), ("regression_imputation_ATT", .treated),
    ] {
      let means = try RegressionStandardisation(
        outcome: data.outcome, treated: data.treated, design: design, target: target
      ).means
      reference.expect(means.treated - means.untreated, expected[name], name)
    }
    let targets: [(String, TargetPopulation)] = [
      ("psweight_aug_IPW", .everyone), ("psweight_aug_treated", .treated), ("psweight_aug_overlap", .overlap),
    ]
    for (name, target) in targets {
      let found = try augmented(target, normalised: true).contrasts()
      let expected = reference.results[name]
      reference.expect([found.untreated.value, found.treated.value], expected["muhat"], "\(name) means")
      reference.expect(found.difference.value, expected["diff"], "\(name) difference")
      reference.expect(found.difference.standardError, expected["se_mestimation_sandwich"], "\(name) error")
    }
  }

  @Test func birthWeightOfCattaneo() throws {
    let reference = try ReferenceCase("W06")
    let data = try Cattaneo(reference)
    let scores = try PropensityScores(treated: data.treated, design: data.selection())
    for (name, target) in [("logit", TargetPopulation.everyone), ("att_logit", .treated)] {
      let expected = reference.results[name]
      for (label, column) in [("Intercept", "(Intercept)"), ("mmarried_", "mmarried_"), ("mage2", "mage2")] {
        let estimates = try scores.models[0].estimates()
        let place = try #require(estimates.position(column))
        reference.expect(estimates.values[place], expected["select_coef"][label], "\(label) coefficient")
        reference.expect(estimates.standardErrors[place], expected["select_se"][label], "\(label) error")
      }
      let weighted = try WeightedMeans(
        outcome: data.outcome, weights: BalancingWeights(scores, target: target)
      ).means.contrasts()
      if target == .everyone {
        try Self.expectEffect(weighted, expected["ipw"], reference, "\(name) weighting")
      } else {
        // statsmodels' derivative by steps of 1e-4 is right to four digits here; with its steps all digits agree.
        let same = try WeightedMeans(
          outcome: data.outcome, weights: BalancingWeights(scores, target: target)
        ).contrasts(differencesOf: 1e-4)
        reference.expect(same.difference.value, expected["ipw"]["effect"], "\(name) effect")
        reference.expect(same.difference.standardError, expected["ipw"]["se_gmm"], "\(name) error")
        reference.expect(same.untreated.standardError, expected["ipw"]["se_pom0"], "\(name) error of untreated")
        reference.expect(weighted.difference.value, expected["ipw"]["effect"], "\(name) weighting effect")
        let exact = try #require(expected["ipw"]["se_gmm"].number)
        #expect(isClose(try #require(weighted.difference.standardError), exact, relative: 1e-4))
      }
      let standardised = try RegressionStandardisation(
        outcome: data.outcome, treated: data.treated, design: data.adjustment(), target: target
      ).means.contrasts()
      try Self.expectEffect(standardised, expected["ra"], reference, "\(name) standardisation")
    }
  }

  /// Printed by Stata's `teffects` for the same data with a probit score (also in statsmodels' tests).
  @Test func statasPublishedEffectsWithProbitScores() throws {
    let data = try Cattaneo(ReferenceCase("W06"))
    let scores = try PropensityScores(treated: data.treated, design: data.selection(), link: .probit)
    let weights = BalancingWeights(scores)
    let weighted = try WeightedMeans(outcome: data.outcome, weights: weights).means.contrasts()
    #expect(isClose(weighted.difference.value, -230.68863779526, relative: 1e-6))
    #expect(isClose(try #require(weighted.difference.standardError), 25.815243801554, relative: 1e-4))
    #expect(isClose(try #require(weighted.untreated.standardError), 9.5713688979534, relative: 1e-4))
    let augmented = try AugmentedWeighting(outcome: data.outcome, weights: weights, design: data.adjustment())
    let plain = try augmented.means.contrasts()
    #expect(isClose(plain.difference.value, -230.98920111, relative: 1e-6))
    let both = try WeightedStandardisation(outcome: data.outcome, weights: weights, design: data.adjustment())
    let doubly = try both.means.contrasts()
    #expect(isClose(doubly.difference.value, -229.96707793, relative: 1e-6))
    #expect(isClose(try #require(plain.difference.standardError), 26.21056, relative: 1e-5))
    #expect(isClose(try #require(doubly.difference.standardError), 26.62668, relative: 1e-5))
  }

  static func expectEffect(
    _ found: EffectContrasts, _ expected: Reference, _ reference: ReferenceCase, _ what: String
  ) throws {
    reference.expect(found.difference.value, expected["effect"], "\(what) effect")
    reference.expect(found.difference.standardError, expected["se_gmm"], "\(what) error")
    reference.expect(found.untreated.value, expected["pom0"], "\(what) untreated")
    reference.expect(found.untreated.standardError, expected["se_pom0"], "\(what) error of untreated")
  }
}

/// Birth weights and smoking (Cattaneo 2010), as statsmodels ships them.
struct Cattaneo {
  let treated: [Bool]
  let outcome: [Double]
  private let table: [String: [String?]]

  init(_ reference: ReferenceCase) throws {
    table = try reference.table("cattaneo2")
    treated = table.numbers("mbsmoke_").map { $0 == 1 }
    outcome = table.numbers("bweight")
  }

  private func numbers(_ names: [String]) throws -> ModelMatrix {
    try ModelMatrix(
      names.map { name in
        if name == "mage2" { return (name, table.numbers("mage").map { $0 * $0 }) }
        return (name, table.numbers(name))
      })
  }

  func selection() throws -> ModelMatrix { try numbers(["mmarried_", "mage", "mage2", "fbaby_", "medu"]) }
  func adjustment() throws -> ModelMatrix { try numbers(["prenatal1_", "mmarried_", "mage", "fbaby_"]) }
}
