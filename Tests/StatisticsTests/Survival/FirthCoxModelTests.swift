import Foundation
import NumericalMethods
import Statistics
import TestSupport
import Testing

@Suite struct FirthCoxModelTests {
  /// Two events, x = 1 first: p = exp β / (exp β + 1), penalised p √(p (1 − p)), highest at p = 3/4.
  @Test func twoEventsByHand() throws {
    let design = try ModelMatrix(intercept: false, [(name: "x", values: [1, 0])])
    let model = try FirthCoxModel(design, FollowUp(exit: [1, 2], cause: [1, 1]))
    #expect(isClose(model.coefficients[0], log(3.0)))
    #expect(isClose(model.covariance[0, 0], 16.0 / 3))
    #expect(isClose(model.penalisedLogLikelihood, log(0.75 * (3.0 / 16).squareRoot())))
    #expect(isClose(model.initialPenalisedLogLikelihood, log(0.25)))
    let drop = ChiSquared(degreesOfFreedom: 1).quantile(upperTail: 0.05) / 2
    let interval = try model.profileInterval(0)
    for limit in [interval.lower!, interval.upper!] {
      let p = 1 / (1 + exp(-limit))
      #expect(isClose(log(p * (p * (1 - p)).squareRoot()), model.penalisedLogLikelihood - drop, relative: 1e-7))
    }
    #expect(isClose(try model.likelihoodRatioTest(0).statistic, model.likelihoodRatioTest.statistic))
  }

  /// The maximum of log L + ½ log det I, found by a general search (Nelder and Mead, SciPy 1.x) with Efron's ties.
  @Test func theMaximumOfThePenalisedLikelihoodIsFound() throws {
    let design = try ModelMatrix(
      intercept: false,
      [
        (name: "x", values: [1, 1, 1, 1, 0, 0, 0, 0, 1, 0]),
        (name: "y", values: [0.3, 1.2, 0.1, 2, 0.4, 0.9, 1.4, 2.2, 0.3, 0.1]),
      ])
    let followUp = try FollowUp(exit: [1, 2, 3, 4, 5, 6, 7, 8, 5, 8], cause: [1, 1, 1, 1, 0, 0, 0, 0, 1, 0])
    #expect(throws: StatisticsError.separated(columns: ["x"])) { _ = try CoxModel(design, followUp) }
    let model = try FirthCoxModel(design, followUp)
    #expect(abs(model.coefficients[0] - 3.22092257) < 1e-6 && abs(model.coefficients[1] - 0.04335441) < 1e-6)
    #expect(isClose(model.penalisedLogLikelihood, -5.234674680812352))
    let interval = try model.profileInterval(0)
    #expect(interval.lower! > 0 && interval.lower! < 3 && interval.upper! > 4)
  }

  /// The penalty fades as data grow: with 2,000 rows both models are close.
  @Test func inLongDataThePenaltyHardlyMatters() throws {
    let data = RandomCovariates(seed: 21, count: 2000, delayed: true)
    let plain = try CoxModel(data.design, data.followUp(), stratum: Clusters(labels: data.stratum))
    let firth = try FirthCoxModel(data.design, data.followUp(), stratum: Clusters(labels: data.stratum))
    for i in 0..<2 { #expect(abs(plain.coefficients[i] - firth.coefficients[i]) < 2e-3) }
  }

  @Test func dependentColumnsAreSetAside() throws {
    let data = RandomCovariates(seed: 22, count: 40)
    let design = try ModelMatrix([
      (name: "a", values: data.columns[0]), (name: "twice", values: data.columns[0].map { 2 * $0 }),
      (name: "b", values: data.columns[1]),
    ])
    let model = try FirthCoxModel(design, data.followUp())
    #expect(model.names == ["a", "b"] && model.aliased == ["twice"])
    #expect(throws: StatisticsError.notSupported(method: "Firth's penalty", input: "exact ties")) {
      _ = try FirthCoxModel(design, data.followUp(), ties: .exact)
    }
  }
}
