import Statistics
import TestSupport
import Testing

/// Weights, weighted means and their errors against WeightIt 0.14.2, PSweight 1.1.2, ebal 0.1-8 and sandwich.
@Suite(.enabled(if: ReferenceCase.isPresent, Comment(rawValue: SharedMaterial.absent)))
struct WeightingReferenceTests {
  /// Means, errors with known weights and effective sizes of one block of results.
  static func expectBlock(
    _ weights: BalancingWeights, _ outcome: [Double], _ expected: Reference, _ reference: ReferenceCase, _ what: String
  ) throws {
    let means = try WeightedMeans(outcome: outcome, weights: weights).means
    reference.expect(means.treated - means.untreated, expected["hajek_diff"], "\(what) difference")
    reference.expect(means.treated, expected["mean_treated"], "\(what) treated")
    reference.expect(means.untreated, expected["mean_control"], "\(what) untreated")
    let conventions: [(String, CovarianceConvention)] = [
      ("se_HC0_fixed_weights", .hc0), ("se_HC1", .hc1), ("se_HC3", .hc3),
    ]
    for (name, convention) in conventions {
      let found = try means.contrasts(.modelsKnown(convention)).difference.standardError
      reference.expect(found, expected[name], "\(what) \(name)")
    }
    reference.expect(weights.effectiveSampleSize(treated: true), expected["ess_treated"], "\(what) size of treated")
    reference.expect(weights.effectiveSampleSize(treated: false), expected["ess_control"], "\(what) size of untreated")
    reference.expect(weights.sum(treated: true), expected["sum_w_treated"], "\(what) sum of treated")
    reference.expect(weights.sum(treated: false), expected["sum_w_control"], "\(what) sum of untreated")
    reference.expect(weights.values.max(), expected["max_w"], "\(what) largest")
    let first = expected["w_first10"].list
    reference.expect(
      weights.values.filter { $0 > 0 }.prefix(first.count).map { $0 }, expected["w_first10"], "\(what) w")
  }

  @Test func weightsFromScoresForEveryTarget() throws {
    let data = try LaLonde("W01")
    let results = data.reference.results
    let scores = try data.scores()
    data.reference.expect(scores.values.min(), results["ps_summary"]["min"], "lowest score")
    data.reference.expect(scores.values.max(), results["ps_summary"]["max"], "highest score")
    data.reference.expect(Array(scores.values.prefix(10)), results["ps_summary"]["first10"], "scores")
    for target in TargetPopulation.allCases where target != .entropy {
      try Self.expectBlock(
        BalancingWeights(scores, target: target), data.outcome, results[target.abbreviation], data.reference,
        target.abbreviation)
    }
    try Self.expectBlock(
      BalancingWeights(scores, stabilised: true), data.outcome, results["ATE_stabilized"], data.reference, "stabilised")
  }

  @Test func weightsTruncatedTrimmedAndNotNormalised() throws {
    let data = try LaLonde("W01")
    let results = data.reference.results
    let weights = try BalancingWeights(data.scores())
    let truncated = try weights.truncated(.quantiles(lower: 0.01, upper: 0.99, rule: .interpolated))
    try Self.expectBlock(truncated, data.outcome, results["ATE_truncated_1_99"], data.reference, "truncated")
    let bounds = try #require(truncated.truncatedTo)
    data.reference.expect([bounds.lowerBound, bounds.upperBound], results["ATE_truncated_1_99"]["cut"], "bounds")
    let trimmed = try weights.trimmed(.range(lower: 0.1, upper: 0.9))
    try Self.expectBlock(trimmed, data.outcome, results["ATE_crump_trim_0.1_0.9"], data.reference, "trimmed")
    data.reference.expect(
      Double(trimmed.values.count { $0 > 0 }), results["ATE_crump_trim_0.1_0.9"]["n_kept"], "rows kept")
    let plain = try WeightedMeans(outcome: data.outcome, weights: weights, normalised: false).means
    data.reference.expect(
      plain.treated - plain.untreated, results["ATE_horvitz_thompson"]["diff"], "Horvitz-Thompson difference")
  }

  @Test func errorsOfStackedEquations() throws {
    let data = try LaLonde("W02")
    let targets: [(String, TargetPopulation)] = [("IPW", .everyone), ("treated", .treated), ("overlap", .overlap)]
    for (name, target) in targets {
      let expected = data.reference.results[name]
      let weights = try BalancingWeights(data.scores(), target: target)
      let found = try WeightedMeans(outcome: data.outcome, weights: weights).means.contrasts()
      data.reference.expect([found.untreated.value, found.treated.value], expected["muhat"], "\(name) means")
      data.reference.expect(found.difference.value, expected["diff"], "\(name) difference")
      data.reference.expect(found.difference.standardError, expected["se_mestimation_sandwich"], "\(name) error")
    }
  }

  @Test func entropyBalancingOfLaLondesData() throws {
    let data = try LaLonde("W03")
    let results = data.reference.results
    let design = try data.design(intercept: false)
    let balancing = try EntropyBalancing(treated: data.treated, design: design, settings: .init(total: .targetSize))
    try Self.expectBlock(BalancingWeights(balancing), data.outcome, results["ATT_ebal_pkg"], data.reference, "ebal")
    for (label, values) in data.columns {
      let weights = balancing.weights
      let rows = values.indices.filter { !data.treated[$0] }
      let mean = rows.reduce(0) { $0 + weights[$1] * values[$1] } / rows.reduce(0) { $0 + weights[$1] }
      let wanted = try #require(results["treated_means"][label].number)
      #expect(abs(mean - wanted) <= 1e-8 * max(1, abs(wanted)), "\(label)")
    }
    // WeightIt stops before the means are equal.
    for (name, target) in [("ATT_weightit", TargetPopulation.treated), ("ATE_weightit", .everyone)] {
      let early = try EntropyBalancing(
        treated: data.treated, design: design, settings: .init(target: target, stopping: .relativeChange))
      try Self.expectBlock(BalancingWeights(early), data.outcome, results[name], data.reference, name)
    }
  }

  @Test func stopSmokingOfNhefs() throws {
    let reference = try ReferenceCase("W05")
    let results = reference.results
    let data = try Nhefs(reference)
    reference.expect(Double(data.outcome.count), results["n"], "rows")
    let scores = try PropensityScores(treated: data.treated, design: data.design())
    let weights = BalancingWeights(scores)
    try Self.expectBlock(weights, data.outcome, results["ipw"], reference, "weights")
    let stabilised = BalancingWeights(scores, stabilised: true)
    try Self.expectBlock(stabilised, data.outcome, results["ipw_stabilized"], reference, "stabilised")
    let n = Double(data.outcome.count)
    reference.expect(weights.values.reduce(0, +) / n, results["mean_w"], "mean weight")
    reference.expect(stabilised.values.reduce(0, +) / n, results["mean_sw"], "mean stabilised weight")
    let standardised = try RegressionStandardisation(
      outcome: data.outcome, treated: data.treated, observed: data.model(data.treated),
      ifUntreated: data.model(data.treated.map { _ in false }), ifTreated: data.model(data.treated.map { _ in true }))
    reference.expect(
      standardised.means.treated - standardised.means.untreated, results["standardization_ate"], "standardised effect")
  }
}

/// The people of the NHEFS with a weight in 1982 (Hernán and Robins).
struct Nhefs {
  let treated: [Bool]
  let outcome: [Double]
  private let table: [String: [String?]]

  init(_ reference: ReferenceCase) throws {
    table = try reference.table("nhefs").rows(with: "wt82_71")
    treated = table.numbers("qsmk").map { $0 == 1 }
    outcome = table.numbers("wt82_71")
  }

  private var covariates: [ModelMatrix.Term] {
    var terms: [ModelMatrix.Term] = ["sex", "race"].map { .numeric($0, table.numbers($0)) }
    for name in ["age", "smokeintensity", "smokeyrs", "wt71"] {
      let values = table.numbers(name)
      terms += [.numeric(name, values), .numeric("\(name)^2", values.map { $0 * $0 })]
    }
    for name in ["education", "exercise", "active"] {
      let codes = table.wholeNumbers(name)
      let levels = Set(codes).sorted()
      terms.append(
        .factor(
          name, codes: codes.map { Int32(levels.firstIndex(of: $0)!) }, levels: levels.map(String.init), reference: 0))
    }
    return terms
  }

  func design() throws -> ModelMatrix {
    try ModelMatrix(rowCount: outcome.count, terms: [.intercept] + covariates)
  }

  /// The model of the weight gained, with the treatment as given.
  func model(_ treatment: [Bool]) throws -> ModelMatrix {
    let column = ModelMatrix.Term.numeric("qsmk", treatment.map { $0 ? 1 : 0 })
    return try ModelMatrix(
      rowCount: outcome.count,
      terms: [.intercept, column] + covariates
        + [.product(column, .numeric("smokeintensity", table.numbers("smokeintensity")))])
  }
}
