import Foundation
import NumericalMethods
import Statistics
import Testing

/// The Cox cases that R's survival computed.
@Suite(.enabled(if: ReferenceCase.isPresent, "the shared reference values are not there"))
struct CoxReferenceTests {
  @Test func recidivismAgreesWithThePeer() throws {
    let reference = try ReferenceCase("S03")
    let data = try reference.table("rossi")
    let followUp = try FollowUp(exit: data.numbers("week"), cause: data.wholeNumbers("arrest"))
    let design = try numeric(data, ["fin", "age", "race", "wexp", "mar", "paro", "prio"])
    let results = reference.results
    let efron = try CoxModel(design, followUp)
    try expect(efron, results["efron"], reference)
    let breslow = try CoxModel(design, followUp, ties: .breslow)
    try expect(breslow, results["breslow"], reference)
    try expect(try CoxModel(design, followUp, ties: .exact), results["exact"], reference)
    try expect(efron, results["robust"], reference, convention: .hc0)
    for (model, name) in [(efron, "baseline_cumhaz_efron"), (breslow, "baseline_cumhaz_breslow")] {
      let curve = try model.baseline()[0]
      let hazards = results[name]["times"].list.map { curve.cumulativeHazard[curve.step(at: $0.number!)!] }
      reference.expect(hazards, results[name]["cumhaz_at_x0"], name)
    }
    let predicted = results["predict"]
    let pattern = try ModelMatrix(
      intercept: false, design.names.map { (name: $0, values: [predicted["x"][$0].number!]) })
    let curve = try efron.curves(pattern)[0][0]
    let steps = predicted["times"].list.map { curve.step(at: $0.number!)! }
    reference.expect(steps.map { curve.survival[$0] }, predicted["surv"], "predicted survival")
    reference.expect(steps.map { curve.standardErrors[$0] }, predicted["std_err"], "its error")
    reference.expect(steps.map { curve.intervals[$0].lower }, predicted["lower"], "its lower limit")
    reference.expect(steps.map { curve.intervals[$0].upper }, predicted["upper"], "its upper limit")
    reference.expect(Array(efron.martingaleResiduals.prefix(10)), results["martingale_resid_first10"], "residuals")
    reference.expect(
      Array(efron.linearPredictor.prefix(5)), results["linear_predictor_first5_uncentred"], "linear predictor")
  }

  @Test func strataAndFactorsAgreeWithThePeer() throws {
    let reference = try ReferenceCase("S05")
    let data = try reference.table("veteran")
    let followUp = try FollowUp(exit: data.numbers("time"), cause: data.wholeNumbers("status"))
    let design = try numeric(data, ["trt", "karno", "diagtime", "age", "prior"])
    let stratum = Clusters(texts: data.texts("celltype"))
    try expect(try CoxModel(design, followUp, stratum: stratum), reference.results["strata_efron"], reference)
    try expect(
      try CoxModel(design, followUp, stratum: stratum, ties: .breslow), reference.results["strata_breslow"], reference)
    let levels = ["large", "adeno", "smallcell", "squamous"]
    let factor = try ModelMatrix(
      rowCount: followUp.count,
      terms: [
        .numeric("trt", data.numbers("trt")),
        .factor(
          "ct", codes: data.texts("celltype").map { Int32(levels.firstIndex(of: $0)!) }, levels: levels, reference: 0),
        .numeric("karno", data.numbers("karno")),
      ])
    try expect(try CoxModel(factor, followUp), reference.results["factor"], reference)
  }

  @Test func repeatedEventsWithClustersAgreeWithThePeer() throws {
    let reference = try ReferenceCase("S07")
    let data = try reference.table("bladder")
    let followUp = try FollowUp(
      exit: data.numbers("stop"), cause: data.wholeNumbers("event"), cluster: data.wholeNumbers("id"))
    let design = try numeric(data, ["rx", "size", "number"])
    let stratum = Clusters(labels: data.wholeNumbers("enum"))
    for (ties, name) in [(CoxTies.efron, "efron"), (.breslow, "breslow")] {
      let model = try CoxModel(design, followUp, stratum: stratum, ties: ties)
      try expect(model, reference.results[name], reference, convention: .clustered(.cr0))
    }
  }

  @Test func countingProcessDataAgreeWithThePeer() throws {
    let reference = try ReferenceCase("S08")
    let data = try reference.table("heart")
    let plain = try FollowUp(
      entry: data.numbers("start"), exit: data.numbers("stop"), cause: data.wholeNumbers("event"))
    let clustered = try FollowUp(
      entry: plain.entry, exit: plain.exit, cause: plain.cause, cluster: data.wholeNumbers("id"))
    let design = try numeric(data, ["age", "year", "surgery", "transplant"])
    try expect(try CoxModel(design, plain), reference.results["efron"], reference)
    try expect(try CoxModel(design, plain, ties: .breslow), reference.results["breslow"], reference)
    try expect(
      try CoxModel(design, clustered), reference.results["robust_cluster_id"], reference, convention: .clustered(.cr0))
  }

  @Test func biliaryCirrhosisAgreesWithThePeer() throws {
    let reference = try ReferenceCase("S09")
    let data = try reference.table("pbc").rows(with: "trt")
    let followUp = try FollowUp(
      exit: data.numbers("time"), cause: data.wholeNumbers("status").map { $0 == 2 ? 1 : 0 })
    let logs = ["bili", "protime", "albumin"].map { (name: "log(\($0))", values: data.numbers($0).map { log($0) }) }
    let design = try ModelMatrix(
      intercept: false, ["age", "edema"].map { (name: $0, values: data.numbers($0)) } + logs)
    try expect(try CoxModel(design, followUp), reference.results["cox"], reference)
  }

  @Test func balancingWeightsAgreeWithThePeer() throws {
    let reference = try ReferenceCase("S10")
    let data = try reference.table("lung").rows(with: "ph.ecog")
    let weight = zip(data.numbers("sex"), data.numbers("ph.ecog")).map { 1 / (0.3 + 0.2 * $0 + 0.1 * $1) }
    let followUp = try FollowUp(
      exit: data.numbers("time"), cause: data.wholeNumbers("status").map { $0 == 2 ? 1 : 0 }, weight: weight)
    let design = try numeric(data, ["sex", "age"])
    for (ties, name) in [(CoxTies.efron, "cox"), (.breslow, "cox_breslow")] {
      let model = try CoxModel(design, followUp, ties: ties)
      #expect(model.customaryConvention == .hc0)
      try expect(model, reference.results[name], reference, convention: .hc0)
    }
  }

  private func numeric(_ data: [String: [String?]], _ names: [String]) throws -> ModelMatrix {
    try ModelMatrix(intercept: false, names.map { (name: $0, values: data.numbers($0)) })
  }

  private func expect(
    _ model: CoxModel, _ expected: Reference, _ reference: ReferenceCase,
    convention: CovarianceConvention = .classical
  ) throws {
    let classical = try model.estimates(.classical)
    let estimates = try model.estimates(convention)
    #expect(model.count == Int(expected["n"].number!))
    #expect(model.events == Int(expected["nevent"].number!))
    #expect(expected["coef"].names == model.names.sorted())
    for (i, name) in model.names.enumerated() {
      let what = "\(model.ties.rawValue) \(name)"
      reference.expect(model.coefficients[i], expected["coef"][name], "\(what) coefficient")
      reference.expect(exp(model.coefficients[i]), expected["hr"][name], "\(what) hazard ratio")
      reference.expect(classical.standardErrors[i], expected["se"][name], "\(what) error")
      if convention != .classical {
        reference.expect(estimates.standardErrors[i], expected["se_robust"][name], "\(what) robust error")
      }
      reference.expect(estimates.statistic(i), expected["z"][name], "\(what) z")
      reference.expect(estimates.pValue(i), expected["p"][name], "\(what) p")
      let interval = try estimates.estimate(i).interval
      reference.expect(exp(interval.lower!), expected["hr_ci95"]["lower"][name], "\(what) lower limit")
      reference.expect(exp(interval.upper!), expected["hr_ci95"]["upper"][name], "\(what) upper limit")
    }
    reference.expect(model.initialLogLikelihood, expected["loglik_null"], "initial log likelihood")
    reference.expect(model.logLikelihood, expected["loglik"], "log likelihood")
    expect(model.likelihoodRatioTest, expected["lr_test"], reference, "likelihood ratio")
    let wald = try model.waldTest(estimates.covariance)
    // R's summary rounds this statistic, and only this, to two decimals.
    reference.expect((wald.statistic * 100).rounded() / 100, expected["wald_test"]["test"], "Wald test")
    reference.expect(wald.pValue, expected["wald_test"]["pvalue"], "Wald p")
    expect(model.scoreTest, expected["score_test"], reference, "score")
    if case .null = expected["robust_score"] {
    } else {
      expect(try model.robustScoreTest(), expected["robust_score"], reference, "robust score")
    }
    let concordance = try model.concordance().estimate
    reference.expect(concordance.value, expected["concordance"], "concordance")
    reference.expect(concordance.standardError, expected["concordance_se"], "concordance error")
    for (scale, name) in [(TimeScale.kaplanMeier, "ph_test_km"), (.identity, "ph_test_identity")] {
      if case .null = expected[name] { continue }
      let test = try ProportionalHazardsTest(model, scale: scale)
      #expect(Set(test.terms.map(\.name) + ["GLOBAL"]) == Set(expected[name].names))
      for (found, label) in test.terms.map({ ($0.test, $0.name) }) + [(test.global, "GLOBAL")] {
        let peer = expected[name][label]
        reference.expect(found.statistic, peer["chisq"], "\(name) \(label)")
        #expect(Double(found.degreesOfFreedom) == peer["df"].number)
        reference.expect(found.pValue, peer["p"], "\(name) \(label) p")
      }
    }
  }

  private func expect(_ found: WaldTest, _ expected: Reference, _ reference: ReferenceCase, _ what: String) {
    reference.expect(found.statistic, expected["test"], "\(what) test")
    #expect(Double(found.degreesOfFreedom) == expected["df"].number)
    reference.expect(found.pValue, expected["pvalue"], "\(what) p")
  }
}
