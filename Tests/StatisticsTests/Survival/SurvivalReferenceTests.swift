import Foundation
import Statistics
import TestSupport
import Testing

/// Kaplan-Meier, Nelson-Aalen, quantiles, restricted means and log-rank tests against R's survival 3.5-3.
@Suite(.enabled(if: ReferenceCase.isPresent, Comment(rawValue: SharedMaterial.absent)))
struct SurvivalReferenceTests {
  @Test func acuteLeukaemiaWithEveryIntervalScale() throws {
    let reference = try ReferenceCase("S01")
    let data = try reference.table("aml")
    let followUp = try FollowUp(exit: data.numbers("time"), cause: data.wholeNumbers("status"))
    let (group, names) = data.groups("x")
    let scales: [(String, ConfidenceTransform)] = [
      ("log", .log), ("log_log", .logLog), ("plain", .plain), ("logit", .logit), ("arcsin", .arcsine),
    ]
    for (key, transform) in scales {
      for (part, name) in zip(try followUp.split(by: group, groups: 2), names) {
        try expectCurve(part!, reference.results[key][name], reference, transform, "\(key) \(name)")
      }
    }
    try expectTest(LogRankTest(followUp, group: group, groups: 2), reference.results["logrank"], reference)
    try expectTest(LogRankTest(followUp, group: group, groups: 2, rho: 1), reference.results["peto"], reference)
  }

  @Test func lungCancerOverallAndBySex() throws {
    let reference = try ReferenceCase("S02")
    let data = try reference.table("lung")
    let followUp = try FollowUp(exit: data.numbers("time"), cause: data.wholeNumbers("status").map { $0 - 1 })
    let (group, _) = data.groups("sex")
    let sexes = try followUp.split(by: group, groups: 2).map { $0! }
    try expectCurve(followUp, reference.results["overall"], reference, .log, "overall")
    try expectCurve(followUp, reference.results["overall_loglog"], reference, .logLog, "log-log")
    for (part, name) in zip(sexes, ["1", "2"]) {
      try expectCurve(part, reference.results["by_sex"][name], reference, .log, "sex \(name)")
      try expectMean(part, 365, reference.results["rmst_365_by_sex"]["sex=\(name)"], reference)
    }
    try expectMean(followUp, 365, reference.results["rmst_365"], reference)
    try expectTest(LogRankTest(followUp, group: group, groups: 2), reference.results["logrank"], reference)
    try expectTest(
      LogRankTest(followUp, group: group, groups: 2, rho: 1), reference.results["gehan_peto_rho1"], reference)
    let known = data.rows(with: "ph.ecog")
    let stratified = try LogRankTest(
      FollowUp(exit: known.numbers("time"), cause: known.wholeNumbers("status").map { $0 - 1 }),
      group: known.groups("sex").number, groups: 2, stratum: known.wholeNumbers("ph.ecog"))
    expectTest(stratified, reference.results["logrank_strata_phecog"], reference)
  }

  @Test func recidivismByFinancialAid() throws {
    let reference = try ReferenceCase("S04")
    let data = try reference.table("rossi")
    let followUp = try FollowUp(exit: data.numbers("week"), cause: data.wholeNumbers("arrest"))
    let group = data.wholeNumbers("fin")
    for (part, name) in zip(try followUp.split(by: group, groups: 2), ["0", "1"]) {
      try expectCurve(part!, reference.results["by_fin"][name], reference, .log, "fin \(name)")
      try expectMean(part!, 52, reference.results["rmst_52"]["fin=\(name)"], reference)
    }
    try expectTest(LogRankTest(followUp, group: group, groups: 2), reference.results["logrank"], reference)
    try expectTest(
      LogRankTest(followUp, group: group, groups: 2, stratum: data.wholeNumbers("race")),
      reference.results["logrank_strata"], reference)
  }

  @Test func veteransByFourCellTypes() throws {
    let reference = try ReferenceCase("S05")
    let data = try reference.table("veteran")
    let followUp = try FollowUp(exit: data.numbers("time"), cause: data.wholeNumbers("status"))
    try expectTest(
      LogRankTest(followUp, group: data.groups("celltype").number, groups: 4),
      reference.results["logrank_celltype"], reference)
  }

  @Test func stanfordHeartWithDelayedEntry() throws {
    let reference = try ReferenceCase("S08")
    let data = try reference.table("heart")
    let followUp = try FollowUp(
      entry: data.numbers("start"), exit: data.numbers("stop"), cause: data.wholeNumbers("event"))
    try expectCurve(followUp, reference.results["km_left_trunc"], reference, .log, "delayed entry")
  }

  @Test func lungCancerWithWeights() throws {
    let reference = try ReferenceCase("S10")
    let data = try reference.table("lung").rows(with: "ph.ecog")
    let weight = zip(data.numbers("sex"), data.numbers("ph.ecog")).map { 1 / (0.3 + 0.2 * $0 + 0.1 * $1) }
    let cause = data.wholeNumbers("status").map { $0 - 1 }
    let followUp = try FollowUp(exit: data.numbers("time"), cause: cause, weight: weight)
    try expectCurve(followUp, reference.results["km"], reference, .log, "weighted")
    let alone = try FollowUp(
      exit: data.numbers("time"), cause: cause, weight: weight, cluster: Array(0..<followUp.count))
    try expectCurve(alone, reference.results["km"], reference, .log, "clusters of one")
  }

  @Test func eventsTiedWithCensorings() throws {
    let reference = try ReferenceCase("S11")
    let data = try reference.table("tiny_ties")
    let followUp = try FollowUp(exit: data.numbers("time"), cause: data.wholeNumbers("status"))
    try expectCurve(followUp, reference.results, reference, .log, "ties")
  }

  private func expectCurve(
    _ followUp: FollowUp, _ expected: Reference, _ reference: ReferenceCase, _ transform: ConfidenceTransform,
    _ what: String
  ) throws {
    let curve = try KaplanMeier(followUp, confidence: Confidence(transform: transform))
    let hazard = try NelsonAalen(followUp)
    let times = expected["time"].list.map { $0.number! }
    if times.count != 25 { #expect(curve.times == times, "\(what)") }
    #expect(followUp.count == Int(expected["n"].number!))
    reference.expect(curve.events.reduce(0, +), expected["events"], "\(what) events")
    let steps = try times.map { try #require(curve.times.firstIndex(of: $0), "\(what) \($0)") }
    reference.expect(steps.map { curve.atRisk[$0] }, expected["n_risk"], "\(what) at risk")
    reference.expect(steps.map { curve.events[$0] }, expected["n_event"], "\(what) events")
    reference.expect(steps.map { curve.survival[$0] }, expected["surv"], "\(what) survival")
    reference.expect(steps.map { curve.standardErrors[$0] }, expected["std_err_surv"], "\(what) standard error")
    reference.expect(steps.map { curve.intervals[$0].lower }, expected["lower"], "\(what) lower")
    reference.expect(steps.map { curve.intervals[$0].upper }, expected["upper"], "\(what) upper")
    reference.expect(steps.map { hazard.cumulativeHazard[$0] }, expected["cumhaz_nelson_aalen"], "\(what) hazard")
    reference.expect(steps.map { hazard.standardErrors[$0] }, expected["std_err_cumhaz"], "\(what) hazard error")
    let quantiles = try curve.quantiles(expected["quantiles"]["prob"].list.map { $0.number! })
    reference.expect(quantiles.map(\.time), expected["quantiles"]["value"], "\(what) quantile")
    reference.expect(quantiles.map(\.interval.lower), expected["quantiles"]["lower"], "\(what) quantile lower")
    reference.expect(quantiles.map(\.interval.upper), expected["quantiles"]["upper"], "\(what) quantile upper")
  }

  private func expectMean(
    _ followUp: FollowUp, _ horizon: Double, _ expected: Reference, _ reference: ReferenceCase
  ) throws {
    let mean = try RestrictedMean(followUp, until: horizon).estimate
    reference.expect(mean.value, expected["rmst"], "restricted mean")
    reference.expect(mean.standardError, expected["se"], "restricted mean error")
  }

  private func expectTest(_ test: LogRankTest, _ expected: Reference, _ reference: ReferenceCase) {
    #expect(test.rho == expected["rho"].number)
    #expect(test.counts.reduce(0, +) == expected["n"].names.reduce(0) { $0 + Int(expected["n"][$1].number!) })
    reference.expect(test.observed, expected["observed"], "observed")
    reference.expect(test.expected, expected["expected"], "expected")
    reference.expect(test.covariance[0][0], expected["var11"], "variance")
    reference.expect(test.statistic, expected["chisq"], "chi-square")
    reference.expect(Double(test.degreesOfFreedom), expected["df"], "degrees of freedom")
    reference.expect(test.pValue, expected["p"], "p")
  }
}
