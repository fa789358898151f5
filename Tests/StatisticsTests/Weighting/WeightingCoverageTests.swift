import Foundation
import NumericalMethods
import Statistics
import Testing

/// 2,000 simulated studies of 250 people: the effect is 2 for everybody.
struct WeightingCoverageTests {
  @Test func intervalsOfEveryEstimatorCoverTheEffect() throws {
    let studies = 2000
    let found = WorkSharing.map(studies) { number -> [(name: String, value: Double, covers: Bool)] in
      let data = SimulatedTreatment(250, seed: 99, stream: UInt64(number))
      guard let all = try? data.all() else { return [] }
      return all.map { name, contrasts in
        let interval = contrasts.difference.interval
        return (name, contrasts.difference.value, interval.lower! <= 2 && 2 <= interval.upper!)
      }
    }
    #expect(found.allSatisfy { !$0.isEmpty })
    for place in found[0].indices {
      let own = found.map { $0[place] }
      let mean = own.reduce(0) { $0 + $1.value } / Double(studies)
      let spread = (own.reduce(0) { $0 + ($1.value - mean) * ($1.value - mean) } / Double(studies - 1)).squareRoot()
      let coverage = Double(own.count { $0.covers }) / Double(studies)
      #expect(abs(mean - 2) < 4 * spread / Double(studies).squareRoot() + 0.01, "\(own[0].name): mean \(mean)")
      #expect((0.93...0.97).contains(coverage), "\(own[0].name): covers \(coverage)")
    }
  }

  @Test func intervalsOfCrossFittingCoverTheEffect() throws {
    let studies = 2000
    let found = WorkSharing.map(studies) { number -> (value: Double, covers: Bool)? in
      let data = SimulatedTreatment(400, seed: 98, stream: UInt64(number))
      do {
        let design = try data.design()
        let means = try CrossFittedWeighting(
          outcome: data.outcome, treated: data.treated, propensity: design, design: design,
          parts: CrossFitting(folds: 5, seed: UInt64(number)).parts(treated: data.treated)
        ).means
        let found = try means.contrasts(.modelsKnown(.hc1Likelihood)).difference
        return (found.value, found.interval.lower! <= 2 && 2 <= found.interval.upper!)
      } catch { return nil }
    }
    let own = found.compactMap { $0 }
    #expect(own.count == studies)
    let coverage = Double(own.count { $0.covers }) / Double(studies)
    #expect((0.93...0.97).contains(coverage), "\(coverage)")
    #expect(abs(own.reduce(0) { $0 + $1.value } / Double(studies) - 2) < 0.02)
  }
}
