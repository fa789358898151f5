import Foundation
import NumericalMethods
import Primitives
import Statistics
import TestSupport
import Testing

@Suite struct FineGrayModelTests {
  /// Without another cause the subdistribution hazard is the hazard.
  @Test func withOneCauseItIsCoxsModel() throws {
    let data = RandomCovariates(seed: 31, count: 80)
    let followUp = try FollowUp(exit: data.exit, cause: data.event)
    for ties in [CoxTies.efron, .breslow] {
      let cox = try CoxModel(data.design, followUp, ties: ties)
      let fine = try FineGrayModel(data.design, followUp, ties: ties)
      for i in 0..<2 { #expect(isClose(fine.coefficients[i], cox.coefficients[i])) }
      let (a, b) = (fine.estimates(.knownWeights), try cox.estimates(.hc0))
      for (one, other) in zip(a.covariance.elements, b.covariance.elements) { #expect(isClose(one, other)) }
    }
  }

  /// Without censoring those with another event stay at risk to the end: Cox's model with their exit moved there.
  @Test func withoutCensoringTheOthersNeverLeave() throws {
    let data = RandomCovariates(seed: 32, count: 80)
    let cause = data.event.map { $0 == 1 ? 1 : 2 }
    let last = data.exit.max()! + 1
    let moved = try FollowUp(
      exit: zip(data.exit, cause).map { $1 == 2 ? last : $0 }, cause: cause.map { $0 == 1 ? 1 : 0 })
    let fine = try FineGrayModel(data.design, FollowUp(exit: data.exit, cause: cause, causes: 2))
    let cox = try CoxModel(data.design, moved, ties: .breslow)
    for i in 0..<2 { #expect(isClose(fine.coefficients[i], cox.coefficients[i])) }
    let (known, estimated) = (fine.estimates(.knownWeights), fine.estimates(.estimatedWeights))
    for (one, other) in zip(known.covariance.elements, estimated.covariance.elements) { #expect(isClose(one, other)) }
    let curve = fine.incidence(
      try ModelMatrix(intercept: false, [(name: "a", values: [0.2]), (name: "b", values: [1])]))
    #expect(zip(curve[0], curve[0].dropFirst()).allSatisfy { $0 <= $1 } && curve[0].last! < 1)
  }

  /// One column without influence: the incidence is close to Aalen and Johansen's estimate.
  @Test func theIncidenceFollowsAalenAndJohansen() throws {
    let data = RandomFollowUp(seed: 33, count: 400)
    let followUp = try FollowUp(exit: data.exit, cause: data.cause, causes: 3)
    let design = try ModelMatrix(intercept: false, [(name: "z", values: (0..<400).map { Double($0 % 2) })])
    let model = try FineGrayModel(design, followUp, cause: 2)
    let half = try ModelMatrix(intercept: false, [(name: "z", values: [0.5])])
    let plain = try CumulativeIncidence(followUp)
    let found = model.incidence(half)[0].last!
    #expect(abs(found - plain.incidence[1].last!) < 0.02)
  }

  @Test func whatCannotBeFittedIsRefused() throws {
    let design = try ModelMatrix(intercept: false, [(name: "x", values: [1, 2, 3])])
    let late = try FollowUp(entry: [0, 1, 0], exit: [2, 3, 4], cause: [1, 0, 2], causes: 2)
    #expect(throws: StatisticsError.notSupported(method: "the Fine-Gray model", input: "delayed entry")) {
      _ = try FineGrayModel(design, late)
    }
    let none = try FollowUp(exit: [2, 3, 4], cause: [1, 0, 1], causes: 2)
    #expect(
      throws: StatisticsError.notSupported(method: "the Fine-Gray model", input: "data without an event of the cause")
    ) { _ = try FineGrayModel(design, none, cause: 2) }
    let marked = try ModelMatrix(intercept: false, [(name: "x", values: [1, 0, 0, 0])])
    #expect(throws: StatisticsError.separated(columns: ["x"])) {
      _ = try FineGrayModel(marked, FollowUp(exit: [1, 2, 3, 4], cause: [1, 2, 0, 0], causes: 2))
    }
  }
}
