import Foundation
import Testing

@testable import Statistics

@Suite("Sensitivity: reference", .enabled(if: ReferenceCase.isPresent)) struct SensitivityReferenceTests {
  @Test("Rosenbaum bounds of the signed-rank test and of the Hodges–Lehmann estimate on matched pairs")
  func pairs() throws {
    let reference = try ReferenceCase("X01")
    let table = try reference.table("lalonde_pairs_M02")
    let differences = zip(table.numbers("y1"), table.numbers("y0")).map(-)
    let bounds = try SignedRankBounds(differences: differences)
    let formula = reference.results["formula_drop_zeros_ties_average"]
    #expect(bounds.statistic == formula["T"].number)
    #expect(Double(bounds.nonZeroPairs) == formula["n_nonzero"].number)
    for (place, gamma) in formula["Gamma"].list.enumerated() {
      let bound = try bounds.bound(gamma: gamma.number!)
      // Given with full precision, so held to more than the case asks; as one minus a probability, so not to more.
      #expect(abs(bound.upper - formula["p_upper"].list[place].number!) < 1e-14)
      #expect(abs(bound.lower - formula["p_lower"].list[place].number!) < 1e-14)
      reference.expect(bound.upper, reference.results["rbounds_psens"]["p_upper"].list[place], "upper p")
    }
    let effects = try HodgesLehmannBounds(differences: differences)
    let walsh = reference.results["hodges_lehmann_walsh"]
    for (place, gamma) in walsh["Gamma"].list.enumerated() {
      let bound = try effects.bound(gamma: gamma.number!)
      #expect(abs(bound.lower - walsh["lower"].list[place].number!) < 1e-6)
      #expect(abs(bound.upper - walsh["upper"].list[place].number!) < 1e-6)
    }
  }

  @Test("Rosenbaum bounds of McNemar's test") func discordantPairs() throws {
    let reference = try ReferenceCase("X02")
    let bounds = try McNemarBounds(treatedOnly: 110, controlOnly: 12)
    let exact = reference.results["exact_binomial"]
    for (place, gamma) in exact["Gamma"].list.enumerated() {
      let bound = try bounds.bound(gamma: gamma.number!)
      reference.expect(bound.lower, exact["p_lower"].list[place], "lower")
      reference.expect(bound.upper, exact["p_upper"].list[place], "upper")
    }
  }

  @Test("E-values of every measure") func eValues() throws {
    let reference = try ReferenceCase("X03")
    let found: [String: EValue] = [
      "rr_3.9": try EValue(3.9, lower: 1.8, upper: 8.7), "rr_10.73": try EValue(10.73, lower: 8.02, upper: 14.36),
      "rr_0.80": try EValue(0.8, lower: 0.71, upper: 0.91), "rr_ci_crosses": try EValue(1.2, lower: 0.9, upper: 1.6),
      "or_rare": try EValue(0.86, lower: 0.75, upper: 0.99, scale: .oddsRatioRare),
      "or_common": try EValue(0.86, lower: 0.75, upper: 0.99, scale: .oddsRatioCommon),
      "hr_rare": try EValue(0.56, lower: 0.46, upper: 0.69, scale: .hazardRatioRare),
      "hr_common": try EValue(0.56, lower: 0.46, upper: 0.69, scale: .hazardRatioCommon),
      "smd": try EValue(standardisedDifference: -0.42, standardError: 0.14),
    ]
    for (name, value) in found {
      let expected = reference.results[name]
      reference.expect([value.riskRatio], [expected["RR"]["point"]].first!, name + " RR")
      reference.expect(value.lower, expected["RR"]["lower"], name + " lower RR")
      reference.expect(value.upper, expected["RR"]["upper"], name + " upper RR")
      reference.expect([value.value], expected["E-values"]["point"], name)
      reference.expect(
        [value.limitValue], expected["E-values"][value.limit == .lower ? "lower" : "upper"], name + " limit")
    }
    // The case gives the risk ratios of a regression, not its coefficient; they lead back to it.
    let ratios = reference.results["ols"]["RR"]
    let difference = log(ratios["point"].number!) / 0.91
    let error = log(ratios["upper"].number! / ratios["point"].number!) / 1.78
    let regression = try EValue(
      linearCoefficient: 6 * difference, standardError: 6 * error, outcomeDeviation: 12, contrast: 2)
    let expected = reference.results["ols"]["E-values"]
    reference.expect([regression.value], expected["point"], "regression")
    reference.expect([regression.limitValue], expected["lower"], "regression limit")
  }
}
