import NumericalMethods
import Testing

@testable import Statistics

@Suite("Economics: reference", .enabled(if: ReferenceCase.isPresent)) struct EconomicsReferenceTests {
  @Test("the draws of a decision model: ratio, net benefit, acceptability, value of information") func model() throws {
    let reference = try ReferenceCase("E01")
    let table = try reference.table("vaccine_psa")
    let simulation = try CostEffectivenessSimulation(
      costs: Matrix(columns: [table.numbers("c1"), table.numbers("c2")]),
      effects: Matrix(columns: [table.numbers("e1"), table.numbers("e2")]), names: ["status quo", "vaccination"],
      reference: 1)
    let ratio = simulation.ratio(against: 0)
    reference.expect(ratio.effect, reference.results["mean_delta_e"], "effect")
    reference.expect(ratio.cost, reference.results["mean_delta_c"], "cost")
    reference.expect(ratio.value, reference.results["icer"], "ratio")
    let decisions = try reference.results["wtp"].list.map { try simulation.decision(willingnessToPay: $0.number!) }
    reference.expect(decisions.map { $0.incrementalNetBenefits[0] }, reference.results["eib"], "net benefit")
    reference.expect(decisions.map { $0.acceptabilities[0] }, reference.results["ceac_vs_ref"], "acceptability")
    reference.expect(decisions.map(\.valueOfPerfectInformation), reference.results["evpi"], "value of information")
    reference.expect(decisions.map(\.probabilityOfBest), reference.results["ceaf"], "frontier")
    reference.expect(decisions.map(\.highestProbability), reference.results["ceaf"], "frontier of the peer")
    let changes = zip(decisions, decisions.dropFirst()).filter { $0.best != $1.best }.map(\.1.willingnessToPay)
    reference.expect(changes, reference.results["kstar"], "first worth at which another is best")
    reference.expect(decisions.map { Double($0.best + 1) }, reference.results["best"], "best")
    for strategy in 0..<2 {
      reference.expect(
        decisions.map { $0.probabilitiesBest[strategy] }, reference.results["multi_ceac"].list[strategy], "best share")
    }
    let points = try simulation.switchingPoints()
    #expect(points.map(\.best) == [0, 1])
    reference.expect(points[1].willingnessToPay, reference.results["icer"], "switching point")
  }

  @Test("a trial: ratio with Fieller's limits, net-benefit regression") func trial() throws {
    let reference = try ReferenceCase("E02")
    let table = try reference.table("cea_trial")
    let treated = table.wholeNumbers("treat").map { $0 == 1 }
    let (cost, effect) = (table.numbers("cost"), table.numbers("qaly"))
    let trial = try CostEffectivenessTrial(cost: cost, effect: effect, treated: treated)
    let results = reference.results
    reference.expect(trial.costDifference.value, results["delta_cost"], "cost")
    reference.expect(trial.effectDifference.value, results["delta_effect"], "effect")
    reference.expect(trial.costDifference.standardError, results["se_cost_welch"], "cost error")
    reference.expect(trial.effectDifference.standardError, results["se_effect_welch"], "effect error")
    reference.expect(trial.covariance, results["cov"], "covariance")
    reference.expect(trial.ratio.value, results["icer"], "ratio")
    guard case .interval(let lower, let upper) = trial.ratioSet else {
      Issue.record("the ratio has no interval")
      return
    }
    reference.expect([lower, upper], results["fieller95"], "Fieller")
    let rows = results["net_benefit_regression"].list
    let values = rows.map { $0["wtp"].number! }
    let plain = try NetBenefitRegression(cost: cost, effect: effect, treated: treated, willingnessToPay: values)
    let adjusted = try NetBenefitRegression(
      cost: cost, effect: effect, treated: treated, covariates: [.numeric("age", table.numbers("age"))],
      willingnessToPay: values)
    let pooled = try CostEffectivenessTrial(
      cost: cost, effect: effect, treated: treated, variance: .pooled, reference: .studentT)
    for (place, row) in rows.enumerated() {
      reference.expect(plain.netBenefits[place].value.value, row["inb"], "net benefit")
      reference.expect(plain.netBenefits[place].value.standardError, row["se"], "error")
      reference.expect(plain.netBenefits[place].acceptability, row["p_one_sided_ceac"], "acceptability")
      reference.expect(adjusted.netBenefits[place].value.value, row["inb_adj"], "adjusted")
      reference.expect(adjusted.netBenefits[place].value.standardError, row["se_adj"], "adjusted error")
      let unequal = try trial.netBenefit(willingnessToPay: values[place])
      reference.expect(unequal.value.standardError, row["inb_se_unequal_var"], "unequal variances")
      reference.expect(
        try pooled.netBenefit(willingnessToPay: values[place]).acceptability, row["p_one_sided_ceac"], "pooled")
    }
  }
}
