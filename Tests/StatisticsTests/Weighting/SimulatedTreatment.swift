import Foundation
import NumericalMethods
import Statistics

/// People whose treatment and outcome depend on two numbers and a factor; the effect of treatment is 2 for everybody.
struct SimulatedTreatment {
  let treated: [Bool]
  let outcome: [Double]
  let x: [Double]
  let z: [Double]
  let level: [Int32]

  init(_ count: Int, seed: UInt64, stream: UInt64 = 0, effect: Double = 2) {
    var generator = CounterGenerator(seed: seed, stream: stream)
    var (treated, outcome, x, z, level) = ([Bool](), [Double](), [Double](), [Double](), [Int32]())
    for _ in 0..<count {
      let (a, b) = (generator.normal(), generator.uniform())
      let code = Int32(generator.index(below: 3))
      let predictor = -0.3 + 0.6 * a + 0.8 * (b - 0.5) + 0.3 * Double(code - 1)
      let isTreated = generator.uniform() < 1 / (1 + exp(-predictor))
      x.append(a)
      z.append(b)
      level.append(code)
      treated.append(isTreated)
      outcome.append(1 + a + 2 * b + 0.5 * Double(code) + (isTreated ? effect : 0) + generator.normal())
    }
    self.treated = treated
    self.outcome = outcome
    self.x = x
    self.z = z
    self.level = level
  }

  func design(scale: Double = 1, shift: Double = 0) throws -> ModelMatrix {
    try ModelMatrix(
      rowCount: treated.count,
      terms: [
        .intercept, .numeric("x", x.map { scale * $0 + shift }), .numeric("z", z),
        .factor("level", codes: level, levels: ["a", "b", "c"], reference: 0),
      ])
  }

  /// The same people, each as often as the count says.
  func repeated(_ counts: [Int]) -> (data: SimulatedTreatment, origin: [Int]) {
    let origin = counts.indices.flatMap { Array(repeating: $0, count: counts[$0]) }
    return (SimulatedTreatment(self, rows: origin), origin)
  }

  init(_ other: SimulatedTreatment, rows: [Int]) {
    treated = rows.map { other.treated[$0] }
    outcome = rows.map { other.outcome[$0] }
    x = rows.map { other.x[$0] }
    z = rows.map { other.z[$0] }
    level = rows.map { other.level[$0] }
  }

  /// Every estimator's difference and error, by name.
  func all(
    samplingWeights: [Double]? = nil, clusters: Clusters? = nil, scale: Double = 1, shift: Double = 0
  ) throws -> [(name: String, contrasts: EffectContrasts)] {
    let design = try design(scale: scale, shift: shift)
    let scores = try PropensityScores(treated: treated, design: design, samplingWeights: samplingWeights)
    let errors = EffectErrors.stacked(clusters == nil ? .hc0 : .clustered(.cr0))
    let ways = clusters.map { [$0] } ?? []
    var found: [(name: String, contrasts: EffectContrasts)] = []
    for target in TargetPopulation.allCases {
      let weights = BalancingWeights(scores, target: target)
      let means = try WeightedMeans(outcome: outcome, weights: weights).means
      found.append(("weighting \(target.abbreviation)", try means.contrasts(errors, clusters: ways)))
      let augmented = try AugmentedWeighting(outcome: outcome, weights: weights, design: design, normalised: true)
      found.append(("augmented \(target.abbreviation)", try augmented.means.contrasts(errors, clusters: ways)))
      guard [.everyone, .treated, .untreated].contains(target) else { continue }
      let both = try WeightedStandardisation(outcome: outcome, weights: weights, design: design)
      found.append(("both \(target.abbreviation)", try both.means.contrasts(errors, clusters: ways)))
      let plain = try AugmentedWeighting(outcome: outcome, weights: weights, design: design)
      found.append(("plain \(target.abbreviation)", try plain.means.contrasts(errors, clusters: ways)))
      let standard = try RegressionStandardisation(
        outcome: outcome, treated: treated, design: design, target: target, samplingWeights: samplingWeights)
      found.append(("standard \(target.abbreviation)", try standard.means.contrasts(errors, clusters: ways)))
      let balancing = try EntropyBalancing(
        treated: treated, design: design, settings: .init(target: target), samplingWeights: samplingWeights)
      let balanced = try WeightedMeans(outcome: outcome, weights: BalancingWeights(balancing)).means
      found.append(("balancing \(target.abbreviation)", try balanced.contrasts(errors, clusters: ways)))
    }
    return found
  }
}
