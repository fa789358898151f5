import Foundation
import NumericalMethods
import Statistics
import Testing

/// Examples small enough to solve by hand.
@Suite struct MatchingWorkedTests {
  /// Treated at 0.5 and 0.6; controls at 0.55, 0.9 and 0.05.
  let units = try! MatchingUnits(treated: [true, true, false, false, false], score: [0.5, 0.6, 0.55, 0.9, 0.05])

  private func pairs(_ sample: MatchedSample) -> [[Int32]] {
    sample.matches!.focal.indices.map { Array(sample.matches!.matches($0)) }
  }

  @Test func `the highest score chooses first and takes what the other needs`() throws {
    let sample = try NearestNeighbourMatching().match(units)
    #expect(pairs(sample) == [[3], [2]])
    #expect(abs(sample.matches!.totalDistance - 0.45) < 1e-12)
    #expect(sample.weights == [1, 1, 1, 1, 0])
    #expect(sample.sets == [0, 1, 1, 0, -1])
    #expect(sample.unmatched == [4])
  }

  @Test func `optimal pairs are closer together than greedy ones`() throws {
    let sample = try OptimalPairMatching().match(units)
    #expect(pairs(sample) == [[2], [3]])
    #expect(abs(sample.matches!.totalDistance - 0.35) < 1e-12)
  }

  @Test func `with replacement a control counts as often as it is used`() throws {
    let sample = try NearestNeighbourMatching(reuse: .unlimited).match(units)
    #expect(pairs(sample) == [[2], [2]])
    #expect(sample.weights == [1, 1, 1, 0, 0])
    #expect(sample.sets == nil)
    let two = try NearestNeighbourMatching(ratio: 2, reuse: .unlimited).match(units)
    #expect(pairs(two) == [[2, 3], [2, 3]])
    #expect(two.sizes.matchedEffective.treated == 2)
  }

  @Test func `a caliper and agreement leave people without a match`() throws {
    let sample = try NearestNeighbourMatching(caliper: .own(0.06)).match(units)
    #expect(pairs(sample) == [[], [2]])
    #expect(sample.sizes.unmatched.treated == 1)
    let town = ModelMatrix.Term.factor("town", codes: [0, 1, 1, 0, 1], levels: ["a", "b"], reference: 0)
    let units = try MatchingUnits(treated: units.treated, score: units.score, covariates: [town])
    #expect(try pairs(NearestNeighbourMatching(exactly: ["town"]).match(units)) == [[3], [2]])
    #expect(try pairs(NearestNeighbourMatching(differing: ["town"]).match(units)) == [[2], [3]])
  }

  @Test func `for the controls roles are exchanged`() throws {
    let sample = try NearestNeighbourMatching(estimand: .control).match(units)
    // The lowest control first: 0.05 takes 0.5, then 0.55 takes 0.6, and nobody is left for 0.9.
    #expect(sample.matches!.focal == [2, 3, 4])
    #expect(pairs(sample) == [[1], [], [0]])
  }

  @Test func `the nearest pair of all comes first on request`() throws {
    // Largest first, 0.62 would take 0.55; nearest first, 0.5 keeps 0.55 and 0.62 goes to 0.9.
    let units = try MatchingUnits(treated: [true, true, false, false], score: [0.54, 0.62, 0.55, 0.9])
    #expect(try pairs(NearestNeighbourMatching().match(units)) == [[3], [2]])
    #expect(try pairs(NearestNeighbourMatching(order: .closest).match(units)) == [[2], [3]])
    #expect(try pairs(NearestNeighbourMatching(order: .farthest).match(units)) == [[3], [2]])
  }

  @Test func `extremal matching gives most matches to the highest scores`() throws {
    let units = try MatchingUnits(
      treated: [true, true, true] + [Bool](repeating: false, count: 8),
      score: [0.3, 0.5, 0.7, 0.1, 0.2, 0.31, 0.4, 0.51, 0.6, 0.71, 0.8])
    let sample = try NearestNeighbourMatching(ratio: 2, ratioLimits: .init(least: 1, most: 4)).match(units)
    // Six matches: (6 − 2) / 3 = 1 gets four, one gets the least, the middle one the rest.
    #expect(pairs(sample).map(\.count).sorted() == [1, 1, 4])
  }

  @Test func `weights of strata make the controls count as the treated`() throws {
    // Stratum a: one treated, two controls. Stratum b: two treated, one control. Stratum c: treated only.
    let stratum = ModelMatrix.Term.factor(
      "stratum", codes: [0, 0, 0, 1, 1, 1, 2], levels: ["a", "b", "c"], reference: 0)
    let treated = [true, false, false, true, true, false, true]
    let units = try MatchingUnits(treated: treated, covariates: [stratum])
    // 1/2, 1/2 and 2, scaled by 3/3.
    #expect(try ExactMatching().match(units).weights == [1, 0.5, 0.5, 1, 1, 2, 0])
    // Treated 2/1 and 1/2, 1/2, scaled by 3/3.
    #expect(try ExactMatching(estimand: .control).match(units).weights == [2, 1, 1, 0.5, 0.5, 1, 0])
    // Treated 3, 1.5, 1.5 and controls 1.5, 1.5, 3, scaled by 3/6.
    #expect(try ExactMatching(estimand: .all).match(units).weights == [1.5, 0.75, 0.75, 0.75, 0.75, 1.5, 0])
  }

  @Test func `a boundary belongs to the higher class`() throws {
    let age = ModelMatrix.Term.numeric("age", [19, 20, 25, 30, 19.9, 29])
    let units = try MatchingUnits(treated: [true, false, true, false, false, false], covariates: [age])
    let sample = try CoarsenedExactMatching(coarsenings: ["age": .cutpoints([20, 30])]).match(units)
    #expect(sample.sets == [0, 1, 1, -1, 0, 1])
  }

  @Test func `full matching shares a scarce control and a scarce treated unit`() throws {
    let units = try MatchingUnits(
      treated: [true, true, false, true, false, false], score: [0.10, 0.12, 0.11, 0.8, 0.79, 0.82])
    let sample = try FullMatching().match(units)
    #expect(sample.sets == [0, 0, 0, 1, 1, 1])
    // For the treated: the first control counts as two, the others as a half each, scaled by 3/3.
    #expect(sample.weights == [1, 1, 2, 1, 0.5, 0.5])
    let pairs = try FullMatching(least: 1, most: 2).match(
      MatchingUnits(treated: [true, false, false, false], score: [0.5, 0.1, 0.45, 0.52]))
    #expect(pairs.sets == [0, -1, 0, 0])
  }

  @Test func `subclasses are quantiles of the treated, and an empty one is filled`() throws {
    let units = try MatchingUnits(
      treated: [true, true, true, true, false, false, false], score: [1, 2, 3, 4, 0.5, 1.5, 1.6])
    // The median of the treated is 2.5; no control lies above it, so the highest of those below moves up.
    let sample = try Subclassification(classes: 2).match(units)
    #expect(sample.sets == [0, 0, 1, 1, 0, 0, 1])
    // Two treated against two controls: 1 each; two against one: 2; scaled by 3/4.
    #expect(zip(sample.weights, [1, 1, 1, 1, 0.75, 0.75, 1.5]).allSatisfy { abs($0 - $1) < 1e-12 })
  }

  @Test func `the matching estimator averages ties and takes out what bias a line explains`() throws {
    // One treated at 2 has controls at 1 and 3 as near; one at 10 has one at 12.
    let x = [2.0, 10, 1, 3, 12]
    let y = [5.0, 9, 2, 6, 14]
    let units = try MatchingUnits(treated: [true, true, false, false, false], score: x)
    let effect = try AbadieImbens().effect(on: y, among: units)
    // 5 − (2 + 6)/2 = 1 and 9 − 14 = −5.
    #expect(abs(effect.estimate.value + 2) < 1e-12)
    #expect(effect.pairCount == 3 && effect.tiedUnits == 1)
    // Uses: 1/2, 1/2, 1. Pairs' effects 3, −1 (half each) and −5 deviate from −2 by 5, 1, −3: (13 + 9)/2/2 = 5.5.
    // Variance: spread of 1 and −5 (9 + 9) plus 5.5 · (0.25 − 0.25 + 0.25 − 0.25 + 1 − 1), over 4.
    #expect(abs(effect.estimate.standardError! - 4.5.squareRoot()) < 1e-12)
    // For the sample: 5.5 · (1 + 1 + 0.25 + 0.25 + 1) / 4.
    #expect(abs(effect.sampleStandardError - (5.5 * 3.5 / 4).squareRoot()) < 1e-12)
    // Outcomes on a line of slope b among the matches: the adjusted effect takes b · (x − x of the match) out.
    let line = try AbadieImbens(adjustsBias: true).effect(on: [5, 9, 2, 6, 24], among: units)
    // Controls at 1, 3, 12 with 2, 6, 24: slope 2, so 1 and 9 − 24 + 2 · 2.
    #expect(abs(line.estimate.value - (1 - 11) / 2) < 1e-9)
    #expect(abs(line.unadjusted - (1 - 15) / 2) < 1e-12)
  }

  @Test func `the effect is the difference of weighted means, with a model of each group on request`() throws {
    let stratum = ModelMatrix.Term.factor("stratum", codes: [0, 0, 0, 1, 1, 1], levels: ["a", "b"], reference: 0)
    let units = try MatchingUnits(treated: [true, false, false, true, true, false], covariates: [stratum])
    let sample = try ExactMatching().match(units)
    // Treated 3, 7, 8; controls 1, 2 (a half each) and 4 (twice): 6 − (0.5 + 1 + 8)/3.
    let effect = try MatchedEffect(sample, outcome: [3, 1, 2, 7, 8, 4])
    #expect(abs(effect.estimate.value - (6 - 9.5 / 3)) < 1e-12)
  }
}
