import Foundation
import NumericalMethods
import Primitives
import Statistics
import TestSupport
import Testing

/// Tiny and odd data: there is a typed error or a finite answer, never a silent NaN and never a trap.
@Suite struct CoxDegenerateTests {
  @Test(arguments: [UInt64(1), 2, 9, 20, 38, 51]) func tinyDataGiveAnAnswerOrAReason(_ seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var answers = 0
    for _ in 0..<400 {
      let n = 1 + Int(random.uniform() * 7)
      func pick(_ values: [Double]) -> [Double] {
        (0..<n).map { _ in values[Int(random.uniform() * Double(values.count))] }
      }
      let entry = pick([0, 0, 1])
      let exit = zip(entry, pick([1, 1, 2, 5])).map { $0 + $1 }
      let cause = pick([0, 1, 1, 2]).map { Int($0) }
      let scale = pick([1, 1e12, 1e-12, 1e5])[0]
      let weight = pick([0, 1, 1, 2.5, 1e6])
      let design = try ModelMatrix(
        intercept: false,
        [(name: "a", values: pick([0, 1, 2, 3]).map { $0 * scale }), (name: "b", values: pick([0, 0, 1, 1e6]))])
      let stratum = Clusters(labels: pick([0, 0, 1]).map { Int($0) })
      let ties = CoxTies.allCases[Int(random.uniform() * 3)]
      do {
        let followUp = try FollowUp(
          entry: entry, exit: exit, cause: cause, causes: 2, weight: ties == .exact ? nil : weight,
          cluster: (0..<n).map { $0 / 2 })
        let one = followUp.censoring(causesOtherThan: 1)
        if let model = try attempt({ try CoxModel(design, one, stratum: stratum, ties: ties) }) {
          answers += 1
          try expectFinite(model, design)
        }
        if ties != .exact, let firth = try attempt({ try FirthCoxModel(design, one, stratum: stratum, ties: ties) }) {
          #expect(firth.coefficients.allSatisfy(\.isFinite) && firth.covariance.isFinite)
        }
        if ties != .exact,
          let fine = try attempt({
            try FineGrayModel(design, FollowUp(exit: exit, cause: cause, causes: 2, weight: weight), ties: ties)
          })
        {
          #expect(fine.coefficients.allSatisfy(\.isFinite) && fine.estimates().covariance.isFinite)
          #expect(fine.incidence(design).allSatisfy { $0.allSatisfy { $0 >= 0 && $0 <= 1 } })
        }
      } catch let error as StatisticsError {
        #expect(error == .weightsSumToZero)
      }
    }
    #expect(answers > 5)
  }

  private func attempt<Value>(_ body: () throws -> Value) throws -> Value? {
    do { return try body() } catch is StatisticsError { return nil }
  }

  private func expectFinite(_ model: CoxModel, _ design: ModelMatrix) throws {
    #expect(model.coefficients.allSatisfy(\.isFinite) && model.modelCovariance.isFinite)
    #expect(model.logLikelihood.isFinite && model.scoreTest.statistic.isFinite)
    #expect(model.martingaleResiduals.allSatisfy(\.isFinite) && model.devianceResiduals.allSatisfy(\.isFinite))
    #expect(model.schoenfeldResiduals.scaled.isFinite)
    if let estimates = try attempt({ try model.estimates() }) { #expect(estimates.covariance.isFinite) }
    if let test = try attempt({ try model.robustScoreTest() }) { #expect(test.statistic.isFinite) }
    if let test = try attempt({ try ProportionalHazardsTest(model) }) { #expect(test.global.statistic.isFinite) }
    if let concordance = try attempt({ try model.concordance() }) {
      #expect((0...1).contains(concordance.estimate.value) && concordance.estimate.standardError!.isFinite)
    }
    for curve in try model.curves(design).flatMap({ $0 }) {
      #expect(curve.cumulativeHazard.allSatisfy { !$0.isNaN } && curve.survival.allSatisfy { (0...1).contains($0) })
    }
  }

  @Test func everyoneAtOnceSaysNothingOfTheColumn() throws {
    let design = try ModelMatrix(intercept: false, [(name: "x", values: [1, 2, 3, 7])])
    let followUp = try FollowUp(exit: [5, 5, 5, 5], cause: [1, 1, 1, 1])
    // Breslow's likelihood is highest at 0; the exact one is 1 whatever β.
    #expect(abs(try CoxModel(design, followUp, ties: .breslow).coefficients[0]) < 1e-9)
    #expect(throws: StatisticsError.collinear(columns: ["x"])) { _ = try CoxModel(design, followUp, ties: .exact) }
  }

  /// Values so far apart that exp overflows at the first step: the step is halved.
  @Test func extremeValuesDoNotOverflow() throws {
    let x = (0..<40).map { Double($0 % 7) * 100 + ($0 == 3 ? 20_000.0 : 0) }
    let design = try ModelMatrix(intercept: false, [(name: "x", values: x)])
    let followUp = try FollowUp(
      exit: (0..<40).map { Double(($0 * 11) % 40 + 1) }, cause: (0..<40).map { $0 % 3 == 0 ? 0 : 1 })
    let model = try CoxModel(design, followUp)
    #expect(model.coefficients[0].isFinite && model.modelCovariance[0, 0] > 0)
    let scores = try model.scoreResiduals().column(0).reduce(0, +)
    #expect(abs(scores) < 1e-4)
  }
}
