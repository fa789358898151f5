import Foundation
import TestSupport
import Testing

@testable import Statistics

@Suite("E-values") struct EValueTests {
  @Test("are those that the authors print") func published() throws {
    let smoking = try EValue(10.73, lower: 8.02, upper: 14.36)
    #expect(isClose(smoking.value, 10.73 + (10.73 * 9.73).squareRoot()))
    #expect((smoking.value * 100).rounded() / 100 == 20.95)
    let feeding = try EValue(3.9, lower: 1.8, upper: 8.7)
    #expect((feeding.value * 100).rounded() / 100 == 7.26)
    #expect(isClose(feeding.limitValue!, 3))
    let protective = try EValue(0.8, lower: 0.71, upper: 0.91)
    #expect((protective.value * 100).rounded() / 100 == 1.81)
    #expect(protective.limit == .upper && (protective.limitValue! * 100).rounded() / 100 == 1.43)
  }

  @Test("are the same for a ratio and its inverse, on every scale", arguments: RiskRatioScale.allCases)
  func inverse(_ scale: RiskRatioScale) throws {
    for ratio in [0.2, 0.7, 1, 1.4, 6] {
      let direct = try EValue(ratio, lower: ratio / 1.3, upper: ratio * 1.3, scale: scale)
      let inverted = try EValue(1 / ratio, lower: 1 / ratio / 1.3, upper: 1.3 / ratio, scale: scale)
      #expect(isClose(direct.value, inverted.value, relative: 1e-12))
      #expect(isClose(direct.limitValue!, inverted.limitValue!, relative: 1e-12))
      #expect(direct.value >= direct.limitValue! && direct.limitValue! >= 1)
    }
  }

  @Test("measure the way to another true value than none") func trueValue() throws {
    // From 3 to 1.5 takes a bias factor of 2: 2 + √2.
    #expect(isClose(try EValue(3, trueValue: 1.5).value, 2 + 2.0.squareRoot()))
    #expect(isClose(try EValue(1.5, trueValue: 3).value, 2 + 2.0.squareRoot()))
    #expect(isClose(try EValue(9, scale: .oddsRatioCommon, trueValue: 2.25).value, 2 + 2.0.squareRoot()))
    #expect(try EValue(3, lower: 1.2, upper: 7, trueValue: 1.5).limitValue == 1)
    #expect(try EValue(1).value == 1)
  }

  @Test("of a coefficient are those of its standardised difference") func linear() throws {
    let linear = try EValue(
      linearCoefficient: -2, standardError: 0.5, outcomeDeviation: 8, contrast: 4)
    let standardised = try EValue(standardisedDifference: -1, standardError: 0.25)
    #expect(isClose(linear.value, standardised.value, relative: 1e-14))
    #expect(isClose(linear.limitValue!, standardised.limitValue!, relative: 1e-14))
    #expect(isClose(standardised.upper!, exp(-0.91 + 1.78 * 0.25)))
    let wider = try EValue(standardisedDifference: -1, standardError: 0.25, level: 0.99)
    #expect(wider.limitValue! < standardised.limitValue!)
  }

  @Test("of a risk difference solve what R's EValue looks for on a grid") func riskDifference() throws {
    // Hammond and Horn's smokers: the example of R's EValue, which prints 22.02 and 20.95 with a grid.
    let solved = try RiskDifferenceEValue(
      treatedEvents: 397, treated: 397 + 78557, controlEvents: 51, controls: 51 + 108778)
    let grid = try RiskDifferenceEValue(
      treatedEvents: 397, treated: 397 + 78557, controlEvents: 51, controls: 51 + 108778, gridStep: 0.0001)
    #expect(solved.value == grid.value)
    #expect(grid.limitValue >= solved.limitValue && grid.limitValue - solved.limitValue < 3e-4)
    #expect(solved.limitValue < solved.value && solved.limitValue > 1)
    let mirrored = try RiskDifferenceEValue(
      treatedEvents: 51, treated: 51 + 108778, controlEvents: 397, controls: 397 + 78557)
    #expect(isClose(mirrored.value, solved.value, relative: 1e-12))
    #expect(isClose(mirrored.limitValue, solved.limitValue, relative: 1e-9))
    let wide = try RiskDifferenceEValue(treatedEvents: 3, treated: 10, controlEvents: 2, controls: 10)
    #expect(wide.limitValue == 1 && wide.value > 1)
  }

  @Test("refuse what is not a ratio or an interval") func refusals() throws {
    #expect(throws: StatisticsError.self) { try EValue(-1) }
    #expect(throws: StatisticsError.self) { try EValue(.infinity) }
    #expect(throws: StatisticsError.self) { try EValue(2, lower: 2.5) }
    #expect(throws: StatisticsError.self) { try EValue(2, upper: .nan) }
    #expect(throws: StatisticsError.self) { try EValue(linearCoefficient: 1, outcomeDeviation: 0) }
    #expect(throws: StatisticsError.self) { try EValue(standardisedDifference: 1e5) }
    #expect(try EValue(1e300, lower: 0, upper: .infinity, scale: .hazardRatioCommon).limitValue == 1)
    #expect(throws: StatisticsError.noObservations) {
      try RiskDifferenceEValue(treatedEvents: 0, treated: 0, controlEvents: 1, controls: 2)
    }
    #expect(throws: StatisticsError.self) {
      try RiskDifferenceEValue(treatedEvents: 5, treated: 9, controlEvents: 0, controls: 9)
    }
  }
}
