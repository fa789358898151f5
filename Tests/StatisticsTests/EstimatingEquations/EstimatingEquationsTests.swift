import Foundation
import NumericalMethods
import Statistics
import TestSupport
import Testing

struct EstimatingEquationsTests {
  @Test func aMeanAndAVarianceHaveTheErrorsOfTheTextbook() throws {
    let y = [1.0, 2, 4, 7, 11]
    let equations = EstimatingEquations(rowCount: 5, names: ["mean", "variance"]) { rows, theta, start in
      for (place, row) in rows.enumerated() {
        start[place] = y[row] - theta[0]
        start[place + rows.count] = (y[row] - theta[0]) * (y[row] - theta[0]) - theta[1]
      }
    }
    let solution = try equations.solve(from: [0, 1])
    // Mean 5, central moments 13.2, 26.4 and 330.
    #expect(isClose(solution[0], 5, relative: 1e-12))
    #expect(isClose(solution[1], 13.2, relative: 1e-12))
    let found = try equations.influence(at: solution).covariance()
    #expect(isClose(found[0, 0], 13.2 / 5, relative: 1e-9))
    #expect(isClose(found[0, 1], 26.4 / 5, relative: 1e-9))
    #expect(isClose(found[1, 1], (330 - 13.2 * 13.2) / 5, relative: 1e-9))
    #expect(
      isClose(try equations.influence(at: solution).covariance(.hc1Likelihood)[0, 0], 13.2 / 4, relative: 1e-9))
  }

  @Test func clustersAddUpBeforeTheyAreSquared() throws {
    let influence = InfluenceValues(names: ["a"], values: [0], influence: [[1, 2, -3, 4, -4]])
    let clusters = Clusters(labels: [1, 1, 2, 3, 3])
    #expect(try influence.covariance(.clustered(.cr0), clusters: [clusters])[0, 0] == 9 + 9)
    #expect(try influence.covariance(.clustered(.cr1Likelihood), clusters: [clusters])[0, 0] == 18 * 1.5)
    #expect(try influence.covariance()[0, 0] == 46)
    #expect(throws: StatisticsError.self) { try influence.covariance(.hc3) }
    #expect(throws: StatisticsError.self) { try influence.covariance(.hc0, clusters: [clusters]) }
    // Two ways: each way, less what they share.
    let other = Clusters(labels: [1, 2, 1, 2, 2])
    let both = try influence.covariance(.clustered(.cr0), clusters: [clusters, other])[0, 0]
    #expect(both == 18 + (4 + 4) - (1 + 4 + 9 + 0))
  }

  @Test func equationsThatDoNotDetermineTheirParametersAreAnError() {
    let equations = EstimatingEquations(rowCount: 4, names: ["a", "b"]) { rows, theta, start in
      for (place, row) in rows.enumerated() {
        start[place] = Double(row) - theta[0] - theta[1]
        start[place + rows.count] = 2 * (Double(row) - theta[0] - theta[1])
      }
    }
    #expect(throws: StatisticsError.self) { try equations.solve(from: [0, 0]) }
    #expect(throws: StatisticsError.self) { try equations.influence(at: [1, 0.5]) }
  }

  /// The closed forms of the families against the equations themselves, with derivatives by differences.
  @Test(arguments: TargetPopulation.allCases) func weightingWithAModelEqualsItsEquations(
    _ target: TargetPopulation
  ) throws {
    let data = SimulatedTreatment(400, seed: 21)
    let design = try data.design()
    let x = design.materialised()
    let k = x.columns
    let scores = try PropensityScores(treated: data.treated, design: design)
    let weights = BalancingWeights(scores, target: target)
    @Sendable func tilt(_ e: Double) -> Double {
      switch target {
      case .everyone: 1
      case .treated: e
      case .untreated: 1 - e
      case .overlap: e * (1 - e)
      case .matching: min(e, 1 - e)
      case .entropy: -e * log(e) - (1 - e) * log(1 - e)
      }
    }
    var generator = CounterGenerator(seed: 20)
    let outcome = data.outcome.map { $0 + 3 * generator.normal() > 3 ? 1.0 : 0 }
    let treated = data.treated
    // Parameters: target mean and rest of each group; scores; outcome model of each group.
    let equations = EstimatingEquations(
      rowCount: 400, names: (0..<4 + 3 * k).map { "\($0)" }
    ) { rows, theta, start in
      for (place, row) in rows.enumerated() {
        func predictor(_ first: Int) -> Double { (0..<k).reduce(0.0) { $0 + x[row, $1] * theta[first + $1] } }
        func chance(_ first: Int) -> Double { 1 / (1 + exp(-predictor(first))) }
        let e = chance(4)
        let z = treated[row] ? 1.0 : 0
        for group in 0..<2 {
          let isOwn = z == Double(group)
          let mean = chance(4 + (1 + group) * k)
          let weight = isOwn ? tilt(e) / (group == 1 ? e : 1 - e) : 0
          start[place + 2 * group * rows.count] = tilt(e) * (mean - theta[2 * group])
          start[place + (2 * group + 1) * rows.count] = weight * (outcome[row] - mean - theta[2 * group + 1])
          for c in 0..<k {
            start[place + (4 + (1 + group) * k + c) * rows.count] = isOwn ? x[row, c] * (outcome[row] - mean) : 0
          }
        }
        for c in 0..<k { start[place + (4 + c) * rows.count] = x[row, c] * (z - e) }
      }
    }
    let solution = try equations.solve(from: [0.5, 0, 0.5, 0] + [Double](repeating: 0, count: 3 * k))
    let covariance = try equations.influence(at: solution).covariance()
    let difference = [-1.0, -1, 1, 1] + [Double](repeating: 0, count: 3 * k)
    let found = try AugmentedWeighting(
      outcome: outcome, weights: weights, design: design, model: .logistic, normalised: true
    ).means.contrasts().difference
    #expect(isClose(found.value, solution[2] + solution[3] - solution[0] - solution[1], relative: 1e-8))
    #expect(
      isClose(
        try #require(found.standardError), covariance.quadraticForm(difference).squareRoot(),
        // Differences step over the corner of matching weights.
        relative: target == .matching ? 1e-2 : 1e-6))
  }

  @Test func entropyBalancingEqualsItsEquations() throws {
    let data = SimulatedTreatment(200, seed: 22)
    let columns = [data.x, data.z]
    let design = try ModelMatrix(intercept: false, [("x", data.x), ("z", data.z)])
    let weights = BalancingWeights(try EntropyBalancing(treated: data.treated, design: design))
    let (treated, outcome) = (data.treated, data.outcome)
    // Means of the treated, λ, and the two means of the outcome.
    let equations = EstimatingEquations(rowCount: 200, names: (0..<6).map { "\($0)" }) { rows, theta, start in
      for (place, row) in rows.enumerated() {
        let weight = exp(columns[0][row] * theta[2] + columns[1][row] * theta[3])
        for c in 0..<2 {
          start[place + c * rows.count] = treated[row] ? columns[c][row] - theta[c] : 0
          start[place + (2 + c) * rows.count] = treated[row] ? 0 : weight * (columns[c][row] - theta[c])
        }
        start[place + 4 * rows.count] = treated[row] ? 0 : weight * (outcome[row] - theta[4])
        start[place + 5 * rows.count] = treated[row] ? outcome[row] - theta[5] : 0
      }
    }
    let solution = try equations.solve(from: [0, 0.5, 0, 0, 1, 1])
    let covariance = try equations.influence(at: solution).covariance()
    let found = try WeightedMeans(outcome: outcome, weights: weights).means.contrasts().difference
    #expect(isClose(found.value, solution[5] - solution[4], relative: 1e-9))
    #expect(
      isClose(
        try #require(found.standardError), covariance.quadraticForm([0, 0, 0, 0, -1, 1]).squareRoot(), relative: 1e-7))
  }

  @Test func aWeightedRegressionEqualsItsEquations() throws {
    let data = SimulatedTreatment(200, seed: 23)
    let scores = try PropensityScores(treated: data.treated, design: ModelMatrix([("x", data.x)]), link: .probit)
    let weights = BalancingWeights(scores)
    let z = data.treated.map { $0 ? 1.0 : 0 }
    let design = try ModelMatrix([("treated", z), ("z", data.z)])
    let fit = try WeightedOutcomeRegression(outcome: data.outcome, weights: weights, design: design)
    let (treated, outcome, x, other) = (data.treated, data.outcome, data.x, data.z)
    let equations = EstimatingEquations(rowCount: 200, names: (0..<5).map { "\($0)" }) { rows, theta, start in
      for (place, row) in rows.enumerated() {
        let eta = theta[0] + theta[1] * x[row]
        let e = Normal.standard.lowerTail(eta)
        let score = Normal.standard.density(eta) * ((treated[row] ? 1 : 0) - e) / (e * (1 - e))
        let weight = treated[row] ? 1 / e : 1 / (1 - e)
        let rest = weight * (outcome[row] - theta[2] - theta[3] * (treated[row] ? 1 : 0) - theta[4] * other[row])
        start[place] = score
        start[place + rows.count] = score * x[row]
        start[place + 2 * rows.count] = rest
        start[place + 3 * rows.count] = rest * (treated[row] ? 1 : 0)
        start[place + 4 * rows.count] = rest * other[row]
      }
    }
    let solution = try equations.solve(from: [0, 0, 0, 0, 0])
    let expected = try equations.influence(at: solution).covariance()
    let found = try fit.estimates()
    for c in 0..<3 {
      #expect(isClose(found.values[c], solution[2 + c], relative: 1e-8))
      for r in 0..<3 { #expect(isClose(found.covariance[r, c], expected[2 + r, 2 + c], relative: 1e-6)) }
    }
    let known = try fit.estimates(.modelsKnown(.hc3))
    #expect(known.convention != found.convention)
  }
}
